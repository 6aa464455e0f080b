package intarsia.models.response;

import intarsia.linalg.Elementary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well predicted survival fits times to an event.
 *
 * @param family    the times of the predictions
 * @param truth     time, event and entry of each row
 * @param weights   how much each row counts
 * @param predicted the probability of each row to survive each time
 */
record SurvivalScores(Survival family, double[] truth, double[] weights, double[] predicted) {
    private int rows() {
        return truth.length / 3;
    }

    private double time(int row) {
        return truth[3 * row];
    }

    private boolean event(int row) {
        return truth[3 * row + 1] == 1;
    }

    private double entry(int row) {
        return truth[3 * row + 2];
    }

    /** The predicted risk: the cumulative hazard, summed over the predicted times. It orders rows as the hazard ratio does. */
    private double risk(int row) {
        double sum = 0;
        for (int k = 0; k < family.width(); k++) {
            sum -= Elementary.log(Math.max(Double.MIN_NORMAL, predicted[row * family.width() + k]));
        }
        return sum;
    }

    /**
     * The share of pairs, the first of which has an event while the second is seen and has none yet, in which the first has the higher
     * risk; ties count half (Harrell 1982). Censored rows are seen until after the events of their time. With {@code censoring} a pair
     * counts {@code 1 / G(time of the event)^2}, and events after the last predicted time do not count (Uno 2011). O(n log n).
     */
    double concordance(boolean censoring) {
        int n = rows();
        double[] risk = IntStream.range(0, n).mapToDouble(this::risk).toArray();
        if (Arrays.stream(risk).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        double[] sorted = Arrays.stream(risk).sorted().distinct().toArray();
        int[] rank = Arrays.stream(risk).mapToInt(value -> Arrays.binarySearch(sorted, value)).toArray();
        int[] latest = order(row -> -time(row));
        int[] entries = order(row -> -entry(row));
        double[] uncensored = censoring ? uncensored() : null;
        Ranks seen = new Ranks(sorted.length);
        double right = 0;
        double all = 0;
        int gone = 0;
        for (int from = 0; from < n;) {
            double time = time(latest[from]);
            int to = from;
            while (to < n && time(latest[to]) == time) {
                if (!event(latest[to])) {
                    seen.add(rank[latest[to]], weights[latest[to]]);
                }
                to++;
            }
            while (gone < n && entry(entries[gone]) >= time) {
                seen.add(rank[entries[gone]], -weights[entries[gone++]]);
            }
            for (int i = from; i < to; i++) {
                int row = latest[i];
                if (event(row) && (!censoring || time <= family.times().getLast())) {
                    double weight = weights[row] * (censoring ? 1 / (uncensored[row] * uncensored[row]) : 1);
                    double below = seen.below(rank[row]);
                    double same = seen.below(rank[row] + 1) - below;
                    right += seen.count == 0 ? 0 : weight * (below + same / 2);
                    all += seen.count == 0 ? 0 : weight * seen.all;
                }
            }
            for (int i = from; i < to; i++) {
                if (event(latest[i])) {
                    seen.add(rank[latest[i]], weights[latest[i]]);
                }
            }
            from = to;
        }
        return all == 0 ? Double.NaN : right / all;
    }

    private int[] order(IntToDoubleFunction by) {
        return IntStream.range(0, rows()).boxed().sorted(Comparator.comparingDouble(by::applyAsDouble)).mapToInt(Integer::intValue)
                .toArray();
    }

    /** How much of some ranks is below others: a Fenwick tree. */
    private static final class Ranks {
        private final double[] tree;
        private double all;
        private int count;

        Ranks(int size) {
            tree = new double[size + 1];
        }

        void add(int rank, double change) {
            count += change > 0 ? 1 : -1;
            all += change;
            for (int i = rank + 1; i < tree.length; i += i & -i) {
                tree[i] += change;
            }
        }

        double below(int rank) {
            double sum = 0;
            for (int i = rank; i > 0; i -= i & -i) {
                sum += tree[i];
            }
            return sum;
        }
    }

    /** The Kaplan-Meier probability of each row not to be censored before its time, by these rows; entries do not matter. */
    private double[] uncensored() {
        int n = rows();
        int[] first = order(this::time);
        double[] of = new double[n];
        double[] later = new double[n + 1];
        for (int i = n - 1; i >= 0; i--) {
            later[i] = later[i + 1] + weights[first[i]];
        }
        double g = 1;
        for (int from = 0; from < n;) {
            int to = from;
            double censored = 0;
            while (to < n && time(first[to]) == time(first[from])) {
                of[first[to]] = g;
                censored += event(first[to]) ? 0 : weights[first[to]];
                to++;
            }
            double left = later[to] + censored;
            g *= left == 0 ? 1 : 1 - censored / left;
            from = to;
        }
        return of;
    }

    /** The same until after a time, for the rows that are seen longer; 0 where none is, and some are censored last. */
    private double uncensoredAfter(double[] uncensored, double time) {
        int next = IntStream.range(0, rows()).filter(row -> time(row) > time).boxed().min(Comparator.comparingDouble(this::time))
                .orElse(-1);
        double last = IntStream.range(0, rows()).mapToDouble(this::time).max().orElse(0);
        boolean open = IntStream.range(0, rows()).anyMatch(row -> time(row) == last && !event(row));
        return next >= 0 ? uncensored[next] : open ? 0 : 1;
    }

    /**
     * The mean over the predicted times, by the trapezoid rule, of the Brier score weighted by the inverse probability of being censored,
     * which these rows estimate (Graf 1999). A row that is seen from later on counts from then, given that it survived until then. Times
     * count for nothing before any row is seen, and from the last row's time on if it is censored: what comes then is in no row. NaN if no
     * time is left.
     */
    double integratedBrier() {
        double[] uncensored = uncensored();
        int count = 0;
        double sum = 0;
        double span = 0;
        double lastTime = 0;
        double lastScore = 0;
        for (int k = 0; k < family.width(); k++) {
            double time = family.times().get(k);
            double score = brier(k, time, uncensored, uncensoredAfter(uncensored, time));
            if (Double.isNaN(score)) {
                continue;
            }
            if (count++ > 0) {
                sum += (time - lastTime) * (score + lastScore) / 2;
                span += time - lastTime;
            }
            lastTime = time;
            lastScore = score;
        }
        return count == 0 ? Double.NaN : span == 0 ? lastScore : sum / span;
    }

    private double brier(int k, double time, double[] uncensored, double after) {
        if (after == 0) {
            return Double.NaN;
        }
        double sum = 0;
        double rows = 0;
        for (int row = 0; row < rows(); row++) {
            if (entry(row) >= time) {
                continue;
            }
            rows += weights[row];
            int entered = family.before(entry(row));
            double survival = predicted[row * family.width() + k]
                    / Math.max(ResponseFamily.LEAST, Survival.survived(predicted, row * family.width(), entered));
            if (time(row) > time) {
                sum += weights[row] * (1 - survival) * (1 - survival) / after;
            } else if (event(row)) {
                sum += weights[row] * survival * survival / uncensored[row];
            }
        }
        return rows == 0 ? Double.NaN : sum / rows;
    }
}
