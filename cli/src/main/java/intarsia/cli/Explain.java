package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.cli.json.ResultTable;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.UncertainPredictor;
import intarsia.models.data.Observations;
import intarsia.models.explanation.Explanation;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.NewRows;
import intarsia.models.files.Schema;
import intarsia.models.files.model.RunFolder;
import intarsia.models.report.run.ExplanationPage;
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

/** Says what predictions of new rows are made of. */
@Command(name = "explain", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Say what predictions of new rows are made of: what tasks share, what is the task's own, what each source "
                + "or column adds. "
                + "Parts add up to the linear predictor: log odds, log rate, or the response itself.")
final class Explain implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AskedRows asked;

    @Option(names = "--by", paramLabel = "PART", description = "What has parts: source, or column (default: ${DEFAULT-VALUE}). Parts of "
            + "columns are exact where the model is additive; elsewhere orders are drawn, which takes longer and has a standard error.")
    private Explanation.By by = Explanation.By.SOURCE;

    @Option(names = "--out", paramLabel = "FOLDER", description = "A folder to write explanations.csv and report.html to "
            + "(default: the table to standard output).")
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
        Model model = fitted.model();
        Schema schema = fitted.schemaFor(asked.run());
        NewRows rows = asked.read(fitted, answer);
        try (Engine engine = Engine.options().precision(model.state().precision()).open(); BoundModel bound = model.bind(engine)) {
            Map<Schema.Response, double[]> predicted = Predictions.of(model, bound, schema, rows, asked.csv());
            Map<String, ExplainedRows> explained = new LinkedHashMap<>();
            for (String name : model.tasks()) {
                String cohort = schema.cohort(name);
                if (rows.rowsOf(cohort).length > 0) {
                    NewRows own = rows.ofTask(cohort);
                    Observations observed = new Observations(own.ids(), own.blocks());
                    explained.put(name, new ExplainedRows(schema.of(name), rows.rowsOf(cohort), observed, Explanation.of(model, bound, name,
                            observed, by, RandomStream.of(1, "explain/" + name)), UncertainPredictor.of(bound, name)
                                    .map(sure -> sure.linear(name, observed)).orElse(null)));
                }
            }
            ResultTable table = new ExplainedTable(schema, rows, predicted, explained, by).table();
            answer.result(new CommandResult.Explained(out == null ? null : out.toString(), rows.size(), out == null ? table : null));
            if (out == null) {
                answer.text().print(answer.isJson() ? "" : table.csv());
                return;
            }
            try (FolderWriter folder = FolderWriter.begin(out, force)) {
                folder.write("explanations.csv", table.csv());
                folder.write(FitPage.FILE, page(fitted, bound, explained).html());
                folder.commit();
            }
            answer.text().println("the parts are in " + out.resolve("explanations.csv") + "\nthe report is in "
                    + out.resolve(FitPage.FILE));
        }
    }

    private ExplanationPage page(RunFolder fitted, BoundModel bound, Map<String, ExplainedRows> explained) {
        List<ExplanationPage.Part> parts = new ArrayList<>();
        for (Schema.Response response : fitted.schema().responses()) {
            Map<String, ExplanationPage.OfTask> tasks = new LinkedHashMap<>();
            explained.forEach((name, of) -> {
                if (of.response().equals(response)) {
                    tasks.put(name, new ExplanationPage.OfTask(of.rows(), of.parts()));
                }
            });
            if (!tasks.isEmpty()) {
                parts.add(new ExplanationPage.Part(response.describe(), tasks));
            }
        }
        return new ExplanationPage(String.valueOf(asked.csv().getFileName()), String.valueOf(asked.run().getFileName()), parts, bound,
                answer.notes(),
                new Origin(GivenCommand.of(spec, "FOLDER"), Version.program(), fitted.provenance()));
    }
}
