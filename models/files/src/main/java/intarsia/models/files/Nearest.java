package intarsia.models.files;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped name may have meant. */
public final class Nearest {
    private Nearest() {}

    /** {@code "; did you mean 'chol'?"}, or the known names if none is near. */
    public static String hint(String name, Collection<String> known) {
        return find(name, known).map(near -> "; did you mean '" + near + "'?").orElse("; known: " + String.join(", ", known));
    }

    /** The known name with the fewest edits from this one, if they are at most a third of its length (and at least one). */
    public static Optional<String> find(String name, Collection<String> known) {
        return known.stream()
                .filter(k -> edits(name, k) <= Math.max(1, Math.max(name.length(), k.length()) / 3))
                .min(Comparator.comparingInt(k -> edits(name, k)));
    }

    /** Levenshtein's distance, letters compared without case: insertions, deletions and replacements from one word to the other. */
    private static int edits(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
