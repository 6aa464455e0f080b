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
import intarsia.models.tenmtl.TenMtlModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds a task to a fitted dual encoder or an individual to a TenMTL. */
@Command(name = "transfer", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Add a new task to a fitted dual encoder, or a new individual, of whom a handful of rows may be known, to a TenMTL: what is shared and "
                + "all other tasks stay as they are. Says how good it is beside plain regression on the new task's rows alone, and writes the model "
                + "with the task added.")
final class Transfer implements Runnable {
    /** Fewer rows leave none to be judged on. */
    private static final int LEAST_JUDGED = 3;

    /** How a model takes one more task. */
    private interface Adding {
        Outcome<? extends StoredModel> add(Engine engine, Task task, Split split, RandomStream random);
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder that fit --model dual-encoder or tenmtl wrote.")
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
        Adding adding = adding(fitted.model());
        // an individual whose responses are alike, or who has but one, says something beside a population
        Task task = NewTask.read(csv, fitted.schema(), fitted.model().needed(), name, !(fitted.model() instanceof StoredModel.TenMtl));
        Path target = out != null ? out : run.resolveSibling(run.toAbsolutePath().normalize().getFileName() + "-" + task.name());
        try (FolderWriter folder = FolderWriter.begin(target, force); Engine engine = engineOptions.open(threads.count())) {
            RandomStream random = RandomStream.of(seed, "transfer");
            TaskSet alone = TaskSet.builder().minimumShare(0).task(task).build();
            Split split = Split.random(alone, 0.2, 0, random.child("model")).getFirst();
            StringBuilder text = new StringBuilder();
            if (task.size() >= LEAST_JUDGED) {
                Report report = judge(adding, alone, engine, random.child("comparison"));
                report.write(folder);
                text.append(report.text());
            } else {
                text.append(task.name()).append(", added to ").append(run).append("; of ").append(task.size()).append(task.size() == 1 ? " row" : " rows")
                        .append(" none is left to judge it by\n");
            }
            Outcome<? extends StoredModel> added = adding.add(engine, task, split, random.child("model"));
            if (added instanceof Outcome.Stopped(var stopped, String why)) {
                spec.commandLine().getErr().println("intarsia: note: " + why);
            }
            new RunFolder(added.orThrow(), fitted.schema(), fitted.provenance()).write(folder);
            if (added.orThrow() instanceof StoredModel.TenMtl(TenMtlModel model)) {
                TenMtlReport report = new TenMtlReport(model);
                report.write(folder);
                text.append('\n').append(report.newcomer()).append('\n');
            }
            folder.commit();
            PrintWriter to = spec.commandLine().getOut();
            to.println(text);
            to.println("the model with task '" + task.name() + "' is in " + target + ": use it by  intarsia predict " + target + " ROWS.csv");
        }
    }

    private Adding adding(StoredModel model) {
        return switch (model) {
            case StoredModel.Dual(DualEncoderModel dual) -> (engine, task, split, random) ->
                    DualEncoder.transfer(engine, dual, task, split, random, Progress.NONE).map(StoredModel.Dual::new);
            case StoredModel.TenMtl(TenMtlModel tenMtl) -> (engine, task, split, random) ->
                    new Outcome.Converged<>(new StoredModel.TenMtl(tenMtl.with(task, split.known())), 1);
            case StoredModel.Hmb hmb -> throw new UserException(run + ": holds a model of kind " + hmb.kind()
                    + "; transfer needs one that fit --model dual-encoder or tenmtl wrote");
        };
    }

    /** The new task on random splits of its own, beside regression. */
    private Report judge(Adding adding, TaskSet alone, Engine engine, RandomStream random) {
        List<Method> methods = List.of(
                new Method("transfer", "transfer", (own, data, splits, source, progress) ->
                        adding.add(own, data.tasks().getFirst(), splits.getFirst(), source).orThrow().predictor()),
                Method.regression(RidgeRegression.DEFAULT));
        List<Comparison.Score> scores = new Comparison(methods, repeats, engineOptions.singleThreaded()).run(alone, engine.pool(), random, Progress.NONE);
        return new Report(alone.tasks().getFirst().name() + ", added to " + run, alone, methods, scores, repeats);
    }
}
