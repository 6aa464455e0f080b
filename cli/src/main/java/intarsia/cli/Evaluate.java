package intarsia.cli;

import intarsia.linalg.RandomStream;
import intarsia.models.Model;
import intarsia.models.data.Source;
import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.evaluation.BootstrapInterval;
import intarsia.models.evaluation.JudgedRows;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.KnownRows;
import intarsia.models.files.Results;
import intarsia.models.files.Schema;
import intarsia.models.files.model.RunFolder;
import intarsia.models.files.model.TrainingSummary;
import intarsia.models.report.IntervalPlot;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import intarsia.models.report.run.EvaluationPage;
import intarsia.models.report.run.FitPage;
import intarsia.models.report.run.Origin;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a fitted model on rows with known outcomes that it was not fitted on. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Judge a fitted model on new rows with known outcomes, task by task, compared with predicting the mean of the "
                + "task's training rows. Rows without an outcome are left out.")
final class Evaluate implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder that fit wrote.")
    private Path run;

    @Parameters(index = "1", paramLabel = "ROWS.csv", description = "The rows, with the response; a column names each one's task.")
    private Path csv;

    @Option(names = "--task", paramLabel = "NAME", description = "The task of every row.")
    private String task;

    @Option(names = "--interval", paramLabel = "SHARE", description = "Also say how many responses lie within what should hold this share "
            + "of them, as 0.9.")
    private Double interval;

    @Option(names = "--out", paramLabel = "FOLDER", description = "A folder to write report.html, evaluation.csv and predictions.csv to, "
            + "and confusion.csv where responses are levels.")
    private Path out;

    @Option(names = "--force", description = "Replace the folder if it exists.")
    private boolean force;

    private final List<String> notes = new ArrayList<>();

    /** One figure: of the model with its interval, and of the mean, NaN where it is not known. */
    private record Figure(String task, Metric metric, int rows, double value, BootstrapInterval interval, double ofMean) {
        String shown() {
            return Double.isNaN(value) ? "not defined" : Rounded.of(value) + (interval.defined() ? " [" + Rounded.of(interval.low()) + ", "
                    + Rounded.of(interval.high()) + "]" : "");
        }

        List<String> cells() {
            return List.of(task, metric.key(), Integer.toString(rows), text(value), text(interval.low()), text(interval.high()),
                    text(ofMean));
        }
    }

    @Override
    public void run() {
        if (out != null) {
            RunFolder.keepOut(out);
        }
        RunFolder fitted = RunFolder.read(run);
        Schema schema = fitted.schemaFor(run);
        Model model = fitted.model();
        KnownRows read = KnownRows.read(csv, schema, model.tasks(), model.requiredSources().stream().map(Source::name).toList(), task);
        KnownRows known = new KnownRows(fitted.marked(read.rows(), csv), read.responses());
        known.rows().notes().forEach(this::note);
        long missing = IntStream.range(0, known.rows().size()).filter(row -> !known.given(row)).count();
        if (missing == known.rows().size()) {
            throw new UserException(csv + ": no row has a response, so there is nothing to judge by");
        }
        if (missing > 0) {
            note(csv.getFileName() + ": " + missing + (missing == 1 ? " row" : " rows") + " without a response left out");
        }
        double[] predicted = Predictions.of(model, known.rows(), csv);
        List<Figure> figures = figures(fitted, known, predicted);
        spec.commandLine().getOut().println(text(figures, fitted.training() != null));
        List<IntervalCoverage> coverage = interval == null ? List.of()
                : PredictedIntervals.of(fitted, run, interval, known.rows(), predicted).coverage(known);
        spec.commandLine().getOut().print(CoverageTable.text(coverage, schema.response().family()));
        Map<String, ConfusionTable> confusion = confusion(schema.response().family(), model.tasks(), known, predicted);
        if (!confusion.isEmpty()) {
            spec.commandLine().getOut().println((confusion.size() == 1 ? "" : "all tasks: ")
                    + "rows of each level, by the most probable one\n"
                    + ConfusionTable.sum(List.copyOf(confusion.values())));
        }
        if (out != null) {
            try (FolderWriter folder = FolderWriter.begin(out, force)) {
                folder.write("evaluation.csv", Results.csv(List.of("task", "metric", "rows", "value", "low", "high", "mean"),
                        figures.stream().map(Figure::cells).toList()));
                folder.write("predictions.csv", predictions(schema, known, predicted));
                if (!confusion.isEmpty()) {
                    folder.write("confusion.csv", Results.csv(List.of("task", "level", "predicted", "rows"), confusion.entrySet().stream()
                            .flatMap(of -> of.getValue().lines(of.getKey()).stream()).toList()));
                }
                folder.write(FitPage.FILE, page(fitted, known, predicted, figures, coverage));
                folder.commit();
            }
        }
    }

    private void note(String note) {
        notes.add(note);
        spec.commandLine().getErr().println("intarsia: note: " + note);
    }

    private static List<Figure> figures(RunFolder fitted, KnownRows known, double[] predicted) {
        List<Figure> figures = new ArrayList<>();
        for (String name : fitted.model().tasks()) {
            int[] rows = judged(known, name);
            if (rows.length > 0) {
                ResponseFamily family = fitted.model().responses().get(name);
                double[] truth = select(known.responses(), rows, family.columns());
                double[] own = select(predicted, rows, family.width());
                TrainingSummary.OfTask training = fitted.training() == null ? null : fitted.training().tasks().get(name);
                double[] mean = IntStream.range(0, rows.length).boxed().flatMap(row -> training == null ? Stream.empty()
                        : training.expected().stream()).mapToDouble(Double::doubleValue).toArray();
                for (Metric metric : family.metrics()) {
                    figures.add(new Figure(name, metric, rows.length, metric.of(family, truth, own), BootstrapInterval.of(metric, family,
                            truth, own, RandomStream.of(1, "evaluate/" + name)),
                            training == null ? Double.NaN : metric.of(family, truth, mean)));
                }
            }
        }
        return figures;
    }

    /** By task, where responses are levels. */
    private static Map<String, ConfusionTable> confusion(ResponseFamily family, List<String> tasks, KnownRows known, double[] predicted) {
        Map<String, ConfusionTable> confusion = new LinkedHashMap<>();
        for (String name : family.levels().isEmpty() ? List.<String>of() : tasks) {
            int[] rows = IntStream.of(known.rows().rowsOf(name)).filter(known::given).toArray();
            if (rows.length > 0) {
                confusion.put(name, ConfusionTable.of(family, select(known.responses(), rows, 1), select(predicted, rows, family.width())));
            }
        }
        return confusion;
    }

    static double[] select(double[] numbers, int[] rows, int each) {
        return IntStream.of(rows).boxed().flatMapToDouble(row -> Arrays.stream(numbers, row * each, (row + 1) * each)).toArray();
    }

    private String text(List<Figure> figures, boolean means) {
        TextTable table = new TextTable(means ? List.of("task", "rows", "metric", "model", "mean of the task") : List.of("task", "rows",
                "metric", "model"));
        String last = "";
        for (Figure figure : figures) {
            boolean first = !figure.task.equals(last);
            List<String> line = new ArrayList<>(List.of(first ? figure.task : "", first ? Integer.toString(figure.rows) : "",
                    figure.metric.label(), figure.shown()));
            if (means) {
                line.add(Double.isNaN(figure.ofMean) ? "not defined" : Rounded.of(figure.ofMean));
            }
            table.line(line);
            last = figure.task;
        }
        return run + " on " + csv.getFileName() + " [" + BootstrapInterval.NAME + ", from " + BootstrapInterval.LEAST_ROWS + " rows on]\n"
                + table;
    }

    private String page(RunFolder fitted, KnownRows known, double[] predicted, List<Figure> figures,
            List<IntervalCoverage> coverage) {
        Map<String, EvaluationPage.Judged> tasks = new LinkedHashMap<>();
        for (String name : figures.stream().map(Figure::task).distinct().toList()) {
            int[] rows = judged(known, name);
            ResponseFamily own = fitted.model().response(name);
            tasks.put(name, new EvaluationPage.Judged(own, JudgedRows.of(own, select(known.responses(), rows, own.columns()),
                    select(predicted, rows, own.width()))));
        }
        ResponseFamily family = tasks.values().iterator().next().family();
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
        String response = fitted.schema().response().describe();
        return new EvaluationPage(String.valueOf(csv.getFileName()), String.valueOf(run.getFileName()), response, tasks, series,
                family.chosenBy().label() + (family.standardized() ? ", in units of " + response : ""), table, coverage,
                notes, new Origin(GivenCommand.of(spec, "FOLDER"), fitted.provenance())).html();
    }

    private static double[] numbers(List<Figure> figures, ToDoubleFunction<Figure> which) {
        return figures.stream().mapToDouble(which).toArray();
    }

    private static int[] judged(KnownRows known, String task) {
        return IntStream.of(known.rows().rowsOf(task)).filter(known::given).toArray();
    }

    private static String predictions(Schema schema, KnownRows known, double[] predicted) {
        List<List<String>> lines = new ArrayList<>();
        ResponseFamily family = schema.response().family();
        for (int i = 0; i < known.rows().size(); i++) {
            List<String> line = new ArrayList<>(List.of(known.rows().ids().get(i), known.rows().tasks().get(i)));
            line.addAll(schema.response().cells(known.responses(), i));
            line.addAll(Predictions.cells(family, predicted, i));
            line.add(known.rows().rowNotes().get(i));
            lines.add(line);
        }
        List<String> header = new ArrayList<>(List.of(schema.id() == null ? "row" : schema.id(), "task"));
        header.addAll(schema.response().headings());
        header.addAll(Predictions.headings(family));
        header.add("note");
        return Results.csv(header, lines);
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
