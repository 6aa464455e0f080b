package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.TuckerDecomposition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Gaussian prior of linear predictors (ours): it keeps fits finite where labels can be separated, holds directions of which the rows say
 * next to nothing, and is cautious where rows are few. Before any response is seen, an individual's linear predictor at one of its rows has
 * variance s about its intercept. With a common column the variance is shared equally by what is common and what is not:
 *
 * <pre>
 * sum_i 1/n_i (t / 2 ||B_i - C||^2 + 1/8 (b_i - logit share_i)^2) + mean_i 1/n_i  t / 2 ||C||^2
 * t = c rho mean ||x||^2,   c = 2 and C the common part with a common column, else c = 1 and C = 0
 * </pre>
 *
 * <ul>
 * <li>Log odds have standard deviation 2: rho = 1/4. So have intercepts, about the logit of the individual's share of ones, half a label of
 * each class added.</li>
 * <li>Of classes each linear predictor and intercept has half that variance, so that log odds of two classes have it: rho = 1/2. Intercepts
 * are about the logarithms of the individual's shares, half a label of each class added, less their mean.</li>
 * <li>Gaussian responses: {@code rho = noise / s R_0 / p}, the first factor by {@link NoiseRatio}. An individual's coefficients have
 * R_0 free numbers of p; where they lie in a space of that many dimensions, as large a linear predictor takes coefficients p / R_0 times as
 * large as if they filled the whole. (For labels the cautious 1 in place of R_0 / p predicts better; docs/lab-notes.md.) Intercepts of
 * centered rows are 0 and have no prior.</li>
 * </ul>
 *
 * <p>{@link TenMtl#withoutPrior} leaves it out: rho = 0, and intercepts are free.
 *
 * <p>x are centered rows, the mean is over individuals and their rows: multiplying all predictors by a number changes no prediction. A
 * row counts as in the loss, so the prior weighs as much as a few rows of an individual, however many there are. It is a sum of squares
 * in each block, and given as rows of a least-squares problem.
 *
 * @param precision t
 * @param common    whether column 0 of U_0 is the common one
 * @param centers   logit share_i, of classes one for each; empty where intercepts have no prior
 * @param shares    1 / n_i
 */
record CoefficientPrior(double precision, boolean common, double[] centers, double[] shares) {
    /** Of log odds with standard deviation 2. */
    private static final double PRECISION = 0.25;

    /**
     * t.
     *
     * @param width how many numbers a row has as it came, p
     * @param noise of Gaussian responses by {@link NoiseRatio}; NaN for others
     * @param meanSquaredNorm of a row's predictors
     */
    static double precision(TenMtl options, int width, double noise, double meanSquaredNorm) {
        double free = Math.min(1, (double) options.totalIndividualRank() / width);
        return (options.common() ? 2 : 1) * (Double.isNaN(noise) ? PRECISION : free * noise) * meanSquaredNorm;
    }

    /** Its part of the objective. */
    double value(TuckerDecomposition parameters, double[] intercepts) {
        double sum = value(parameters.core(), roots(parameters));
        for (int i = 0; i < centers.length; i++) {
            sum += intercept(i, intercepts[i]);
        }
        return sum;
    }

    /** Of an intercept; 0 where it has no prior. */
    double intercept(int i, double intercept) {
        return centers.length == 0 ? 0 : ofIntercepts() / 2 * shares[i / group()] * (intercept - centers[i])
                * (intercept - centers[i]);
    }

    private int group() {
        return centers.length / shares.length;
    }

    private double ofIntercepts() {
        return group() > 1 ? 2 * PRECISION : PRECISION;
    }

    /** Of the coefficients, where individuals are known by a matrix T only; see {@link #roots}. */
    double value(Tensor core, List<Tensor> roots) {
        double norm = Matrices.norm(Multilinear.modeProducts(core, roots));
        return precision / 2 * norm * norm;
    }

    /** For each mode a matrix T with {@code T'T = U'U}, that of mode 0 with the individuals' weights. */
    private List<Tensor> roots(TuckerDecomposition parameters) {
        List<Tensor> factors = parameters.factors();
        return roots(Qr.triangle(weighted(factors.getFirst())), factors.subList(1, factors.size()));
    }

    /** The same where that of mode 0 is known. */
    static List<Tensor> roots(Tensor individuals, List<Tensor> predictors) {
        List<Tensor> roots = new ArrayList<>(List.of(individuals));
        predictors.stream().map(Qr::triangle).forEach(roots::add);
        return roots;
    }

    private Tensor weighted(Tensor individuals) {
        int count = individuals.shape().rows();
        int rank = individuals.shape().columns();
        int tied = common ? 1 : 0;
        Tensor weighted = Tensor.zeros(count + tied, rank);
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += shares[i] / count;
            for (int r = tied; r < rank; r++) {
                weighted.set(Math.sqrt(shares[i]) * individuals.get(i, r), i, r);
            }
        }
        if (common) {
            weighted.set(Math.sqrt(mean), count, 0);
        }
        return weighted;
    }

    /**
     * What every individual's rows are made of: T with {@code T'T} the products of the free slices of the core, multiplied by the factors.
     */
    Tensor individuals(TuckerDecomposition parameters) {
        Tensor core = parameters.core();
        for (int k = 1; k < parameters.factors().size(); k++) {
            core = Multilinear.modeProduct(core, Qr.triangle(parameters.factors().get(k)), k);
        }
        Tensor slices = Multilinear.unfold(core, 0);
        int tied = (common ? 1 : 0) * slices.shape().columns();
        int free = slices.shape().rows() - (common ? 1 : 0);
        double[] numbers = Arrays.copyOfRange(slices.doubles(), tied, slices.size());
        Tensor part = Tensor.of(Shape.of(free, slices.shape().columns()), numbers);
        return free == 0 ? Tensor.zeros(0, 0) : Qr.triangle(Matrices.transpose(part));
    }

    /** For an individual's free coordinates and, last, its intercepts: A and a, from {@link #individuals}. */
    PriorRows individual(Tensor root, int i, int intercepts) {
        int rows = root.shape().rows();
        int free = root.shape().columns();
        Tensor matrix = Tensor.zeros(rows + intercepts, free + intercepts);
        double scale = Math.sqrt(precision * shares[i]);
        for (int j = 0; j < root.size(); j++) {
            matrix.set(scale * root.at(j), j / free, j % free);
        }
        double[] targets = new double[rows + intercepts];
        for (int k = 0; k < intercepts && centers.length > 0; k++) {
            double steep = Math.sqrt(ofIntercepts() * shares[i]);
            matrix.set(steep, rows + k, free + k);
            targets[rows + k] = steep * centers[i * intercepts + k];
        }
        return new PriorRows(matrix, targets);
    }

    /** For each row of a factor U_k: A [. x R_k]; targets 0. */
    Tensor factor(TuckerDecomposition parameters, int mode) {
        return factor(parameters.core(), roots(parameters), mode);
    }

    /** The same from {@link #roots}. */
    Tensor factor(Tensor whole, List<Tensor> roots, int mode) {
        Tensor core = whole;
        for (int k = 0; k < roots.size(); k++) {
            core = k == mode ? core : Multilinear.modeProduct(core, roots.get(k), k);
        }
        return scaled(Qr.triangle(Matrices.transpose(Multilinear.unfold(core, mode))));
    }

    /** For the core, row-major: A [. x R_0 .. R_d]; targets 0. */
    PriorRows core(TuckerDecomposition parameters) {
        return core(roots(parameters));
    }

    /** The same from {@link #roots}. */
    PriorRows core(List<Tensor> roots) {
        Tensor product = null;
        for (Tensor root : roots) {
            product = product == null ? root : Multilinear.kronecker(product, root);
        }
        return PriorRows.of(scaled(product));
    }

    private Tensor scaled(Tensor a) {
        double root = Math.sqrt(precision);
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] *= root;
        }
        return a;
    }

    /**
     * A sum of squares {@code 1/2 ||A theta - a||^2}.
     *
     * @param matrix  A
     * @param targets a
     */
    record PriorRows(Tensor matrix, double[] targets) {
        /** Of several rows of a factor, row-major, each with this matrix. */
        static PriorRows repeated(Tensor matrix, int times) {
            return of(Multilinear.kronecker(Matrices.identity(times), matrix));
        }

        /** Of several groups of numbers, one after another, each with its own. */
        static PriorRows apart(List<PriorRows> groups) {
            if (groups.size() == 1) {
                return groups.getFirst();
            }
            int height = groups.stream().mapToInt(group -> group.targets.length).sum();
            int width = groups.stream().mapToInt(group -> group.matrix.shape().columns()).sum();
            Tensor matrix = Tensor.zeros(height, width);
            double[] targets = new double[height];
            int row = 0;
            int column = 0;
            for (PriorRows group : groups) {
                int columns = group.matrix.shape().columns();
                for (int i = 0; i < group.targets.length; i++) {
                    System.arraycopy(group.matrix.doubles(), i * columns, matrix.doubles(), (row + i) * width + column, columns);
                    targets[row + i] = group.targets[i];
                }
                row += group.targets.length;
                column += columns;
            }
            return new PriorRows(matrix, targets);
        }

        /** What the sum is at theta. */
        double value(double[] theta) {
            double sum = 0;
            for (int i = 0; i < targets.length; i++) {
                double residual = residual(i, theta);
                sum += residual * residual / 2;
            }
            return sum;
        }

        /** {@code (A theta - a)_row}. */
        double residual(int row, double[] theta) {
            double residual = -targets[row];
            for (int j = 0; j < theta.length; j++) {
                residual = Math.fma(matrix.doubles()[row * theta.length + j], theta[j], residual);
            }
            return residual;
        }

        static PriorRows of(Tensor matrix) {
            return new PriorRows(matrix, new double[matrix.shape().rows()]);
        }
    }
}
