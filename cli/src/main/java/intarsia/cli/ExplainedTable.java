package intarsia.cli;

import intarsia.models.explanation.Explanation;
import intarsia.models.files.NewRows;
import intarsia.models.files.Results;
import intarsia.models.files.Schema;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Parts of predictions as a table: a line for each row of the file, or for each of its classes. {@code linear} is {@code baseline} and the
 * parts of all sources; it is also {@code baseline}, {@code shared} and {@code own}, where the model tells.
 *
 * @param schema    of the study
 * @param rows      of the file
 * @param predicted of each
 * @param explained each task's rows
 */
record ExplainedTable(Schema schema, NewRows rows, double[] predicted, Map<String, ExplainedRows> explained) {
    /** Two-sided, 95 % of a normal distribution. */
    private static final double WIDE = 1.959963984540054;

    String csv() {
        ResponseFamily family = schema.response().family();
        boolean classes = family.predictors() > 1;
        boolean told = explained.values().stream().anyMatch(of -> of.parts().tellsShared());
        boolean sure = explained.values().stream().anyMatch(of -> of.linear() != null);
        boolean drawn = explained.values().stream().anyMatch(of -> Arrays.stream(of.parts().error()).flatMapToDouble(Arrays::stream)
                .anyMatch(error -> error > 0));
        boolean noted = rows.rowNotes().stream().anyMatch(note -> !note.isEmpty());
        List<String> sources = explained.values().stream().flatMap(of -> of.parts().sources().stream()).map(source -> source.name())
                .distinct().sorted().toList();
        List<String> header = new ArrayList<>(List.of(schema.id() == null ? "row" : schema.id(), "task"));
        header.addAll(Predictions.headings(family));
        header.addAll(classes ? List.of("part of", "linear") : List.of("linear"));
        header.addAll(sure ? List.of("low", "high") : List.of());
        header.add("baseline");
        header.addAll(told ? List.of("shared", "own") : List.of());
        sources.forEach(source -> header.add("source " + source));
        header.addAll(drawn ? List.of("largest standard error") : List.of());
        header.addAll(noted ? List.of("note") : List.of());
        String[][] lines = new String[rows.size() * family.predictors()][];
        explained.forEach((task, of) -> {
            for (int i = 0; i < lines.length / family.predictors() && i < of.places().length; i++) {
                for (int k = 0; k < family.predictors(); k++) {
                    List<String> line = new ArrayList<>(List.of(rows.ids().get(of.places()[i]), task));
                    line.addAll(Predictions.cells(family, predicted, of.places()[i]));
                    line.addAll(classes ? List.of(family.levels().get(k)) : List.of());
                    line.addAll(parts(of, i, i * family.predictors() + k, sources, told, sure, drawn));
                    line.addAll(noted ? List.of(rows.rowNotes().get(of.places()[i])) : List.of());
                    lines[of.places()[i] * family.predictors() + k] = line.toArray(String[]::new);
                }
            }
        });
        return Results.csv(header, Arrays.stream(lines).map(List::of).toList());
    }

    private static List<String> parts(ExplainedRows of, int row, int at, List<String> sources, boolean told, boolean sure, boolean drawn) {
        Explanation parts = of.parts();
        List<String> line = new ArrayList<>(List.of(text(parts.prediction()[at])));
        if (sure) {
            double mean = of.linear() == null ? Double.NaN : of.linear().mean()[row];
            double wide = of.linear() == null ? Double.NaN : WIDE * of.linear().deviation()[row];
            line.addAll(List.of(text(mean - wide), text(mean + wide)));
        }
        line.add(text(parts.baseline()[at]));
        if (told) {
            line.addAll(List.of(text(parts.shared(at)), text(parts.own(at))));
        }
        List<String> known = parts.sources().stream().map(source -> source.name()).toList();
        sources.forEach(source -> line.add(known.contains(source) ? text(parts.part(known.indexOf(source), at)) : ""));
        if (drawn) {
            line.add(text(Arrays.stream(parts.error()).mapToDouble(error -> error[at]).max().orElse(0)));
        }
        return line;
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
