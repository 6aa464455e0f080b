package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * Finds numbers that are farther from the quartiles than a hundred times their distance: a slip of the keyboard, another unit, a code. In a
 * response one of them can spoil a fit. Nothing is done about them; a note names the farthest.
 */
final class Outliers {
    private static final double FAR = 100;
    /** Fewer numbers have no quartiles to speak of. */
    private static final int ENOUGH = 8;

    private Outliers() {}

    /** The notes on continuous responses, task by task. O(n log n) in the rows. */
    static List<String> responses(List<Task> tasks, Schema schema) {
        List<String> notes = new ArrayList<>();
        for (Task task : tasks) {
            if (task.family().standardized()) {
                add(notes, "response " + Text.quoted(schema.of(task.name()).describe()) + " of task " + Text.quoted(task.cohort()),
                        DoubleStream.of(ResponseEncoding.NONE.encode(task.family(), task.response())));
            }
        }
        return notes;
    }

    /** The notes on columns, over all tasks. O(n log n) in the cells. */
    static List<String> columns(List<Task> tasks, List<Source> sources) {
        List<String> notes = new ArrayList<>();
        for (Source source : sources) {
            for (int j = 0; j < source.columns().size(); j++) {
                int column = j;
                if (source.columns().get(j).kind() == Column.Kind.CONTINUOUS) {
                    add(notes, "column " + Text.quoted(source.columns().get(j).name()), tasks.stream()
                            .map(task -> task.blocks().get(source)).filter(Objects::nonNull)
                            .flatMapToDouble(block -> block.column(column)));
                }
            }
        }
        return notes;
    }

    private static void add(List<String> notes, String what, DoubleStream numbers) {
        double[] sorted = numbers.filter(number -> !Double.isNaN(number) && !SuspectedCodes.isOne(number)).sorted().toArray();
        if (sorted.length < ENOUGH) {
            return;
        }
        double low = sorted[sorted.length / 4];
        double high = sorted[sorted.length - 1 - sorted.length / 4];
        double reach = FAR * (high - low);
        // Where half of the numbers are the same, nothing says how far is far.
        if (!(reach > 0)) {
            return;
        }
        long count = Arrays.stream(sorted).filter(number -> number < low - reach || number > high + reach).count();
        if (count > 0) {
            double farthest = low - sorted[0] > sorted[sorted.length - 1] - high ? sorted[0] : sorted[sorted.length - 1];
            notes.add(what + ": " + Schema.plain(farthest) + (count > 1 ? ", the farthest of " + count + " such numbers," : "")
                    + " is far from the others, half of which are from " + Schema.plain(low) + " to " + Schema.plain(high) + "; check it");
        }
    }
}
