package intarsia.models.files;

import intarsia.models.data.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which rows a study's responses are observed in: of several, each with each task that has some row with it. */
final class ResponseRows {
    private final Schema schema;
    private final List<String> notes = new ArrayList<>();

    ResponseRows(Schema schema) {
        this.schema = schema;
    }

    /**
     * The rows of each task of a model.
     *
     * @param tasks   what the study calls tasks
     * @param columns says where a response's column is named
     * @throws FileException if a response is in no file, or a task has none
     */
    List<RowsOfTask> of(List<RowsOfTask> tasks, ResponsesReader columns, Function<DataTable, Cells> cells) {
        if (schema.responses().size() == 1) {
            return tasks;
        }
        List<RowsOfTask> observed = new ArrayList<>();
        for (int r = 0; r < schema.responses().size(); r++) {
            Schema alone = schema.each().get(r);
            for (String column : alone.response().columns()) {
                if (tasks.stream().noneMatch(rows -> rows.tables().getFirst().has(column))) {
                    Set<String> headers = new LinkedHashSet<>();
                    tasks.forEach(rows -> headers.addAll(rows.tables().getFirst().header()));
                    throw columns.absent(r, column, "the first file of any task" + Nearest.hint(column, headers));
                }
            }
            List<RowsOfTask> having = tasks.stream().map(rows -> rows.with(alone)).filter(rows -> rows.isObserved(cells)).toList();
            observed.addAll(having);
            Set<String> lacking = new LinkedHashSet<>(tasks.stream().map(RowsOfTask::task).toList());
            having.forEach(rows -> lacking.remove(rows.task()));
            if (!lacking.isEmpty() && !having.isEmpty()) {
                notes.add("response " + Text.quoted(alone.response().describe()) + " is not observed in "
                        + (lacking.size() == 1 ? "task " : "tasks ") + Nearest.some(lacking.stream().map(Text::quoted).toList())
                        + ", so it is not learned there");
            }
            if (having.isEmpty()) {
                throw columns.sections().get(r).error("column", "response " + Text.quoted(alone.response().describe())
                        + " has no value in any row; take it out");
            }
        }
        Set<String> answered = new HashSet<>(observed.stream().map(RowsOfTask::task).toList());
        tasks.stream().filter(rows -> !answered.contains(rows.task())).findFirst().ifPresent(rows -> {
            throw rows.tables().getFirst().problem("no row of task " + Text.quoted(rows.task())
                    + " has any of the responses " + Nearest.some(schema.responses().stream().map(of ->
                    Text.quoted(of.name())).toList())
                    + ", so there is nothing to learn there; leave the task out");
        });
        return observed;
    }

    /**
     * What a person should know of each response.
     *
     * @param sections where the study file says what each is
     * @param given    the rows of each task
     * @throws FileException if there is nothing to learn
     */
    static List<String> notes(Schema schema, List<Section> sections, List<RowsOfTask> given, List<Task> tasks) {
        List<String> notes = new ArrayList<>();
        for (int r = 0; r < sections.size(); r++) {
            Schema alone = schema.each().get(r);
            String about = alone.response().name();
            List<Task> own = tasks.stream().filter(task -> task.about().equals(about)).toList();
            notes.addAll(ConstantResponses.notes(sections.get(r), own, alone));
            notes.addAll(LevelCounts.notes(given.stream().filter(rows -> rows.response().name().equals(about)).toList(), own, alone));
            notes.addAll(EventTimes.notes(own, alone));
        }
        return notes;
    }

    /** Which responses are not observed where. */
    List<String> notes() {
        return notes;
    }
}
