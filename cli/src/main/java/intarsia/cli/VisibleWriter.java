package intarsia.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * What the program prints, on its way to standard output or error: a character that a terminal would obey or that would turn the order of
 * others is shown by its code point, as {@code <U+001B>}. Names of columns, levels, tasks and files come from elsewhere, and all of them
 * pass here.
 */
final class VisibleWriter extends FilterWriter {
    private final boolean returns;
    private IOException failure;

    /**
     * Passes text on.
     *
     * @param to      where
     * @param returns whether a carriage return may pass, as progress needs it
     */
    VisibleWriter(Writer to, boolean returns) {
        super(to);
        this.returns = returns;
    }

    private boolean passes(char c) {
        if (c >= ' ' && c < 0x7F || c == '\n' || c == '\t') {
            return true;
        }
        if (c == '\r') {
            return returns || System.lineSeparator().indexOf(c) >= 0;
        }
        return c >= 0xA0 && !(c >= 0x200E && c <= 0x200F || c >= 0x2028 && c <= 0x202E || c >= 0x2066 && c <= 0x2069);
    }

    @Override
    public void write(int c) throws IOException {
        write(new char[] {(char) c}, 0, 1);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        write(text.toCharArray(), from, length);
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        try {
            int begin = from;
            for (int i = from; i < from + length; i++) {
                if (!passes(text[i])) {
                    out.write(text, begin, i - begin);
                    out.write(String.format("<U+%04X>", (int) text[i]));
                    begin = i + 1;
                }
            }
            out.write(text, begin, from + length - begin);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            super.flush();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Why text got lost, or null; a reader that had enough ({@code | head}) is no reason. */
    String failure() {
        String said = failure == null ? null : String.valueOf(failure.getMessage());
        return said == null || said.contains("Broken pipe") || said.contains("pipe is being closed") ? null : said;
    }
}
