package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.optim.solve.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Gaussian prior of log odds (ours): it keeps binomial fits finite where labels can be separated, and cautious where rows are few. Before
 * any label is seen, an individual's log odds at one of its rows have standard deviation 2 about its intercept, and the intercept has
 * standard deviation 2 about the logit of its share of ones, half a label of each class added. With a common column the variance is shared
 * equally by what is common and what is not:
 *
 * <pre>
 * sum_i 1/n_i (t / 2 ||B_i - C||^2 + 1/8 (b_i - logit share_i)^2) + mean_i 1/n_i  t / 2 ||C||^2
 * t = c mean ||x||^2 / 4,   c = 2 and C the common part with a common column, else c = 1 and C = 0
 * </pre>
 *
 * <p>x are centered rows, the mean is over individuals and their rows: multiplying all predictors by a number changes no prediction. A
 * label counts as in the loss, so the prior weighs as much as a few rows of an individual, however many there are. It is a sum of squares
 * in each block, and given as rows of a least-squares problem.
 *
 * @param precision t
 * @param common    whether column 0 of U_0 is the common one
 * @param centers   logit share_i; empty for Gaussian responses, which need no prior
 * @param shares    1 / n_i
 */
record LogOddsPrior(double precision, boolean common, double[] centers, double[] shares) {
    /** Of log odds with standard deviation 2. */
    private static final double PRECISION = 0.25;

    static LogOddsPrior of(CenteredData data, boolean common) {
        if (data.family == Family.GAUSSIAN) {
            return new LogOddsPrior(0, common, new double[0], new double[0]);
        }
        double[] shares = new double[data.individuals()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = 1.0 / data.totals[i];
        }
        return new LogOddsPrior((common ? 2 : 1) * PRECISION * data.meanSquaredNorm(), common, data.startIntercepts(), shares);
    }

    boolean none() {
        return centers.length == 0;
    }

    /** Its part of the objective. */
    double value(TuckerDecomposition parameters, double[] intercepts) {
        if (none()) {
            return 0;
        }
        List<Tensor> roots = roots(parameters);
        double norm = Matrices.norm(Multilinear.modeProducts(parameters.core(), roots));
        double sum = precision / 2 * norm * norm;
        for (int i = 0; i < intercepts.length; i++) {
            sum += PRECISION / 2 * shares[i] * (intercepts[i] - centers[i]) * (intercepts[i] - centers[i]);
        }
        return sum;
    }

    /** For each mode a matrix T with {@code T'T = U'U}, that of mode 0 with the individuals' weights. */
    private List<Tensor> roots(TuckerDecomposition parameters) {
        List<Tensor> roots = new ArrayList<>();
        roots.add(Qr.triangle(weighted(parameters.factors().getFirst())));
        parameters.factors().stream().skip(1).map(Qr::triangle).forEach(roots::add);
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

    /** For an individual's free coordinates and, last, its intercept: A and a, from {@link #individuals}. */
    PriorRows individual(Tensor root, int i) {
        int rows = root.shape().rows();
        int free = root.shape().columns();
        Tensor matrix = Tensor.zeros(rows + 1, free + 1);
        double scale = Math.sqrt(precision * shares[i]);
        for (int j = 0; j < root.size(); j++) {
            matrix.set(scale * root.at(j), j / free, j % free);
        }
        double steep = Math.sqrt(PRECISION * shares[i]);
        matrix.set(steep, rows, free);
        double[] targets = new double[rows + 1];
        targets[rows] = steep * centers[i];
        return new PriorRows(matrix, targets);
    }

    /** For each row of a factor U_k: A [. x R_k]; targets 0. */
    Tensor factor(TuckerDecomposition parameters, int mode) {
        List<Tensor> roots = roots(parameters);
        Tensor core = parameters.core();
        for (int k = 0; k < roots.size(); k++) {
            core = k == mode ? core : Multilinear.modeProduct(core, roots.get(k), k);
        }
        return scaled(Qr.triangle(Matrices.transpose(Multilinear.unfold(core, mode))));
    }

    /** For the core, row-major: A [. x R_0 .. R_d]; targets 0. */
    PriorRows core(TuckerDecomposition parameters) {
        Tensor product = null;
        for (Tensor root : roots(parameters)) {
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
        static final PriorRows NONE = new PriorRows(Tensor.zeros(0, 0), new double[0]);

        /** Of several rows of a factor, row-major, each with this matrix. */
        static PriorRows repeated(Tensor matrix, int times) {
            return of(Multilinear.kronecker(Matrices.identity(times), matrix));
        }

        static PriorRows of(Tensor matrix) {
            return new PriorRows(matrix, new double[matrix.shape().rows()]);
        }
    }
}
