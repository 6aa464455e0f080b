package intarsia.models.files;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The levels of a column and their codes: a cell is a level by its exact text, or as the same number if one level alone is that number.
 * O(1) a cell.
 */
final class Levels {
    private static final int AMBIGUOUS = -2;

    private final List<String> names;
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<Double, Integer> numbers = new HashMap<>();

    Levels(List<String> names) {
        this.names = names;
        for (int code = 0; code < names.size(); code++) {
            texts.put(Text.normal(names.get(code)), code);
            double number = NumberStyle.POINT.parse(Text.normal(names.get(code)));
            if (!Double.isNaN(number)) {
                numbers.merge(number + 0.0, code, (earlier, now) -> AMBIGUOUS);
            }
        }
    }

    /** The code of a level written exactly so, or -1. */
    int code(String cell) {
        return texts.getOrDefault(cell, -1);
    }

    /** The code of the one level that is the number of a cell, or -1. */
    int codeOfNumber(String cell, NumberStyle style) {
        return Math.max(-1, numbers.getOrDefault(style.parse(cell) + 0.0, -1));
    }

    /** A level's name. */
    String name(int code) {
        return names.get(code);
    }

    /** All names. */
    List<String> names() {
        return names;
    }
}
