package intarsia.models.files;

import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Task;
import intarsia.models.response.Count;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tasks whose response is the same in every row, or that have no event: a hospital without a case. They are learned with the others, whose
 * rows say how the response varies; where no task varies there is nothing to learn.
 */
final class ConstantResponses {
    private static final String NOTHING = ", so there is nothing to learn; add rows with other responses";

    private ConstantResponses() {}

    /**
     * A note for each such task.
     *
     * @param response what is to blame where no task varies
     * @throws FileException if no task varies
     */
    static List<String> notes(Section response, List<Task> tasks, Schema schema) {
        List<Task> constant = tasks.stream().filter(ConstantResponses::constant).toList();
        if (constant.size() == tasks.size()) {
            throw response.error("kind", (tasks.size() == 1 ? said(tasks.getFirst(), schema) : schema.response().family()
                    instanceof Survival
                    ? "no row of any task has an event" + until(schema.response().family())
                    : "response " + Text.quoted(schema.response().describe())
                    + " is the same in all rows of each task") + NOTHING);
        }
        return constant.stream().map(task -> said(task, schema) + "; it is learned with the other tasks").toList();
    }

    /** A note if a task that comes to others does not vary. */
    static List<String> note(Task task, Schema schema) {
        return constant(task) ? List.of(said(task, schema) + "; it is learned with what the model knows of the other tasks") : List.of();
    }

    /**
     * For a task that is learned alone.
     *
     * @throws FileException if it does not vary
     */
    static void check(Path file, Task task, Schema schema) {
        if (constant(task)) {
            throw new FileException(file, said(task, schema) + NOTHING);
        }
    }

    private static boolean constant(Task task) {
        if (task.family() instanceof Survival survival) {
            return IntStream.range(0, task.size()).noneMatch(row -> task.response()[3 * row + 1] == 1
                    && (!survival.discrete() || task.response()[3 * row] <= survival.times().getLast()));
        }
        double[] responses = task.family().standardized() ? ResponseEncoding.NONE.encode(task.family(), task.response()) : task.response();
        int columns = responses.length / task.size();
        double same = task.family() instanceof Count(boolean exposure) && exposure ? 0 : responses[0];
        return IntStream.range(0, task.size()).allMatch(row -> responses[row * columns] == same);
    }

    /** In discrete time an event after the last of the times counts as none. */
    private static String until(ResponseFamily family) {
        return family instanceof Survival(List<Double> times, boolean discrete) && discrete
                ? " until " + Schema.plain(times.getLast()) + ", the last of its 'times'" : "";
    }

    private static String said(Task task, Schema schema) {
        int rows = task.size();
        if (task.family() instanceof Survival) {
            return (rows == 1 ? "the only row" : "none of the " + rows + " rows") + " of task " + Text.quoted(task.name())
                    + (rows == 1 ? " has no event" : " has an event") + until(task.family());
        }
        double same = task.response()[0];
        return "response " + Text.quoted(schema.response().describe()) + " is " + (task.family().levels().isEmpty() ? Schema.plain(same)
                : Text.quoted(task.family().levels().get((int) same))) + (rows == 1 ? " in the only row" : " in all " + rows + " rows")
                + " of task " + Text.quoted(task.cohort());
    }
}
