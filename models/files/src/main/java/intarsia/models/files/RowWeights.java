package intarsia.models.files;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The weights of a study's rows. Their unit says nothing: all are divided by the mean weight of the rows that count, so that they are 1 on
 * average. A row with several responses counts once.
 */
final class RowWeights {
    private RowWeights() {}

    /** The mean weight of some tasks' rows; 1 where rows have none. */
    static double unit(List<RowsOfTask> tasks, Function<DataTable, Cells> cells) {
        return mean(each(tasks, cells));
    }

    /** The mean of weights, 1 where there is none; divided by a power of two first, so that their sum is finite. */
    static double mean(DoubleStream weights) {
        double[] of = weights.toArray();
        int exponent = Math.getExponent(Math.max(Arrays.stream(of).max().orElse(1), Double.MIN_NORMAL));
        return Math.scalb(Arrays.stream(of).map(weight -> Math.scalb(weight, -exponent)).average().orElse(Math.scalb(1.0, -exponent)),
                exponent);
    }

    /** A line on them; none where rows have none. */
    static List<String> notes(List<RowsOfTask> tasks, Function<DataTable, Cells> cells, Schema schema) {
        double unit = unit(tasks, cells);
        double[] sorted = each(tasks, cells).map(weight -> weight / unit).sorted().toArray();
        return schema.weight() == null || sorted.length == 0 ? List.of()
                : List.of(String.format(Locale.ROOT, "rows count by '%s': from %.3g to %.3g times the mean", schema.weight(), sorted[0],
                        sorted[sorted.length - 1]));
    }

    /** The weight of each row that some response is learned from. */
    private static DoubleStream each(List<RowsOfTask> tasks, Function<DataTable, Cells> cells) {
        Map<String, Map<Integer, Double>> weights = new LinkedHashMap<>();
        for (RowsOfTask rows : tasks) {
            Map<Integer, Double> of = weights.computeIfAbsent(rows.task(), name -> new LinkedHashMap<>());
            int[] numbers = rows.partners(rows.tables().getFirst());
            double[] own = rows.weights(cells);
            IntStream.range(0, own.length).forEach(i -> of.put(numbers[i], own[i]));
        }
        return weights.values().stream().flatMap(of -> of.values().stream()).mapToDouble(Double::doubleValue);
    }
}
