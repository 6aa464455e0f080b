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
    private final List<CenteredData> modalities;
    private final TenMtl options;
    private final CoupledPrior prior;
    private final List<BlockFeatures> blocks;

    BlockUpdates(CoupledRows rows, TenMtl options) {
        this.data = rows.all;
        this.modalities = rows.modalities;
        this.options = options;
        this.prior = CoupledPrior.of(rows, options);
        this.blocks = modalities.stream().map(BlockFeatures::new).toList();
    }

    /** An iterate at these parameters, intercepts where they start. */
    Iterate start(CoupledTucker parameters) {
        List<double[]> parts = new ArrayList<>();
        for (int m = 0; m < modalities.size(); m++) {
            parts.add(modalities.get(m).eta(parameters.modality(m).reconstruct()));
        }
        return Iterate.of(data, options, prior, parameters, data.startIntercepts(), parts);
    }

    /** All blocks once: the individuals' rows, the predictors' factors, the cores. */
    Iterate sweep(Iterate iterate) {
        Iterate next = individuals(iterate, BlockProblem::solve);
        for (int m = 0; m < modalities.size(); m++) {
            for (int k = 1; k <= modalities.get(m).rowShape().rank(); k++) {
                next = factor(next, m, k, BlockProblem::solve);
            }
        }
        return cores(next, BlockProblem::solve);
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
        for (int m = 0; m < modalities.size(); m++) {
            for (int k = 1; k <= modalities.get(m).rowShape().rank(); k++) {
                factor(iterate, m, k, judge);
            }
        }
        cores(iterate, judge);
        return largest[0];
    }

    /** Each individual's row of F_0 and its intercept. */
    private Iterate individuals(Iterate iterate, BlockProblem.Visit visit) {
        CoupledTucker old = iterate.parameters();
        List<double[]> each = new ArrayList<>();
        for (int m = 0; m < blocks.size(); m++) {
            each.add(blocks.get(m).personal(old.modality(m)));
        }
        BlockFeatures first = blocks.getFirst();
        BlockFeatures.Personal found = first.individuals(Iterate.sum(each), old.individuals(), iterate.intercepts(),
                prior.individuals(old), prior.personal(), options, visit);
        return accept(iterate, old.withIndividuals(found.factor()), found.intercepts(),
                each.stream().map(z -> first.personal(z, found.factor())).toList());
    }

    /** One factor U_k of a modality, all rows together. */
    private Iterate factor(Iterate iterate, int m, int mode, BlockProblem.Visit visit) {
        TuckerDecomposition old = iterate.parameters().modality(m);
        Tensor before = old.factors().get(mode);
        int size = before.shape().rows();
        int rank = before.shape().columns();
        double[] features = blocks.get(m).factor(old, mode);
        double[] found = before.doubles();
        Tensor root = prior.modalities().get(m).factor(old, mode);
        double[] others = iterate.without(data, m);
        int places = Math.max(1, LARGEST_PART / rank);
        for (int from = 0; from < size; from += places) {
            int count = Math.min(places, size - from);
            CoefficientPrior.PriorRows rows = CoefficientPrior.PriorRows.repeated(root, count);
            found = together(others, features, found, from * rank, count * rank, rows, options.lasso().factors(), visit);
        }
        List<double[]> parts = new ArrayList<>(iterate.parts());
        parts.set(m, blocks.get(m).product(features, found));
        return accept(iterate, iterate.parameters().withFactor(m, mode, Tensor.of(before.shape(), found)), iterate.intercepts(), parts);
    }

    /** The cores of all modalities, all rows together. */
    private Iterate cores(Iterate iterate, BlockProblem.Visit visit) {
        CoupledTucker old = iterate.parameters();
        List<double[]> features = new ArrayList<>();
        for (int m = 0; m < blocks.size(); m++) {
            features.add(blocks.get(m).core(old.modality(m)));
        }
        double[] start = old.cores().stream().flatMapToDouble(core -> Arrays.stream(core.doubles())).toArray();
        double[] found = together(data.spread(iterate.intercepts()), blocks.getFirst().beside(features), start, 0, start.length,
                prior.cores(old), options.lasso().core(), visit);
        List<Tensor> cores = new ArrayList<>();
        List<double[]> parts = new ArrayList<>();
        int at = 0;
        for (int m = 0; m < blocks.size(); m++) {
            Shape shape = old.cores().get(m).shape();
            double[] own = Arrays.copyOfRange(found, at, at + shape.size());
            at += own.length;
            cores.add(Tensor.of(shape, own));
            parts.add(blocks.get(m).product(features.get(m), own));
        }
        return accept(iterate, old.withCores(cores), iterate.intercepts(), parts);
    }

    /** These numbers after a regression of all rows on some of them, the others and what is added to them in each row held. */
    private double[] together(double[] added, double[] features, double[] start, int from, int columns, CoefficientPrior.PriorRows rows,
            double l1, BlockProblem.Visit visit) {
        double[] factors = new double[columns];
        Arrays.fill(factors, 1);
        double[] offsets = added.clone();
        double[] part = features;
        if (columns < start.length) {
            part = new double[data.rows() * columns];
            double[] others = start.clone();
            Arrays.fill(others, from, from + columns, 0);
            double[] held = blocks.getFirst().product(features, others);
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

    private Iterate accept(Iterate iterate, CoupledTucker parameters, double[] intercepts, List<double[]> parts) {
        Iterate next = Iterate.of(data, options, prior, parameters, intercepts, parts);
        return next.objective() <= iterate.objective() + ROUNDING * Math.ulp(iterate.objective()) ? next : iterate;
    }
}
