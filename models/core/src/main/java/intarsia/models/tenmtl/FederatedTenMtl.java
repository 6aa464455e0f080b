package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@link TenMtl} where individuals are elsewhere and only sums over all of them are known (ours). Core and factors are here, each
 * individual's coordinates and intercept are where its rows are. The steps are those of the fit of all rows together: a participant solves
 * for its individuals' coordinates; gradient and curvature of a shared block, summed over individuals, give the same step as all rows
 * would, exactly so for Gaussian responses, as the Newton step for others.
 *
 * <p>What is not the same: only the start from local estimates is made; predictors wider than all rows together are not compressed first,
 * which changes the way, not where it ends.
 *
 * <p>Cost of a sweep: {@code d + 3} sums for Gaussian responses, {@code 2 d + 4} or more for others; the largest has {@code K (K + 3) / 2 +
 * 1} numbers, K being the numbers of the largest block, at most 256 of a factor. The start takes a sum of {@code P (P + 1) / 2} numbers
 * three times.
 */
public final class FederatedTenMtl {
    private static final int HALVINGS = 20;
    /** So many lengths of a step are asked for at a time; the first is nearly always taken. */
    private static final int AT_ONCE = 4;

    private final TenMtl options;
    private final Shape row;
    private final boolean gaussian;
    private final SharedSums sums;
    private final Progress progress;
    private final int individuals;
    private final double meanShare;
    private final double residual;
    private final CoefficientPrior prior;
    private boolean adopt;
    private double[] scales;

    /**
     * Fits.
     *
     * @param options  without random starts
     * @param row      the shape of a row's predictors, p_1 x .. x p_d
     * @param family   of the responses
     * @param sums     the participants
     * @param progress is told of each sweep
     * @throws IllegalArgumentException            if random starts are asked for, or coupled sources
     * @throws intarsia.models.data.DataException if ranks as given are not possible
     */
    public static Outcome<FederatedFit> fit(TenMtl options, Shape row, ResponseFamily family, SharedSums sums, Progress progress) {
        if (!options.form().coupled().isEmpty()) {
            throw new IllegalArgumentException("tenmtl: a federated fit takes one tensor a row; it cannot couple sources "
                    + options.form().coupled());
        }
        if (options.search().randomStarts() > 0) {
            throw new IllegalArgumentException("tenmtl: a federated fit starts from local estimates alone; give no random starts");
        }
        return new FederatedTenMtl(options, row, family, sums, progress, sums.of(new SharedQuestion.Extent())).minimize();
    }

    /** Fits to columns and responses as they are, brought to one scale first: as {@link TenMtl#fit} does it of all rows. */
    public static Outcome<FederatedFit> fit(TenMtl options, FederationTerms terms, SharedSums sums, Progress progress) {
        ResponseFamily family = terms.family().equals(ResponseFamily.BINARY.key()) ? ResponseFamily.BINARY : ResponseFamily.CONTINUOUS;
        SharedScale.agree(sums, terms.features().size(), family.standardized());
        return fit(options, terms.row(), family, sums, progress);
    }

    private FederatedTenMtl(TenMtl given, Shape row, ResponseFamily family, SharedSums sums, Progress progress, double[] extent) {
        this.row = row;
        this.gaussian = family.standardized();
        this.sums = sums;
        this.progress = progress;
        individuals = SharedScale.number(extent[0]);
        SharedScale.require(extent[1] > 0 && extent[1] <= individuals && extent[2] >= 0 && extent[3] >= 0, "numbers of rows and squares");
        meanShare = extent[1] / individuals;
        double norm = extent[2] / individuals;
        residual = Math.sqrt(extent[3] / individuals);
        options = given.ranks(given.ranks().resolve(List.of(FederatedStart.stacked(row, individuals)), given.common()));
        double precision = !options.prior() ? 0
                : CoefficientPrior.precision(options, row.size(), gaussian ? noise(norm) : Double.NaN, norm);
        prior = new CoefficientPrior(precision, options.common(), new double[0], new double[0]);
    }

    private double noise(double norm) {
        double[] known = sums.of(new SharedQuestion.Noise(norm, new double[0]));
        return known[0] == 0 || known[1] == 0 ? 1 : NoiseRatio.largest(ratios -> {
            double[] all = sums.of(new SharedQuestion.Noise(norm, ratios));
            double[] deviances = new double[ratios.length];
            for (int k = 0; k < ratios.length; k++) {
                deviances[k] = NoiseRatio.deviance(all[0], all[2 + 2 * k] / ratios[k], all[3 + 2 * k]);
            }
            return deviances;
        });
    }

