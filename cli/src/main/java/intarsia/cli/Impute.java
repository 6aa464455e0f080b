package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.data.DataException;
import intarsia.models.data.Task;
import intarsia.models.files.CompletedStudy;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Study;
import intarsia.models.files.model.RunFolder;
import intarsia.models.imputation.GaussianImputation;
import intarsia.models.imputation.ImputationQuality;
import intarsia.models.imputation.MultipleImputation;
import intarsia.models.imputation.PooledRegression;
import intarsia.models.report.run.FitPage;
import intarsia.models.report.run.ImputationPage;
import intarsia.models.report.run.Origin;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the study again with its missing cells filled in, once or several times. */
@Command(name = "impute", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Write the study again with missing cells imputed: blocks by the model if it imputes them, all others by a joint "
                + "normal distribution. Measured values are copied unchanged; the result can be read as a study.")
final class Impute implements Runnable {
    /** Which cells were imputed. */
    static final String FLAGS = "imputed.csv";
    private static final int MOST_DRAWS = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The folder that fit wrote.")
    private Path run;

    @Mixin
    private NewFolder out;

    @Option(names = "--study", paramLabel = "STUDY", description = "Where the study is now, if it was moved since the fit.")
    private Path moved;

    @Option(names = "--draws", paramLabel = "M", description = "Also write M completed tables drawn at random, in folders draw-1 to "
            + "draw-M, given each row's response: for estimates that say how much was not measured. And the model's predictions pooled "
            + "over M other draws, made without responses.")
    private Integer draws;

    @Option(names = "--coefficients", paramLabel = "COLUMN,...", split = ",", description = "With --draws: regress the response on these "
            + "columns (all: on every one) in each drawn table, and pool the coefficients by Rubin's rules.")
    private List<String> coefficients = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of draws and of folds (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private StudyReading reading;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions(Precision.F64);

    @Mixin
    private Threads threads;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        check();
        RunFolder fitted = RunFolder.read(run);
        CompletedStudy completed = CompletedStudy.read(where(fitted), reading.options(null));
        Study study = completed.study();
        if (!study.digest().equals(fitted.provenance().digest())) {
            throw new UserException(study.file() + ": the study is not the one " + run
                    + " was fitted on (its files differ); fit again, or give the right one by --study");
        }
        List<PooledRegression> regressions = coefficients.isEmpty() ? List.of() : regressions(study);
        RandomStream random = RandomStream.of(seed, "impute");
        PrintWriter to = answer.text();
        try (FolderWriter folder = out.begin(); Engine engine = engineOptions.open(threads.count())) {
            MultipleImputation joint = new MultipleImputation(study.tasks(), random);
            StudyImputation imputation = new StudyImputation(completed, fitted.model(), joint.expected(), new GaussianImputation(),
                    engine);
            List<String> notes = new ArrayList<>(completed.write(folder, imputation.completed()));
            folder.write(FLAGS, imputation.flags());
            ImputationQuality quality = imputation.quality(RandomStream.of(seed, ImputationReport.STREAM));
            new ImputationReport(quality).write(folder);
            DrawnTables.Pooled pooled = null;
            if (draws != null) {
                DrawnTables drawn = new DrawnTables(completed, fitted.model(), joint, draws, engine);
                pooled = drawn.write(folder, regressions);
                notes.addAll(DrawnTables.NOTES);
                notes.addAll(without(study, regressions));
            }
            study.tasks().given().stream().filter(task -> task.about().isEmpty() && task.unlabelled().size() > 0).forEach(task ->
                    notes.add("task '" + task.name() + "': " + task.unlabelled().size() + " rows without a response stay as they are"));
            notes.addAll(beyond(study, fitted));
            folder.write(FitPage.FILE, new ImputationPage(study.name(), study.tasks().missingness(), imputation.filled(),
                    imputation.method().name(), quality, draws == null ? 0 : draws, pooled == null ? null : pooled.shown(), notes,
                    new Origin(GivenCommand.of(spec, "FOLDER"), Version.program(), fitted.provenance())).html());
            folder.commit();
            say(to, imputation, new ImputationReport(quality), pooled, notes);
        }
    }

    /** Tasks of the model that the study does not have. */
    private static List<String> beyond(Study study, RunFolder fitted) {
        List<String> cohorts = study.tasks().cohorts().stream().map(Task::cohort).toList();
        return fitted.schema().cohorts(List.copyOf(fitted.model().responses().keySet())).stream().filter(task -> !cohorts.contains(task))
                .map(task -> "task '" + task + "' was added to the model by transfer and is not in the study, so its rows are not filled; "
                        + "to have them filled, add their file to the study and fit again").toList();
    }

    private void say(PrintWriter to, StudyImputation imputation, ImputationReport report, DrawnTables.Pooled pooled,
            List<String> notes) {
        int blocks = imputation.filled().stream().mapToInt(ImputationPage.Filled::blocks).sum();
        int single = imputation.filled().stream().mapToInt(ImputationPage.Filled::single).sum();
        to.println("the completed study is in " + out + ": " + blocks + " cells of missing blocks imputed by " + imputation.method().name()
                + ", " + single + " single cells by a joint normal distribution");
        to.print(report.text());
        if (draws != null) {
            to.println(draws + " drawn tables are in " + out.resolve("draw-1") + " to " + out.resolve("draw-" + draws));
        }
        if (pooled != null) {
            TextTable table = new TextTable(pooled.shown().header());
            pooled.shown().rows().forEach(table::line);
            to.println();
            to.print(table);
        }
        to.println("the report is in " + out.resolve(FitPage.FILE) + "; " + out.resolve(FLAGS) + " marks what was imputed");
        notes.forEach(note -> to.println("note: " + note));
        answer.keep(notes);
        answer.result(new CommandResult.Imputed(out.toString(), imputation.method().name(), blocks, single, draws == null ? 0 : draws,
                pooled == null ? null : pooled.exact()));
    }

    /** Responses that have no coefficients, though others do. */
    private static List<String> without(Study study, List<PooledRegression> regressions) {
        return study.schema().responses().stream().filter(response -> !regressions.isEmpty()
                && regressions.stream().noneMatch(regression -> regression.about().equals(response.name()))).map(response -> "response '"
                + response.name() + "' is neither continuous, 0/1 nor a count, so no coefficients are pooled for it").toList();
    }

    private void check() {
        if (draws != null && (draws < 2 || draws > MOST_DRAWS)) {
            throw new UserException("--draws " + draws + ": must lie between 2 and " + MOST_DRAWS);
        }
        if (!coefficients.isEmpty() && draws == null) {
            throw new UserException("--coefficients: are pooled over drawn tables; give --draws 20 too");
        }
    }

    private Path where(RunFolder fitted) {
        if (fitted.provenance() == null) {
            throw new UserException(run + ": was saved from a program without a study, so there is none to complete");
        }
        Path study = moved != null ? moved : Path.of(fitted.provenance().study());
        if (moved == null && !Files.exists(study)) {
            throw new UserException(study + ": the study that " + run + " was fitted on is no longer there; say where it is by --study");
        }
        return study;
    }

    private List<PooledRegression> regressions(Study study) {
        try {
            return PooledRegression.ofEach(study.tasks(), coefficients.equals(List.of("all")) ? List.of() : coefficients);
        } catch (DataException e) {
            throw new UserException("--coefficients: " + e.getMessage());
        }
    }
}
