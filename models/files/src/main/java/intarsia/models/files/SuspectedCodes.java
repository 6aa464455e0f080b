package intarsia.models.files;

import intarsia.models.data.Block;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Finds numbers that look like codes for "missing" which nobody listed: -9 in a column that is never negative otherwise, 999 in one that
 * stays far below. Nothing is done about them; a note names them.
 */
final class SuspectedCodes {
    private static final double[] CODES = {-9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, 999999};
    /** A code above all other numbers is at least so many times as large. */
    private static final double FAR = 5;

    private SuspectedCodes() {}

    /** The notes. O(cells). */
    static List<String> notes(List<Task> tasks, List<Source> sources) {
        List<String> notes = new ArrayList<>();
        for (Source source : sources) {
            List<Block> blocks = tasks.stream().map(task -> task.blocks().get(source)).filter(Objects::nonNull).toList();
            for (int j = 0; j < source.columns().size(); j++) {
                if (source.columns().get(j).kind() == Column.Kind.CONTINUOUS) {
                    add(notes, blocks, source.columns().get(j).name(), j);
                }
            }
        }
        return notes;
    }

    private static void add(List<String> notes, List<Block> blocks, String name, int column) {
        int[] cells = new int[CODES.length];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Block block : blocks) {
            for (int row = 0; row < block.size(); row++) {
                double cell = block.get(row, column);
                int code = code(cell);
                if (code >= 0) {
                    cells[code]++;
                } else if (!Double.isNaN(cell)) {
                    least = Math.min(least, cell);
                    most = Math.max(most, cell);
                }
            }
        }
        for (int code = 0; code < CODES.length; code++) {
            boolean apart = CODES[code] < 0 ? least >= 0 : FAR * Math.abs(most) <= CODES[code] && FAR * Math.abs(least) <= CODES[code];
            if (cells[code] > 0 && apart && least <= most) {
                notes.add("column " + Text.quoted(name) + ": " + Schema.plain(CODES[code]) + " (" + cells[code]
                        + (cells[code] == 1 ? " cell" : " cells")
                        + ") is read as a number, but all others are from " + Schema.plain(least) + " to " + Schema.plain(most)
                        + "; if it means missing, list it: [columns] " + ColumnReader.key(name) + " = { missing = ["
                        + Schema.plain(CODES[code]) + "] }");
            }
        }
    }

    /** Whether a number is among the usual codes. */
    static boolean isOne(double number) {
        return code(number) >= 0;
    }

    private static int code(double number) {
        for (int i = 0; i < CODES.length; i++) {
            if (number == CODES[i]) {
                return i;
            }
        }
        return -1;
    }
}
