package intarsia.models.stacking;

import intarsia.linalg.Engine;
import intarsia.models.AcceptsTasks;
import intarsia.models.BoundModel;
import intarsia.models.DivergedException;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.HeldChoices;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.stacking.OutOfFold.Candidate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The fits that an {@link OutOfFold} is made of, side by side on the engine's pool. */
final class CandidateFits {
    private final List<Estimator> estimators;
    private final FitContext context;
    private final List<DataSplit> folds;
    private final int count;
    private final Attempt[] whole;
    private final Attempt[][] parts;
    private final String[] problems;
    private int done;
    private int total;

    CandidateFits(List<Estimator> estimators, FitContext context, List<DataSplit> folds) {
        this.estimators = estimators;
        this.context = context;
        this.folds = folds;
        count = estimators.size();
        whole = new Attempt[count];
        parts = new Attempt[folds.size()][count];
        problems = new String[count];
        total = count * (folds.size() + 1);
    }

    /**
     * One fit.
     *
     * @param model     null where predictions alone are kept
     * @param stopped   the limit that ended it, or null
     * @param predicted the predictions of the split's test rows, if they were asked for
     * @param failure   what it ended with instead of a model, or null
     */
    private record Attempt(Model model, String stopped, double[] predicted, RuntimeException failure) {
        private static Attempt of(Estimator estimator, FitContext context, boolean predicts) {
            try (Engine own = context.engine().scope()) {
                Outcome<? extends Model> outcome = estimator.fit(new FitContext(own, context.split(),
                        context.random().child(estimator.key()), context.progress()));
                Model model = outcome.orThrow();
                String stopped = outcome instanceof Outcome.Stopped<?>(var any, String why) ? why : null;
                return new Attempt(model, stopped, predicts ? heldOut(model, own, context.split()) : null, null);
            } catch (DataException | DivergedException e) {
                return new Attempt(null, null, null, e);
            }
        }

        private static double[] heldOut(Model model, Engine engine, DataSplit split) {
            try (BoundModel bound = model.bind(engine)) {
                return split.tasks().stream().filter(task -> task.test().length > 0).flatMapToDouble(task ->
                        Arrays.stream(bound.predict(task.task().name(), task.observations(task.test())))).toArray();
            }
        }

        /** Without the model, which may be large. */
        private Attempt predictions() {
            return new Attempt(null, stopped, predicted, failure);
        }
    }

    /** Of every candidate what came of it. */
    List<Candidate> all() {
        if (!folds.isEmpty()) {
            context.engine().pool().runUneven(count, k -> {
                parts[0][k] = Attempt.of(estimators.get(k), inFold(0), true);
                reportOne();
            });
            screen();
        }
        List<HeldChoices> choices = estimators.stream().map(estimator -> new HeldChoices(Progress.NONE)).toList();
        int[] left = some(k -> !failed(0, k) && problems[k] == null);
        total = done + left.length * Math.max(1, folds.size());
        context.engine().pool().runUneven(left.length, i -> {
            whole[left[i]] = Attempt.of(estimators.get(left[i]), context.child("all").telling(choices.get(left[i])), false);
            reportOne();
        });
        choices.forEach(of -> of.tell(context.progress()));
        int[] fitted = some(k -> whole[k] != null && whole[k].failure == null);
        int others = Math.max(0, folds.size() - 1);
        context.engine().pool().runUneven(others * fitted.length, i -> {
            int fold = 1 + i / fitted.length;
            int k = fitted[i % fitted.length];
            parts[fold][k] = Attempt.of(estimators.get(k).startingFrom(whole[k].model), inFold(fold), true).predictions();
            reportOne();
        });
        return IntStream.range(0, count).mapToObj(this::candidate).toList();
    }

    private FitContext inFold(int fold) {
        return context.child("fold/" + fold).with(folds.get(fold)).telling(Progress.NONE);
    }

    private int[] some(IntPredicate which) {
        return IntStream.range(0, count).filter(which).toArray();
    }

    private boolean failed(int fold, int k) {
        return fold < folds.size() && parts[fold][k] != null && parts[fold][k].failure != null;
    }

    private synchronized void reportOne() {
        context.progress().report("fitting candidates", ++done, total);
    }

    /** Rules candidates out by the first fold; the best that imputes and the best that takes tasks stay, since others cannot. */
    private void screen() {
        int[] judged = some(k -> !failed(0, k));
        HeldOutRows rows = OutOfFold.rows(folds.subList(0, 1));
        List<double[]> predicted = Arrays.stream(judged).mapToObj(k -> rows.scaled(parts[0][k].predicted)).toList();
        if (judged.length > 1 && rows.size() > 1) {
            Screening screening = Screening.of(rows, predicted);
            boolean[] out = screening.out();
            keepBest(judged, out, screening, model -> model instanceof ImputesBlocks);
            keepBest(judged, out, screening, model -> model instanceof AcceptsTasks);
            for (int i = 0; i < judged.length; i++) {
                if (out[i]) {
                    problems[judged[i]] = String.format(Locale.ROOT, "no weight would help: deviance %.4g in the first fold, the mixture's"
                            + " %.4g", screening.losses()[i], screening.mixture());
                }
            }
        }
        Arrays.setAll(parts[0], k -> parts[0][k].predictions());
    }

    private void keepBest(int[] judged, boolean[] out, Screening screening, Predicate<Model> can) {
        IntStream.range(0, judged.length).filter(i -> can.test(parts[0][judged[i]].model)).boxed()
                .min(Comparator.comparingDouble(i -> screening.losses()[i])).ifPresent(best -> out[best] = false);
    }

    private Candidate candidate(int k) {
        Estimator estimator = estimators.get(k);
        if (problems[k] != null) {
            return Candidate.leftOut(estimator, problems[k]);
        }
        RuntimeException failure = Stream.concat(Stream.ofNullable(whole[k]), Arrays.stream(parts).map(of -> of[k])
                .filter(Objects::nonNull)).map(Attempt::failure).filter(Objects::nonNull).findFirst().orElse(null);
        return failure != null ? Candidate.failed(estimator, failure) : new Candidate(estimator, whole[k].model, whole[k].stopped,
                Arrays.stream(parts).flatMapToDouble(of -> Arrays.stream(of[k].predicted)).toArray(), null, null);
    }
}
