package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.baseline.RidgeRegression;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.DualEncoder;
import intarsia.models.dual.DualEncoderModel;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Method;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.NewTask;
import intarsia.models.files.RunFolder;
import intarsia.models.files.StoredModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds a task to a fitted dual encoder. */
@Command(name = "transfer", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Add a new task to a fitted dual encoder: the shared encoder and all other tasks stay as they are. Says how good it is beside plain "
                + "regression on the new task's rows alone, and writes the model with the task added.")
final class Transfer implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder that fit --model dual-encoder wrote.")
    private Path run;

    @Parameters(index = "1", paramLabel = "NEWTASK.csv", description = "The new task's rows with their response, in the columns of the study.")
    private Path csv;

    @Option(names = "--task", paramLabel = "NAME", description = "The new task's name (default: its task column's, or the file's).")
    private String name;

    @Option(names = "--out", paramLabel = "FOLDER", description = "The folder to write (default: RUN-NAME).")
    private Path out;

    @Option(names = "--force", description = "Replace the folder if it is there.")
    private boolean force;

    @Option(names = "--repeats", paramLabel = "N", description = "Random splits to judge on (default: ${DEFAULT-VALUE}).")
    private int repeats = 10;

    @Option(names = "--seed", paramLabel = "N", description = "What all random numbers are derived from (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions(Precision.F64);

    @Mixin
    private Threads threads;

    @Override
    public void run() {
        StudyOptions.positive("--repeats", repeats);
        RunFolder fitted = RunFolder.read(run);
        if (!(fitted.model() instanceof StoredModel.Dual(DualEncoderModel model))) {
            throw new UserException(run + ": holds a model of kind " + fitted.model().kind() + "; transfer needs one that fit --model dual-encoder wrote");
        }
        Task task = NewTask.read(csv, fitted.schema(), model.anchors(), name);
        Path target = out != null ? out : run.resolveSibling(run.toAbsolutePath().normalize().getFileName() + "-" + task.name());
        TaskSet alone = TaskSet.builder().minimumShare(0).task(task).build();
        List<Method> methods = List.of(
                new Method("transfer", "transfer", (engine, data, splits, random, progress) ->
                        DualEncoder.transfer(engine, model, data.tasks().getFirst(), splits.getFirst(), random, progress).orThrow()),
                Method.regression(RidgeRegression.DEFAULT));
        PrintWriter to = spec.commandLine().getOut();
        try (FolderWriter folder = FolderWriter.begin(target, force); Engine engine = engineOptions.open(threads.count())) {
            RandomStream random = RandomStream.of(seed, "transfer");
            List<Comparison.Score> scores = new Comparison(methods, repeats, engineOptions.singleThreaded())
                    .run(alone, engine.pool(), random.child("comparison"), Progress.NONE);
            Split split = Split.random(alone, 0.2, 0, random.child("model")).getFirst();
            Outcome<DualEncoderModel> added = DualEncoder.transfer(engine, model, task, split, random.child("model"), Progress.NONE);
            if (added instanceof Outcome.Stopped<DualEncoderModel>(DualEncoderModel stopped, String why)) {
                spec.commandLine().getErr().println("intarsia: note: " + why);
            }
            new RunFolder(new StoredModel.Dual(added.orThrow()), fitted.schema(), fitted.provenance()).write(folder);
            Report report = new Report(task.name() + ", added to " + run, alone, methods, scores, repeats);
            report.write(folder);
            folder.commit();
            to.print(report.text());
            to.println();
            to.println("the model with task '" + task.name() + "' is in " + target + ": use it by  intarsia predict " + target + " ROWS.csv");
        }
    }
}
