package intarsia.cli;

import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import intarsia.models.files.RunFolder;
import intarsia.models.files.StoredModel;
import intarsia.models.files.Study;
import intarsia.models.hmb.MtlHmbModel;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the study's tables with their missing blocks filled in. */
@Command(name = "impute", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Write the study's tables, a file per task, with missing blocks imputed by the model; a response read through a "
                + "threshold is written as the 0 and 1 that was learned.")
final class Impute implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The folder that fit wrote.")
    private Path run;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "The folder to write; it must not be there yet.")
    private Path out;

    @Option(names = "--study", paramLabel = "STUDY", description = "Where the study is now, if it was moved since the fit.")
    private Path moved;

    @Option(names = "--force", description = "Replace the folder if it is there.")
    private boolean force;

    @Override
    public void run() {
        RunFolder fitted = RunFolder.read(run);
        if (!(fitted.model() instanceof StoredModel.Hmb(MtlHmbModel model))) {
            throw new UserException(run + ": holds a model of kind " + fitted.model().kind() + ", which imputes nothing; fit --model mtl-hmb");
        }
        Study study = Study.read(moved != null ? moved : Path.of(fitted.provenance().study()));
        if (!study.digest().equals(fitted.provenance().digest())) {
            throw new UserException(study.file() + ": the study is not the one " + run + " was fitted on (its files differ); fit again, or give the right one by --study");
        }
        try (FolderWriter folder = FolderWriter.begin(out, force)) {
            for (Task task : study.tasks().tasks()) {
                folder.write(task.name() + ".csv", Results.completed(fitted.schema(), task.rows(),
                        model.impute(task.name(), Observations.of(task)), task.response()));
            }
            folder.commit();
        }
        spec.commandLine().getOut().println(study.tasks().tasks().size() + " completed tables are in " + out);
    }
}
