package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.TuckerDecomposition;
import java.util.Arrays;
import java.util.List;

/** In what eta is linear for each block, the others held: contractions of the predictors; no Kronecker product of rows is formed. */
final class BlockFeatures {
    private final CenteredData data;
    private final int[] owners;

    BlockFeatures(CenteredData data) {
        this.data = data;
        this.owners = data.owners();
    }

    /** Of the individuals' coordinates: {@code (X x_1 U_1' .. x_d U_d') G_(0)'} [N x R_0]. */
    double[] personal(TuckerDecomposition parameters) {
        Tensor slices = Multilinear.unfold(parameters.core(), 0);
        return Matrices.product(Multilinear.unfold(contracted(parameters, -1), 0), false, slices, true).doubles();
    }

    /** Of a factor U_k: X contracted with all other factors, times the individual's slice of the core [N x p_k R_k]. */
    double[] factor(TuckerDecomposition parameters, int mode) {
        Tensor x = contracted(parameters, mode);
        Shape row = x.shape().without(0);
        int size = row.size(mode - 1);
        int others = row.size() / size;
        int rank = parameters.core().shape().size(mode);
        Tensor slices = Multilinear.modeProduct(parameters.core(), parameters.factors().getFirst(), 0);
        double[][] weights = new double[data.individuals()][];
        for (int i = 0; i < weights.length; i++) {
            // [others x R_k], the other modes in ascending order
            weights[i] = Matrices.transpose(Multilinear.unfold(slice(slices, i), mode - 1)).doubles();
        }
        double[] features = new double[data.rows() * size * rank];
        double[] numbers = new double[size * others];
        for (int n = 0; n < data.rows(); n++) {
            System.arraycopy(x.doubles(), n * numbers.length, numbers, 0, numbers.length);
            double[] unfolded = row.rank() == 1 ? numbers : Multilinear.unfold(Tensor.of(row, numbers), mode - 1).doubles();
            multiplyAdd(size, others, rank, unfolded, weights[owners[n]], features, n * size * rank);
        }
        return features;
    }

    /** Of the core: {@code u_0i kron vec(X x_1 U_1' .. x_d U_d')} [N x R_0 .. R_d]. */
    double[] core(TuckerDecomposition parameters) {
        Tensor z = contracted(parameters, -1);
        int inner = z.size() / data.rows();
        Tensor individual = parameters.factors().getFirst();
        int rank = individual.shape().columns();
        double[] features = new double[data.rows() * rank * inner];
        for (int n = 0; n < data.rows(); n++) {
            for (int r = 0; r < rank; r++) {
                double u = individual.get(owners[n], r);
                for (int m = 0; m < inner; m++) {
                    features[(n * rank + r) * inner + m] = u * z.doubles()[n * inner + m];
                }
            }
        }
        return features;
    }

    /** Of a block: 0 is the core, k is U_k. */
    double[] of(TuckerDecomposition parameters, int block) {
        return block == 0 ? core(parameters) : factor(parameters, block);
    }

    /** Of several blocks at once, the features of each [N x k]. */
    double[] beside(List<double[]> each) {
        if (each.size() == 1) {
            return each.getFirst();
        }
        int all = each.stream().mapToInt(features -> features.length / data.rows()).sum();
        double[] beside = new double[data.rows() * all];
        int at = 0;
        for (double[] features : each) {
            int own = features.length / data.rows();
            for (int n = 0; n < data.rows(); n++) {
                System.arraycopy(features, n * own, beside, n * all + at, own);
            }
            at += own;
        }
        return beside;
    }

    /** Those of some numbers of a block. */
    double[] part(double[] features, int from, int count) {
        int all = features.length / data.rows();
        double[] part = new double[data.rows() * count];
        for (int n = 0; n < data.rows(); n++) {
            System.arraycopy(features, n * all + from, part, n * count, count);
        }
        return part;
    }

    /**
     * What is an individual's own.
     *
     * @param factor     U_0 [individuals x R_0]
     * @param intercepts of centered rows
     */
    record Personal(Tensor factor, double[] intercepts) {}

