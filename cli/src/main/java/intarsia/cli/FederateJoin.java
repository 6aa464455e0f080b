package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Task;
import intarsia.models.federated.FederatedNode;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Section;
import intarsia.models.files.Study;
import intarsia.models.files.model.RunFolder;
import intarsia.models.files.model.TrainingSummary;
import intarsia.models.tenmtl.StudyParticipant;
import intarsia.models.tenmtl.TenMtl;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes part in a federated fit with a study's rows. */
@Command(name = "join", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Take part in a federated fit with the rows of a study, each task an individual. No row is sent, nor a number of "
                + "one individual: only sums, masked so that the coordinator learns the sum over all nodes alone. The model of "
                + "the study's tasks is saved here. If interrupted, the same command comes back into the fit.")
final class FederateJoin implements Runnable {
    @Parameters(paramLabel = "STUDY", description = "A folder with a study.toml and CSV files.")
    private Path folder;

    @Option(names = "--coordinator", required = true, paramLabel = "URL", description = "The coordinator's address, such as "
            + "https://host:8443.")
    private String coordinator;

    @Mixin
    private NewFolder out;

    @Option(names = "--least-nodes", paramLabel = "N", description = "Answer nothing unless there are at least so many nodes, this one "
            + "included (default: ${DEFAULT-VALUE}). With 2, whoever knows the other's rows and the sums knows yours.")
    private int least = 2;

    @Mixin
    private FederationOptions federation;

    @Mixin
    private StudyReading reading;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        if (least < 2) {
            throw new UserException("--least-nodes " + least + ": must be at least 2; with one there is nothing to hide in");
        }
        Study study = reading.read(folder);
        Section asked = study.fit().sectionOrEmpty(TenMtl.KEY);
        if (asked.has("coupled")) {
            throw asked.error("coupled", "a federated fit has one tensor, of the sources that the coordinator's --modes names; "
                    + "take 'coupled' out");
        }
        DataSplit rows = DataSplit.all(study.tasks());
        try (FolderWriter run = out.begin()) {
            FederatedNode.Result result = FederatedNode.join(address(), federation.identity(), options ->
                    new StudyParticipant(rows, options, study.schema().readingsInWords()), least, federation.patience(), federation.says());
            if (!result.stopped().isEmpty()) {
                answer.note(result.stopped());
            }
            RunFolder.Provenance provenance = new RunFolder.Provenance(List.of(Version.program()), study.file().toAbsolutePath().getParent()
                    .toString(), study.digest(), study.digests(), 0, "scalar", "F64");
            new RunFolder(result.model(), study.schema(), provenance, TrainingSummary.of(study.tasks()), null).write(run);
            FindingsReport findings = new FindingsReport(result.model().findings(study.tasks()));
            findings.write(run);
            SkippedRows.write(study.skipped(), run);
            run.commit();
            List<String> tasks = study.tasks().tasks().stream().map(Task::name).toList();
            PrintWriter to = answer.text();
            to.println("fitted " + tasks.size() + (tasks.size() == 1 ? " task" : " tasks") + " of this study among "
                    + result.fit().individuals() + " individuals; " + result.rounds() + " questions, " + kilobytes(result.sent())
                            + " sent, "
                    + kilobytes(result.received()) + " received");
            to.println("the model is in " + out + ": use it by  " + Uses.of(result.model(), out.toString()));
            answer.result(new CommandResult.Joined(out.toString(), tasks, result.fit().individuals(), result.rounds(),
                    result.fit().sweeps(), result.sent(), result.received()));
        }
    }

    private static String kilobytes(long bytes) {
        return (bytes + 999) / 1000 + " kB";
    }

    private URI address() {
        try {
            return URI.create(coordinator);
        } catch (IllegalArgumentException e) {
            throw new UserException("--coordinator " + coordinator + ": is no address; give one such as https://host:8443");
        }
    }
}
