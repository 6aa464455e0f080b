package intarsia.models.conformal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The distribution of scores of rows that count in part: the shares of those that are seen; with censored or late ones the product-limit
 * estimate (Kaplan &amp; Meier 1958), which needs censoring not to depend on the score. The order of rows does not matter. O(n log n).
 */
final class ScoreDistribution {
    /** Shares are sums of thousands of weights. */
    static final double ROUNDING = 1e-9;

    /** A score with its weight. */
    record Weighted(RowScore score, double weight) {
        static final Comparator<Weighted> ORDER = Comparator.<Weighted>comparingDouble(of -> of.score.value())
                .thenComparingDouble(of -> of.score.entry()).thenComparing(of -> of.score.seen()).thenComparingDouble(Weighted::weight);

        /** At risk: neither gone nor yet to come; a row is so at its own score. */
        private boolean late(double value) {
            return score.entry() > 0 && score.entry() >= value && score.value() > value;
        }
    }

    private final double[] scores;
    private final double[] shares;
    private final double weight;

    private ScoreDistribution(double[] scores, double[] shares, double weight) {
        this.scores = scores;
        this.shares = shares;
        this.weight = weight;
    }

    /** Scores of rows with their weights. */
    static List<Weighted> weighted(List<RowScore> scores, double[] weights) {
        return IntStream.range(0, weights.length).mapToObj(i -> new Weighted(scores.get(i), weights[i])).toList();
    }

    /** Of some rows; of none every score is possible. */
    static ScoreDistribution of(List<Weighted> rows) {
        Weighted[] sorted = rows.stream().filter(row -> row.weight > 0).sorted(Weighted.ORDER).toArray(Weighted[]::new);
        double[] values = Arrays.stream(sorted).filter(row -> row.score.seen()).mapToDouble(row -> row.score.value()).distinct().toArray();
        double[] events = new double[values.length];
        double[] before = new double[sorted.length + 1];
        for (int i = 0, k = 0; i < sorted.length; i++) {
            before[i + 1] = before[i] + sorted[i].weight;
            while (k < values.length && values[k] < sorted[i].score.value()) {
                k++;
            }
            if (sorted[i].score.seen()) {
                events[k] += sorted[i].weight;
            }
        }
        double weight = before[sorted.length];
        boolean plain = Arrays.stream(sorted).allMatch(row -> row.score.seen() && row.score.entry() <= 0);
        double[] shares = plain ? sums(events, weight) : productLimit(sorted, values, events, before);
        return new ScoreDistribution(values, shares, weight);
    }

    private static double[] sums(double[] events, double weight) {
        double[] shares = events.clone();
        for (int k = 1; k < shares.length; k++) {
            shares[k] += shares[k - 1];
        }
        return Arrays.stream(shares).map(sum -> sum / weight).toArray();
    }

    private static double[] productLimit(Weighted[] sorted, double[] values, double[] events, double[] before) {
        double[] shares = new double[values.length];
        double left = 1;
        Weighted[] late = Arrays.stream(sorted).filter(row -> row.score.entry() > 0).toArray(Weighted[]::new);
        for (int k = 0, gone = 0; k < values.length; k++) {
            double value = values[k];
            while (sorted[gone].score.value() < value) {
                gone++;
            }
            double absent = Arrays.stream(late).filter(row -> row.late(value)).mapToDouble(Weighted::weight).sum();
            double risk = before[sorted.length] - before[gone] - absent;
            left *= Math.max(0, 1 - events[k] / Math.max(risk, events[k]));
            shares[k] = 1 - left;
        }
        return shares;
    }

    /** The different scores that are seen, increasing. */
    double[] scores() {
        return scores;
    }

    /** The sum of weights. */
    double weight() {
        return weight;
    }

    /** The share of scores up to this one. */
    double upTo(double score) {
        int place = Arrays.binarySearch(scores, score);
        int last = place >= 0 ? place : -place - 2;
        return last < 0 ? 0 : shares[last];
    }

    /** The share of scores below this one. */
    double below(double score) {
        int place = Arrays.binarySearch(scores, score);
        int last = (place >= 0 ? place : -place - 1) - 1;
        return last < 0 ? 0 : shares[last];
    }

    /** The share of each seen score, in increasing order of these. */
    double[] masses() {
        return IntStream.range(0, shares.length).mapToDouble(k -> shares[k] - (k == 0 ? 0 : shares[k - 1])).toArray();
    }
}
