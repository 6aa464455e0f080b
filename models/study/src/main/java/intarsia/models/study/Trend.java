package intarsia.models.study;

import intarsia.models.Estimator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether a column rises or falls along a setting. Each replicate that was measured at all values gives a rank correlation with the value
 * (Spearman); whether these lie around 0 is asked by Wilcoxon's signed-rank test. As replicates of one number share their random numbers
 * over the values, this is a paired test.
 *
 * @param means       means over these replicates, one a value
 * @param correlation mean rank correlation; 1 if every replicate rises from value to value, -1 if every one falls
 * @param probability two-sided p-value
 * @param replicates  how many were measured at all values
 */
public record Trend(List<Double> means, double correlation, double probability, int replicates) {
    /** What is called significant. */
    static final double LEVEL = 0.05;

    /** One method's along a setting of at least two values. */
    public static Trend of(Measurements measured, Setting<?> setting, Estimator method, String column) {
        List<Map<Integer, Double>> cells = setting.values().stream().map(value -> measured.of(setting, value, method).byReplicate(column))
                .toList();
        List<Integer> whole = cells.getFirst().keySet().stream().filter(r -> cells.stream().allMatch(cell -> cell.containsKey(r))).sorted()
                .toList();
        double[] values = setting.values().stream().mapToDouble(v -> v).toArray();
        double[] correlations = whole.stream().mapToDouble(r ->
                RankStatistics.correlation(values, cells.stream().mapToDouble(cell -> cell.get(r)).toArray()))
                .filter(c -> !Double.isNaN(c)).toArray();
        List<Double> means = cells.stream().map(cell -> whole.stream().mapToDouble(cell::get).average().orElse(Double.NaN)).toList();
        return new Trend(means, new Sample(correlations).mean(), correlations.length == 0 ? Double.NaN
                : PairedTest.signedRank(correlations), whole.size());
    }

    /** {@code falls} or {@code rises}, or neither significantly. */
    public String found() {
        if (Double.isNaN(correlation)) {
            return "not measured";
        }
        return probability >= LEVEL ? "no trend" : correlation < 0 ? "falls" : "rises";
    }

    /** How many of the steps from value to value the means take in the direction of their correlation. */
    public String steps() {
        int same = (int) IntStream.range(1, means.size()).filter(i -> (means.get(i) - means.get(i - 1)) * correlation > 0).count();
        return same + " of " + (means.size() - 1);
    }
}
