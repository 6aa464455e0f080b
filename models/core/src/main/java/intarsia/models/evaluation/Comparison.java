package intarsia.models.evaluation;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
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
 * @param precision of the engines
 * @param threads   how many repeats are worked at side by side, each by an engine of one thread
 */
public record Comparison(List<Method> methods, int repeats, Precision precision, int threads) {
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

    /** Checks the counts. */
    public Comparison {
        methods = List.copyOf(methods);
        if (repeats < 1 || threads < 1) {
            throw new IllegalArgumentException("repeats " + repeats + " and threads " + threads + ": at least 1 each");
        }
    }

    /** Runs it; progress counts fits. */
    public List<Score> run(TaskSet data, RandomStream random, Progress progress) {
        List<List<Score>> scores = new ArrayList<>();
        for (int i = 0; i < repeats * methods.size(); i++) {
            scores.add(null);
        }
        AtomicLong done = new AtomicLong();
        progress.report("comparing", 0, scores.size());
        try (var pool = new intarsia.linalg.Pool(threads)) {
            AtomicLong next = new AtomicLong();
            pool.run(threads, worker -> {
                for (long item = next.getAndIncrement(); item < scores.size(); item = next.getAndIncrement()) {
                    int repeat = (int) item / methods.size();
                    Method method = methods.get((int) item % methods.size());
                    List<Score> one = score(data, method, repeat, random.child("repeat", repeat));
                    scores.set((int) item, one);
                    synchronized (progress) {
                        progress.report("comparing", done.incrementAndGet(), scores.size());
                    }
                }
            });
        }
        return scores.stream().flatMap(List::stream).toList();
    }

    private List<Score> score(TaskSet data, Method method, int repeat, RandomStream random) {
        List<Split> splits = Split.random(data, 0.2, 0.2, random);
        List<Score> scores = new ArrayList<>();
        try (Engine engine = Engine.options().precision(precision).open()) {
            Predictor predictor = method.fit().fit(engine, data, splits, random.child(method.key()), Progress.NONE);
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
