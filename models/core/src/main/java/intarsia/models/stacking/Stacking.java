package intarsia.models.stacking;

import intarsia.models.AcceptsTasks;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.dual.DualEncoder;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Fits several candidates and predicts with a weighted mean of them:
 *
 * <pre>
 * prediction(x) = sum_k w_k prediction_k(x),   w on the simplex, minimizing the mean deviance of out-of-fold predictions
 * </pre>
 *
 * Each candidate is fitted on all rows, and again for each fold on the others; what it then predicts for the fold's rows judges it. Rows of
 * a fold are seen by no fit that predicts them, neither to learn from nor to stop by; a search that begins where the fit to all rows ended
 * ({@link Estimator#startingFrom}) knows of them by its start only. Unless mixing is better than picking the best single candidate by more
 * than one standard error (of the paired differences of deviances over rows), both judged on rows that had no part in them, one is taken
 * alone: the simplest within one standard error of the best ({@link StackingWeights}). Tasks have weights of their own, shrunk towards the
 * common ones, where those predict better by more than one standard error ({@link TaskWeights}). Wolpert 1992; Breiman 1996; van der Laan,
 * Polley &amp; Hubbard 2007. A candidate that cannot be fitted to the data is left out, and its findings say why.
 *
 * <p>The first fold rules out candidates that no weight would help ({@link Screening}), but not the best that imputes, nor the best that
 * takes tasks; they cost one fit, the others folds + 1. Fits run side by side on the engine's pool. Tasks with fewer than twice as many
 * rows as folds are learned from in every fold and judge no candidate, unless most rows are of such tasks; then those with as many rows as
 * folds judge, in fewer folds (three at least) if they have fewer rows. Blocks are imputed by the best candidate that imputes, and new
 * tasks predicted by the best that takes tasks.
 *
 * @param candidates what is weighted, the simplest first; keys differ
 * @param folds      at least 2
 */
public record Stacking(List<Estimator> candidates, int folds) implements Estimator {
    /** Its name in files. */
    public static final String KEY = "auto";
    /** The folds unless said otherwise. */
    public static final int FOLDS = 5;
    private static final double[] RIDGES = {1000, 100, 10, 1};

    /** Checks both. */
    public Stacking {
        candidates = List.copyOf(candidates);
        Set<String> keys = new HashSet<>();
        if (candidates.isEmpty() || !candidates.stream().map(Estimator::key).allMatch(keys::add)) {
            throw new IllegalArgumentException("auto: candidates " + candidates.stream().map(Estimator::key).toList()
                    + ": needs at least one, and none twice");
        }
        if (folds < 2) {
            throw new IllegalArgumentException("auto: " + folds + " folds; at least 2");
        }
    }

    /**
     * The tasks' means, regressions, pooled and alone (which have coefficients for each task), MTL-HMB, the dual encoder and the Gaussian
     * process, with their defaults, in five folds.
     */
    public static Stacking options() {
        List<Estimator> candidates = new ArrayList<>(List.of(new MeanPredictor()));
        candidates.addAll(ridges(true));
        candidates.addAll(ridges(false));
        candidates.addAll(List.of(MtlHmb.options(), DualEncoder.options(), MultitaskGp.options()));
        return new Stacking(candidates, FOLDS);
    }

    /** Regressions of several ridges, the strongest first. */
    public static List<Estimator> ridges(boolean pooled) {
        List<Estimator> ridges = new ArrayList<>();
        for (double ridge : RIDGES) {
            Regression regression = new Regression(ridge, pooled);
            ridges.add(regression.named(regression.key() + "-" + (int) ridge, regression.name() + ", ridge " + (int) ridge));
        }
        return ridges;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return candidates.stream().anyMatch(candidate -> candidate.learns(family));
    }

    @Override
    public String reference() {
        return "van der Laan, Polley, Hubbard: Super learner. Statistical Applications in Genetics and Molecular Biology 6 (2007).";
    }

    @Override
    public Outcome<StackedModel> fit(FitContext context) {
        OutOfFold fitted = OutOfFold.of(this, context);
        List<OutOfFold.Candidate> left = fitted.fitted();
        List<double[]> predicted = left.stream().map(candidate -> fitted.rows().scaled(candidate.predicted())).toList();
        StackingWeights weights = StackingWeights.of(fitted.rows(), predicted);
        List<String> names = context.split().tasks().stream().map(task -> task.task().name()).toList();
        double[][] own = TaskWeights.of(fitted.rows(), predicted, weights.weights(), names.size());
        List<StackedModel.Member> members = new ArrayList<>();
        List<CandidateScore> scores = new ArrayList<>();
        Map<String, Model> models = new LinkedHashMap<>();
        List<String> stopped = new ArrayList<>();
        for (OutOfFold.Candidate candidate : fitted.candidates()) {
            int k = left.indexOf(candidate);
            Estimator estimator = candidate.estimator();
            double weight = k < 0 ? 0 : weights.weights()[k];
            Map<String, Double> byTask = new LinkedHashMap<>();
            for (int t = 0; t < names.size() && k >= 0 && own != null; t++) {
                byTask.put(names.get(t), own[t][k]);
            }
            scores.add(new CandidateScore(estimator.name(), k < 0 ? null : weights.loss(k), weight,
                    k < 0 ? candidate.problem() : ""));
            if (weight > 0 || byTask.values().stream().anyMatch(of -> of > 0)) {
                members.add(new StackedModel.Member(estimator.key(), weight, byTask));
                models.put(estimator.key(), candidate.model());
                if (candidate.stopped() != null) {
                    stopped.add(estimator.name() + ": " + candidate.stopped());
                }
            }
        }
        String imputer = best(left, weights, model -> model instanceof ImputesBlocks imputing && imputing.imputes(), models);
        String accepting = best(left, weights, model -> model instanceof AcceptsTasks accepts && accepts.acceptsTasks(), models);
        StackedModel.Settings settings = new StackedModel.Settings(members, scores, fitted.rows().size(), weights.mixture(),
                weights.gain(), weights.gainError(), imputer, accepting,
                Recalibration.of(fitted.rows(), names, learned ->
                        mixed(fitted.rows(), predicted, learned, own == null ? 0 : names.size())));
        StackedModel model = new StackedModel(settings, models);
        return stopped.isEmpty() ? new Outcome.Converged<>(model, 1) : new Outcome.Stopped<>(model, String.join("; ", stopped));
    }

    /** All rows' mixtures by the weights that some of them ask for; each task's own where their number is given. */
    private static double[] mixed(HeldOutRows rows, List<double[]> predicted, int[] learned, int tasks) {
        HeldOutRows some = rows.at(learned);
        List<double[]> of = rows.at(predicted, learned);
        double[] weights = StackingWeights.of(some, of).weights();
        double[][] own = TaskWeights.of(some, of, weights, tasks);
        return own == null ? StackingWeights.mixture(predicted, weights) : TaskWeights.mixture(rows, predicted, own);
    }

    /** Keeps the best candidate that can do something. Its name, or null if none can. */
    private static String best(List<OutOfFold.Candidate> left, StackingWeights weights, Predicate<Model> can, Map<String, Model> kept) {
        OutOfFold.Candidate best = left.stream().filter(candidate -> can.test(candidate.model()))
                .min(Comparator.comparingDouble(candidate -> weights.loss(left.indexOf(candidate)))).orElse(null);
        if (best == null) {
            return null;
        }
        kept.putIfAbsent(best.estimator().key(), best.model());
        return best.estimator().key();
    }
}
