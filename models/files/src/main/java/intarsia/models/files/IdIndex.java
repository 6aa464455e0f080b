package intarsia.models.files;

import java.util.HashMap;
import java.util.Map;

/** The rows of one file by their id, and by task first where the file has a column with the task. Built once, O(rows). */
final class IdIndex {
    private final boolean byTask;
    private final Map<String, Map<String, Integer>> rows = new HashMap<>();

    /**
     * Looks at every row.
     *
     * @throws FileException if an id is empty, or is there twice in a task
     */
    IdIndex(DataTable table, Schema schema) {
        byTask = schema.task() != null && table.has(schema.task());
        for (int row = 0; row < table.size() && schema.id() != null; row++) {
            String task = byTask ? table.cell(row, schema.task()) : "";
            Integer earlier = rows.computeIfAbsent(task, t -> new HashMap<>()).putIfAbsent(table.name(row, schema.id()), row);
            if (earlier != null) {
                throw table.error(row, schema.id(), "column " + Text.quoted(schema.id()) + ": " + Text.quoted(table.cell(row, schema.id()))
                        + " is there twice" + (byTask ? " in task " + Text.quoted(task) : "") + ", first on " + table.where(earlier)
                        + "; an id names one row, and [design] group keeps visits of one patient together");
            }
        }
    }

    /** A task's rows by their id. */
    Map<String, Integer> of(String task) {
        return rows.getOrDefault(byTask ? task : "", Map.of());
    }
}
