package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.optim.solve.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The updates of the alternating minimization. With all other blocks held, eta is linear in one block, and the block's best value is a
 * lasso regression on features that are contractions of the predictors ({@link BlockProblem}); no Kronecker product of rows is formed. An
 * update that is not better than what was there leaves it.
 */
final class BlockUpdates {
    /**
     * Rises of the objective up to this many units in the last place say nothing: near the end they are all that parameters at 1e-8 change.
     */
    private static final int ROUNDING = 50;
    /** A factor with more numbers is updated in parts: the prior's rows are as many as the numbers. */
    private static final int LARGEST_PART = 256;

    private final CenteredData data;
    private final TenMtl options;
    private final CoefficientPrior prior;
    private final int[] owners;

    BlockUpdates(CenteredData data, TenMtl options) {
        this.data = data;
        this.options = options;
        this.prior = CoefficientPrior.of(data, options);
        this.owners = data.owners();
    }

    /** What is done with a block at the numbers where it stands; the numbers that take their place. */
    @FunctionalInterface
    private interface Visit {
        double[] at(BlockProblem problem, double[] numbers);
    }

    /** An iterate at these parameters, intercepts where they start. */
    Iterate start(TuckerDecomposition parameters) {
        return Iterate.of(data, options, prior, parameters, data.startIntercepts(), data.eta(parameters.reconstruct()));
    }

    /** All blocks once: the individuals' rows, the predictors' factors, the core. */
    Iterate sweep(Iterate iterate) {
        Iterate next = individuals(iterate, BlockProblem::solve);
        for (int k = 1; k <= data.rowShape().rank(); k++) {
            next = factor(next, k, BlockProblem::solve);
        }
        return core(next, BlockProblem::solve);
    }

    /**
     * The largest violation of the first-order conditions over all blocks ({@link BlockProblem#violation}), each with the others held as
     * they stand: 0 at a stationary point, and where no response varies. Costs less than a sweep, as no block is solved.
     */
    double violation(Iterate iterate) {
        double[] zero = new double[data.rows()];
        Arrays.fill(zero, data.family.mean(0));
        double residual = data.distance(data.y, zero) / Math.sqrt(data.individuals());
        double[] largest = {0};
        Visit judge = (problem, numbers) -> {
            largest[0] = Math.max(largest[0], problem.violation(numbers, residual));
            return numbers;
        };
        individuals(iterate, judge);
        for (int k = 1; k <= data.rowShape().rank(); k++) {
            factor(iterate, k, judge);
        }
        core(iterate, judge);
        return largest[0];
    }

    /**
     * Each individual's row of F_0 and its intercept; features [N x R_0] are {@code (X x_1 U_1' .. x_d U_d') G_(0)'}, the common one held,
     * and a 1 where there is an intercept.
     */
    private Iterate individuals(Iterate iterate, Visit visit) {
        TuckerDecomposition old = iterate.parameters();
        Tensor slices = Multilinear.unfold(old.core(), 0);
        double[] z = Matrices.product(Multilinear.unfold(contracted(old, -1), 0), false, slices, true).doubles();
        Tensor root = prior.individuals(old);
        int rank = slices.shape().rows();
        int tied = options.common() ? 1 : 0;
        int free = rank - tied;
        Tensor factor = old.factors().getFirst().copy();
        double[] intercepts = iterate.intercepts().clone();
        double[] eta = new double[data.rows()];
        for (int i = 0; i < data.individuals(); i++) {
            BlockProblem problem = individual(i, z, rank, root);
            double[] start = Arrays.copyOf(Arrays.copyOfRange(factor.doubles(), i * rank + tied, (i + 1) * rank), problem.columns());
            if (problem.columns() > free) {
                start[free] = intercepts[i];
            }
            double[] found = visit.at(problem, start);
            System.arraycopy(found, 0, factor.doubles(), i * rank + tied, free);
            intercepts[i] = problem.columns() > free ? found[free] : intercepts[i];
            for (int row = 0; row < data.rows(i); row++) {
                int at = data.first[i] + row;
                eta[at] = problem.offsets()[row];
                for (int r = 0; r < free; r++) {
                    eta[at] = Math.fma(z[at * rank + tied + r], found[r], eta[at]);
                }
            }
        }
        return accept(iterate, old.core(), replaced(old, 0, factor), intercepts, eta);
    }

    private BlockProblem individual(int i, double[] z, int rank, Tensor root) {
        int from = data.first[i];
        int n = data.rows(i);
        int tied = options.common() ? 1 : 0;
        int free = rank - tied;
        int width = free + (data.family == Family.GAUSSIAN ? 0 : 1);
        double[] features = new double[n * width];
        Arrays.fill(features, 1);
        double[] offsets = new double[n];
        for (int row = 0; row < n; row++) {
            int at = (from + row) * rank;
            System.arraycopy(z, at + tied, features, row * width, free);
            offsets[row] = tied == 1 ? z[at] : 0;
        }
        double[] factors = new double[width];
        Arrays.fill(factors, 0, free, 1);
        return new BlockProblem(data.family, features, width, Arrays.copyOfRange(data.y, from, from + n),
                Arrays.copyOfRange(data.weights, from, from + n), offsets,
                prior.individual(root, i, width > free), factors, options.lasso().individuals());
    }

