package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.files.CompletedStudy;
import intarsia.models.files.FolderWriter;
import intarsia.models.imputation.FactorImputation;
import intarsia.models.imputation.ImputationQuality;
import intarsia.models.imputation.MultipleImputation;
import intarsia.models.report.run.FitPage;
import intarsia.models.report.run.ImputationPage;
import intarsia.models.report.run.Origin;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a study that may lack a common source again, completed along the overlaps of its tasks. */
@Command(name = "link", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Write a study whose tasks have no source in common again with missing cells imputed along their overlaps, by latent "
                + "factors, so that models can be fitted to it. Every task must be linked to every other one, if only by way of others. No "
                + "response is looked at.")
final class Link implements Runnable {
    private static final String NOTE = "the factors are learned from all rows, also those that a fit holds out to be judged on, though not "
            + "from responses; imputed cells count as measured in what is fitted to the completed study";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STUDY", description = "A folder with a study.toml, or the TOML file itself.")
    private Path folder;

    @Mixin
    private NewFolder out;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the folds that judge imputation (default: ${DEFAULT-VALUE}).")
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
        CompletedStudy completed = CompletedStudy.read(folder, reading.linked());
        PrintWriter to = answer.text();
        try (FolderWriter written = out.begin(); Engine engine = engineOptions.open(threads.count())) {
            MultipleImputation cells = new MultipleImputation(completed.study().tasks(), RandomStream.of(seed, "link"));
            StudyImputation imputation = new StudyImputation(completed, null, cells.expectedByFactors(), new FactorImputation(), engine);
            List<String> notes = new ArrayList<>(completed.write(written, imputation.completed()));
            notes.add(NOTE);
            written.write(Impute.FLAGS, imputation.flags());
            ImputationQuality quality = imputation.quality(RandomStream.of(seed, ImputationReport.STREAM));
            new ImputationReport(quality).write(written);
            written.write(FitPage.FILE, new ImputationPage(completed.study().name(), completed.study().tasks().missingness(),
                    imputation.filled(), imputation.method().name(), quality, 0, null, notes,
                    new Origin(GivenCommand.of(spec, "FOLDER"), Version.program(), null)).html());
            written.commit();
            int blocks = imputation.filled().stream().mapToInt(ImputationPage.Filled::blocks).sum();
            int single = imputation.filled().stream().mapToInt(ImputationPage.Filled::single).sum();
            to.println("the completed study is in " + out + ": " + blocks + " cells of missing blocks and " + single
                    + " single cells imputed by " + imputation.method().name());
            to.print(new ImputationReport(quality).text());
            to.println("the report is in " + out.resolve(FitPage.FILE) + "; " + out.resolve(Impute.FLAGS) + " marks what was imputed");
            notes.forEach(note -> to.println("note: " + note));
            answer.keep(notes);
            answer.result(new CommandResult.Imputed(out.toString(), imputation.method().name(), blocks, single, 0, null));
        }
    }
}
