package intarsia.models.files;

/** Looks over a TOML text before it is parsed: the parser goes as deep as the text nests, and takes its time over very long words. */
final class TomlLimits {
    /** Lists and tables within each other, written by brackets or by dotted keys. */
    private static final int DEEPEST = 64;
    /** A word outside quotes: a number, a date, a key. */
    private static final int LONGEST_WORD = 1_000;

    private final TextFile file;
    private final String text;
    private int at;
    private int depth;
    private int dots;
    private int word;

    private TomlLimits(TextFile file) {
        this.file = file;
        this.text = file.text();
    }

    /**
     * Checks a text. O(length).
     *
     * @throws FileException where it nests too deep or a word is too long
     */
    static void check(TextFile file) {
        TomlLimits limits = new TomlLimits(file);
        while (limits.at < limits.text.length()) {
            limits.step();
        }
    }

    private void step() {
        char c = text.charAt(at);
        switch (c) {
            case '#' -> at = endOfLine();
            case '"', '\'' -> skipString(c);
            case '[', '{' -> nest(1);
            case ']', '}' -> nest(-1);
            case '.' -> dots++;
            case ',', '=', '\n' -> dots = 0;
            default -> { }
        }
        word = Character.isWhitespace(c) || "#\"'[]{},=".indexOf(c) >= 0 ? 0 : word + 1;
        if (depth > DEEPEST || dots > DEEPEST) {
            throw TextFile.at(file.path(), text, Math.min(at, text.length()), "nests more than " + DEEPEST + " deep");
        }
        if (word > LONGEST_WORD) {
            throw TextFile.at(file.path(), text, at, "a word of more than " + LONGEST_WORD + " characters outside quotes");
        }
        at++;
    }

    private void nest(int by) {
        depth = Math.max(0, depth + by);
        dots = 0;
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end - 1;
    }

    /** To the last quote of a string; one that is never closed is the parser's to complain about. */
    private void skipString(char quote) {
        String triple = String.valueOf(quote).repeat(3);
        boolean lines = text.startsWith(triple, at);
        at += lines ? 3 : 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && quote == '"') {
                at++;
            } else if (lines ? text.startsWith(triple, at) : c == quote || c == '\n') {
                at += lines ? 2 : 0;
                return;
            }
            at++;
        }
    }
}
