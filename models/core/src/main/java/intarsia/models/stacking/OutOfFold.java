package intarsia.models.stacking;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.DivergedException;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Tuning;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Moments;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.TaskTable;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Candidates fitted on all rows, and what each predicts for rows it was not fitted on.
 *
 * @param candidates in the order given
 * @param rows       the rows held out in some fold: fold by fold, task by task
 */
record OutOfFold(List<Candidate> candidates, HeldOutRows rows) {
    /**
     * A candidate.
     *
     * @param estimator what was fitted
     * @param model     fitted on all rows; null if it could not be fitted
     * @param stopped   the limit that ended that fit, or null
     * @param predicted the predictions of all held-out rows; null if it could not be fitted
     * @param problem   why it could not be fitted, or null
     */
    record Candidate(Estimator estimator, Model model, String stopped, double[] predicted, String problem) {}

    /** Those that could be fitted. */
    List<Candidate> fitted() {
        return candidates.stream().filter(candidate -> candidate.predicted != null).toList();
    }

    /**
     * Fits all candidates.
     *
     * @throws DataException     if none can be fitted, in the words of the first
     * @throws DivergedException if none can be fitted and the first diverged
     */
    static OutOfFold of(Stacking options, FitContext context) {
        List<DataSplit> folds = context.split().folds(options.folds(), 2 * options.folds(), context.random().child("folds"));
        int count = options.candidates().size();
        AtomicInteger done = new AtomicInteger();
        int fits = count * (folds.size() + 1);
        Attempt[] whole = new Attempt[count];
        List<List<Tuning>> told = IntStream.range(0, count).<List<Tuning>>mapToObj(k -> new ArrayList<>()).toList();
        context.engine().pool().run(count, k -> {
            whole[k] = attempt(options.candidates().get(k), context.child("all"), new Choices(told.get(k)), false);
            report(context, done, fits);
        });
        told.forEach(tunings -> tunings.forEach(context.progress()::chose));
        Attempt[] parts = new Attempt[count * folds.size()];
        context.engine().pool().run(parts.length, i -> {
            int k = i % count;
            if (whole[k].model != null) {
                parts[i] = attempt(options.candidates().get(k).startingFrom(whole[k].model),
                        context.child("fold/" + i / count).with(folds.get(i / count)), Progress.NONE,
                        true);
            }
            report(context, done, fits);
        });
        List<Candidate> candidates = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int candidate = k;
            candidates.add(candidate(options.candidates().get(k), whole[k],
                    IntStream.range(0, folds.size()).mapToObj(fold -> parts[fold * count + candidate]).toList()));
        }
        if (candidates.stream().allMatch(candidate -> candidate.predicted == null)) {
            throw whole[0].failure != null ? whole[0].failure : new DataException(candidates.getFirst().problem);
        }
        return new OutOfFold(candidates, rows(folds));
    }

    private static Candidate candidate(Estimator estimator, Attempt whole, List<Attempt> parts) {
        RuntimeException failure = whole.failure != null ? whole.failure
                : parts.stream().map(Attempt::failure).filter(Objects::nonNull).findFirst().orElse(null);
        return failure != null ? new Candidate(estimator, null, null, null, failure.getMessage())
                : new Candidate(estimator, whole.model, whole.stopped,
                        parts.stream().flatMapToDouble(part -> Arrays.stream(part.predicted)).toArray(), null);
    }

    private static void report(FitContext context, AtomicInteger done, int total) {
        synchronized (done) {
            context.progress().report("fitting candidates", done.incrementAndGet(), total);
        }
    }

    /**
     * One fit.
     *
     * @param predicted the predictions of the split's test rows, if they were asked for
     */
    private record Attempt(Model model, String stopped, double[] predicted, RuntimeException failure) {}

    /** Keeps what is chosen. */
    private record Choices(List<Tuning> tunings) implements Progress {
        @Override
        public void report(String stage, long done, long total) {}

        @Override
        public void chose(Tuning tuning) {
            tunings.add(tuning);
        }
    }

    private static Attempt attempt(Estimator estimator, FitContext context, Progress progress, boolean predicts) {
        try (Engine own = context.engine().scope()) {
            Outcome<? extends Model> outcome = estimator.fit(new FitContext(own, context.split(), context.random().child(estimator.key()),
                    progress));
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

    private static HeldOutRows rows(List<DataSplit> folds) {
        List<ResponseFamily> families = new ArrayList<>();
        List<Double> truth = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        List<Integer> tasks = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int fold = 0; fold < folds.size(); fold++) {
            for (int t = 0; t < folds.get(fold).tasks().size(); t++) {
                TaskSplit task = folds.get(fold).tasks().get(t);
                ResponseFamily family = task.task().family();
                Moments moments = !family.standardized() ? Moments.NONE
                        : Moments.of(task.responses(task.trainAndValidation()), task.weights(task.trainAndValidation()));
                double scale = moments.constant() ? 1 : moments.scale();
                for (double y : task.responses(task.test())) {
                    truth.add(y / scale);
                }
                for (double weight : task.weights(task.test())) {
                    weights.add(weight);
                    families.add(family);
                    scales.add(scale);
                    tasks.add(t);
                    numbers.add(fold);
                }
            }
        }
        return new HeldOutRows(families, truth.stream().mapToDouble(Double::doubleValue).toArray(),
                TaskTable.shares(weights.stream().mapToDouble(Double::doubleValue).toArray()),
                scales.stream().mapToDouble(Double::doubleValue).toArray(), tasks.stream().mapToInt(Integer::intValue).toArray(),
                numbers.stream().mapToInt(Integer::intValue).toArray());
    }
}
