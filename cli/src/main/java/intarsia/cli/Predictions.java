package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.files.NewRows;
import intarsia.models.files.Schema;
import intarsia.models.response.ResponseFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a fitted model predicts for rows of a file. */
final class Predictions {
    private Predictions() {}

    /**
     * A prediction of each response for each row, in the order of the file: as many numbers as the response's family predicts, NaN where
     * the response was not learned in the row's task.
     *
     * @throws UserException naming a row whose prediction is beyond all numbers
     */
    static Map<Schema.Response, double[]> of(Model model, Schema schema, NewRows rows, Path csv) {
        try (Engine engine = Engine.options().precision(model.state().precision()).open(); BoundModel bound = model.bind(engine)) {
            return of(model, bound, schema, rows, csv);
        }
    }

    /** The same by a model that is on an engine. */
    static Map<Schema.Response, double[]> of(Model model, BoundModel bound, Schema schema, NewRows rows, Path csv) {
        Map<Schema.Response, double[]> all = new LinkedHashMap<>();
        schema.responses().forEach(response -> {
            double[] unknown = new double[rows.size() * response.family().width()];
            Arrays.fill(unknown, Double.NaN);
            all.put(response, unknown);
        });
        Set<String> asked = new HashSet<>(rows.tasks());
        for (String known : model.tasks()) {
            Schema.Response response = schema.of(known);
            int width = response.family().width();
            if (asked.contains(schema.cohort(known))) {
                int[] places = rows.rowsOf(schema.cohort(known));
                NewRows own = rows.ofTask(schema.cohort(known));
                double[] values = bound.predict(known, new Observations(own.ids(), own.blocks()));
                for (int k = 0; k < values.length; k++) {
                    if (!Double.isFinite(values[k])) {
                        throw new UserException(csv + ": row '" + own.ids().get(k / width) + "' of task '" + known
                                + "': its prediction is " + values[k] + "; a number in it is too large, give it in the study's units");
                    }
                    all.get(response)[places[k / width] * width + k % width] = values[k];
                }
            }
        }
        return all;
    }

    /** A line for each response that some rows are not predicted. */
    static List<String> notes(Model model, Schema schema, NewRows rows) {
        List<String> notes = new ArrayList<>();
        for (Schema.Response response : schema.responses()) {
            List<String> lacking = rows.tasks().stream().distinct().filter(task -> !model.tasks().contains(Task.nameOf(task,
                    response.name()))).toList();
            if (!lacking.isEmpty()) {
                notes.add("response '" + response.name() + "' was not observed in " + (lacking.size() == 1 ? "task " : "tasks ")
                        + lacking.stream().map(task -> "'" + task + "'").collect(Collectors.joining(", "))
                        + " of the study, so it is not predicted there");
            }
        }
        return notes;
    }

    /** What predictions of responses are called in a table. */
    static List<String> headings(List<Schema.Response> responses) {
        return responses.stream().flatMap(response -> headings(response.family()).stream().map(response::heading)).toList();
    }

    /** A row's cells below these. */
    static List<Object> cells(Map<Schema.Response, double[]> predicted, int row) {
        return predicted.entrySet().stream().flatMap(of -> cells(of.getKey().family(), of.getValue(), row).stream()).toList();
    }

    /** What predictions are called in a table; where they are probabilities of levels, the most probable one has a column too. */
    static List<String> headings(ResponseFamily family) {
        List<String> headings = new ArrayList<>(family.predicted());
        if (!family.levels().isEmpty()) {
            headings.add("predicted level");
        }
        return headings;
    }

    /** A row's cells below these. */
    static List<Object> cells(ResponseFamily family, double[] predicted, int row) {
        if (Double.isNaN(predicted[row * family.width()])) {
            return Collections.nCopies(headings(family).size(), null);
        }
        List<Object> cells = new ArrayList<>();
        for (int k = 0; k < family.width(); k++) {
            cells.add(predicted[row * family.width() + k]);
        }
        if (!family.levels().isEmpty()) {
            cells.add(family.levels().get(ResponseFamily.likeliest(predicted, row * family.width(), family.width())));
        }
        return cells;
    }
}
