package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import intarsia.linalg.decomposition.SymmetricEigen;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.Outcome;
import intarsia.optim.solve.Family;
import java.util.ArrayList;
import java.util.List;

/**
 * TenMTL (arXiv 2508.15676): coefficients B [individuals x p_1 x ... x p_d] as a Tucker tensor {@code [[G; U_0, U_1, .., U_d]]}, U_0 = [1 |
 * F_0], fitted by alternating minimization of
 * <pre>  sum_i 1/n_i sum_n loss(y_in, b_i + &lt;B_i, X_in&gt;) + lambda_G ||G||_1 + lambda_0 ||F_0||_1 + sum_k lambda_k ||U_k||_1</pre>
 *
 * <p>Scale can move between the core and the columns of the factors without changing a model. So the lasso weights are all positive or all
 * 0: then none can be evaded, and after each step every column and its slice of the core are put at the scales that cost least, in closed
 * form. It follows that of the weights only certain products matter: for one column, {@code lambda_G ||S||_1 + lambda_k ||u||_1} at its
 * best scale is {@code 2 sqrt(lambda_G lambda_k ||S||_1 ||u||_1)}. Each step is a convex problem solved to its end, so the objective never
 * rises, by more than rounding.
 *
 * <p>The first start takes the factors of the local estimates' higher-order singular value decomposition, at the ridge whose first sweep
 * ends lowest; others are random. (The paper gives the model, the lasso and the local start; the objective in this form, the balance of
 * scales and the choice of the ridge are ours.)
 *
 * <p>Cost of a sweep: O(N P sum R_k) for the contractions, N rows of P numbers, and a regression on p_k R_k features for each mode, on R_0
 * .. R_d for the core and on R_0 for each individual.
 */
public final class TenMtl {
    /**
     * Ridges of the local estimates that may start the search, relative to the predictors' variance. Predictors that are nearly dependent
     * want little of it, few and noisy rows want much: the wrong one begins beside a poor local minimum.
     */
    private static final double[] START_RIDGES = {1e-5, 1e-3, 1e-1};

    private TenMtl() {}

    /**
     * Fits.
     *
     * @throws IllegalArgumentException if the ranks do not suit the data, or the individuals do not suit each other
     */
    public static Outcome<TenMtlFit> fit(List<Individual> individuals, TenMtlOptions options) {
        Cohort cohort = new Cohort(individuals, options.family());
        options.check(cohort.stacked());
        BlockSteps steps = new BlockSteps(cohort, options);
        List<TenMtlFit.Start> starts = new ArrayList<>();
        State best = null;
        int won = 0;
        for (int s = 0; s <= options.randomStarts(); s++) {
            State state = s == 0 ? localStart(cohort, individuals, options, steps)
                    : start(cohort, options, random(cohort, options, RandomStream.of(options.seed(), "tenmtl/start/" + s)));
            List<Double> trace = new ArrayList<>(List.of(state.objective()));
            boolean converged = false;
            while (!converged && trace.size() <= options.maxSweeps()) {
                State before = state;
                state = steps.sweep(state);
                double[] linear = state.linear(cohort);
                converged = cohort.distance(linear, before.linear(cohort)) <= options.tolerance() * cohort.distance(linear,
                        new double[linear.length]);
                trace.add(state.objective());
            }
            starts.add(new TenMtlFit.Start(s == 0 ? "local" : "random " + (s - 1), List.copyOf(trace), converged));
            if (best == null || state.objective() < best.objective()) {
                best = state;
                won = s;
            }
        }
        double dispersion = options.family() == Family.GAUSSIAN ? 2 * best.loss() / cohort.individuals() : 1;
        TuckerDecomposition parameters = State.normalized(best.parameters(), options.common());
        PersonalModels models = cohort.models(parameters.reconstruct(), best.intercepts());
        TenMtlFit fit = new TenMtlFit(options, parameters, models, best.objective(), dispersion, starts, won);
        int sweeps = starts.get(won).objective().size() - 1;
        return starts.get(won).converged() ? new Outcome.Converged<>(fit, sweeps)
                : new Outcome.Stopped<>(fit, "the limit of " + options.maxSweeps() + " sweeps came before the tolerance "
                        + options.tolerance());
    }

