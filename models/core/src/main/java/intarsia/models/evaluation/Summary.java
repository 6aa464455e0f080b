package intarsia.models.evaluation;

import intarsia.models.response.Metric;
import java.util.Arrays;
import java.util.List;

/**
 * A metric over repeated splits.
 *
 * @param mean over the splits where it is defined
 * @param low  the quantile 0.025 of those splits
 * @param high the quantile 0.975: between the two lie the middle 95 % of splits
 * @param splits how many splits it is defined in
 */
public record Summary(double mean, double low, double high, int splits) {
    /** Of one estimator's scores of one metric in one task; NaN throughout if no split defines it. */
    public static Summary of(List<Comparison.Score> scores, String estimator, String task, Metric metric) {
        return of(scores.stream().filter(s -> s.estimator().equals(estimator) && s.task().equals(task) && s.metric() == metric)
                .mapToDouble(Comparison.Score::value).toArray());
    }

    /** Of values, one for each split; NaN where a split does not define one. */
    static Summary of(double[] all) {
        double[] values = Arrays.stream(all).filter(value -> !Double.isNaN(value)).sorted().toArray();
        return new Summary(Arrays.stream(values).average().orElse(Double.NaN), quantile(values, 0.025), quantile(values, 0.975),
                values.length);
    }

    /** Linear between order statistics (Hyndman &amp; Fan 1996, type 7). */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** Whether any split defines it. */
    public boolean defined() {
        return splits > 0;
    }
}
