package intarsia.models.conformal;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * A task's scores, and with less weight those of all tasks about the same response where it has few (ours; the weights are as in Barber,
 * Cand&egrave;s, Ramdas &amp; Tibshirani 2023):
 *
 * <pre>
 * W F = n F_task + w sum of the other tasks' N_s F_s,   w = min(1, max(0, R - n) / N),   N the other tasks' rows
 * v   = (n + w^2 N) / (n + w N)                         the weight of the new row: that of a row of the mean weight of rows
 * </pre>
 *
 * v is 1 for a task on its own, and w where all rows are borrowed: both are exact where these rows are exchangeable with the new one. With
 * v = 1 throughout, as in that paper, sets of tasks that borrow from many would hold up to {@code level / R} too much.
 *
 * A task with R rows is on its own. R is {@value #TAIL_ROWS} rows beyond the quantile that is asked for: 50 where 90 % are to be covered.
 *
 * @param own  of the task
 * @param pool of all tasks about its response, the task among them
 * @param w    how much a row of another task counts
 */
record BorrowedScores(ScoreDistribution own, ScoreDistribution pool, double w) {
    private static final double TAIL_ROWS = 5;

    /** Where a share of the scores is to lie beyond a quantile. */
    static BorrowedScores of(ScoreDistribution own, ScoreDistribution pool, double tail) {
        double others = pool.weight() - own.weight();
        double lacking = Math.max(0, TAIL_ROWS / tail - own.weight());
        return new BorrowedScores(own, pool, others <= 0 ? 0 : Math.min(1, lacking / others));
    }

    /** The distribution of the scores of all tasks about a response, by what that is called. */
    static Map<String, ScoreDistribution> pools(Collection<CalibrationScores> tasks) {
        return tasks.stream().collect(Collectors.groupingBy(CalibrationScores::about, Collectors.collectingAndThen(
                Collectors.flatMapping(task -> task.times(1).stream(), Collectors.toList()), ScoreDistribution::of)));
    }

    /** W. */
    double weight() {
        return own.weight() + w * Math.max(0, pool.weight() - own.weight());
    }

    /** v. */
    double newWeight() {
        double others = Math.max(0, pool.weight() - own.weight());
        double all = own.weight() + w * others;
        return all == 0 ? 1 : (own.weight() + w * w * others) / all;
    }

    private double sum(DoubleUnaryOperator ofOwn, DoubleUnaryOperator ofPool, double score) {
        double alone = own.weight() == 0 ? 0 : (1 - w) * own.weight() * ofOwn.applyAsDouble(score);
        return w == 0 ? alone : alone + w * pool.weight() * ofPool.applyAsDouble(score);
    }

    /** The smallest score s with {@code W F(s) / (W + v) >= level}; infinity where the rows are too few. */
    double highest(double level) {
        double all = weight() + newWeight();
        DoubleUnaryOperator reached = score -> sum(own::upTo, pool::upTo, score) / all - level;
        return Math.min(first(own.scores(), reached), w == 0 ? Double.POSITIVE_INFINITY : first(pool.scores(), reached));
    }

    /** The first of increasing numbers for which a function that rises is no longer below 0; infinity if there is none. */
    private static double first(double[] numbers, DoubleUnaryOperator rising) {
        int low = 0;
        int high = numbers.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rising.applyAsDouble(numbers[middle]) >= -ScoreDistribution.ROUNDING) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == numbers.length ? Double.POSITIVE_INFINITY : numbers[low];
    }

    /** The largest score s with {@code (W F(s-) + v) / (W + v) <= share}; 0 where the rows are too few. */
    double lowest(double share) {
        double one = newWeight();
        double all = weight() + one;
        DoubleUnaryOperator exceeded = score -> (sum(own::below, pool::below, score) + one) / all - share;
        return Math.max(last(own.scores(), exceeded), w == 0 ? 0 : last(pool.scores(), exceeded));
    }

    /** The last of increasing numbers for which a function that rises is not yet above 0; 0 if there is none. */
    private static double last(double[] numbers, DoubleUnaryOperator rising) {
        double above = first(numbers, score -> rising.applyAsDouble(score) > ScoreDistribution.ROUNDING ? 1 : -1);
        int place = above == Double.POSITIVE_INFINITY ? numbers.length : Arrays.binarySearch(numbers, above);
        return place == 0 ? 0 : numbers[place - 1];
    }
}
