package intarsia.models.conformal;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.DoubleUnaryOperator;

/**
 * A task's scores, and those of all tasks with less weight where it has few (ours, in the frame of Barber, Cand&egrave;s, Ramdas &amp;
 * Tibshirani 2023):
 *
 * <pre>
 * W F = n F_task + w sum of the other tasks' N_s F_s,   w = min(1, max(0, R - n) / N),   N the other tasks' rows
 * </pre>
 *
 * A task with R rows is on its own. R is {@value #TAIL_ROWS} rows beyond the quantile that is asked for: 50 where 90 % are to be covered.
 *
 * @param own  of the task
 * @param pool of all tasks, the task among them
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

    /** The distribution of all tasks' scores. */
    static ScoreDistribution pool(Collection<CalibrationScores> tasks) {
        return ScoreDistribution.of(tasks.stream().flatMap(task -> task.times(1).stream()).toList());
    }

    /** W. */
    double weight() {
        return own.weight() + w * Math.max(0, pool.weight() - own.weight());
    }

    private double sum(DoubleUnaryOperator ofOwn, DoubleUnaryOperator ofPool, double score) {
        double alone = own.weight() == 0 ? 0 : (1 - w) * own.weight() * ofOwn.applyAsDouble(score);
        return w == 0 ? alone : alone + w * pool.weight() * ofPool.applyAsDouble(score);
    }

    /** The smallest score v with {@code W F(v) / (W + 1) >= level}; infinity where the rows are too few. */
    double highest(double level) {
        double most = weight();
        DoubleUnaryOperator reached = score -> sum(own::upTo, pool::upTo, score) / (most + 1) - level;
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

    /** The largest score v with {@code (W F(v-) + 1) / (W + 1) <= share}; 0 where the rows are too few. */
    double lowest(double share) {
        double most = weight();
        DoubleUnaryOperator exceeded = score -> (sum(own::below, pool::below, score) + 1) / (most + 1) - share;
        return Math.max(last(own.scores(), exceeded), w == 0 ? 0 : last(pool.scores(), exceeded));
    }

    /** The last of increasing numbers for which a function that rises is not yet above 0; 0 if there is none. */
    private static double last(double[] numbers, DoubleUnaryOperator rising) {
        double above = first(numbers, score -> rising.applyAsDouble(score) > ScoreDistribution.ROUNDING ? 1 : -1);
        int place = above == Double.POSITIVE_INFINITY ? numbers.length : Arrays.binarySearch(numbers, above);
        return place == 0 ? 0 : numbers[place - 1];
    }
}
