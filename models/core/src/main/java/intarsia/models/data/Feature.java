package intarsia.models.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One dense feature.
 *
 * @param column   the column it comes from
 * @param level    the level whose indicator it is, or -1
 * @param binary   whether it is 0/1
 * @param moments  what is subtracted and divided by
 * @param fill     for each task, what stands in for a missing cell, on the dense scale
 * @param constant the tasks in whose training rows it does not vary
 * @param limits   what lies farther out is taken to lie there
 */
public record Feature(String column, int level, boolean binary, Moments moments, Map<String, Double> fill, List<String> constant,
        Limits limits) {
    /**
     * Limits of a feature on the dense scale: how far a model may extrapolate.
     *
     * @param low  the lowest number
     * @param high the highest number
     */
    public record Limits(double low, double high) {
        /** None. */
        public static final Limits NONE = new Limits(-Double.MAX_VALUE, Double.MAX_VALUE);

        /** Checks their order. */
        public Limits {
            if (!(low <= high)) {
                throw new IllegalArgumentException("limits " + low + " and " + high + " of a feature: the first must not be larger");
            }
        }

        /** The range of numbers, as wide again on both sides; none without numbers. */
        static Limits of(double[] numbers) {
            double low = Arrays.stream(numbers).min().orElse(0);
            double high = Arrays.stream(numbers).max().orElse(0);
            double width = high - low;
            return numbers.length == 0 ? NONE
                    : new Limits(Math.max(low - width, -Double.MAX_VALUE), Math.min(high + width, Double.MAX_VALUE));
        }
    }

    /** Makes sure that nothing is missing. */
    public Feature {
        if (column == null || moments == null || fill == null || constant == null || limits == null
                || fill.values().stream().anyMatch(value -> value == null || !Double.isFinite(value))) {
            throw new IllegalArgumentException("the feature of column '" + column
                    + "' needs a column, moments, finite numbers to fill in, the tasks where it is constant, and limits");
        }
    }

    double encode(double cell) {
        return Math.clamp(moments.encode(value(cell)), limits.low, limits.high);
    }

    double value(double cell) {
        return level < 0 ? cell : cell == level ? 1 : 0;
    }

    boolean encodes(Column of, int ofLevel) {
        return of.name().equals(column) && level == ofLevel && binary == (of.kind() != Column.Kind.CONTINUOUS);
    }

    /** The cell that a dense number stands for: the quantity, or the probability of 1 or of the level. */
    public double decode(double dense) {
        return moments.decode(dense);
    }
}
