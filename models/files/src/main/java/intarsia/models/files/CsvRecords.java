package intarsia.models.files;

import java.util.Arrays;

/**
 * The records of a CSV text (RFC 4180 with any separator: double quotes, doubled within them; a quoted cell may span lines; lines end with
 * a line feed, a carriage return or both). A record is known by the places where its cells begin, so that every cell knows where it stands.
 */
final class CsvRecords {
    /** More cells in a record than any table has: a file with another separator or without line ends. */
    static final int MOST_CELLS = 1_000_000;

    private final TextFile file;
    private final String text;
    private final char separator;
    private int next;
    private int line;
    private int nextLine;
    private int[] starts = new int[64];
    private int cells;

    /** Reads a file from this character on, which begins a line of this number. */
    CsvRecords(TextFile file, char separator, int from, int line) {
        this.file = file;
        this.text = file.text();
        this.separator = separator;
        this.next = from;
        this.nextLine = line;
    }

    /** The record at a place of the text: where each cell begins, then where the last one ends, plus one. */
    static int[] at(TextFile file, char separator, int from) {
        CsvRecords records = new CsvRecords(file, separator, from, 1);
        records.next();
        return Arrays.copyOf(records.starts, records.cells + 1);
    }

    static int afterLine(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return afterBreak(text, at);
    }

    private static int afterBreak(String text, int at) {
        boolean both = at + 1 < text.length() && text.charAt(at) == '\r' && text.charAt(at + 1) == '\n';
        return Math.min(text.length(), at + (both ? 2 : 1));
    }

    /**
     * Goes to the next record; false at the end of the text.
     *
     * @throws FileException if a quote is never closed, text follows a closing quote, or there are more than a million cells
     */
    boolean next() {
        if (next >= text.length()) {
            return false;
        }
        cells = 0;
        int at = next;
        line = nextLine++;
        while (true) {
            if (cells + 1 == starts.length) {
                starts = Arrays.copyOf(starts, 2 * starts.length);
            }
            starts[cells++] = at;
            if (cells > MOST_CELLS) {
                throw file.at(at, "more than 1,000,000 cells in one row; is the separator right, and "
                        + "are there line ends?");
            }
            int quote = afterBlanks(at);
            boolean quoted = quote < text.length() && text.charAt(quote) == '"';
            at = quoted ? afterQuoted(quote) : afterPlain(at);
            if (at >= text.length() || text.charAt(at) != separator) {
                break;
            }
            at++;
        }
        starts[cells] = at + 1;
        next = afterBreak(text, at);
        return true;
    }

    /** The line on which the record begins. */
    int line() {
        return line;
    }

    /** Where the record begins. */
    int begin() {
        return starts[0];
    }

    /** How many cells it has. */
    int cells() {
        return cells;
    }

    private int afterPlain(int from) {
        int at = from;
        int length = text.length();
        // No character beyond both ends a cell; one comparison tells nearly all of them.
        char last = separator > '\r' ? separator : '\r';
        while (at < length) {
            char c = text.charAt(at);
            if (c <= last && (c == separator || c == '\n' || c == '\r')) {
                break;
            }
            at++;
        }
        return at;
    }

    /** Blanks between a separator and a quote do not count. */
    private int afterBlanks(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != separator && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private int afterQuoted(int from) {
        int at = from + 1;
        while (true) {
            at = text.indexOf('"', at);
            if (at < 0) {
                throw file.at(from, "the quote that opens here is never closed");
            }
            if (at + 1 == text.length() || text.charAt(at + 1) != '"') {
                break;
            }
            at += 2;
        }
        for (int i = from; i < at; i++) {
            char c = text.charAt(i);
            nextLine += c == '\n' || c == '\r' && text.charAt(i + 1) != '\n' ? 1 : 0;
        }
        at = afterBlanks(at + 1);
        if (at < text.length() && text.charAt(at) != separator && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            throw file.at(at, "text follows a closing quote; is a quote before it left open? (a quote "
                    + "within quotes is written twice)");
        }
        return at;
    }

    /** A cell as it was meant: without its quotes. */
    static String cell(String text, int[] record, int cell) {
        int from = record[cell];
        int to = record[cell + 1] - 1;
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        if (from == to || text.charAt(from) != '"') {
            return text.substring(from, to).strip();
        }
        while (isBlank(text.charAt(to - 1))) {
            to--;
        }
        String quoted = text.substring(from + 1, to - 1);
        return quoted.indexOf('"') < 0 ? quoted : quoted.replace("\"\"", "\"");
    }

    /** What may stand between a separator and a quote. */
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
