package intarsia.models.files;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Text that people wrote: blanks of every kind around it are cut, Unicode forms of one letter compare equal, and what cannot be seen is
 * shown by its code point, as {@code <U+00A0>}.
 */
public final class Text {
    /** As much of a cell as a message shows. */
    private static final int SHOWN = 40;

    /** Letters and signs of other scripts that look like ASCII, each followed by what it looks like. */
    private static final String LOOK_ALIKES = ""
            + "\u0391A\u0392B\u0395E\u0396Z\u0397H\u0399I\u039AK\u039CM\u039DN\u039FO\u03A1P\u03A4T\u03A5Y\u03A7X\u03BFo"
            + "\u0410A\u0412B\u0415E\u041AK\u041CM\u041DH\u041EO\u0420P\u0421C\u0422T\u0423Y\u0425X\u0406I\u0408J\u0405S"
            + "\u0430a\u0435e\u043Eo\u0440p\u0441c\u0443y\u0445x\u0456i\u0458j\u0455s\u0131i\u2018'\u2019'";

    private Text() {}

    /** Text without the blanks and invisible characters around it: spaces of every width, no-break spaces, byte order marks. O(length). */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Stripped text in composed form (NFC): what is written alike compares equal. */
    public static String normal(String text) {
        String stripped = strip(text);
        return isAscii(stripped) ? stripped : Normalizer.normalize(stripped, Normalizer.Form.NFC);
    }

    /**
     * Text without what a person overlooks: capital letters, blanks, invisible characters, full-width and other compatibility forms,
     * letters of another script that look like Latin ones, dashes of every length.
     */
    public static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC).codePoints().filter(c -> !isBlank(c)).map(Text::lookAlike)
                .forEach(folded::appendCodePoint);
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    private static int lookAlike(int c) {
        if (Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212') {
            return '-';
        }
        int at = c < 0x80 ? -1 : LOOK_ALIKES.indexOf(c);
        return at < 0 ? c : LOOK_ALIKES.charAt(at + 1);
    }

    /**
     * Text on one line in which every character can be seen: what a terminal would obey or a reader overlook is shown by its code point.
     */
    public static String shown(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> append(shown, c, isInvisible(c));
            }
        });
        return shown.toString();
    }

    /** As {@link #shown}, with every character beyond ASCII by its code point: for two texts that look alike. */
    public static String exact(String text) {
        StringBuilder exact = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(exact, c, c < ' ' || c >= 0x7F));
        return exact.toString();
    }

    /** Text in a message: in quotes, on one line, cut if it is long. A look-alike of a number shows what its characters are. */
    public static String quoted(String text) {
        int end = text.length() <= SHOWN ? text.length() : Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        String cut = text.substring(0, end);
        boolean numeric = cut.codePoints().anyMatch(Character::isDigit) && cut.codePoints().noneMatch(Character::isLetter);
        return "'" + (numeric ? exact(cut) : shown(cut)) + (end < text.length() ? "..." : "") + "'";
    }

    /** How two texts differ that are equal when {@linkplain #folded folded}: "in capital letters", say. */
    static String difference(String a, String b) {
        if (normal(a).equalsIgnoreCase(normal(b))) {
            return "in capital letters";
        }
        return withoutBlanks(a).equals(withoutBlanks(b)) ? "in blanks or invisible characters"
                : "in how it is written (capital letters, blanks, letters that look alike)";
    }

    private static String withoutBlanks(String text) {
        StringBuilder kept = new StringBuilder();
        normal(text).codePoints().filter(c -> !isBlank(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static void append(StringBuilder to, int c, boolean byCode) {
        if (byCode) {
            to.append(String.format("<U+%04X>", c));
        } else {
            to.appendCodePoint(c);
        }
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** What separates words or cannot be seen, at either end of a text. Control characters that are no blanks are not among them. */
    private static boolean isBlank(int c) {
        return c <= ' ' ? c == ' ' || c >= '\t' && c <= '\r' : c >= 0x80
                && (Character.isSpaceChar(c) || c == 0x85 || c == 0xAD || c == 0x180E
                || c >= 0x200B && c <= 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2060 && c <= 0x2069 || c == 0xFEFF);
    }

    private static boolean isInvisible(int c) {
        if (c == ' ') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            // Letters and marks that are drawn as nothing: fillers, the blank Braille pattern, joiners, variation selectors.
            default -> c == 0x115F || c == 0x1160 || c == 0x2800 || c == 0x3164 || c == 0xFFA0 || c == 0x034F || c >= 0xFE00 && c <= 0xFE0F;
        };
    }
}
