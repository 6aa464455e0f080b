package intarsia.cli;

import intarsia.cli.json.ResultTable;
import intarsia.models.explanation.Explanation;
import intarsia.models.files.NewRows;
import intarsia.models.files.Schema;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Parts of predictions as a table: a line for each row of the file, or for each of its responses, or for each of their classes.
 * {@code linear} is {@code baseline} and the parts of all sources, or of all columns; it is also {@code baseline}, {@code shared} and
 * {@code own}, where the model tells.
 *
 * @param schema    of the study
 * @param rows      of the file
 * @param predicted of each
 * @param explained each task's rows
 * @param by        what has parts
 */
record ExplainedTable(Schema schema, NewRows rows, Map<Schema.Response, double[]> predicted, Map<String, ExplainedRows> explained,
        Explanation.By by) {
    /** Two-sided, 95 % of a normal distribution. */
    private static final double WIDE = 1.959963984540054;

    /** The columns that not all tables have. */
    private record Columns(boolean responses, List<String> predictions, boolean classes, boolean sure, boolean told, List<String> players,
            boolean drawn, boolean noted) {}

    private boolean any(Predicate<ExplainedRows> which) {
        return explained.values().stream().anyMatch(which);
    }

    private Columns columns() {
        return new Columns(schema.responses().size() > 1,
                schema.responses().stream().flatMap(response -> Predictions.headings(response.family()).stream()).distinct().toList(),
                schema.responses().stream().anyMatch(response -> response.family().predictors() > 1), any(of -> of.linear() != null),
                any(of -> of.parts().tellsShared()),
                explained.values().stream().flatMap(of -> of.parts().names().stream()).distinct().sorted().toList(),
                any(of -> of.parts().largestError() > 0),
                rows.rowNotes().stream().anyMatch(note -> !note.isEmpty()));
    }

    ResultTable table() {
        Columns columns = columns();
        List<String> header = new ArrayList<>(List.of(schema.id() == null ? "row" : schema.id()));
        header.addAll(columns.responses ? List.of("response", "task") : List.of("task"));
        header.addAll(columns.predictions);
        header.addAll(columns.classes ? List.of("part of", "linear") : List.of("linear"));
        header.addAll(columns.sure ? List.of("low", "high") : List.of());
        header.add("baseline");
        header.addAll(columns.told ? List.of("shared", "own") : List.of());
        columns.players.forEach(player -> header.add(by + " " + player));
        header.addAll(columns.drawn ? List.of("largest standard error") : List.of());
        header.addAll(columns.noted ? List.of("note") : List.of());
        List<List<List<Object>>> byRow = new ArrayList<>();
        rows.ids().forEach(row -> byRow.add(new ArrayList<>()));
        for (Schema.Response response : schema.responses()) {
            explained.values().stream().filter(of -> of.response().equals(response)).forEach(of -> {
                for (int i = 0; i < of.places().length; i++) {
                    byRow.get(of.places()[i]).addAll(lines(of, i, columns));
                }
            });
        }
        ResultTable table = new ResultTable(header);
        byRow.forEach(lines -> lines.forEach(table::row));
        return table;
    }

    /** Of a task's row: one, or as many as there are classes. */
    private List<List<Object>> lines(ExplainedRows of, int i, Columns columns) {
        ResponseFamily family = of.response().family();
        int row = of.places()[i];
        List<String> headings = Predictions.headings(family);
        List<Object> cells = Predictions.cells(family, predicted.get(of.response()), row);
        List<List<Object>> lines = new ArrayList<>();
        for (int k = 0; k < family.predictors(); k++) {
            List<Object> line = new ArrayList<>(List.of(rows.ids().get(row)));
            line.addAll(columns.responses ? List.of(of.response().name(), rows.tasks().get(row)) : List.of(rows.tasks().get(row)));
            columns.predictions.forEach(heading -> line.add(headings.contains(heading) ? cells.get(headings.indexOf(heading)) : null));
            line.addAll(!columns.classes ? List.of() : List.of(family.predictors() > 1 ? family.levels().get(k) : ""));
            line.addAll(parts(of, i, i * family.predictors() + k, columns));
            line.addAll(columns.noted ? List.of(rows.rowNotes().get(row)) : List.of());
            lines.add(line);
        }
        return lines;
    }

    private static List<Double> parts(ExplainedRows of, int row, int at, Columns columns) {
        Explanation parts = of.parts();
        List<Double> line = new ArrayList<>(List.of(parts.prediction()[at]));
        if (columns.sure) {
            double mean = of.linear() == null ? Double.NaN : of.linear().mean()[row];
            double wide = of.linear() == null ? Double.NaN : WIDE * of.linear().deviation()[row];
            line.addAll(List.of(mean - wide, mean + wide));
        }
        line.add(parts.baseline()[at]);
        if (columns.told) {
            line.addAll(List.of(parts.shared(at), parts.own(at)));
        }
        Map<String, Integer> known = new HashMap<>();
        parts.names().forEach(name -> known.put(name, known.size()));
        columns.players.forEach(player -> line.add(known.containsKey(player) ? parts.part(known.get(player), at) : null));
        if (columns.drawn) {
            line.add(parts.error(at));
        }
        return line;
    }
}
