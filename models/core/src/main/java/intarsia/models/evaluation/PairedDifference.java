package intarsia.models.evaluation;

import intarsia.models.response.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Two estimators on the same repeated splits: the mean over tasks of a metric, and whether they differ by more than chance. Splits share
 * rows, so their differences d_j are not independent; the corrected resampled t test allows for that (Nadeau &amp; Bengio 2003, equation
 * 9). A task's figures may be given in a unit of its own, so that tasks whose responses have other units or spreads count alike:
 *
 * <pre>
 * t = mean(d) / sqrt((1 / J + n_test / n_learned) var(d)),   J - 1 degrees of freedom
 * </pre>
 *
 * @param first      the first one's mean over splits
 * @param second     the second one's
 * @param p          two-sided p-value; NaN with fewer than two splits
 * @param splits     J, splits in which some task defines the metric for both
 */
public record PairedDifference(double first, double second, double p, int splits) {
    /** Of two estimators among those compared, tasks' figures as they are. */
    public static PairedDifference of(List<Comparison.Score> scores, String first, String second, Metric metric, double testToLearned) {
        return of(scores, first, second, metric, testToLearned, task -> 1);
    }

    /**
     * Of two estimators among those compared.
     *
     * @param testToLearned n_test / n_learned of a split ({@link intarsia.models.data.Resampling#testToLearned})
     * @param unit          what a task's figures are divided by, such as those of the task's mean; a task without any (0 or NaN) is left
     * out
     */
    public static PairedDifference of(List<Comparison.Score> scores, String first, String second, Metric metric, double testToLearned,
            ToDoubleFunction<String> unit) {
        Map<Integer, Map<String, double[]>> pairs = new TreeMap<>();
        for (Comparison.Score score : scores) {
            int which = score.estimator().equals(first) ? 0 : score.estimator().equals(second) ? 1 : -1;
            if (which >= 0 && score.metric() == metric) {
                pairs.computeIfAbsent(score.repeat(), repeat -> new TreeMap<>())
                        .computeIfAbsent(score.task(), task ->
                                new double[] {Double.NaN, Double.NaN})[which] = score.value() / unit.applyAsDouble(score.task());
            }
        }
        List<double[]> means = new ArrayList<>();
        for (Map<String, double[]> split : pairs.values()) {
            double[] mean = new double[2];
            int tasks = 0;
            for (double[] pair : split.values()) {
                if (Double.isFinite(pair[0]) && Double.isFinite(pair[1])) {
                    mean[0] += pair[0];
                    mean[1] += pair[1];
                    tasks++;
                }
            }
            if (tasks > 0) {
                means.add(new double[] {mean[0] / tasks, mean[1] / tasks});
            }
        }
        return of(means, testToLearned);
    }

    private static PairedDifference of(List<double[]> pairs, double testToLearned) {
        int count = pairs.size();
        double first = 0;
        double second = 0;
        for (double[] pair : pairs) {
            first += pair[0] / count;
            second += pair[1] / count;
        }
        double mean = first - second;
        double squares = 0;
        for (double[] pair : pairs) {
            double deviation = pair[0] - pair[1] - mean;
            squares += deviation * deviation;
        }
        double variance = squares / (count - 1) * (1.0 / count + testToLearned);
        double p = count < 2 ? Double.NaN : mean == 0 ? 1 : StudentT.twoSided(mean / Math.sqrt(variance), count - 1);
        return new PairedDifference(count == 0 ? Double.NaN : first, count == 0 ? Double.NaN : second, p, count);
    }
}
