package intarsia.models.files;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * New rows whose outcomes are known, to judge a fitted model by.
 *
 * @param rows      the rows
 * @param responses the responses that the file gives: of each row, row after row; NaN where it does not give it
 * @param weights   how much each row counts, 1 on average over those that count at all
 */
public record KnownRows(NewRows rows, Map<Schema.Response, double[]> responses, double[] weights) {
    /** Whether a row can be judged: it counts, and the file gives its response. */
    public boolean given(Schema.Response response, int row) {
        int each = response.family().columns();
        return weights[row] > 0 && responses.containsKey(response)
                && Arrays.stream(responses.get(response), row * each, (row + 1) * each).noneMatch(Double::isNaN);
    }

    /** How many rows cannot be judged by any of the responses. */
    public int without() {
        return (int) IntStream.range(0, rows.size()).filter(row -> responses.keySet().stream().noneMatch(of -> given(of, row))).count();
    }

    /**
     * Reads them as {@link NewRows#read} does, with their responses.
     *
     * @throws FileException as there, or if the file lacks the columns of every response, or a response says nothing that it can be
     */
    public static KnownRows read(Path csv, Schema schema, List<String> known, List<String> needed, String task) {
        DataTable table = DataTable.read(csv, schema.csv());
        if (schema.responses().stream().noneMatch(response -> table.header().containsAll(response.columns()))) {
            String column = schema.responses().stream().flatMap(response -> response.columns().stream()).filter(of -> !table.has(of))
                    .findFirst().orElseThrow();
            throw table.headerError("lacks the response " + Text.quoted(column) + ", by which predictions are judged"
                    + Nearest.hint(column, table.header()));
        }
        Map<Schema.Response, double[]> responses = new LinkedHashMap<>();
        double[] weights = new double[table.size()];
        NewRowsReader reader = new NewRowsReader(schema, known, needed, task);
        NewRows rows = reader.read(table, 0, table.size(), responses, weights).with(reader.notes());
        double mean = RowWeights.mean(Arrays.stream(weights).filter(weight -> weight > 0));
        return new KnownRows(rows, responses, Arrays.stream(weights).map(weight -> weight / mean).toArray());
    }
}