    private Outcome<FederatedFit> minimize() {
        SharedIterate iterate = localStart();
        List<Double> trace = new ArrayList<>(List.of(iterate.objective()));
        TenMtl.Search search = options.search();
        boolean converged = false;
        while (!converged && trace.size() <= search.maxSweeps()) {
            iterate = sweep(iterate);
            trace.add(iterate.objective());
            double[] moved = sums.of(new SharedQuestion.Movement(settlement(), iterate.shared()));
            converged = Math.sqrt(moved[0]) <= search.tolerance() * Math.sqrt(moved[1]);
            progress.report("fitting TenMTL with others", trace.size() - 1, search.maxSweeps());
        }
        double violation = violation(iterate);
        FederatedFit fit = new FederatedFit(options, normalized(iterate.shared()), individuals, trace,
                gaussian ? 2 * iterate.loss() / individuals : 1, violation, residual);
        return converged ? new Outcome.Converged<>(fit, fit.sweeps())
                : new Outcome.Stopped<>(fit, "TenMTL reached its limit of " + search.maxSweeps() + " sweeps");
    }

    /** Of the starts from local estimates, the one that is best after one sweep. */
    private SharedIterate localStart() {
        SharedIterate best = null;
        double lowest = Double.POSITIVE_INFINITY;
        SharedQuestion.Start chosen = null;
        FederatedStart starts = new FederatedStart(options, row, sums, individuals);
        for (double ridge : AlternatingMinimization.START_RIDGES) {
            SharedQuestion.Start start = starts.local(ridge, prior.precision());
            SharedIterate from = begin(start);
            double swept = sweep(from).objective();
            if (best == null || swept < lowest) {
                best = from;
                lowest = swept;
                chosen = start;
            }
        }
        return begin(chosen);
    }

    private SharedIterate begin(SharedQuestion.Start start) {
        adopt = false;
        scales = ones();
        return accepted(individuals(start.shared(), sums.of(start)));
    }

    private SharedIterate sweep(SharedIterate iterate) {
        SharedQuestion.Step step = new SharedQuestion.Step(settlement(), iterate.shared());
        SharedIterate stepped = individuals(iterate.shared(), sums.of(step));
        adopt = better(stepped, iterate);
        SharedIterate next = adopt ? accepted(stepped) : iterate;
        for (int k = 1; k <= row.rank(); k++) {
            next = block(next, k);
        }
        return block(next, 0);
    }

    /** An iterate at what the participants said of their coordinates. */
    private SharedIterate individuals(SharedQuestion.Shared shared, double[] answer) {
        int rank = shared.core().shape().size(0);
        double[] sizes = Arrays.copyOfRange(answer, 2, 2 + rank);
        for (int r = 0; r < rank && options.lasso().none(); r++) {
            sizes[r] = Math.sqrt(sizes[r] / individuals);
        }
        Tensor products = SymmetricTriangle.square(answer, 2 + rank, rank);
        if (options.common()) {
            products.set(meanShare, 0, 0);
        }
        return SharedIterate.of(options, prior, shared, sizes, products, answer[0], answer[1]);
    }

    private SharedIterate block(SharedIterate iterate, int block) {
        double[] numbers = iterate.numbers(block);
        int columns = block == 0 ? 1 : iterate.shared().factors().get(block - 1).shape().columns();
        int most = block == 0 ? numbers.length : Math.max(1, BlockUpdates.LARGEST_PART / columns) * columns;
        double l1 = block == 0 ? options.lasso().core() : options.lasso().factors();
        List<Tensor> roots = iterate.roots();
        Tensor root = block == 0 ? null : prior.factor(iterate.shared().core(), roots, block);
        double loss = iterate.loss();
        for (int from = 0; from < numbers.length; from += most) {
            int count = Math.min(most, numbers.length - from);
            CoefficientPrior.PriorRows rows = block == 0 ? prior.core(roots)
                    : CoefficientPrior.PriorRows.repeated(root, count / columns);
            SharedQuestion.Shared at = SharedIterate.replaced(iterate.shared(), block, numbers);
            double[] answer = sums.of(new SharedQuestion.Curvature(settlement(), at, block, from, count));
            BlockQuadratic data = new BlockQuadratic(SymmetricTriangle.square(answer, 1 + count, count),
                    Arrays.copyOfRange(answer, 1, 1 + count));
            double[] part = Arrays.copyOfRange(numbers, from, from + count);
            double[] whole = data.with(rows, part).minimum(part, l1);
            double[] found;
            if (gaussian) {
                found = whole;
                loss = answer[0] - data.fall(part, whole);
            } else {
                Trialled trialled = trial(at, block, from, part, whole, answer[0], rows, l1);
                found = trialled.numbers;
                loss = trialled.loss;
            }
            System.arraycopy(found, 0, numbers, from, count);
        }
        SharedIterate next = iterate.with(options, prior, block, numbers, loss);
        return better(next, iterate) ? accepted(next) : iterate;
    }

