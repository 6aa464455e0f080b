package intarsia.models.files;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The weights of a study's rows. Their unit says nothing: all are divided by the mean weight of the rows that count, so that they are 1 on
 * average.
 */
final class RowWeights {
    private RowWeights() {}

    /** The mean weight of some tasks' rows; 1 where rows have none. */
    static double unit(List<RowsOfTask> tasks, Function<CsvTable, Cells> cells) {
        return tasks.stream().map(rows -> rows.weights(cells)).flatMapToDouble(Arrays::stream).average().orElse(1);
    }

    /** A line on them; none where rows have none. */
    static List<String> notes(List<RowsOfTask> tasks, Function<CsvTable, Cells> cells, Schema schema) {
        double unit = unit(tasks, cells);
        double[] sorted = tasks.stream().map(rows -> rows.weights(cells)).flatMapToDouble(Arrays::stream).map(weight -> weight / unit)
                .sorted().toArray();
        return schema.weight() == null || sorted.length == 0 ? List.of()
                : List.of(String.format(Locale.ROOT, "rows count by '%s': from %.3g to %.3g times the mean", schema.weight(), sorted[0],
                        sorted[sorted.length - 1]));
    }
}
