package intarsia.models.sharing;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.gp.BoundGp;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.gp.MultitaskGpModel;
import intarsia.models.gp.PredictiveDistribution;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * On which side a study lies: whether its tasks are better learned together, in groups or alone. Three Gaussian processes that differ in
 * nothing else predict each row without having seen its response ({@link BoundGp#leaveOneOut}; hyperparameters are kept).
 *
 * <pre>
 * d_i = (deviance of row i together - alone) / mean deviance of the task's rows alone,     gain = -mean of d
 * p = (1 + sign flips of the d_i whose |sum| is not smaller) / (1 + flips)                 two-sided
 * </pre>
 *
 * Ours. Costs three fits on at most {@value #ROWS} rows.
 *
 * @param together all tasks against each alone
 * @param groups   groups against each task alone
 * @param group    for each task the number of its group
 * @param rows     how many rows were learned from
 */
public record SharingGain(Gain together, Gain groups, Map<String, Integer> group, int rows) {
    private static final int ROWS = 1_500;

    /**
     * Against each task alone.
     *
     * @param share       how much lower the deviance is, as a share of it; below 0: alone is better
     * @param probability two-sided p of no difference
     */
    public record Gain(double share, double probability) {}

    /** Whether responses of this family can be judged so: one number, predicted by one. */
    public static boolean judges(ResponseFamily family) {
        return MultitaskGp.options().learns(family) && family.columns() == 1 && family.width() == 1;
    }

    /**
     * Finds it.
     *
     * @param data  tasks of one response
     * @param flips of signs, at least 1
     * @throws DataException if the Gaussian process does not learn the tasks
     */
    public static SharingGain of(Engine engine, TaskSet data, int flips, RandomStream random) {
        if (flips < 1 || !data.tasks().stream().allMatch(task -> judges(task.family()))) {
            throw new DataException("sharing is judged by responses of one number each, and at least one flip of signs; there are " + flips
                    + " and responses of kind " + data.tasks().stream().map(task -> task.family().key()).distinct().toList());
        }
        double share = Math.min(1, (double) ROWS / data.tasks().stream().mapToInt(task -> task.size()).sum());
        DataSplit split = DataSplit.of(data, task -> {
            int taken = Math.clamp(Math.round(share * task.size()), 1, task.size());
            return new TaskSplit(task, IntStream.range(0, taken).map(j -> (int) ((2L * j + 1) * task.size() / (2L * taken))).toArray(),
                    new int[0], new int[0]);
        });
        FitContext context = new FitContext(engine, split, random, Progress.NONE);
        MultitaskGp gp = MultitaskGp.options();
        Map<String, double[]> alone = new LinkedHashMap<>();
        for (TaskSplit task : split.tasks()) {
            alone.putAll(deviances(engine, split, gp.fit(context.with(split.only(List.of(task)))).orThrow()));
        }
        MultitaskGpModel grouped = gp.sharing(MultitaskGp.Sharing.GROUPS).fit(context).orThrow();
        return new SharingGain(gain(deviances(engine, split, gp.fit(context).orThrow()), alone, flips, random.child("together")),
                gain(deviances(engine, split, grouped), alone, flips, random.child("groups")), GroupedTasks.groups(grouped),
                split.tasks().stream().mapToInt(task -> task.train().length).sum());
    }

    /** For each of the model's tasks its rows' deviances, left out. */
    private static Map<String, double[]> deviances(Engine engine, DataSplit split, MultitaskGpModel model) {
        Map<String, double[]> all = new LinkedHashMap<>();
        try (BoundGp bound = model.bind(engine)) {
            Map<String, PredictiveDistribution> left = bound.leaveOneOut();
            left.forEach((name, distribution) -> {
                TaskSplit task = split.withoutValidation().task(name);
                double[] y = task.responses(task.train());
                double[] weights = task.weights(task.train());
                all.put(name, IntStream.range(0, y.length).mapToDouble(i ->
                        weights[i] * task.task().family().deviance(y, i, distribution.mean(), i)).toArray());
            });
        }
        return all;
    }

    private static Gain gain(Map<String, double[]> with, Map<String, double[]> without, int flips, RandomStream random) {
        List<Double> differences = new ArrayList<>();
        without.forEach((task, alone) -> {
            double scale = Arrays.stream(alone).average().orElse(1);
            for (int i = 0; i < alone.length; i++) {
                differences.add(scale > 0 ? (with.get(task)[i] - alone[i]) / scale : 0);
            }
        });
        double sum = differences.stream().mapToDouble(Double::doubleValue).sum();
        int extreme = 0;
        for (int b = 0; b < flips; b++) {
            double flipped = 0;
            for (double d : differences) {
                flipped += random.nextInt(2) == 0 ? d : -d;
            }
            extreme += Math.abs(flipped) >= Math.abs(sum) - 1e-12 ? 1 : 0;
        }
        return new Gain(-sum / differences.size(), (1.0 + extreme) / (1 + flips));
    }
}
