package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.models.ImputesBlocks;
import intarsia.models.files.CompletedStudy;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Study;
import intarsia.models.files.model.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the study again with its missing blocks filled in. */
@Command(name = "impute", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Write the study again, with missing blocks imputed by the model. Measured values are copied unchanged; "
                + "the result can be read as a study.")
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

    @Mixin
    private StudyReading reading;

    @Override
    public void run() {
        RunFolder fitted = RunFolder.read(run);
        if (!(fitted.model() instanceof ImputesBlocks model)) {
            throw new UserException(run + ": holds a model of kind " + fitted.model().state().kind()
                    + ", which imputes nothing; fit --model mtl-hmb");
        }
        if (fitted.provenance() == null) {
            throw new UserException(run + ": was saved from a program without a study, so there is none to complete");
        }
        CompletedStudy completed = CompletedStudy.read(moved != null ? moved : Path.of(fitted.provenance().study()), reading.options(null));
        Study study = completed.study();
        if (!study.digest().equals(fitted.provenance().digest())) {
            throw new UserException(study.file() + ": the study is not the one " + run
                    + " was fitted on (its files differ); fit again, or give the right one by --study");
        }
        List<String> notes;
        try (FolderWriter folder = FolderWriter.begin(out, force); Engine engine = Engine.open()) {
            notes = completed.write(folder, of -> model.impute(engine, of.task(), of.rows()));
            folder.commit();
        }
        PrintWriter to = spec.commandLine().getOut();
        to.println("the completed study is in " + out);
        notes.forEach(note -> to.println("note: " + note));
    }
}
