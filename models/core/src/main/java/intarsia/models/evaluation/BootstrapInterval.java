package intarsia.models.evaluation;

import intarsia.linalg.RandomStream;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The 95 % percentile bootstrap interval of a metric over rows (Efron 1979): rows are drawn with replacement, as many as there are, and
 * the metric is computed again; the interval lies between the quantiles 0.025 and 0.975. Rows are taken to be independent of one another,
 * the model as it is. Resamples in which the metric is not defined, such as AUC with one class, are left out.
 *
 * @param low  the quantile 0.025; NaN where there is no interval
 * @param high the quantile 0.975
 */
public record BootstrapInterval(double low, double high) {
    /** What it is, for people. */
    public static final String NAME = "95 % percentile bootstrap interval over rows";
    /** Fewer rows say too little of how rows vary. */
    public static final int LEAST_ROWS = 10;
    private static final int RESAMPLES = 1_000;
    private static final BootstrapInterval NONE = new BootstrapInterval(Double.NaN, Double.NaN);

    /** Of some predictions. O(1,000 n log n) at most; the order of rows does not matter. */
    public static BootstrapInterval of(Metric metric, ResponseFamily family, double[] truth, double[] weights, double[] predicted,
            RandomStream random) {
        int columns = family.columns();
        int width = family.width();
        int n = truth.length / columns;
        if (n < LEAST_ROWS || Double.isNaN(metric.of(family, truth, weights, predicted))) {
            return NONE;
        }
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.<Integer>comparingDouble(i -> predicted[i * width])
                .thenComparingDouble(i -> truth[i * columns])
                .thenComparing((i, j) -> Arrays.compare(predicted, i * width, (i + 1) * width, predicted, j * width, (j + 1) * width))
                .thenComparing((i, j) -> Arrays.compare(truth, i * columns, (i + 1) * columns, truth, j * columns, (j + 1) * columns))
                .thenComparingDouble(i -> weights[i]))
                        .mapToInt(Integer::intValue).toArray();
        double[] drawnTruth = new double[truth.length];
        double[] drawnWeights = new double[n];
        double[] drawnPredicted = new double[predicted.length];
        double[] values = new double[RESAMPLES];
        for (int b = 0; b < RESAMPLES; b++) {
            int[] times = new int[n];
            for (int i = 0; i < n; i++) {
                times[random.nextInt(n)]++;
            }
            int at = 0;
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < times[i]; k++) {
                    drawnWeights[at] = weights[order[i]];
                    System.arraycopy(truth, order[i] * columns, drawnTruth, at * columns, columns);
                    System.arraycopy(predicted, order[i] * width, drawnPredicted, at++ * width, width);
                }
            }
            values[b] = metric.of(family, drawnTruth, drawnWeights, drawnPredicted);
        }
        double[] sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
        return new BootstrapInterval(Summary.quantile(sorted, 0.025), Summary.quantile(sorted, 0.975));
    }

    /** Whether there is one. */
    public boolean defined() {
        return !Double.isNaN(low);
    }
}
