package intarsia.models.sharing;

import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.MeanDiscrepancy;
import intarsia.models.evaluation.ResponseDisagreement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far two tasks differ, by training and validation rows: in the distribution of their anchors ({@link MeanDiscrepancy}) or in how
 * responses depend on these ({@link ResponseDisagreement}). Anchors are standardized over all tasks; rows with a missing anchor cell are
 * left out.
 *
 * @param first        a task
 * @param second       another
 * @param rowsOfFirst  how many of its rows are compared
 * @param rowsOfSecond the other's
 * @param value        the squared maximum mean discrepancy; or how much lower squared errors of rows left out are when the two are learned
 *                     together, as a share of those alone: below 0 where they disagree. NaN where a task has too few rows
 * @param probability  p of no difference, by permutations; NaN alike
 */
public record TaskDifference(Task first, Task second, int rowsOfFirst, int rowsOfSecond, double value, double probability) {
    /** By their responses tasks of fewer rows are not compared. */
    public static final int LEAST = 3;
    /** By their responses tasks are compared on at most so many rows each. */
    private static final int ROWS = 200;

    /** Their names. */
    public String names() {
        return first.cohort() + ", " + second.cohort();
    }

    /** Whether there were rows enough. */
    public boolean known() {
        return !Double.isNaN(probability);
    }

    private TaskDifference found(double differ, double p) {
        return new TaskDifference(first, second, rowsOfFirst, rowsOfSecond, differ, p);
    }

    /**
     * Each two tasks by the distribution of their anchors. O(n^2 permutations) for n rows of a pair.
     *
     * @param permutations at least 1
     */
    public static List<TaskDifference> ofFeatures(DataSplit split, int permutations) {
        List<Source> anchors = split.data().anchors();
        FeatureEncoding encoding = encoding(split);
        return pairs(split, (a, b) -> {
            double[][] x = anchor(a.task(), anchors, encoding, complete(a, anchors));
            double[][] z = anchor(b.task(), anchors, encoding, complete(b, anchors));
            TaskDifference pair = new TaskDifference(a.task(), b.task(), x.length, z.length, Double.NaN, Double.NaN);
            if (x.length == 0 || z.length == 0) {
                return pair;
            }
            MeanDiscrepancy test = MeanDiscrepancy.test(x, z, permutations, RandomStream.of(1, "heterogeneity/" + pair.names()));
            return pair.found(test.squared(), test.probability());
        });
    }

    /**
     * Each two tasks by how their responses depend on anchors, on at most {@value #ROWS} rows of each. O(n^3 + permutations n^2).
     *
     * @param split        tasks of one response, one number each
     * @param permutations at least 1
     */
    public static List<TaskDifference> ofResponses(DataSplit split, List<Source> anchors, int permutations) {
        FeatureEncoding encoding = encoding(split);
        return pairs(split, (a, b) -> {
            double[][][] x = new double[2][][];
            double[][] y = new double[2][];
            for (int t = 0; t < 2; t++) {
                TaskSplit task = t == 0 ? a : b;
                int[] some = some(complete(task, anchors));
                x[t] = anchor(task.task(), anchors, encoding, some);
                y[t] = task.responses(some);
            }
            TaskDifference pair = new TaskDifference(a.task(), b.task(), y[0].length, y[1].length, Double.NaN, Double.NaN);
            if (Math.min(y[0].length, y[1].length) < LEAST) {
                return pair;
            }
            ResponseDisagreement test = ResponseDisagreement.test(x, y, permutations, RandomStream.of(1, "disagreement/" + pair.names()));
            return pair.found(1 - 1 / (1 - test.gain()), test.probability());
        });
    }

    private static List<TaskDifference> pairs(DataSplit split, Comparing compare) {
        List<TaskDifference> pairs = new ArrayList<>();
        for (int a = 0; a < split.tasks().size(); a++) {
            for (int b = a + 1; b < split.tasks().size(); b++) {
                pairs.add(compare.of(split.tasks().get(a), split.tasks().get(b)));
            }
        }
        return pairs;
    }

    /** Compares two tasks. */
    @FunctionalInterface
    private interface Comparing {
        TaskDifference of(TaskSplit a, TaskSplit b);
    }

    private static FeatureEncoding encoding(DataSplit split) {
        return FeatureEncoding.of(split.withoutValidation(), FeatureEncoding.Scaling.STANDARDIZED);
    }

    private static int[] complete(TaskSplit task, List<Source> anchors) {
        return Arrays.stream(task.trainAndValidation()).filter(i -> anchors.stream().allMatch(source ->
                Arrays.stream(task.task().blocks().get(source).row(i)).noneMatch(Double::isNaN))).toArray();
    }

    /** At most {@value #ROWS} of them, evenly. */
    private static int[] some(int[] rows) {
        int taken = Math.min(ROWS, rows.length);
        return IntStream.range(0, taken).map(j -> rows[(int) ((2L * j + 1) * rows.length / (2L * taken))]).toArray();
    }

    private static double[][] anchor(Task task, List<Source> anchors, FeatureEncoding encoding, int[] complete) {
        ObservedFeatures rows = ObservedFeatures.of(task, anchors, encoding);
        double[] dense = rows.dense(Observations.of(task, complete));
        return IntStream.range(0, complete.length).mapToObj(i -> Arrays.copyOfRange(dense, i * rows.width(), (i + 1) * rows.width()))
                .toArray(double[][]::new);
    }
}
