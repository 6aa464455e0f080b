package intarsia.bench.panel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A method on a split, as a line of a journal.
 *
 * @param split   number of the split, from 0
 * @param method  the method's key
 * @param loss    its loss; NaN where it could not be fitted
 * @param seconds that it took
 * @param note    why there is no loss; else empty
 */
record PanelResult(int split, String method, double loss, double seconds, String note) {
    static PanelResult of(String line) {
        List<String> cells = Arrays.asList(line.split("\t", -1));
        return new PanelResult(Integer.parseInt(cells.get(0)), cells.get(1), Double.parseDouble(cells.get(2)),
                Double.parseDouble(cells.get(3)), cells.get(4));
    }

    /** In words: the figure and the time, or why there is none. */
    String said() {
        return Double.isNaN(loss) ? note : String.format(Locale.ROOT, "%.4f, %.1f s", loss, seconds);
    }

    String line() {
        return split + "\t" + method + "\t" + loss + "\t" + seconds + "\t" + note.replaceAll("[\\t\\r\\n]+", " ");
    }
}
