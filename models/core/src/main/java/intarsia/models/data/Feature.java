package intarsia.models.data;

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
 */
public record Feature(String column, int level, boolean binary, Moments moments, Map<String, Double> fill, List<String> constant) {
    /** Makes sure that nothing is missing. */
    public Feature {
        if (column == null || moments == null || fill == null || constant == null
                || fill.values().stream().anyMatch(value -> value == null || !Double.isFinite(value))) {
            throw new IllegalArgumentException("the feature of column '" + column
                    + "' needs a column, moments, finite numbers to fill in and the tasks where it is constant");
        }
    }

    double encode(double cell) {
        return moments.encode(value(cell));
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
