package intarsia.models.files;

import intarsia.models.response.Survival;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The times at which survival is predicted, where a study leaves them to its rows: deciles of the times of all tasks' events. */
final class EventTimes {
    private EventTimes() {}

    /** The schema with them; as it is if there is no event. */
    static Schema in(Schema schema, List<RowsOfTask> tasks, Function<CsvTable, Cells> cells) {
        double[] responses = tasks.stream().flatMapToDouble(rows -> Arrays.stream(rows.responses(cells))).toArray();
        return IntStream.range(0, responses.length / 3).noneMatch(row -> responses[3 * row + 1] == 1) ? schema
                : schema.with(new Schema.Response(schema.response().columns(), Survival.of(responses), null));
    }
}
