package intarsia.models.files;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped name may have meant. */
public final class Nearest {
    /** So many names are listed; the rest are counted. */
    private static final int LISTED = 12;
    /** Nobody mistypes a longer name; comparing takes the product of two lengths. */
    private static final int LONGEST = 200;

    private Nearest() {}

    /** {@code "; did you mean 'chol'?"}, or the known names if none is near. */
    public static String hint(String name, Collection<String> known) {
        return find(name, known).map(near -> "; did you mean " + likeness(name, near) + "?").orElse("; known: " + some(known));
    }

    /** Names with commas between them; of many, the first and how many more there are. */
    static String some(Collection<String> names) {
        List<String> first = names.stream().limit(names.size() > LISTED + 1 ? LISTED : names.size()).map(Text::shown).toList();
        return String.join(", ", first) + (first.size() < names.size() ? " and " + (names.size() - first.size()) + " more" : "");
    }

    /** A near name; where both look alike, letters beyond ASCII by their code points. */
    private static String likeness(String name, String near) {
        boolean alike = !Text.isAscii(name + near) && name.length() == near.length() && edits(name, near) == 1
                || Text.folded(name).equals(Text.folded(near));
        return alike ? "'" + Text.exact(near) + "' instead of '" + Text.exact(name) + "'" : "'" + Text.shown(near) + "'";
    }

    /**
     * The known name with the fewest edits from this one, if they are at most a third of its length (and at least one). No number is a
     * misspelling of another.
     */
    public static Optional<String> find(String name, Collection<String> known) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String candidate : known) {
            int most = Math.max(1, Math.max(name.length(), candidate.length()) / 3);
            boolean numbers = !Double.isNaN(NumberStyle.POINT.parse(name)) && !Double.isNaN(NumberStyle.POINT.parse(candidate));
            if (!numbers && name.length() <= LONGEST && candidate.length() <= LONGEST
                    && Math.abs(name.length() - candidate.length()) <= most) {
                int edits = edits(name, candidate);
                if (edits <= most && edits < fewest) {
                    best = candidate;
                    fewest = edits;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * Damerau's distance, letters compared without case: insertions, deletions, replacements and swaps of neighbors from one word to the
     * other, no letter edited twice.
     */
    private static int edits(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
