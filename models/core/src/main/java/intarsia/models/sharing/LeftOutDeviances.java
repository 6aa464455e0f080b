package intarsia.models.sharing;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Scaled;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
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
 * Deviances of rows, each predicted by a fit that has not seen its response: by a Gaussian process that leaves one row out ({@link
 * BoundGp#leaveOneOut}; hyperparameters are kept), or by any method that leaves a fold out.
 *
 * @param byTask for each task its rows' deviances, in the order of its rows
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
                double[] byRow = none(task);
                enter(byRow, task, task.train(), distribution.mean(), unit(task));
                all.put(name, known(byRow));
            });
        }
        return new LeftOutDeviances(all);
    }

    /**
     * Of each fold's test rows, predicted by a fit to the other folds.
     *
     * @param context what the folds were made of
     * @throws intarsia.models.DivergedException if a fit diverges
     */
    static LeftOutDeviances of(FitContext context, List<DataSplit> folds, Estimator estimator) {
        List<TaskSplit> whole = context.split().withoutValidation().tasks();
        double[][] byRow = whole.stream().map(LeftOutDeviances::none).toArray(double[][]::new);
        context.engine().pool().run(folds.size(), k -> {
            try (Engine own = context.engine().scope(); BoundModel bound = estimator.fit(context.child("fold/" + k).with(folds.get(k))
                    .on(own)).orThrow().bind(own)) {
                for (int t = 0; t < byRow.length; t++) {
                    TaskSplit task = folds.get(k).tasks().get(t);
                    if (task.test().length > 0) {
                        enter(byRow[t], task, task.test(), bound.predict(task.task().name(), task.observations(task.test())),
                                unit(whole.get(t)));
                    }
                }
            }
        });
        Map<String, double[]> all = new LinkedHashMap<>();
        for (int t = 0; t < byRow.length; t++) {
            all.put(whole.get(t).task().name(), known(byRow[t]));
        }
        return new LeftOutDeviances(all);
    }

    private static double[] none(TaskSplit task) {
        double[] byRow = new double[task.task().size()];
        Arrays.fill(byRow, Double.NaN);
        return byRow;
    }

    /** In the order of the task's rows, which other sources or folds do not change. */
    private static double[] known(double[] byRow) {
        return Arrays.stream(byRow).filter(v -> !Double.isNaN(v)).toArray();
    }

    /** Squares of quantities in any unit; what they are a share of has the same. */
    private static int unit(TaskSplit task) {
        return task.task().family().standardized() ? Scaled.of(Tensor.vector(task.responses(task.train()))).exponent() : 0;
    }

    private static void enter(double[] byRow, TaskSplit task, int[] rows, double[] predictions, int unit) {
        double[] weights = task.weights(rows);
        double[] given = times(task.responses(rows), -unit);
        double[] predicted = times(predictions, -unit);
        for (int i = 0; i < rows.length; i++) {
            byRow[rows[i]] = weights[i] * task.task().family().deviance(given, i, predicted, i);
        }
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

    /** For each row {@code d_i = (deviance here - there) / mean deviance of the task's rows there}, in the others' order. */
    double[] differences(LeftOutDeviances others) {
        List<Double> differences = new ArrayList<>();
        others.byTask.forEach((task, there) -> {
            double scale = Arrays.stream(there).average().orElse(1);
            for (int i = 0; i < there.length; i++) {
                differences.add(scale > 0 ? (byTask.get(task)[i] - there[i]) / scale : 0);
            }
        });
        return differences.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * How much lower these are than others of the same rows.
     *
     * <pre>
     * share = -mean of d
     * p = (1 + sign flips of the d_i whose |sum| is not smaller) / (1 + flips)             two-sided
     * </pre>
     */
    SharingGain.Gain against(LeftOutDeviances others, int flips, RandomStream random) {
        double[] differences = differences(others);
        double sum = Arrays.stream(differences).sum();
        int extreme = 0;
        for (int b = 0; b < flips; b++) {
            extreme += Math.abs(flipped(random, differences)[0]) >= Math.abs(sum) - 1e-12 ? 1 : 0;
        }
        return new SharingGain.Gain(-sum / differences.length, (1.0 + extreme) / (1 + flips));
    }

    /** Sums with the signs of random rows flipped, the same rows for each list of differences. */
    static double[] flipped(RandomStream random, double[]... differences) {
        double[] sums = new double[differences.length];
        for (int i = 0; i < differences[0].length; i++) {
            boolean kept = random.nextInt(2) == 0;
            for (int k = 0; k < sums.length; k++) {
                sums[k] += kept ? differences[k][i] : -differences[k][i];
            }
        }
        return sums;
    }
}
