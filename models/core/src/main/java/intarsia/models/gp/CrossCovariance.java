package intarsia.models.gp;

import java.util.Arrays;

/**
 * The covariance of any rows with fixed ones, z, as {@link Covariance} has it among the fixed ones, and its derivatives. Safe for use by
 * several threads.
 */
final class CrossCovariance {
    private final MultitaskGp.KernelSet kernels;
    private final KernelRows fixed;
    private final Divisors[] divisors;
    private final int tasks;
    private final int n;
    private final int[] firsts;
    private final int[][] starts;

    /** With the fixed rows. */
    CrossCovariance(MultitaskGp.KernelSet kernels, KernelRows fixed, Divisors[] divisors, int tasks) {
        this.kernels = kernels;
        this.fixed = fixed;
        this.divisors = divisors;
        this.tasks = tasks;
        n = fixed.size();
        firsts = Covariance.firsts(fixed.tasks(), tasks);
        starts = Covariance.starts(fixed, firsts);
    }

    /** How many rows are fixed. */
    int size() {
        return n;
    }

    /**
     * Of some rows.
     *
     * @param covariance k(x_i, z_j), m x n
     * @param variance   k(x_i, x_i)
     */
    record Of(double[] covariance, double[] variance) {}

    /** Of rows whose tasks are among the fixed rows' tasks. */
    Of of(Hyperparameters h, KernelRows rows) {
        return new Of(covariances(h, rows, true), variances(h, rows));
    }

    /**
     * {@code k(x_i, z_j)}, m x n.
     *
     * @param whole whether the task-specific part is in it
     */
    double[] covariances(Hyperparameters h, KernelRows rows, boolean whole) {
        int m = rows.size();
        double[] k = new double[m * n];
        double shared = h.constant(Hyperparameters.SHARED);
        double specific = h.constant(Hyperparameters.SPECIFIC);
        for (int i = 0; i < m; i++) {
            int task = rows.tasks()[i];
            for (int other = 0; other < tasks; other++) {
                Arrays.fill(k, i * n + firsts[other], i * n + firsts[other + 1],
                        h.covariance(task, other) * shared + (whole && task == other ? h.scale(task) * specific : 0));
            }
        }
        for (int s = 0; s < starts.length; s++) {
            SourceRows of = rows.sources()[s];
            SourceRows z = fixed.sources()[s];
            SourcePanel at = panel(h, s, of, false);
            SourcePanel own = rows.specific()[s] == of ? at : panel(h, s, rows.specific()[s], false);
            KernelWeights weights = new KernelWeights(kernels, divisors[s], h, s);
            for (int i = 0; i < of.size(); i++) {
                int row = of.rows()[i];
                int task = rows.tasks()[row];
                for (int other = 0; other < tasks; other++) {
                    weights.between(task, other);
                    for (int j = starts[s][other]; j < starts[s][other + 1]; j++) {
                        at.at(i, j);
                        double value = weights.shared(at);
                        if (whole && task == other) {
                            own.at(i, j);
                            value += weights.specific(own);
                        }
                        k[row * n + z.rows()[j]] += value;
                    }
                }
            }
        }
        return k;
    }

    /** {@code k(x_i, x_i)}. */
    double[] variances(Hyperparameters h, KernelRows rows) {
        double[] variances = new double[rows.size()];
        for (int i = 0; i < variances.length; i++) {
            int task = rows.tasks()[i];
            variances[i] = h.covariance(task, task) * h.constant(Hyperparameters.SHARED)
                    + h.scale(task) * h.constant(Hyperparameters.SPECIFIC);
        }
        for (int s = 0; s < starts.length; s++) {
            SourceRows of = rows.sources()[s];
            SourcePanel at = alone(h, s, of);
            SourcePanel own = rows.specific()[s] == of ? at : alone(h, s, rows.specific()[s]);
            KernelWeights weights = new KernelWeights(kernels, divisors[s], h, s);
            for (int i = 0; i < of.size(); i++) {
                int row = of.rows()[i];
                weights.between(rows.tasks()[row], rows.tasks()[row]);
                at.itself(i);
                double shared = weights.shared(at);
                own.itself(i);
                variances[row] += shared + weights.specific(own);
            }
        }
        return variances;
    }

    /**
     * Sums for the derivatives of {@code sum_ij G_ij k(x_i, z_j) + sum_i d_i k(x_i, x_i)}.
     *
     * @param rows of which features that do not vary in a task's training rows are what they are there
     * @param g    m x n
     * @param d    one a row
     */
    GradientSums sums(Hyperparameters h, KernelRows rows, double[] g, double[] d) {
        GradientSums sums = new GradientSums(starts.length, tasks, 0, tasks);
        for (int i = 0; i < rows.size(); i++) {
            int task = rows.tasks()[i];
            for (int other = 0; other < tasks; other++) {
                double sum = other == task ? d[i] : 0;
                for (int j = firsts[other]; j < firsts[other + 1]; j++) {
                    sum += g[i * n + j];
                }
                sums.constant(Math.max(task, other), Math.min(task, other), sum);
            }
        }
        double[] line = new double[n];
        for (int s = 0; s < starts.length; s++) {
            SourceRows of = rows.sources()[s];
            SourcePanel at = panel(h, s, of, true);
            for (int i = 0; i < of.size(); i++) {
                int row = of.rows()[i];
                int task = rows.tasks()[row];
                System.arraycopy(g, row * n, line, 0, n);
                for (int other = 0; other < tasks; other++) {
                    sums.add(s, Math.max(task, other), Math.min(task, other), at, i, starts[s][other], starts[s][other + 1],
                            fixed.sources()[s].rows(), line);
                }
                at.itself(i);
                sums.addItself(s, task, at, d[row]);
            }
        }
        return sums;
    }

    /** The derivatives that sums make. */
    double[] gradient(Hyperparameters h, GradientSums sums) {
        return sums.gradient(h, kernels, divisors);
    }

    private SourcePanel panel(Hyperparameters h, int s, SourceRows of, boolean slopes) {
        SourceRows z = fixed.sources()[s];
        return new SourcePanel(kernels, of, 0, of.size(), z, z.size(), SourcePanel.Products.of(kernels, of, 0, of.size(), z, z.size()),
                divisors[s].scale(h, s), slopes);
    }

    /** For rows with themselves. */
    private SourcePanel alone(Hyperparameters h, int s, SourceRows of) {
        return new SourcePanel(kernels, of, 0, of.size(), of, 0, null, divisors[s].scale(h, s), false);
    }
}
