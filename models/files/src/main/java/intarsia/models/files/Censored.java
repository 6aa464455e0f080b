package intarsia.models.files;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is read for a value beyond a limit of detection, such as {@code <0.5} or {@code >100}. It is low or high, not missing. */
public enum Censored {
    /** The limit itself. */
    LIMIT("limit", 1),
    /** Half the limit below one, the limit above one. */
    HALF("half", 0.5),
    /** The limit over the square root of two below one, the limit above one (Hornung and Reed 1990). */
    SQRT2("sqrt2", Math.sqrt(0.5));

    private static final String BELOW = "<\u2264";
    private static final String ABOVE = ">\u2265";
    /** Laboratories write these for what is too low to be measured. */
    private static final Set<String> TOO_LOW = Set.of("bdl", "blq", "bloq", "bql", "lloq", "lod", "loq", "nd", "n.d.", "not detected",
            "trace", "below detection limit");

    private final String key;
    private final double share;

    Censored(String key, double share) {
        this.key = key;
        this.share = share;
    }

    /** What a study file calls them. */
    static List<String> keys() {
        return Arrays.stream(values()).map(value -> value.key).toList();
    }

    /** What a study file calls it. */
    String key() {
        return key;
    }

    /** What stands for a value beyond a limit in a cell that is {@linkplain #isMarked marked}. */
    double value(String cell, double limit) {
        return BELOW.indexOf(cell.charAt(0)) >= 0 ? limit * share : limit;
    }

    /** Whether a cell says that its value is beyond a limit. */
    static boolean isMarked(String cell) {
        return !cell.isEmpty() && (BELOW + ABOVE).indexOf(cell.charAt(0)) >= 0;
    }

    /** Whether a cell says in words that its value was too low to be measured. */
    static boolean isTooLow(String cell) {
        return TOO_LOW.contains(cell.toLowerCase(Locale.ROOT));
    }

    /** The limit in a cell that is marked, as text. */
    static String limit(String cell) {
        return Text.strip(cell.substring(cell.startsWith("<=") || cell.startsWith(">=") ? 2 : 1));
    }
}
