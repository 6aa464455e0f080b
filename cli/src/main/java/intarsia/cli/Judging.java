package intarsia.cli;

import intarsia.cli.json.ResultTable;
import intarsia.linalg.RandomStream;
import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.evaluation.BootstrapInterval;
import intarsia.models.evaluation.JudgedRows;
import intarsia.models.files.KnownRows;
import intarsia.models.files.Schema;
import intarsia.models.files.model.RunFolder;
import intarsia.models.files.model.TrainingSummary;
import intarsia.models.report.IntervalPlot;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import intarsia.models.report.run.EvaluationPage;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a fitted model predicts rows whose responses are known, response by response.
 *
 * @param fitted    the model
 * @param known     the rows
 * @param predicted what it predicts for each
 * @param intervals what is to hold a share of their responses; none where that was not asked
 */
record Judging(RunFolder fitted, KnownRows known, Map<Schema.Response, double[]> predicted,
        Map<Schema.Response, PredictedIntervals> intervals) {
    /** One figure: of the model with its interval, and of the mean, NaN where it is not known. */
    record Figure(String task, Metric metric, int rows, double value, BootstrapInterval interval, double ofMean) {
        String shown() {
            return Double.isNaN(value) ? "not defined" : Rounded.of(value) + (interval.defined() ? " [" + Rounded.of(interval.low()) + ", "
                    + Rounded.of(interval.high()) + "]" : "");
        }

    }

    private Schema schema() {
        return fitted.schema();
    }

    /** The model's tasks about a response. */
    private List<String> tasks(Schema.Response response) {
        return fitted.model().tasks().stream().filter(task -> schema().of(task).equals(response)).toList();
    }

    /** The rows of a task that can be judged. */
    private int[] rows(String task) {
        Schema.Response response = schema().of(task);
        return IntStream.of(known.rows().rowsOf(schema().cohort(task))).filter(row -> known.given(response, row)).toArray();
    }

    private double[] truth(String task, int[] rows) {
        Schema.Response response = schema().of(task);
        return select(known.responses().get(response), rows, response.family().columns());
    }

    private double[] predicted(String task, int[] rows) {
        Schema.Response response = schema().of(task);
        return select(predicted.get(response), rows, response.family().width());
    }

    private double[] weights(int[] rows) {
        return select(known.weights(), rows, 1);
    }

    static double[] select(double[] numbers, int[] rows, int each) {
        return IntStream.of(rows).boxed().flatMapToDouble(row -> Arrays.stream(numbers, row * each, (row + 1) * each)).toArray();
    }

    /** A line for rows that the model was fitted on; empty where there are none. */
    Optional<String> seen() {
        int seen = 0;
        int judged = 0;
        for (Schema.Response response : fitted.training() == null ? List.<Schema.Response>of() : schema().responses()) {
            for (String name : tasks(response)) {
                int[] rows = rows(name);
                Observations own = new Observations(known.rows().ids(), known.rows().blocks()).select(rows);
                judged += rows.length;
                seen += fitted.training().tasks().get(name).seen(own, truth(name, rows));
            }
        }
        return seen == 0 ? Optional.empty() : Optional.of("warning: " + seen + " of " + judged + " rows are, number for number, rows that "
                + "the model was fitted on" + (schema().responses().size() > 1 ? ", counted for each response" : "")
                + "; what is said of them is better than what new rows would give");
    }

    /** All figures, response by response. */
    List<Figure> figures() {
        return schema().responses().stream().flatMap(response -> figures(response).stream()).toList();
    }

    private List<Figure> figures(Schema.Response response) {
        List<Figure> figures = new ArrayList<>();
        for (String name : tasks(response)) {
            int[] rows = rows(name);
            if (rows.length > 0) {
                ResponseFamily family = response.family();
                double[] truth = truth(name, rows);
                double[] weights = weights(rows);
                double[] own = predicted(name, rows);
                TrainingSummary.OfTask training = fitted.training() == null ? null : fitted.training().tasks().get(name);
                double[] mean = IntStream.range(0, rows.length).boxed().flatMap(row -> training == null ? Stream.empty()
                        : training.expected().stream()).mapToDouble(Double::doubleValue).toArray();
                for (Metric metric : family.metrics()) {
                    figures.add(new Figure(name, metric, rows.length, metric.of(family, truth, weights, own),
                            BootstrapInterval.of(metric, family, truth, weights, own, RandomStream.of(1, "evaluate/" + name)),
                            training == null ? Double.NaN : metric.of(family, truth, weights, mean)));
                }
            }
        }
        return figures;
    }

    /** How many responses lie within what should hold them, task by task. */
    List<IntervalCoverage> coverage(Schema.Response response) {
        return !intervals.containsKey(response) ? List.of() : tasks(response).stream().filter(task -> rows(task).length > 0)
                .map(task -> intervals.get(response).coverage(task, rows(task), truth(task, rows(task)), weights(rows(task)))).toList();
    }

    /** By task, where responses are levels. */
    Map<String, ConfusionTable> confusion(Schema.Response response) {
        Map<String, ConfusionTable> confusion = new LinkedHashMap<>();
        for (String name : response.family().levels().isEmpty() ? List.<String>of() : tasks(response)) {
            int[] rows = rows(name);
            if (rows.length > 0) {
                confusion.put(name, ConfusionTable.of(response.family(), truth(name, rows), predicted(name, rows)));
            }
        }
        return confusion;
    }

    /** What a page shows of a response; empty where no row has it. */
    Optional<EvaluationPage.Part> part(Schema.Response response) {
        List<Figure> figures = figures(response);
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        ResponseFamily family = response.family();
        Map<String, EvaluationPage.Judged> tasks = new LinkedHashMap<>();
        for (String name : figures.stream().map(Figure::task).distinct().toList()) {
            int[] rows = rows(name);
            tasks.put(name, new EvaluationPage.Judged(family, JudgedRows.of(family, truth(name, rows), weights(rows),
                    predicted(name, rows))));
        }
        List<Figure> drawn = figures.stream().filter(figure -> figure.metric == family.chosenBy()).toList();
        double[] none = new double[drawn.size()];
        Arrays.fill(none, Double.NaN);
        List<IntervalPlot.Series> series = List.of(new IntervalPlot.Series("model", numbers(drawn, Figure::value), numbers(drawn, figure ->
                figure.interval.low()), numbers(drawn, figure -> figure.interval.high())), new IntervalPlot.Series("mean of the task",
                        numbers(drawn, Figure::ofMean), none, none));
        Table table = new Table("All figures", "[" + BootstrapInterval.NAME + ", from " + BootstrapInterval.LEAST_ROWS + " rows on]",
                List.of("task",
                "rows", "metric", "model", "mean of the task"),
                figures.stream().map(figure -> List.of(figure.task, Integer.toString(figure.rows),
                        figure.metric.label(), figure.shown(), Double.isNaN(figure.ofMean) ? "" : Rounded.of(figure.ofMean))).toList());
        return Optional.of(new EvaluationPage.Part(response.describe(), tasks, series,
                family.chosenBy().label() + (family.standardized() ? ", in units of " + response.describe() : ""), table,
                JudgedTasks.changed(fitted.model(), tasks.keySet().stream().map(this::task).toList()), coverage(response)));
    }

    /** The rows of a task whose response is known, with it. */
    private Task task(String name) {
        Schema.Response response = schema().of(name);
        int[] rows = rows(name);
        Task.Builder task = Task.of(schema().cohort(name), response.name(), response.family())
                .rows(IntStream.of(rows).mapToObj(row -> known.rows().ids().get(row)).toList()).weights(weights(rows));
        known.rows().blocks().forEach((source, block) -> {
            double[][] own = IntStream.of(rows).mapToObj(row -> block[row]).toArray(double[][]::new);
            if (Arrays.stream(own).flatMapToDouble(Arrays::stream).anyMatch(cell -> !Double.isNaN(cell))
                    || known.rows().blocks().size() == 1) {
                task.block(source, own);
            }
        });
        return task.response(truth(name, rows));
    }

    private static double[] numbers(List<Figure> figures, ToDoubleFunction<Figure> which) {
        return figures.stream().mapToDouble(which).toArray();
    }

    /** All figures, one a line. */
    ResultTable figureTable() {
        ResultTable table = new ResultTable("response", "task", "metric", "rows", "value", "low", "high", "mean");
        figures().forEach(of -> table.row(List.of(schema().of(of.task).name(), schema().cohort(of.task), of.metric.key(), of.rows, of.value,
                of.interval.low(), of.interval.high(), of.ofMean)));
        return table;
    }

    /** How often rows of each level were taken for each; without rows where no response has levels. */
    ResultTable confusionTable() {
        ResultTable table = new ResultTable("response", "task", "level", "predicted", "rows");
        schema().responses().forEach(response -> confusion(response).forEach((task, of) -> of.lines(response.name(), schema().cohort(task))
                .forEach(table::row)));
        return table;
    }

    /** Each row with its responses and predictions. */
    ResultTable predictions() {
        List<String> header = new ArrayList<>(List.of(schema().id() == null ? "row" : schema().id(), "task"));
        known.responses().keySet().forEach(response -> header.addAll(response.headings()));
        header.addAll(Predictions.headings(schema().responses()));
        header.add("note");
        ResultTable table = new ResultTable(header);
        for (int i = 0; i < known.rows().size(); i++) {
            int row = i;
            List<Object> line = new ArrayList<>(List.of(known.rows().ids().get(i), known.rows().tasks().get(i)));
            known.responses().forEach((response, values) -> line.addAll(response.cells(values, row)));
            line.addAll(Predictions.cells(predicted, i));
            line.add(known.rows().rowNotes().get(i));
            table.row(line);
        }
        return table;
    }
}
