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
import intarsia.models.data.Resampling;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Estimators compared on the very same splits, which the data say ({@link Resampling}): 60 % of each task's rows to learn from, 20 % to
 * choose and stop by, 20 % to be judged on, at random, unless they say otherwise. Each (split, estimator) is a pure function of the seed and its path, so threads change nothing but the time taken.
 *
 * @param estimators what is compared
 * @param repeats    how many of the data's splits
 * @param engine     what each fit's own engine is opened with; one thread, since fits run side by side
 */
public record Comparison(List<Estimator> estimators, int repeats, Engine.Options engine) {
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
     * One fit.
     *
     * @param repeat    number of the split, from 0
     * @param estimator the estimator's key
     * @param chosen    what tuning chose or options gave
     * @param note      the limit that ended it, or null
     */
    public record Fitted(int repeat, String estimator, Map<String, String> chosen, String note) {}

    /**
     * What came out.
     *
     * @param scores split by split, estimator by estimator, task by task
     * @param fits   split by split, estimator by estimator
     */
    public record Result(List<Score> scores, List<Fitted> fits) {}

    /** Checks the count. */
    public Comparison {
        estimators = List.copyOf(estimators);
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats " + repeats + ": at least 1");
        }
    }

    private record Item(List<Score> scores, Fitted fit) {}

    /** Runs it on the threads of a pool; progress counts fits. */
    public Result run(TaskSet data, Pool pool, RandomStream random, Progress progress) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < repeats * estimators.size(); i++) {
            items.add(null);
        }
        AtomicLong done = new AtomicLong();
        progress.report("comparing", 0, items.size());
        AtomicLong next = new AtomicLong();
        pool.run(pool.threads(), worker -> {
            for (long i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                int repeat = (int) i / estimators.size();
                items.set((int) i, item(data, estimators.get((int) i % estimators.size()), repeat, random));
                synchronized (done) {
                    progress.report("comparing", done.incrementAndGet(), items.size());
                }
            }
        });
        return new Result(items.stream().flatMap(item -> item.scores.stream()).toList(), items.stream().map(Item::fit).toList());
    }

    private Item item(TaskSet data, Estimator estimator, int repeat, RandomStream all) {
        DataSplit split = data.resampling().split(data, repeat, all);
        RandomStream random = all.child("repeat", repeat);
        try (Engine own = engine.open()) {
            Outcome<? extends Model> outcome = estimator.fit(new FitContext(own, split, random.child(estimator.key()), Progress.NONE));
            Model model = outcome.orThrow();
            Fitted fitted = new Fitted(repeat, estimator.key(), model.hyperparameters(),
                    outcome instanceof Outcome.Stopped<?>(var stopped, String why) ? why : null);
            try (BoundModel bound = model.bind(own)) {
                return new Item(scores(repeat, estimator.key(), bound, split), fitted);
            }
        }
    }

    private static List<Score> scores(int repeat, String estimator, BoundModel bound, DataSplit split) {
        List<Score> scores = new ArrayList<>();
        for (TaskSplit task : split.tasks()) {
            double[] truth = task.responses(task.test());
            double[] predicted = bound.predict(task.task().name(), task.observations(task.test()));
            for (Metric metric : task.task().family().metrics()) {
                scores.add(new Score(repeat, estimator, task.task().name(), metric, metric.of(truth, predicted)));
            }
        }
        return scores;
    }
}
