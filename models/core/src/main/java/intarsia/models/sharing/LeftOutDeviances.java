package intarsia.models.sharing;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Scaled;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.gp.BoundGp;
import intarsia.models.gp.MultitaskGpModel;
import intarsia.models.gp.PredictiveDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Deviances of rows, each predicted by a Gaussian process that has not seen its response ({@link BoundGp#leaveOneOut}; hyperparameters are
 * kept).
 *
 * @param byTask for each task its rows' deviances
 */
record LeftOutDeviances(Map<String, double[]> byTask) {
    /** Rows learned from, over all tasks. */
    static final int ROWS = 1_500;

    /** At most {@value #ROWS} rows, evenly from every task, as training rows. */
    static FitContext context(Engine engine, TaskSet data, RandomStream random) {
        double share = Math.min(1, (double) ROWS / data.tasks().stream().mapToInt(task -> task.size()).sum());
        return new FitContext(engine, DataSplit.of(data, task -> {
            int taken = Math.clamp(Math.round(share * task.size()), 1, task.size());
            return new TaskSplit(task, IntStream.range(0, taken).map(j -> (int) ((2L * j + 1) * task.size() / (2L * taken))).toArray(),
                    new int[0], new int[0]);
        }), random, Progress.NONE);
    }

    /** Of a model's training rows. */
    static LeftOutDeviances of(FitContext context, MultitaskGpModel model) {
        Map<String, double[]> all = new LinkedHashMap<>();
        try (BoundGp bound = model.bind(context.engine())) {
            Map<String, PredictiveDistribution> left = bound.leaveOneOut();
            left.forEach((name, distribution) -> {
                TaskSplit task = context.split().withoutValidation().task(name);
                double[] y = task.responses(task.train());
                double[] weights = task.weights(task.train());
                // Squares of quantities in any unit; what they are a share of has the same.
                int unit = task.task().family().standardized() ? Scaled.of(Tensor.vector(y)).exponent() : 0;
                double[] given = times(y, -unit);
                double[] predicted = times(distribution.mean(), -unit);
                all.put(name, IntStream.range(0, y.length).mapToDouble(i ->
                        weights[i] * task.task().family().deviance(given, i, predicted, i)).toArray());
            });
        }
        return new LeftOutDeviances(all);
    }

    private static double[] times(double[] numbers, int powerOfTwo) {
        return Arrays.stream(numbers).map(v -> Math.scalb(v, powerOfTwo)).toArray();
    }

    /** With those of other tasks. */
    LeftOutDeviances and(LeftOutDeviances others) {
        Map<String, double[]> both = new LinkedHashMap<>(byTask);
        both.putAll(others.byTask);
        return new LeftOutDeviances(both);
    }

    /**
     * How much lower these are than others of the same rows.
     *
     * <pre>
     * d_i = (deviance of row i here - there) / mean deviance of the task's rows there,     share = -mean of d
     * p = (1 + sign flips of the d_i whose |sum| is not smaller) / (1 + flips)             two-sided
     * </pre>
     */
    SharingGain.Gain against(LeftOutDeviances others, int flips, RandomStream random) {
        List<Double> differences = new ArrayList<>();
        others.byTask.forEach((task, there) -> {
            double scale = Arrays.stream(there).average().orElse(1);
            for (int i = 0; i < there.length; i++) {
                differences.add(scale > 0 ? (byTask.get(task)[i] - there[i]) / scale : 0);
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
        return new SharingGain.Gain(-sum / differences.size(), (1.0 + extreme) / (1 + flips));
    }
}
