package intarsia.models.imputation;

import intarsia.models.data.Block;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What cells of quantities may say, by those that were measured: a column of whole numbers has whole numbers within their range; any other
 * may be any number.
 *
 * @param whole for each column of whole numbers the lowest and the highest
 */
public record ValidCells(Map<String, double[]> whole) {
    /** By all that was measured. */
    public static ValidCells of(TaskSet data) {
        Map<String, double[]> whole = new HashMap<>();
        List<Source> sources = data.given().stream().flatMap(task -> task.blocks().keySet().stream()).distinct().toList();
        for (Source source : sources) {
            for (int j = 0; j < source.columns().size(); j++) {
                if (source.columns().get(j).kind() == Column.Kind.CONTINUOUS) {
                    double[] range = range(data.given(), source, j);
                    if (range != null) {
                        whole.put(source.columns().get(j).name(), range);
                    }
                }
            }
        }
        return new ValidCells(whole);
    }

    /** Null unless all numbers are whole, and there is one. */
    private static double[] range(List<Task> tasks, Source source, int column) {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Block block : Stream.of(tasks).flatMap(List::stream).map(task -> task.blocks().get(source)).filter(Objects::nonNull)
                .toList()) {
            for (int row = 0; row < block.size(); row++) {
                double cell = block.get(row, column);
                if (Double.isNaN(cell)) {
                    continue;
                }
                if (cell != Math.rint(cell)) {
                    return null;
                }
                range[0] = Math.min(range[0], cell);
                range[1] = Math.max(range[1], cell);
            }
        }
        return range[0] <= range[1] ? range : null;
    }

    /** The nearest valid cell. */
    public double nearest(Column column, double cell) {
        double[] range = whole.get(column.name());
        return range == null || Double.isNaN(cell) ? cell : Math.clamp(Math.rint(cell), range[0], range[1]);
    }

    /** A block with what was measured, and the nearest valid cell of what was imputed elsewhere. */
    public double[][] filled(Source source, double[][] measured, double[][] imputed) {
        double[][] filled = new double[imputed.length][];
        for (int i = 0; i < imputed.length; i++) {
            filled[i] = imputed[i].clone();
            for (int j = 0; j < filled[i].length; j++) {
                boolean known = measured != null && !Double.isNaN(measured[i][j]);
                filled[i][j] = known ? measured[i][j] : nearest(source.columns().get(j), imputed[i][j]);
            }
        }
        return filled;
    }
}