    /**
     * One factor U_k, all rows together; features [N x p_k R_k] are X contracted with all other factors, times the individual's slice of
     * the core.
     */
    private Iterate factor(Iterate iterate, int mode, Visit visit) {
        TuckerDecomposition old = iterate.parameters();
        Tensor x = contracted(old, mode);
        Shape row = x.shape().without(0);
        int size = row.size(mode - 1);
        int others = row.size() / size;
        int rank = old.core().shape().size(mode);
        Tensor slices = Multilinear.modeProduct(old.core(), old.factors().getFirst(), 0);
        double[][] weights = new double[data.individuals()][];
        for (int i = 0; i < weights.length; i++) {
            // [others x R_k], the other modes in ascending order
            Tensor slice = slice(slices, i);
            weights[i] = Matrices.transpose(Multilinear.unfold(slice, mode - 1)).doubles();
        }
        double[] features = new double[data.rows() * size * rank];
        double[] numbers = new double[size * others];
        for (int n = 0; n < data.rows(); n++) {
            System.arraycopy(x.doubles(), n * numbers.length, numbers, 0, numbers.length);
            double[] unfolded = row.rank() == 1 ? numbers : Multilinear.unfold(Tensor.of(row, numbers), mode - 1).doubles();
            multiplyAdd(size, others, rank, unfolded, weights[owners[n]], features, n * size * rank);
        }
        double[] found = old.factors().get(mode).doubles();
        Tensor root = prior.factor(old, mode);
        int places = Math.max(1, LARGEST_PART / rank);
        for (int from = 0; from < size; from += places) {
            int count = Math.min(places, size - from);
            CoefficientPrior.PriorRows rows = CoefficientPrior.PriorRows.repeated(root, count);
            found = together(iterate, features, found, from * rank, count * rank, rows, options.lasso().factors(), visit);
        }
        Tensor factor = Tensor.of(Shape.of(size, rank), found);
        return accept(iterate, old.core(), replaced(old, mode, factor), iterate.intercepts(), product(features, found));
    }

    /** The core, all rows together; features [N x R_0 .. R_d] are {@code u_0i kron vec(X x_1 U_1' .. x_d U_d')}. */
    private Iterate core(Iterate iterate, Visit visit) {
        TuckerDecomposition old = iterate.parameters();
        Tensor z = contracted(old, -1);
        int inner = z.size() / data.rows();
        Tensor individual = old.factors().getFirst();
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
        CoefficientPrior.PriorRows rows = prior.core(old);
        double[] found = together(iterate, features, old.core().doubles(), 0, rank * inner, rows, options.lasso().core(), visit);
        Tensor core = Tensor.of(old.core().shape(), found);
        return accept(iterate, core, old.factors(), iterate.intercepts(), product(features, found));
    }

    /** These numbers after a regression of all rows on some of them, the others and the intercepts held. */
    private double[] together(Iterate iterate, double[] features, double[] start, int from, int columns, CoefficientPrior.PriorRows rows,
            double l1, Visit visit) {
        double[] factors = new double[columns];
        Arrays.fill(factors, 1);
        double[] offsets = data.spread(iterate.intercepts());
        double[] part = features;
        if (columns < start.length) {
            part = new double[data.rows() * columns];
            double[] others = start.clone();
            Arrays.fill(others, from, from + columns, 0);
            double[] held = product(features, others);
            for (int n = 0; n < offsets.length; n++) {
                offsets[n] += held[n];
                System.arraycopy(features, n * start.length + from, part, n * columns, columns);
            }
        }
        BlockProblem problem = new BlockProblem(data.family, part, columns, data.y, data.weights, offsets, rows, factors, l1);
        double[] found = start.clone();
        System.arraycopy(visit.at(problem, Arrays.copyOfRange(start, from, from + columns)), 0, found, from, columns);
        return found;
    }

    private Iterate accept(Iterate iterate, Tensor core, List<Tensor> factors, double[] intercepts, double[] eta) {
        Iterate next = Iterate.of(data, options, prior, new TuckerDecomposition(core, factors), intercepts, eta);
        return next.objective() <= iterate.objective() + ROUNDING * Math.ulp(iterate.objective()) ? next : iterate;
    }

    /** Every row's predictors contracted with all factors but one: [N x R_1 .. p_k .. R_d]. */
    private Tensor contracted(TuckerDecomposition parameters, int but) {
        Tensor x = data.predictors;
        for (int k = 1; k < parameters.factors().size(); k++) {
            x = k == but ? x : Multilinear.contract(x, parameters.factors().get(k), k);
        }
        return x;
    }

    private double[] product(double[] features, double[] coefficients) {
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

    private static List<Tensor> replaced(TuckerDecomposition old, int mode, Tensor factor) {
        List<Tensor> factors = new ArrayList<>(old.factors());
        factors.set(mode, factor);
        return factors;
    }
}
