package intarsia.models.files;

import intarsia.models.data.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Tasks whose response is the same in every row: a hospital without an event. They are learned with the others, whose rows say how the
 * response varies; where no task varies there is nothing to learn.
 */
final class ConstantResponses {
    private ConstantResponses() {}

    /**
     * A note for each such task.
     *
     * @param file what is to blame where no task varies
     * @throws FileException if no task varies
     */
    static List<String> notes(Path file, List<Task> tasks, Schema schema) {
        List<Task> constant = tasks.stream().filter(ConstantResponses::constant).toList();
        if (constant.size() == tasks.size()) {
            throw new FileException(file, tasks.size() == 1 ? said(tasks.getFirst(), schema)
                    + ", so there is nothing to learn; add rows with "
                    + "other responses" : "response " + Text.quoted(schema.response().describe())
                            + " is the same in all rows of each task, so there is nothing to learn; add rows with other responses");
        }
        return constant.stream().map(task -> said(task, schema) + "; it is learned with the other tasks").toList();
    }

    /**
     * For a task that is learned alone.
     *
     * @throws FileException if it does not vary
     */
    static void check(Path file, Task task, Schema schema) {
        if (constant(task)) {
            throw new FileException(file, said(task, schema) + ", so there is nothing to learn; add rows with other responses");
        }
    }

    private static boolean constant(Task task) {
        return Arrays.stream(task.response()).allMatch(y -> y == task.response()[0]);
    }

    private static String said(Task task, Schema schema) {
        int rows = task.size();
        return "response " + Text.quoted(schema.response().describe()) + " is " + Schema.plain(task.response()[0])
                + (rows == 1 ? " in the only row" : " in all " + rows + " rows") + " of task " + Text.quoted(task.name());
    }
}
