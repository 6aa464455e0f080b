package intarsia.models.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Some rows of a file: those of a task.
 *
 * @param task  its name
 * @param table the file
 * @param rows  their places in it
 */
record DraftPart(String task, DataTable table, int[] rows) {
    /** As {@code minimum_share} has it unless a study says otherwise. */
    private static final double OBSERVED = 0.5;

    /** A file's rows by the cells of a column, those of an empty one in none; all of them in one part if there is no such column. */
    static List<DraftPart> of(DataTable table, String column) {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < table.size(); row++) {
            if (!lacksTask(table, row, column)) {
                rows.computeIfAbsent(column != null && table.has(column) ? table.task(row, column) : stem(table), task -> new ArrayList<>())
                        .add(row);
            }
        }
        return rows.entrySet().stream().map(of -> new DraftPart(of.getKey(), table, of.getValue().stream().mapToInt(Integer::intValue)
                .toArray())).toList();
    }

    /** How many of a file's rows are of no task. */
    static long without(DataTable table, String column) {
        return IntStream.range(0, table.size()).filter(row -> lacksTask(table, row, column)).count();
    }

    private static boolean lacksTask(DataTable table, int row, String column) {
        return column != null && table.has(column) && table.cell(row, column).isEmpty();
    }

    /** A file's name, as a task's. */
    static String stem(DataTable table) {
        return table.name().replaceFirst("\\.[^.]*$", "");
    }

    /** Whether enough of the rows have a value. */
    boolean observes(String column) {
        return table.has(column) && rows.length > 0 && IntStream.of(rows).filter(row -> {
            String cell = table.cell(row, column);
            return !cell.isEmpty() && !Missing.isUsual(cell);
        }).count() >= OBSERVED * rows.length;
    }
}
