package intarsia.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * Says on standard error how far long work is. On a terminal it is one line that is drawn again at most ten times a second: a bar, the
 * share, the time left, a word. Elsewhere (a file, a pipe) it is a plain line whenever another tenth is done. Quiet, it is nothing.
 *
 * <p>The time left is the time used so far, scaled; it is said once a second has passed and a fiftieth is done. Not for several threads at
 * once: whoever has workers reports from one of them, or locks.
 */
final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 24;
    private static final long REDRAW = 100_000_000L;

    /** How to say it. */
    enum Style {
        /** One line, drawn again and again. */
        BAR,
        /** A line for each tenth. */
        LINES,
        /** Nothing. */
        QUIET
    }

    private final PrintWriter err;
    private final Style style;
    private final LongSupplier nanos;
    private final long start;
    private long drawn;
    private int tenth = -1;
    private int length;

    ProgressBar(PrintWriter err, Style style, LongSupplier nanos) {
        this.err = err;
        this.style = style;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.drawn = start - REDRAW;
    }

    /** ProgressBar on this standard error: a bar if it is a terminal, which the launcher says, else lines. */
    static ProgressBar on(PrintWriter err, boolean quiet) {
        return new ProgressBar(err, quiet ? Style.QUIET : isTerminal() ? Style.BAR : Style.LINES, System::nanoTime);
    }

    /** Java itself only knows whether standard input and output are terminals; the launcher looks at standard error. */
    private static boolean isTerminal() {
        String told = System.getProperty("intarsia.terminal");
        return told != null ? Boolean.parseBoolean(told) : System.console() != null && System.console().isTerminal();
    }

    /**
     * So much is done.
     *
     * @param share from 0 to 1
     * @param what  what is being done
     */
    void at(double share, String what) {
        double clamped = Math.clamp(share, 0, 1);
        switch (style) {
            case BAR -> draw(clamped, what);
            case LINES -> line(clamped, what);
            case QUIET -> { }
        }
    }

    private void draw(double share, String what) {
        long now = nanos.getAsLong();
        if (now - drawn < REDRAW) {
            return;
        }
        drawn = now;
        int full = (int) (share * WIDTH);
        String text = "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + percent(share) + left(share, now) + "  " + what;
        err.print("\r" + text + " ".repeat(Math.max(0, length - text.length())));
        err.flush();
        length = text.length();
    }

    private void line(double share, String what) {
        int now = (int) (share * 10);
        if (now > tenth) {
            tenth = now;
            err.println(percent(share) + left(share, nanos.getAsLong()) + "  " + what);
        }
    }

    private static String percent(double share) {
        return String.format("%3d %%", (int) (share * 100));
    }

    private String left(double share, long now) {
        double seconds = (now - start) * 1e-9;
        return seconds < 1 || share < 0.02 || share >= 1 ? "" : ", " + duration(seconds * (1 - share) / share) + " left";
    }

    /** {@code 5 s}, {@code 3 min 20 s}, {@code 2 h 5 min}: the two largest units, rounded. */
    static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s < 60) {
            return s + " s";
        }
        return s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
    }

    /** Takes the bar away, so that what is printed next begins on a clean line. */
    @Override
    public void close() {
        if (length > 0) {
            err.print("\r" + " ".repeat(length) + "\r");
            err.flush();
            length = 0;
        }
    }
}
