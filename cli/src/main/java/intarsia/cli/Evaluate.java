package intarsia.cli;

import intarsia.linalg.RandomStream;
import intarsia.models.Model;
import intarsia.models.data.Source;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a fitted model on rows with known outcomes that it was not fitted on. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Judge a fitted model on new rows with known outcomes, task by task, beside predicting the mean of the task's rows "
                + "that it learned from. Rows without an outcome are left out.")
final class Evaluate implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder that fit wrote.")
    private Path run;

    @Parameters(index = "1", paramLabel = "ROWS.csv", description = "The rows, with the response; a column names each one's task.")
    private Path csv;

    @Option(names = "--task", paramLabel = "NAME", description = "The task of every row.")
    private String task;

    @Option(names = "--out", paramLabel = "FOLDER", description = "A folder to write report.html, evaluation.csv and predictions.csv to.")
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
        long missing = Arrays.stream(known.responses()).filter(Double::isNaN).count();
        if (missing == known.responses().length) {
            throw new UserException(csv + ": no row has a response, so there is nothing to judge by");
        }
        if (missing > 0) {
            note(csv.getFileName() + ": " + missing + (missing == 1 ? " row" : " rows") + " without a response left out");
        }
        double[] predicted = Predictions.of(model, known.rows(), csv);
        List<Figure> figures = figures(fitted, known, predicted);
        spec.commandLine().getOut().println(text(figures, fitted.training() != null));
        if (out != null) {
            try (FolderWriter folder = FolderWriter.begin(out, force)) {
                folder.write("evaluation.csv", Results.csv(List.of("task", "metric", "rows", "value", "low", "high", "mean"),
                        figures.stream().map(Figure::cells).toList()));
                folder.write("predictions.csv", predictions(schema, known, predicted));
                folder.write(FitPage.FILE, page(fitted, known, predicted, figures));
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
                double[] truth = IntStream.of(rows).mapToDouble(row -> known.responses()[row]).toArray();
                double[] own = IntStream.of(rows).mapToDouble(row -> predicted[row]).toArray();
                TrainingSummary.OfTask training = fitted.training() == null ? null : fitted.training().tasks().get(name);
                double[] mean = new double[rows.length];
                Arrays.fill(mean, training == null ? Double.NaN : training.mean());
                for (Metric metric : fitted.model().responses().get(name).metrics()) {
                    figures.add(new Figure(name, metric, rows.length, metric.of(truth, own), BootstrapInterval.of(metric, truth, own,
                            RandomStream.of(1, "evaluate/" + name)), training == null ? Double.NaN : metric.of(truth, mean)));
                }
            }
        }
        return figures;
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

    private String page(RunFolder fitted, KnownRows known, double[] predicted, List<Figure> figures) {
        Map<String, EvaluationPage.Judged> tasks = new LinkedHashMap<>();
        for (String name : figures.stream().map(Figure::task).distinct().toList()) {
            int[] rows = judged(known, name);
            tasks.put(name, new EvaluationPage.Judged(fitted.model().response(name), JudgedRows.of(IntStream.of(rows).mapToDouble(row ->
                    known.responses()[row]).toArray(), IntStream.of(rows).mapToDouble(row -> predicted[row]).toArray())));
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
                family.chosenBy().label() + (family.standardized() ? ", in units of " + response : ""), table, notes,
                new Origin(GivenCommand.of(spec, "FOLDER"), fitted.provenance())).html();
    }

    private static double[] numbers(List<Figure> figures, ToDoubleFunction<Figure> which) {
        return figures.stream().mapToDouble(which).toArray();
    }

    private static int[] judged(KnownRows known, String task) {
        return IntStream.of(known.rows().rowsOf(task)).filter(row -> !Double.isNaN(known.responses()[row])).toArray();
    }

    private static String predictions(Schema schema, KnownRows known, double[] predicted) {
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < predicted.length; i++) {
            lines.add(List.of(known.rows().ids().get(i), known.rows().tasks().get(i), text(known.responses()[i]), text(predicted[i]),
                    known.rows().rowNotes().get(i)));
        }
        return Results.csv(List.of(schema.id() == null ? "row" : schema.id(), "task", schema.response().describe(),
                schema.response().family().predicted(), "note"), lines);
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