    private static State start(Cohort cohort, TenMtlOptions options, TuckerDecomposition from) {
        return State.of(cohort, options, from, cohort.startIntercepts(), cohort.eta(from.reconstruct()));
    }

    /** Of the starts from local estimates, the one that is best after one sweep. */
    private static State localStart(Cohort cohort, List<Individual> individuals, TenMtlOptions options, BlockSteps steps) {
        State best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (double ridge : START_RIDGES) {
            State from = start(cohort, options, local(cohort, individuals, options, ridge));
            double swept = steps.sweep(from).objective();
            if (best == null || swept < lowest) {
                best = from;
                lowest = swept;
            }
        }
        return best;
    }

    /**
     * From local estimates B: U_k are leading left singular vectors of the unfoldings of B, F_0 those of mode 0 (of the deviations from the
     * mean, if there is a common column), the core is B in their coordinates.
     */
    private static TuckerDecomposition local(Cohort cohort, List<Individual> individuals, TenMtlOptions options, double ridge) {
        Tensor b = new Local(cohort.family, 0, ridge).fit(individuals).coefficients();
        int count = cohort.individuals();
        List<Tensor> factors = new ArrayList<>();
        Tensor personal = options.common() ? deviations(b) : b;
        factors.add(scaled(leading(personal, 0, options.individualRank()), Math.sqrt(count)));
        for (int k = 1; k < b.shape().rank(); k++) {
            factors.add(leading(b, k, options.predictorRanks()[k - 1]));
        }
        factors.set(0, withCommon(factors.getFirst(), options.common()));
        // the columns of U_0 are orthogonal with squared norm `count`: deviations have no part along the ones
        Tensor core = Multilinear.contractAll(b, factors);
        for (int i = 0; i < core.size(); i++) {
            core.doubles()[i] /= count;
        }
        return new TuckerDecomposition(core, factors);
    }

    /** Orthonormal random factors, a random U_0, and a core of zeros for all individual columns: the first sweep fills it. */
    private static TuckerDecomposition random(Cohort cohort, TenMtlOptions options, RandomStream random) {
        List<Tensor> factors = new ArrayList<>();
        factors.add(withCommon(gaussian(random, cohort.individuals(), options.individualRank()), options.common()));
        int[] ranks = options.predictorRanks();
        int[] sizes = new int[ranks.length + 1];
        sizes[0] = options.totalIndividualRank();
        for (int k = 0; k < ranks.length; k++) {
            factors.add(Qr.of(gaussian(random, cohort.rowShape().size(k), ranks[k])).q());
            sizes[k + 1] = ranks[k];
        }
        return new TuckerDecomposition(scaled(gaussian(random, sizes), 1e-2), factors);
    }

    private static Tensor leading(Tensor a, int mode, int rank) {
        return Matrices.leadingColumns(SymmetricEigen.of(Multilinear.gram(a, mode)).vectors(), rank);
    }

    /** Each individual's coefficients less the mean of all. */
    private static Tensor deviations(Tensor b) {
        Tensor deviations = b.copy();
        int count = b.shape().size(0);
        int p = b.size() / count;
        for (int j = 0; j < p; j++) {
            double mean = 0;
            for (int i = 0; i < count; i++) {
                mean += b.at(i * p + j) / count;
            }
            for (int i = 0; i < count; i++) {
                deviations.doubles()[i * p + j] -= mean;
            }
        }
        return deviations;
    }

    private static Tensor withCommon(Tensor personal, boolean common) {
        if (!common) {
            return personal;
        }
        int count = personal.shape().rows();
        int rank = personal.shape().columns();
        Tensor both = Tensor.zeros(count, rank + 1);
        for (int i = 0; i < count; i++) {
            both.set(1, i, 0);
            System.arraycopy(personal.doubles(), i * rank, both.doubles(), i * (rank + 1) + 1, rank);
        }
        return both;
    }

    private static Tensor gaussian(RandomStream random, int... sizes) {
        Tensor a = Tensor.zeros(sizes);
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] = random.nextGaussian();
        }
        return a;
    }

    private static Tensor scaled(Tensor a, double scale) {
        Tensor scaled = Tensor.of(Shape.of(a.shape().sizes()), a.toDoubles());
        for (int i = 0; i < scaled.size(); i++) {
            scaled.doubles()[i] *= scale;
        }
        return scaled;
    }
}
