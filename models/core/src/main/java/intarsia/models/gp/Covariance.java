package intarsia.models.gp;

import intarsia.linalg.Pool;
import java.util.Arrays;

/**
 * The covariance of rows and its derivatives.
 *
 * <pre>
 * K_ij = B_tt' k_c(x_i, x_j) + [t = t'] d_t k_p(x_i, x_j)        t, t' the tasks of i and j
 * k(x, x') = w_0 + sum_s sum_k w_sk k_sk(x_s, x'_s)               kernels k_sk: see {@link KernelKind}
 * </pre>
 *
 * A source's terms are there only where both rows have it. k_c and k_p have weights w of their own; k_p reads neither imputed rows nor
 * features that do not vary in the task's training rows.
 *
 * <p>Work is split into panels of {@value #HEIGHT} rows, whatever the number of threads, and sums are folded in the order of panels: same
 * bits. Products of training rows are kept, where they fit, from the first derivatives on: a search asks for them again and again.
 */
final class Covariance {
    static final int HEIGHT = 64;
    /** Products of training rows are kept up to this many numbers. */
    private static final long KEPT = 96L << 20;

    private final MultitaskGp.KernelSet kernels;
    private final KernelRows rows;
    private final Divisors[] divisors;
    private final int tasks;
    private final int n;
    private final int panels;
    private final int[] firsts;
    private final int[][] starts;
    private final SourcePanel.Products[][] kept;

    /** Of training rows. */
    Covariance(MultitaskGp.KernelSet kernels, KernelRows rows, Divisors[] divisors, int tasks) {
        this.kernels = kernels;
        this.rows = rows;
        this.divisors = divisors;
        this.tasks = tasks;
        n = rows.size();
        panels = (n + HEIGHT - 1) / HEIGHT;
        firsts = firsts(rows.tasks(), tasks);
        starts = starts(rows, firsts);
        long numbers = 0;
        for (SourceRows of : rows.sources()) {
            numbers += (kernels.has(KernelKind.SQUARES) ? 2L : 1L) * of.size() * of.size() / 2;
        }
        kept = numbers <= KEPT ? new SourcePanel.Products[starts.length][panels] : null;
    }

    /** For each task its first row; and how many rows there are. */
    static int[] firsts(int[] taskOfRow, int tasks) {
        int[] first = new int[tasks + 1];
        for (int task : taskOfRow) {
            first[task + 1]++;
        }
        for (int t = 0; t < tasks; t++) {
            first[t + 1] += first[t];
        }
        return first;
    }

    /** For each source and task the first of the source's rows that is the task's; and how many the source has. */
    static int[][] starts(KernelRows rows, int[] firsts) {
        return Arrays.stream(rows.sources()).map(of -> Arrays.stream(firsts).map(of::from).toArray()).toArray(int[][]::new);
    }

    private SourcePanel panel(Hyperparameters h, int s, int panel, int from, int to, boolean slopes) {
        SourceRows of = rows.sources()[s];
        SourcePanel.Products products = kept == null ? null : kept[s][panel];
        if (products == null) {
            products = SourcePanel.Products.of(kernels, of, from, to, of, to);
            if (kept != null && slopes) {
                kept[s][panel] = products;
            }
        }
        return new SourcePanel(kernels, of, from, to, of, to, products, divisors[s].scale(h, s), slopes);
    }

    /** The covariance of training rows, both triangles, into k [n x n]. */
    void fill(Hyperparameters h, double[] k, Pool pool) {
        pool.run(panels, panel -> fillPanel(h, k, panel));
        pool.run(panels, panel -> mirror(k, panel));
    }

