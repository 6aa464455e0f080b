package intarsia.models.files;

import intarsia.models.data.Task;
import intarsia.models.response.Classes;
import java.util.ArrayList;
import java.util.List;

/** How many of a study's rows have each level of its response: few say little of a level, and one cannot be learned from and judged on. */
final class LevelCounts {
    /** Fewer rows are noted. */
    private static final int ENOUGH = 10;

    private LevelCounts() {}

    /**
     * A note for each level with few rows.
     *
     * @param given the rows of each task
     * @throws FileException at the one row of a class
     */
    static List<String> notes(List<RowsOfTask> given, List<Task> tasks, Schema schema) {
        List<String> levels = schema.response().family().levels();
        int[] counts = new int[levels.size()];
        if (!levels.isEmpty()) {
            tasks.forEach(task -> {
                for (double y : task.response()) {
                    counts[(int) y]++;
                }
            });
        }
        String column = schema.response().columns().getFirst();
        List<String> notes = new ArrayList<>();
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] == 1 && schema.response().family() instanceof Classes) {
                throw onlyRow(given, tasks, column, k, levels.get(k));
            }
            if (counts[k] < ENOUGH) {
                notes.add("response " + Text.quoted(column) + ": " + Text.quoted(levels.get(k)) + " is there in " + (
                        counts[k] == 0 ? "no row"
                        : counts[k] == 1 ? "1 row only" : counts[k] + " rows only") + ", so little can be learned of it");
            }
        }
        return notes;
    }

    private static FileException onlyRow(List<RowsOfTask> given, List<Task> tasks, String column, int code, String level) {
        for (int t = 0; t < tasks.size(); t++) {
            double[] responses = tasks.get(t).response();
            for (int i = 0; i < responses.length; i++) {
                if (responses[i] == code) {
                    DataTable table = given.get(t).tables().getFirst();
                    return table.error(given.get(t).partners(table)[i], column, "response " + Text.quoted(column)
                            + ": this row is the only one "
                            + "of class " + Text.quoted(level) + ", which cannot be learned from and judged on too; join it with another "
                            + "class, or take the row out");
                }
            }
        }
        throw new IllegalArgumentException("no row has code " + code);
    }
}
