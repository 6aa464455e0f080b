package intarsia.models.files;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The cells that mean "missing": those that a study lists, as texts or numbers, and the usual spellings. */
final class Missing {
    private static final Set<String> USUAL = Set.of("na", "n/a", "n.a.", "#n/a", "#na", "<na>", "nan", "-nan", "null", "nat", "\\n",
            "missing",
            "unknown", "?", "??", ".", "..", "-", "--", "---", "\u2013", "\u2014");

    private final Set<String> texts = new HashSet<>();
    private final Set<Double> numbers = new HashSet<>();

    Missing(List<String> everywhere, List<String> here) {
        add(everywhere);
        add(here);
    }

    private void add(List<String> codes) {
        for (String code : codes) {
            String text = Text.normal(code);
            texts.add(text);
            double number = NumberStyle.POINT.parse(text);
            if (!Double.isNaN(number)) {
                numbers.add(number + 0.0);
            }
        }
    }

    /** Whether a cell is listed: by its exact text, or as a number in this style (-9 and -9.0). */
    boolean isListed(String cell, NumberStyle style) {
        if (cell.isEmpty() || texts.contains(cell)) {
            return true;
        }
        return !numbers.isEmpty() && numbers.contains(style.parse(cell) + 0.0);
    }

    /** Whether it can be told from the number that a cell says in this style, however that is written, that it is not listed. */
    boolean tells(NumberStyle style) {
        return texts.stream().allMatch(text -> Double.isNaN(style.parse(text)) || !Double.isNaN(NumberStyle.POINT.parse(text)));
    }

    /** Whether any number is listed. */
    boolean hasNumbers() {
        return !numbers.isEmpty();
    }

    /** Whether a number is listed. */
    boolean isListed(double number) {
        return numbers.contains(number + 0.0);
    }

    /** Whether a cell is a usual spelling of missing: NA, n/a, NaN, NULL, ?, a point or a dash, however it is capitalized. */
    static boolean isUsual(String cell) {
        return cell.length() <= 8 && USUAL.contains(cell.toLowerCase(Locale.ROOT));
    }
}
