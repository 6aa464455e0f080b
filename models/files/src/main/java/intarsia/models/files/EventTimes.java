package intarsia.models.files;

import intarsia.models.data.Task;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The times at which survival is predicted: where a study leaves them to its rows, deciles of the times of all tasks' events. */
final class EventTimes {
    private EventTimes() {}

    /** The schema with them, for the responses whose times are left to the rows. */
    static Schema in(Schema schema, ResponsesReader columns, List<RowsOfTask> tasks, Function<DataTable, Cells> cells) {
        List<Schema.Response> responses = new ArrayList<>();
        for (Schema alone : schema.each()) {
            responses.add((columns.wantsTimes(responses.size()) ? in(alone, tasks.stream().filter(rows ->
                    rows.response().name().equals(alone.response().name())).toList(), cells) : alone).response());
        }
        return schema.with(responses);
    }

    /** The schema of one response with them; as it is if there is no event. */
    private static Schema in(Schema schema, List<RowsOfTask> tasks, Function<DataTable, Cells> cells) {
        double[] responses = tasks.stream().flatMapToDouble(rows -> Arrays.stream(rows.responses(cells))).toArray();
        return IntStream.range(0, responses.length / 3).noneMatch(row -> responses[3 * row + 1] == 1) ? schema
                : schema.with(List.of(schema.response().with(new Survival(Survival.of(responses).times(),
                        ((Survival) schema.response().family()).discrete()))));
    }

    /** A note for each task whose rows are seen for less long than survival is predicted. */
    static List<String> notes(List<Task> tasks, Schema schema) {
        return schema.response().family() instanceof Survival survival
                ? tasks.stream().filter(task -> last(task) < survival.times().getLast()).map(task -> note(task, survival)).toList()
                : List.of();
    }

    private static String note(Task task, Survival survival) {
        double first = survival.times().stream().filter(time -> time > last(task)).findFirst().orElseThrow();
        return "no row of task " + Text.quoted(task.name()) + " is seen until " + Schema.plain(first) + ", one of the response's times, "
                + "and the last until " + Schema.plain(last(task)) + "; what is predicted from then on is the survival at its last event";
    }

    private static double last(Task task) {
        double[] responses = task.response();
        return IntStream.range(0, task.size()).mapToDouble(row -> responses[3 * row]).max().orElse(0);
    }
}
