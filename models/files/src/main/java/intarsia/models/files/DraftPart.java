package intarsia.models.files;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Some rows of a file in the draft of a study: those of a task. */
final class DraftPart {
    /** As {@code minimum_share} has it unless a study says otherwise. */
    private static final double OBSERVED = 0.5;

    private final int number;
    private final String task;
    private int rows;

    private DraftPart(int number, String task) {
        this.number = number;
        this.task = task;
    }

    /**
     * Adds the parts of a file to others.
     *
     * @param column which names each row's task; null if all rows are of one
     * @return the number of the part that each row belongs to; -1 where the row names no task
     */
    static int[] add(List<DraftPart> parts, DataTable table, String column) {
        Map<String, DraftPart> tasks = new HashMap<>();
        int[] numbers = new int[table.size()];
        for (int row = 0; row < numbers.length; row++) {
            if (lacksTask(table, row, column)) {
                numbers[row] = -1;
                continue;
            }
            DraftPart part = tasks.computeIfAbsent(column == null ? table.stem() : table.task(row, column), task -> {
                parts.add(new DraftPart(parts.size(), task));
                return parts.getLast();
            });
            part.rows++;
            numbers[row] = part.number;
        }
        return numbers;
    }

    /** How many of a file's rows name no task. */
    static long without(DataTable table, String column) {
        return IntStream.range(0, table.size()).filter(row -> lacksTask(table, row, column)).count();
    }

    private static boolean lacksTask(DataTable table, int row, String column) {
        return column != null && table.has(column) && table.cell(row, column).isEmpty();
    }

    /** The task. */
    String task() {
        return task;
    }

    /** Whether at least half of its rows have a column. */
    boolean observes(ColumnProfile column) {
        return column.given(number) >= OBSERVED * rows;
    }
}
