package intarsia.models.data;

import java.util.List;

/**
 * One measured quantity.
 *
 * @param name   its name, unique within the study
 * @param kind   what its numbers mean
 * @param levels the names of a categorical column's levels, in the order of their codes 0, 1, ...; empty for the other kinds
 */
public record Column(String name, Kind kind, List<String> levels) {
    /** What a column's numbers mean. */
    public enum Kind {
        /** A quantity on a scale; standardized, imputed by squared error. */
        CONTINUOUS,
        /** 0 or 1; left as it is, imputed as a probability by cross-entropy. */
        BINARY,
        /** One of several levels, given as its code; becomes one 0/1 feature per level. */
        CATEGORICAL
    }

    /** Checks that nothing is missing, that levels belong to a categorical column, at least two and all different. */
    public Column {
        if (name == null || kind == null || levels == null) {
            throw new DataException("column '" + name + "': needs a name, a kind and a list of levels");
        }
        levels = List.copyOf(levels);
        if ((kind == Kind.CATEGORICAL) != !levels.isEmpty()) {
            throw new DataException("column '" + name + "': levels belong to a categorical column, and it needs them");
        }
        if (kind == Kind.CATEGORICAL && (levels.size() < 2 || levels.stream().distinct().count() < levels.size())) {
            throw new DataException("column '" + name + "': levels " + levels + " must be at least two, all different");
        }
    }

    /** A quantity on a scale. */
    public static Column continuous(String name) {
        return new Column(name, Kind.CONTINUOUS, List.of());
    }

    /** A 0/1 column. */
    public static Column binary(String name) {
        return new Column(name, Kind.BINARY, List.of());
    }

    /** A column of level codes 0, 1, ... with these names. */
    public static Column categorical(String name, String... levels) {
        return new Column(name, Kind.CATEGORICAL, List.of(levels));
    }

    /**
     * The code of one of its levels: what a cell holds.
     *
     * @throws DataException naming the levels there are
     */
    public double code(String level) {
        int code = levels.indexOf(level);
        if (code < 0) {
            throw new DataException("column '" + name + "': '" + level + "' is not one of its levels " + levels);
        }
        return code;
    }

    /** How many features it becomes: one, or one per level. */
    public int width() {
        return kind == Kind.CATEGORICAL ? levels.size() : 1;
    }
}