    /**
     * Visits each individual's row of F_0 and its intercept.
     *
     * @param z               in what eta is linear, {@link #personal}; of several modalities the sum
     * @param old             U_0
     * @param startIntercepts of centered rows
     * @param root            of the prior, {@link CoefficientPrior#individuals}
     */
    Personal individuals(double[] z, Tensor old, double[] startIntercepts, Tensor root, CoefficientPrior prior, TenMtl options,
            BlockProblem.Visit visit) {
        int rank = old.shape().columns();
        int tied = options.common() ? 1 : 0;
        int free = rank - tied;
        Tensor factor = old.copy();
        double[] intercepts = startIntercepts.clone();
        for (int i = 0; i < data.individuals(); i++) {
            BlockProblem problem = individual(i, z, root, prior, options);
            double[] start = Arrays.copyOf(Arrays.copyOfRange(factor.doubles(), i * rank + tied, (i + 1) * rank), problem.columns());
            int own = problem.columns() - free;
            System.arraycopy(intercepts, i * own, start, free, own);
            double[] found = visit.at(problem, start);
            System.arraycopy(found, 0, factor.doubles(), i * rank + tied, free);
            System.arraycopy(found, free, intercepts, i * own, own);
        }
        return new Personal(factor, intercepts);
    }

    /** {@code <B_i, X>} of every row, from {@link #personal} and U_0. */
    double[] personal(double[] z, Tensor factor) {
        int rank = factor.shape().columns();
        double[] eta = new double[data.rows()];
        for (int n = 0; n < eta.length; n++) {
            for (int r = 0; r < rank; r++) {
                eta[n] = Math.fma(z[n * rank + r], factor.get(owners[n], r), eta[n]);
            }
        }
        return eta;
    }

    /** The regression of an individual's rows on its coordinates, the tied one held, and a 1 for each intercept. */
    BlockProblem individual(int i, double[] z, Tensor root, CoefficientPrior prior, TenMtl options) {
        int rank = z.length / data.rows();
        int from = data.first[i];
        int n = data.rows(i);
        int tied = options.common() ? 1 : 0;
        int free = rank - tied;
        int intercepts = data.losses.intercepts();
        int width = free + intercepts;
        double[] features = new double[n * width];
        double[] offsets = new double[n];
        for (int row = 0; row < n; row++) {
            int at = (from + row) * rank;
            System.arraycopy(z, at + tied, features, row * width, free);
            if (intercepts > 0) {
                features[row * width + free + row % intercepts] = 1;
            }
            offsets[row] = tied == 1 ? z[at] : 0;
        }
        double[] factors = new double[width];
        Arrays.fill(factors, 0, free, 1);
        return new BlockProblem(data.losses, features, width, Arrays.copyOfRange(data.y, from, from + n),
                Arrays.copyOfRange(data.weights, from, from + n), offsets,
                prior.individual(root, i, intercepts), factors, options.lasso().individuals());
    }

    /** Every row's predictors contracted with all factors but one: [N x R_1 .. p_k .. R_d]. */
    private Tensor contracted(TuckerDecomposition parameters, int but) {
        Tensor x = data.predictors;
        for (int k = 1; k < parameters.factors().size(); k++) {
            x = k == but ? x : Multilinear.contract(x, parameters.factors().get(k), k);
        }
        return x;
    }

    /** The linear predictor of every row of features. */
    double[] product(double[] features, double[] coefficients) {
        double[] eta = new double[data.rows()];
        int k = coefficients.length;
        for (int n = 0; n < eta.length; n++) {
            for (int j = 0; j < k; j++) {
                eta[n] = Math.fma(features[n * k + j], coefficients[j], eta[n]);
            }
        }
        return eta;
    }

    /** Adds a small product of row-major matrices, c at an offset. */
    private static void multiplyAdd(int rows, int inner, int columns, double[] a, double[] b, double[] c, int atC) {
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < inner; k++) {
                for (int j = 0; j < columns; j++) {
                    c[atC + i * columns + j] = Math.fma(a[i * inner + k], b[k * columns + j], c[atC + i * columns + j]);
                }
            }
        }
    }

    private static Tensor slice(Tensor stacked, int i) {
        Shape shape = stacked.shape().without(0);
        return Tensor.of(shape, Arrays.copyOfRange(stacked.doubles(), i * shape.size(), (i + 1) * shape.size()));
    }
}