    private void fillPanel(Hyperparameters h, double[] k, int panel) {
        int low = panel * HEIGHT;
        int high = Math.min(n, low + HEIGHT);
        double shared = h.constant(Hyperparameters.SHARED);
        double specific = h.constant(Hyperparameters.SPECIFIC);
        for (int i = low; i < high; i++) {
            int task = rows.tasks()[i];
            for (int other = 0; other <= task; other++) {
                Arrays.fill(k, i * n + firsts[other], i * n + Math.min(firsts[other + 1], i + 1),
                        h.covariance(task, other) * shared + (task == other ? h.scale(task) * specific : 0));
            }
        }
        for (int s = 0; s < starts.length; s++) {
            SourceRows of = rows.sources()[s];
            int from = of.from(low);
            int to = of.from(high);
            SourcePanel at = panel(h, s, panel, from, to, false);
            KernelWeights weights = new KernelWeights(kernels, divisors[s], h, s);
            for (int i = from; i < to; i++) {
                int row = of.rows()[i];
                int task = rows.tasks()[row];
                for (int other = 0; other <= task; other++) {
                    weights.between(task, other);
                    int end = Math.min(starts[s][other + 1], i + 1);
                    for (int j = starts[s][other]; j < end; j++) {
                        at.at(i, j);
                        k[row * n + of.rows()[j]] += weights.shared(at) + weights.specific(at);
                    }
                }
            }
        }
    }

    private void mirror(double[] k, int panel) {
        int low = panel * HEIGHT;
        int high = Math.min(n, low + HEIGHT);
        for (int from = 0; from < high; from += HEIGHT) {
            for (int i = low; i < high; i++) {
                for (int j = from; j < Math.min(from + HEIGHT, i); j++) {
                    k[j * n + i] = k[i * n + j];
                }
            }
        }
    }

    /** One row of a symmetric matrix: numbers up to the diagonal. */
    @FunctionalInterface
    interface SymmetricRows {
        /** Writes the numbers (i, 0) to (i, i). */
        void write(int i, double[] to);
    }

    /** {@code 1/2 sum_ij M_ij dK_ij / d theta} for each hyperparameter, noise left out. */
    double[] gradient(Hyperparameters h, SymmetricRows matrix, Pool pool) {
        return gradientSums(h, matrix, pool).gradient(h, kernels, divisors);
    }

    /** The sums it is made of. */
    GradientSums gradientSums(Hyperparameters h, SymmetricRows matrix, Pool pool) {
        GradientSums[] sums = new GradientSums[panels];
        pool.run(panels, panel -> sums[panel] = sums(h, matrix, panel));
        GradientSums all = new GradientSums(starts.length, tasks, 0, tasks);
        for (GradientSums one : sums) {
            all.add(one);
        }
        return all;
    }

    private GradientSums sums(Hyperparameters h, SymmetricRows matrix, int panel) {
        int low = panel * HEIGHT;
        int high = Math.min(n, low + HEIGHT);
        GradientSums sums = new GradientSums(starts.length, tasks, rows.tasks()[low], rows.tasks()[high - 1] + 1);
        double[][] m = new double[high - low][n];
        for (int i = low; i < high; i++) {
            double[] line = m[i - low];
            matrix.write(i, line);
            line[i] *= 0.5;
            int task = rows.tasks()[i];
            for (int other = 0; other <= task; other++) {
                double sum = 0;
                for (int j = firsts[other]; j < Math.min(firsts[other + 1], i + 1); j++) {
                    sum += line[j];
                }
                sums.constant(task, other, sum);
            }
        }
        for (int s = 0; s < starts.length; s++) {
            SourceRows of = rows.sources()[s];
            int from = of.from(low);
            int to = of.from(high);
            SourcePanel at = panel(h, s, panel, from, to, true);
            for (int i = from; i < to; i++) {
                int row = of.rows()[i];
                int task = rows.tasks()[row];
                for (int other = 0; other <= task; other++) {
                    sums.add(s, task, other, at, i, starts[s][other], Math.min(starts[s][other + 1], i + 1), of.rows(), m[row - low]);
                }
            }
        }
        return sums;
    }
}