    private record Trialled(double[] numbers, double loss) {}

    /** The Newton step, halved until the objective does not rise. */
    private Trialled trial(SharedQuestion.Shared at, int block, int from, double[] part, double[] whole, double lossAt,
            CoefficientPrior.PriorRows rows, double l1) {
        double objective = lossAt + rows.value(part) + l1 * magnitude(part);
        for (int first = 0; first < HALVINGS; first += AT_ONCE) {
            double[] lengths = new double[AT_ONCE];
            for (int k = 0; k < AT_ONCE; k++) {
                lengths[k] = Math.scalb(1.0, -first - k);
            }
            double[] losses = sums.of(new SharedQuestion.Trial(settlement(), at, block, from, whole, lengths));
            for (int k = 0; k < AT_ONCE; k++) {
                double[] next = BlockProblem.between(part, whole, lengths[k]);
                if (losses[k] + rows.value(next) + l1 * magnitude(next) <= objective) {
                    return new Trialled(next, losses[k]);
                }
            }
        }
        return new Trialled(part, lossAt);
    }

    private static double magnitude(double[] numbers) {
        return Arrays.stream(numbers).map(Math::abs).sum();
    }

    private static boolean better(SharedIterate next, SharedIterate than) {
        return next.objective() <= than.objective() + BlockUpdates.ROUNDING * Math.ulp(than.objective());
    }

    private SharedIterate accepted(SharedIterate next) {
        for (int r = 0; r < scales.length; r++) {
            scales[r] *= next.scales()[r];
        }
        return next;
    }

    /** What the participants have not heard yet of what came of their last step. */
    private SharedQuestion.Settlement settlement() {
        SharedQuestion.Settlement settlement = new SharedQuestion.Settlement(adopt, scales);
        adopt = false;
        scales = ones();
        return settlement;
    }

    private double[] ones() {
        double[] ones = new double[options.totalIndividualRank()];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Columns of the factors of norm 1. */
    private SharedQuestion.Shared normalized(SharedQuestion.Shared shared) {
        List<Tensor> factors = new ArrayList<>(shared.factors());
        factors.addFirst(Tensor.of(Shape.of(1, options.totalIndividualRank()), ones()));
        TuckerDecomposition normalized = Iterate.normalized(CoupledTucker.of(new TuckerDecomposition(shared.core(), factors)),
                options.common()).modality(0);
        return new SharedQuestion.Shared(normalized.core(), normalized.factors().subList(1, factors.size()));
    }

    /** As {@link BlockProblem#violation}, over the shared blocks. */
    private double violation(SharedIterate iterate) {
        SharedQuestion.Shared end = iterate.shared();
        List<Tensor> roots = iterate.roots();
        double largest = 0;
        for (int block = 0; block <= row.rank(); block++) {
            double[] numbers = iterate.numbers(block);
            double[] answer = sums.of(new SharedQuestion.Conditions(settlement(), end, block));
            CoefficientPrior.PriorRows rows = block == 0 ? prior.core(roots)
                    : CoefficientPrior.PriorRows.repeated(prior.factor(end.core(), roots, block),
                            end.factors().get(block - 1).shape().rows());
            double[] falls = Arrays.copyOf(answer, numbers.length);
            double[] squares = Arrays.copyOfRange(answer, numbers.length, 2 * numbers.length);
            double[] lasso = new double[numbers.length];
            Arrays.fill(lasso, block == 0 ? options.lasso().core() : options.lasso().factors());
            largest = Math.max(largest, BlockProblem.violation(numbers, falls, squares, rows, residual, individuals, lasso));
        }
        return largest;
    }
}
