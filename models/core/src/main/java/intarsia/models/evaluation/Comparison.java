package intarsia.models.evaluation;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Resampling;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Estimators compared on the very same splits, which the data say ({@link Resampling}): 60 % of each task's rows to learn from, 20 % to
 * choose and stop by, 20 % to be judged on, at random, unless they say otherwise. Each (split, estimator) is a pure
 * function of the seed and its path, so threads change nothing but the time taken.
 *
 * @param estimators what is compared
 * @param repeats    how many of the data's splits
 * @param engine     what each fit's own engine is opened with; one thread, since fits run side by side
 * @param explained  keys of those that also predict held-out rows which are changed ({@link ChangedRows}), in the first splits
 */
public record Comparison(List<Estimator> estimators, int repeats, Engine.Options engine, Set<String> explained) {
    private static final String STAGE = "comparing";

    /**
     * One figure.
     *
     * @param repeat    number of the split, from 0
     * @param estimator the estimator's key
     * @param task      the task's name
     * @param metric    what was measured
     * @param value     its value on test rows
     */
    public record Score(int repeat, String estimator, String task, Metric metric, double value) {}

    /**
     * What came out.
     *
     * @param evaluations split by split, estimator by estimator; of splits in which every estimator was judged
     */
    public record Result(List<Evaluation> evaluations) {
        /** Copies the list. */
        public Result {
            evaluations = List.copyOf(evaluations);
        }

        /** The same of these tasks alone. */
        public Result of(TaskSet data) {
            List<String> names = data.tasks().stream().map(Task::name).toList();
            return new Result(evaluations.stream().map(all -> new Evaluation(all.repeat(), all.estimator(), all.chosen(), all.note(),
                    all.seconds(), all.scores().stream().filter(score -> names.contains(score.task())).toList(),
                    all.heldOut().stream().filter(held -> names.contains(held.task())).toList())).toList());
        }

        /** Split by split, estimator by estimator, task by task. */
        public List<Score> scores() {
            return evaluations.stream().flatMap(evaluation -> evaluation.scores().stream()).toList();
        }

        /** How many splits the estimators were judged on. */
        public int splits() {
            return (int) evaluations.stream().mapToInt(Evaluation::repeat).distinct().count();
        }
    }

    /** Checks the count. */
    public Comparison {
        estimators = List.copyOf(estimators);
        explained = Set.copyOf(explained);
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats " + repeats + ": at least 1");
        }
    }

    /** Of estimators none of which is explained. */
    public Comparison(List<Estimator> estimators, int repeats, Engine.Options engine) {
        this(estimators, repeats, engine, Set.of());
    }

    /** Runs it on the threads of a pool; progress counts fits. */
    public Result run(TaskSet data, Pool pool, RandomStream random, Progress progress) {
        progress.report(STAGE, 0, (long) repeats * estimators.size());
        return run(data, pool, random, new ComparisonListener() {
            private long done;

            @Override
            public void done(Evaluation evaluation) {
                progress.report(STAGE, ++done, (long) repeats * estimators.size());
            }
        });
    }

    /**
     * Runs it on the threads of a pool. What the listener knows already is not done again; where it ends the comparison early, the splits
     * in which every estimator was judged are the result, the first split at least.
     */
    public Result run(TaskSet data, Pool pool, RandomStream random, ComparisonListener listener) {
        int count = repeats * estimators.size();
        Evaluation[] evaluations = new Evaluation[count];
        for (int i = 0; i < count; i++) {
            evaluations[i] = listener.known(i / estimators.size(), estimator(i));
        }
        ComparisonListener oneAtATime = new OneAtATime(listener);
        pool.runUneven(count, i -> {
            if (evaluations[i] == null && (i < estimators.size() || oneAtATime.goesOn())) {
                evaluations[i] = evaluate(data, i, random, oneAtATime);
            }
        });
        return new Result(IntStream.range(0, repeats).mapToObj(repeat -> Arrays.asList(evaluations)
                        .subList(repeat * estimators.size(), (repeat + 1) * estimators.size()))
                .filter(split -> split.stream().allMatch(Objects::nonNull)).flatMap(List::stream).toList());
    }

    private Estimator estimator(int i) {
        return estimators.get(i % estimators.size());
    }

    private Evaluation evaluate(TaskSet data, int i, RandomStream random, ComparisonListener listener) {
        int repeat = i / estimators.size();
        Estimator estimator = estimator(i);
        listener.begins(repeat, estimator);
        Evaluation evaluation = evaluate(data, estimator, repeat, random,
                (stage, done, total) -> listener.within(repeat, estimator, (double) done / total));
        listener.done(evaluation);
        return evaluation;
    }

    /**
     * One estimator judged on one split, as {@link #run} does it.
     *
     * @param all what {@code run} is given
     */
    public Evaluation evaluate(TaskSet data, Estimator estimator, int repeat, RandomStream all, Progress progress) {
        long start = System.nanoTime();
        DataSplit split = data.resampling().split(data, repeat, all);
        RandomStream random = all.child("repeat", repeat);
        try (Engine own = engine.open()) {
            Outcome<? extends Model> outcome = estimator.fit(new FitContext(own, split, random.child(estimator.key()), progress));
            Model model = outcome.orThrow();
            try (BoundModel bound = model.bind(own)) {
                List<Score> scores = new ArrayList<>();
                List<Evaluation.HeldOut> heldOut = new ArrayList<>();
                for (TaskSplit task : split.tasks()) {
                    String name = task.task().name();
                    Evaluation.HeldOut held = Evaluation.HeldOut.of(bound, task);
                    heldOut.add(repeat < ChangedRows.SPLITS && explained.contains(estimator.key())
                            ? held.with(ChangedRows.of(model, bound, name, task.observations(task.test()), alike(split, task.task()),
                                    random.child("changed rows"))) : held);
                    for (Metric metric : task.task().family().metrics()) {
                        scores.add(new Score(repeat, estimator.key(), name, metric,
                                metric.of(task.task().family(), task.responses(task.test()), task.weights(task.test()),
                                held.predicted())));
                    }
                }
                return new Evaluation(repeat, estimator.key(), model.hyperparameters(),
                        outcome instanceof Outcome.Stopped<?>(var stopped, String why) ? why : null, (System.nanoTime() - start) * 1e-9,
                        scores, heldOut);
            }
        }
    }

    /** The tasks about the same response. */
    private static List<String> alike(DataSplit split, Task task) {
        return split.tasks().stream().map(TaskSplit::task).filter(other -> other.about().equals(task.about())).map(Task::name).toList();
    }

    /** Passes calls on, one at a time. */
    private record OneAtATime(ComparisonListener to) implements ComparisonListener {
        @Override
        public boolean goesOn() {
            synchronized (to) {
                return to.goesOn();
            }
        }

        @Override
        public void begins(int repeat, Estimator estimator) {
            synchronized (to) {
                to.begins(repeat, estimator);
            }
        }

        @Override
        public void within(int repeat, Estimator estimator, double share) {
            synchronized (to) {
                to.within(repeat, estimator, share);
            }
        }

        @Override
        public void done(Evaluation evaluation) {
            synchronized (to) {
                to.done(evaluation);
            }
        }
    }
}
