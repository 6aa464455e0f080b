package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.tucker.TuckerDecomposition;
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
    static final int ROUNDING = 50;
    /** A factor with more numbers is updated in parts: the prior's rows are as many as the numbers. */
    static final int LARGEST_PART = 256;

    private final CenteredData data;
    private final TenMtl options;
    private final CoefficientPrior prior;
    private final BlockFeatures blocks;

    BlockUpdates(CenteredData data, TenMtl options) {
        this.data = data;
        this.options = options;
        this.prior = CoefficientPrior.of(data, options);
        this.blocks = new BlockFeatures(data);
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
        double[] at0 = data.losses.means(new double[data.rows()], 0, data.rows());
        double residual = data.distance(data.y, at0) / Math.sqrt(data.individuals());
        double[] largest = {0};
        BlockProblem.Visit judge = (problem, numbers) -> {
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

    /** Each individual's row of F_0 and its intercept. */
    private Iterate individuals(Iterate iterate, BlockProblem.Visit visit) {
        TuckerDecomposition old = iterate.parameters();
        BlockFeatures.Personal found = blocks.individuals(old, iterate.intercepts(), prior, options, visit);
        return accept(iterate, old.core(), replaced(old, 0, found.factor()), found.intercepts(), found.eta());
    }

    /** One factor U_k, all rows together. */
    private Iterate factor(Iterate iterate, int mode, BlockProblem.Visit visit) {
        TuckerDecomposition old = iterate.parameters();
        Tensor before = old.factors().get(mode);
        int size = before.shape().rows();
        int rank = before.shape().columns();
        double[] features = blocks.factor(old, mode);
        double[] found = before.doubles();
        Tensor root = prior.factor(old, mode);
        int places = Math.max(1, LARGEST_PART / rank);
        for (int from = 0; from < size; from += places) {
            int count = Math.min(places, size - from);
            CoefficientPrior.PriorRows rows = CoefficientPrior.PriorRows.repeated(root, count);
            found = together(iterate, features, found, from * rank, count * rank, rows, options.lasso().factors(), visit);
        }
        Tensor factor = Tensor.of(Shape.of(size, rank), found);
        return accept(iterate, old.core(), replaced(old, mode, factor), iterate.intercepts(), blocks.product(features, found));
    }

    /** The core, all rows together. */
    private Iterate core(Iterate iterate, BlockProblem.Visit visit) {
        TuckerDecomposition old = iterate.parameters();
        double[] features = blocks.core(old);
        CoefficientPrior.PriorRows rows = prior.core(old);
        double[] found = together(iterate, features, old.core().doubles(), 0, old.core().size(), rows, options.lasso().core(), visit);
        Tensor core = Tensor.of(old.core().shape(), found);
        return accept(iterate, core, old.factors(), iterate.intercepts(), blocks.product(features, found));
    }

    /** These numbers after a regression of all rows on some of them, the others and the intercepts held. */
    private double[] together(Iterate iterate, double[] features, double[] start, int from, int columns, CoefficientPrior.PriorRows rows,
            double l1, BlockProblem.Visit visit) {
        double[] factors = new double[columns];
        Arrays.fill(factors, 1);
        double[] offsets = data.spread(iterate.intercepts());
        double[] part = features;
        if (columns < start.length) {
            part = new double[data.rows() * columns];
            double[] others = start.clone();
            Arrays.fill(others, from, from + columns, 0);
            double[] held = blocks.product(features, others);
            for (int n = 0; n < offsets.length; n++) {
                offsets[n] += held[n];
                System.arraycopy(features, n * start.length + from, part, n * columns, columns);
            }
        }
        BlockProblem problem = new BlockProblem(data.losses, part, columns, data.y, data.weights, offsets, rows, factors, l1);
        double[] found = start.clone();
        System.arraycopy(visit.at(problem, Arrays.copyOfRange(start, from, from + columns)), 0, found, from, columns);
        return found;
    }

    private Iterate accept(Iterate iterate, Tensor core, List<Tensor> factors, double[] intercepts, double[] eta) {
        Iterate next = Iterate.of(data, options, prior, new TuckerDecomposition(core, factors), intercepts, eta);
        return next.objective() <= iterate.objective() + ROUNDING * Math.ulp(iterate.objective()) ? next : iterate;
    }

    private static List<Tensor> replaced(TuckerDecomposition old, int mode, Tensor factor) {
        List<Tensor> factors = new ArrayList<>(old.factors());
        factors.set(mode, factor);
        return factors;
    }
}
