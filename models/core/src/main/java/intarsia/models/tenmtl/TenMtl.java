package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.Individual;
import intarsia.models.data.Task;
import intarsia.models.response.Classes;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.Tuned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * TenMTL (arXiv 2508.15676): coefficients B [individuals x p_1 x ... x p_d] as a Tucker tensor {@code [[G; U_0, U_1, .., U_d]]}, U_0 = [1 |
 * F_0], fitted by alternating minimization of
 * <pre>  sum_i 1/n_i sum_n loss(y_in, b_i + &lt;B_i, X_in&gt;) + lambda_G ||G||_1 + lambda_0 ||F_0||_1 + sum_k lambda_k ||U_k||_1</pre>
 *
 * <p>Scale can move between the core and the columns of the factors without changing a model. So the lasso weights are all positive or all
 * 0: then none can be evaded, and after each step every column and its slice of the core are put at the scales that cost least, in closed
 * form. It follows that of the weights only certain products matter: for one column, {@code lambda_G ||S||_1 + lambda_k ||u||_1} at its
 * best scale is {@code 2 sqrt(lambda_G lambda_k ||S||_1 ||u||_1)}. No step lets the objective rise, by more than rounding. A weak
 * Gaussian prior of linear predictors, {@link CoefficientPrior}, is added, without which individuals whose labels can be separated have no
 * finite solution, and few rows of one individual bend what all share.
 *
 * <p>Of K classes the coefficients have one more mode, B [individuals x p_1 x ... x p_d x K] with a factor U_(d+1) of classes: what tells
 * them apart lies in few directions, too, K - 1 at most, and each individual weighs these. The loss is that of their softmax, and each
 * individual has an intercept for each class ({@link RowLoss}; ours). A sweep then costs K^2 times as much for its contractions.
 *
 * <p>The first start takes the factors of the local estimates' higher-order singular value decomposition, at the ridge whose first sweep
 * ends lowest; others are random. (The paper gives the model, the lasso and the local start; the objective in this form, the balance of
 * scales, the prior and the choice of the ridge are ours.)
 *
 * <p>Rows may be several tensors, one for each modality ({@link intarsia.models.data.Modalities}), and individuals may lack some. Then (the
 * paper names coupled decompositions and gives no formulas; this one is ours)
 * <pre>  eta_in = b_i + sum_m &lt;B_i^(m), X_in^(m)&gt;,   B^(m) = [[G^(m); U_0, U_1^(m), .., U_d^(m)]]</pre>
 *
 * <p>with U_0 and its rank the same for all, and all else a modality's own; the sum is over what individual i has. Its u_i is learned from
 * that, and says its coefficients of what it lacks. Sums of the penalties go over all modalities, and the prior gives each the same part
 * of the linear predictor ({@code CoupledPrior}).
 *
 * <p>Cost of a sweep: O(N P sum R_k) for the contractions, N rows of P numbers, and a regression on p_k R_k features for each mode, on R_0
 * .. R_d for the core (of all modalities at once) and on R_0 for each individual.
 *
 * {@snippet class="intarsia.tutorial.Snippets" region="tenmtl"}
 *
 * @param form   what tensor a row's columns make
 * @param common whether U_0 has the column that is tied over the individuals (W_0): with it {@code B_i = B_common + B_personal,i}.
 *               More tied columns would add nothing, as their slices of the core only ever appear as one weighted sum
 * @param ranks  R_f of F_0, in which individuals differ, and R_1 .. R_d
 * @param lasso  its weights
 * @param prior  whether linear predictors have the prior; the paper has none
 * @param search starts and the end
 */
