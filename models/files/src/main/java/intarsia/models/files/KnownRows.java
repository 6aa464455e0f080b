package intarsia.models.files;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * New rows whose outcomes are known, to judge a fitted model by.
 *
 * @param rows      the rows
 * @param responses the response of each row, row after row; NaN where the file does not give it
 * @param weights   how much each row counts, 1 on average over those that count at all
 */
public record KnownRows(NewRows rows, double[] responses, double[] weights) {
    /** Whether a row can be judged: it counts, and the file gives its response. */
    public boolean given(int row) {
        int each = responses.length / rows.size();
        return weights[row] > 0 && Arrays.stream(responses, row * each, (row + 1) * each).noneMatch(Double::isNaN);
    }

    /**
     * Reads them as {@link NewRows#read} does, with their responses.
     *
     * @throws FileException as there, or if the file lacks the response's column, or a response says nothing that it can be
     */
    public static KnownRows read(Path csv, Schema schema, List<String> known, List<String> needed, String task) {
        CsvTable table = CsvTable.read(csv, schema.csv());
        for (String column : schema.response().columns()) {
            if (!table.has(column)) {
                throw table.headerError("lacks the response " + Text.quoted(column) + ", by which predictions are judged"
                        + Nearest.hint(column, table.header()));
            }
        }
        double[] responses = new double[table.size() * schema.response().family().columns()];
        double[] weights = new double[table.size()];
        NewRows rows = NewRows.read(table, schema, known, needed, task, responses, weights);
        double mean = Arrays.stream(weights).filter(weight -> weight > 0).average().orElse(1);
        return new KnownRows(rows, responses, Arrays.stream(weights).map(weight -> weight / mean).toArray());
    }
}
