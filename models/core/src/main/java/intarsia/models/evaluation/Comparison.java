package intarsia.models.evaluation;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.data.Observations;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Methods held against each other on the very same splits, repeated: 60 % of each task's rows to learn from, 20 % to stop by, 20 % to be judged on.
 * Each (repeat, method) is a pure function of the seed and its path, so threads change nothing but the time taken.
 *
 * @param methods   what is compared
 * @param repeats   how many splits
 * @param engine    what each fit's own engine is opened with; one thread, since fits run side by side
 */
public record Comparison(List<Method> methods, int repeats, Engine.Options engine) {
    /**
     * One figure.
     *
     * @param repeat number of the split, from 0
     * @param method the method's key
     * @param task   the task's name
     * @param metric what was measured
     * @param value  its value on test rows
     */
    public record Score(int repeat, String method, String task, Metric metric, double value) {}

    /** Checks the count. */
    public Comparison {
        methods = List.copyOf(methods);
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats " + repeats + ": at least 1");
        }
    }

    /** Runs it on the threads of a pool; progress counts fits. */
    public List<Score> run(TaskSet data, Pool pool, RandomStream random, Progress progress) {
        List<List<Score>> scores = new ArrayList<>();
        for (int i = 0; i < repeats * methods.size(); i++) {
            scores.add(null);
        }
        AtomicLong done = new AtomicLong();
        progress.report("comparing", 0, scores.size());
        AtomicLong next = new AtomicLong();
        pool.run(pool.threads(), worker -> {
            for (long item = next.getAndIncrement(); item < scores.size(); item = next.getAndIncrement()) {
                int repeat = (int) item / methods.size();
                Method method = methods.get((int) item % methods.size());
                scores.set((int) item, score(data, method, repeat, random.child("repeat", repeat)));
                synchronized (done) {
                    progress.report("comparing", done.incrementAndGet(), scores.size());
                }
            }
        });
        return scores.stream().flatMap(List::stream).toList();
    }

    private List<Score> score(TaskSet data, Method method, int repeat, RandomStream random) {
        List<Split> splits = Split.random(data, 0.2, 0.2, random);
        List<Score> scores = new ArrayList<>();
        try (Engine own = engine.open()) {
            Predictor predictor = method.fit().fit(own, data, splits, random.child(method.key()), Progress.NONE);
            for (int t = 0; t < data.tasks().size(); t++) {
                Task task = data.tasks().get(t);
                int[] test = splits.get(t).test();
                double[] truth = Arrays.stream(test).mapToDouble(i -> task.response()[i]).toArray();
                double[] predicted = predictor.predict(task.name(), Observations.of(task, test));
                for (Metric metric : Metric.of(task.responseKind())) {
                    scores.add(new Score(repeat, method.key(), task.name(), metric, metric.of(truth, predicted)));
                }
            }
        }
        return scores;
    }
}
