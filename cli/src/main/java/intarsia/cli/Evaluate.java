package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.cli.json.ResultTable;
import intarsia.models.Model;
import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.evaluation.BootstrapInterval;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.KnownRows;
import intarsia.models.files.Schema;
import intarsia.models.files.model.RunFolder;
import intarsia.models.report.Rounded;
import intarsia.models.report.run.EvaluationPage;
import intarsia.models.report.run.FitPage;
import intarsia.models.report.run.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges a fitted model on rows with known outcomes that it was not fitted on. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Judge a fitted model on new rows with known outcomes, task by task, compared with predicting the mean of the "
                + "task's training rows. Rows without an outcome are left out.")
final class Evaluate implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AskedRows asked;

    @Option(names = "--interval", paramLabel = "SHARE", description = "Also say how many responses lie within what should hold this share "
            + "of them, as 0.9.")
    private Double interval;

    @Option(names = "--out", paramLabel = "FOLDER", description = "A folder to write report.html, evaluation.csv and predictions.csv to, "
            + "and confusion.csv where responses are levels.")
    private Path out;

    @Option(names = "--force", description = "Replace the folder if it exists.")
    private boolean force;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        if (out != null) {
            RunFolder.keepOut(out);
            FolderWriter.checkReplaceable(out, force);
        }
        RunFolder fitted = RunFolder.read(asked.run());
        Schema schema = fitted.schemaFor(asked.run());
        Model model = fitted.model();
        KnownRows known = asked.readKnown(fitted, answer);
        int missing = known.without();
        boolean weighted = schema.weight() != null;
        if (missing == known.rows().size()) {
            throw new UserException(asked.csv() + ": no row has a response" + (weighted ? " and a weight above 0" : "")
                    + ", so there is nothing to judge by");
        }
        if (missing > 0) {
            answer.note(asked.csv().getFileName() + ": " + missing + (missing == 1 ? " row" : " rows") + " without a response"
                    + (weighted ? " or of weight 0" : "") + " left out");
        }
        Map<Schema.Response, double[]> predicted = Predictions.of(model, schema, known.rows(), asked.csv());
        Judging judging = new Judging(fitted, known, predicted, interval == null ? Map.of()
                : PredictedIntervals.of(fitted, asked.run(), interval, known.rows(), predicted));
        if (judging.figures().isEmpty()) {
            throw new UserException(asked.csv() + ": no row has a response that the model learned in its task, so there is nothing to "
                    + "judge by");
        }
        judging.seen().ifPresent(answer::note);
        answer.text().println(text(judging.figures(), fitted.training() != null));
        Map<Schema.Response, List<IntervalCoverage>> coverage = new LinkedHashMap<>();
        for (Schema.Response response : schema.responses()) {
            coverage.put(response, judging.coverage(response));
            answer.text().print(CoverageTable.text(judging.coverage(response), response));
            List<ConfusionTable> confusion = List.copyOf(judging.confusion(response).values());
            if (!confusion.isEmpty()) {
                answer.text().println((response.name().isEmpty() ? "" : response.name() + ": ")
                        + (confusion.size() == 1 ? "" : "all tasks: ") + "rows of each level, by the most probable one\n"
                        + ConfusionTable.sum(confusion));
            }
        }
        ResultTable figures = judging.figureTable();
        ResultTable confused = judging.confusionTable();
        if (out != null) {
            try (FolderWriter folder = FolderWriter.begin(out, force)) {
                List<String> apart = schema.responses().size() > 1 ? List.of() : List.of("response");
                folder.write("evaluation.csv", figures.without(apart).csv());
                folder.write("predictions.csv", judging.predictions().csv());
                if (!confused.isEmpty()) {
                    folder.write("confusion.csv", confused.without(apart).csv());
                }
                folder.write(FitPage.FILE, new EvaluationPage(String.valueOf(asked.csv().getFileName()),
                        String.valueOf(asked.run().getFileName()),
                        schema.responses().stream().flatMap(response -> judging.part(response).stream()).toList(), answer.notes(),
                        new Origin(GivenCommand.of(spec, "FOLDER"), Version.program(), fitted.provenance())).html());
                folder.commit();
            }
        }
        answer.result(new CommandResult.Evaluated(out == null ? null : out.toString(), figures, CoverageTable.of(coverage, schema),
                confused));
    }

    private String text(List<Judging.Figure> figures, boolean means) {
        TextTable table = new TextTable(means ? List.of("task", "rows", "metric", "model", "mean of the task") : List.of("task", "rows",
                "metric", "model"));
        String last = "";
        for (Judging.Figure figure : figures) {
            boolean first = !figure.task().equals(last);
            List<String> line = new ArrayList<>(List.of(first ? figure.task() : "", first ? Integer.toString(figure.rows()) : "",
                    figure.metric().label(), figure.shown()));
            if (means) {
                line.add(Double.isNaN(figure.ofMean()) ? "not defined" : Rounded.of(figure.ofMean()));
            }
            table.line(line);
            last = figure.task();
        }
        return asked.run() + " on " + asked.csv().getFileName() + " [" + BootstrapInterval.NAME + ", from " + BootstrapInterval.LEAST_ROWS
                + " rows on]\n"
                + table;
    }
}