public record TenMtl(TensorForm form, boolean common, TuckerRanks ranks, Lasso lasso, boolean prior,
        Search search) implements PersonalEstimator {
    /** Its name in files. */
    public static final String KEY = "tenmtl";
    private static final String NAME = "TenMTL";

    /**
     * Weights of the lasso, for responses of standard deviation 1 within individuals.
     *
     * @param core        lambda_G, on the core
     * @param factors     lambda_k, on U_1 .. U_d, the same for all
     * @param individuals lambda_0, on F_0
     */
    public record Lasso(double core, double factors, double individuals) {
        /** None. */
        public static final Lasso NONE = new Lasso(0, 0, 0);

        /** Checks that weights are finite and not negative. */
        public Lasso {
            for (double weight : new double[] {core, factors, individuals}) {
                if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException("tenmtl: lasso weights core " + core + ", factors " + factors + ", individuals "
                            + individuals + ": must be finite and not negative");
                }
            }
        }

        /** The same weight everywhere. */
        public static Lasso of(double weight) {
            return new Lasso(weight, weight, weight);
        }

        /** Whether there is none. */
        boolean none() {
            return core == 0;
        }
    }

    /**
     * How the minimum is looked for.
     *
     * @param randomStarts how many starts from random factors, besides the one from local estimates
     * @param maxSweeps    limit of sweeps for each start
     * @param tolerance    stop when a sweep moves the linear predictors by no more than this share of their size
     */
    public record Search(int randomStarts, int maxSweeps, double tolerance) {
        /** The local start alone, at most 500 sweeps to 1e-4. */
        public static final Search LOCAL = new Search(0, 500, 1e-4);

        /** Checks the ranges. */
        public Search {
            if (randomStarts < 0 || maxSweeps < 1 || !(tolerance > 0)) {
                throw new IllegalArgumentException("tenmtl: randomStarts " + randomStarts + " may not be negative, maxSweeps " + maxSweeps
                        + " must be at least 1, tolerance " + tolerance + " positive");
            }
        }
    }

    /** Checks what can be checked without data. */
    public TenMtl {
        if (ranks.individual() == 0 && !common) {
            throw new IllegalArgumentException("tenmtl: individual rank 0 must be at least 1 where there is no common column");
        }
        boolean any = lasso.core > 0 || lasso.factors > 0 || lasso.individuals > 0;
        boolean all = lasso.core > 0 && lasso.factors > 0 && (lasso.individuals > 0 || ranks.individual() == 0);
        if (any && !all) {
            throw new IllegalArgumentException("tenmtl: lasso weights core " + lasso.core + ", factors " + lasso.factors + ", individuals "
                    + lasso.individuals + ": one of them 0 and another positive lets scale move where it costs nothing "
                    + "and voids them all; give all or none");
        }
    }

    /** Rows as they are given, a common column, ranks up to 2, no lasso, the prior, the local start alone, at most 500 sweeps to 1e-4. */
    public static TenMtl options() {
        return new TenMtl(TensorForm.AS_GIVEN, true, TuckerRanks.upTo(2), Lasso.NONE, true, Search.LOCAL);
    }

    /**
     * Ranks up to 1, 2 and 4, each with lasso weights 0, 0.01 and 0.1, chosen by validation; rows as given, the local start alone.
     */
    public static Tuned tuned() {
        return tuned(TensorForm.AS_GIVEN, List.of(TuckerRanks.upTo(1), TuckerRanks.upTo(2), TuckerRanks.upTo(4)), List.of(0.0, 0.01, 0.1),
                0);
    }

    /**
     * Chosen by validation among ranks and lasso weights, then fitted again to training and validation rows.
     *
     * @param ranks        candidates, the simplest first
     * @param lassos       candidates, each for core, factors and individuals; the largest weight is the simplest
     * @param randomStarts how many starts from random factors, besides the one from local estimates
     */
    public static Tuned tuned(TensorForm form, List<TuckerRanks> ranks, List<Double> lassos, int randomStarts) {
        TenMtl options = options().form(form).search(new Search(randomStarts, Search.LOCAL.maxSweeps, Search.LOCAL.tolerance));
        List<TenMtl> candidates = new ArrayList<>();
        for (TuckerRanks rank : ranks) {
            lassos.stream().sorted(Comparator.reverseOrder()).forEach(weight -> candidates.add(options.ranks(rank).lasso(weight)));
        }
        return new Tuned(KEY, NAME, candidates, true);
    }

    /** With rows in another form. */
    public TenMtl form(TensorForm other) {
        return new TenMtl(other, common, ranks, lasso, prior, search);
    }

    /** Without the common column. */
    public TenMtl withoutCommon() {
        return new TenMtl(form, false, ranks, lasso, prior, search);
    }

    /** With other ranks. */
    public TenMtl ranks(TuckerRanks other) {
        return new TenMtl(form, common, other, lasso, prior, search);
    }

    /** With these ranks: R_f, then R_1 .. R_d. */
    public TenMtl ranks(int individual, int... predictors) {
        return ranks(TuckerRanks.of(individual, predictors));
    }

    /** With this lasso weight for core, factors and individuals. */
    public TenMtl lasso(double weight) {
        return lasso(Lasso.of(weight));
    }

    /** With other lasso weights, all positive or all 0. */
    public TenMtl lasso(Lasso other) {
        return new TenMtl(form, common, ranks, other, prior, search);
    }

    /** Without the prior, as the paper has it: labels that can be separated then have no finite solution. */
    public TenMtl withoutPrior() {
        return new TenMtl(form, common, ranks, lasso, false, search);
    }

    /** With another search. */
    public TenMtl search(Search other) {
        return new TenMtl(form, common, ranks, lasso, prior, other);
    }

    /** Where all individuals are the same, one model is of one response. */
    @Override
    public Object together(Task task) {
        return ranks.individual() == 0 ? List.of(task.about(), task.family()) : task.family();
    }

    /** Continuous and binary responses, and unless sources are coupled classes. */
    @Override
    public boolean learns(ResponseFamily family) {
        return family instanceof Classes && form.coupled().isEmpty() || PersonalEstimator.super.learns(family);
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String reference() {
        return "Tensorized multi-task learning for personalized modeling of heterogeneous individuals with high-dimensional data. arXiv "
                + "2508.15676 (2025); with an objective of Intarsia's own.";
    }

    /** R_0: the common column, if there is one, and the individual ones. */
    int totalIndividualRank() {
        return ranks.individual() + (common ? 1 : 0);
    }

    @Override
    public Map<String, String> hyperparameters() {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("individual rank", Integer.toString(ranks.individual()));
        chosen.put("predictor ranks", String.join(", ", ranks.predictors().stream().map(String::valueOf).toList()));
        chosen.put("lasso", lasso.core == lasso.factors && lasso.core == lasso.individuals ? Double.toString(lasso.core)
                : "core " + lasso.core + ", factors " + lasso.factors + ", individuals " + lasso.individuals);
        return chosen;
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        requireLearned(context.split());
        TensorEncoding encoding = TensorEncoding.of(context.split(), form);
        return solve(encoding.individuals(context.split()), encoding.response(), context.random(), context.progress())
                .map(fit -> TenMtlModel.of(encoding, fit));
    }

    @Override
    public Outcome<PersonalCoefficients> fit(List<Individual> individuals, ResponseFamily family, RandomStream random) {
        return solve(individuals, family, random).map(TenMtlFit::coefficients);
    }

    /**
     * Fits individuals whose predictors are tensors of one shape, or of one shape for each modality.
     *
     * @param family of their responses
     * @param random what random starts are drawn from
     * @throws intarsia.models.data.DataException if ranks as given are not possible for these individuals
     * @throws IllegalArgumentException           if there is no individual, or their predictors have different shapes
     */
    public Outcome<TenMtlFit> solve(List<Individual> individuals, ResponseFamily family, RandomStream random) {
        return solve(individuals, family, random, Progress.NONE);
    }

    private Outcome<TenMtlFit> solve(List<Individual> individuals, ResponseFamily family, RandomStream random, Progress progress) {
        CoupledRows rows = CoupledRows.of(new CenteredData(individuals, family));
        TenMtl suited = ranks(ranks.resolve(rows.ranks(), common));
        // only with a prior, and without a lasso, must solutions lie in the span of rows
        CoupledRows chosen = prior && lasso.none() ? rows.compressed(suited.ranks) : rows;
        return new AlternatingMinimization(chosen, suited, progress).minimize(random);
    }
}
