package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.AcceptsTasks;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.baseline.Regression;
import intarsia.models.conformal.Conformal;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Resampling;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.Comparison;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.NewRows;
import intarsia.models.files.NewTask;
import intarsia.models.files.model.RunFolder;
import intarsia.models.files.model.TrainingSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds a task to a fitted model: a new hospital, a new individual. */
@Command(name = "transfer", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Add a new task, or a new individual with a handful of rows, to a fitted model (dual-encoder, gp or tenmtl). What "
                + "tasks share and all other tasks stay as they are. The new task is compared with plain regression on its rows alone; "
                + "the model with the task added is saved.")
final class Transfer implements Runnable {
    /** Fewer rows leave none to be judged on. */
    private static final int LEAST_JUDGED = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder that fit wrote.")
    private Path run;

    @Parameters(index = "1", paramLabel = "NEWTASK.csv", description = "The new task's rows with their response, in the columns of the "
            + "study.")
    private Path csv;

    @Option(names = "--task", paramLabel = "NAME", description = "The new task's name (default: its task column's, or the file's).")
    private String name;

    @Option(names = "--out", paramLabel = "FOLDER", description = "The folder to write (default: RUN-NAME).")
    private Path out;

    @Option(names = "--force", description = "Replace the folder if it exists.")
    private boolean force;

    @Option(names = "--repeats", paramLabel = "N", description = "Random splits to judge on (default: ${DEFAULT-VALUE}).")
    private int repeats = 10;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random numbers (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions(Precision.F64);

    @Mixin
    private Threads threads;

    /** The model with a task added, as something to compare: the data hold that task alone. */
    private record Added(AcceptsTasks model) implements Estimator {
        @Override
        public String key() {
            return "transfer";
        }

        @Override
        public String name() {
            return "transfer";
        }

        @Override
        public Outcome<? extends Model> fit(FitContext context) {
            return added(model, context.engine(), context.split(), context.random());
        }
    }

    /** The model with the task added, or one task after the other for each response. */
    private static Outcome<? extends Model> added(AcceptsTasks model, Engine engine, DataSplit split, RandomStream random) {
        List<TaskSplit> tasks = split.tasks();
        Outcome<? extends Model> added = model.add(engine, tasks.getFirst(), random);
        for (TaskSplit next : tasks.subList(1, tasks.size())) {
            added = added.then(one -> ((AcceptsTasks) one).add(engine, next, random.child(next.task().about())));
        }
        return added;
    }

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        StudyOptions.positive("--repeats", repeats);
        RunFolder fitted = RunFolder.read(run);
        if (!(fitted.model() instanceof AcceptsTasks model && model.acceptsTasks())) {
            throw new UserException(run + ": holds a model of kind " + fitted.model().state().kind()
                    + ", which takes no more tasks; fit --model gp, dual-encoder or tenmtl");
        }
        NewTask read = NewTask.from(csv, fitted.schemaFor(run), fitted.model().requiredSources(), name, model.needsVariedResponse());
        for (Task each : read.tasks()) {
            if (fitted.model().tasks().stream().anyMatch(each.name()::equalsIgnoreCase)) {
                throw new UserException("task '" + each.name()
                        + "': the model has one of this name already; give the new task another by --task");
            }
        }
        read.notes().forEach(answer::note);
        Task task = read.tasks().getFirst();
        String cohort = task.cohort();
        // what lies far outside counts as at a limit (Feature.Limits), as in rows that are predicted
        NewRows rows = new NewRows(task.rows(), Collections.nCopies(task.size(), cohort), task.cells(), List.of(),
                Collections.nCopies(task.size(), ""));
        fitted.marked(rows, csv).notes().forEach(answer::note);
        Path target = out != null ? out : run.resolveSibling(run.toAbsolutePath().normalize().getFileName() + "-" + cohort);
        try (FolderWriter folder = FolderWriter.begin(target, force); Engine engine = engineOptions.open(threads.count())) {
            RandomStream random = RandomStream.of(seed, "transfer");
            TaskSet.Builder tasks = TaskSet.builder().minimumShare(0).resampling(read.resampling());
            read.tasks().forEach(tasks::task);
            TaskSet alone = tasks.build();
            RandomStream own = random.child("model");
            DataSplit split = DataSplit.random(alone, Estimator.VALIDATION_SHARE, 0, own);
            Optional<FitReport> report;
            Outcome<? extends Model> added;
            try (ProgressBar bar = ProgressBar.on(spec.commandLine().getErr(), quiet)) {
                report = judged(model, alone, engine, random.child("comparison"), (stage, done, total) ->
                        bar.at((double) done / (total + 1), "fit " + done + " of " + total + " to compare"));
                added = added(model, engine, split, own);
            }
            if (added instanceof Outcome.Stopped<?>(var stopped, String why)) {
                answer.note(why);
            }
            TrainingSummary training = fitted.training();
            Conformal intervals = fitted.intervals();
            for (Task each : read.tasks()) {
                training = training == null ? null : training.and(each);
                intervals = intervals == null ? null : intervals.and(each);
            }
            RunFolder.Provenance provenance = fitted.provenance() == null ? null : fitted.provenance().and(Version.program());
            new RunFolder(added.orThrow(), fitted.schema(), provenance, training, intervals).write(folder);
            report.ifPresent(of -> of.write(folder));
            FindingsReport findings = new FindingsReport(added.orThrow().findings(alone));
            findings.write(folder);
            StringBuilder text = new StringBuilder(report.map(FitReport::text).orElse(title(cohort) + "; it has " + task.size()
                    + (task.size() == 1 ? " row" : " rows") + ", none of which is left to judge it by\n"));
            read.tasks().forEach(each -> text.append('\n').append(findings.about(each.name())));
            folder.commit();
            answer.result(new CommandResult.Transferred(target.toString(), cohort,
                    report.map(FitReport::scores).orElseGet(FitReport::noScores)));
            PrintWriter to = answer.text();
            to.println(text);
            to.println("the model with task '" + cohort + "' is in " + target + ": use it by  intarsia predict " + target
                    + " ROWS.csv");
        }
    }

    private String title(String cohort) {
        return cohort + ", added to " + run;
    }

    /** The new task on random splits of its rows, compared with regression; empty if it has too few. */
    private Optional<FitReport> judged(AcceptsTasks model, TaskSet alone, Engine engine, RandomStream random, Progress progress) {
        Task task = alone.cohorts().getFirst();
        if (task.size() < LEAST_JUDGED) {
            return Optional.empty();
        }
        List<Estimator> compared = List.of(new Added(model), Regression.DEFAULT);
        Resampling judged = alone.resampling().scheme().repeatable() ? alone.resampling().repeated(repeats) : alone.resampling();
        Comparison.Result result = new Comparison(compared, judged.splits(), engineOptions.singleThreaded())
                .run(alone, engine.pool(), random, progress);
        return Optional.of(new FitReport(title(task.cohort()), alone, compared, result, judged, List.of()));
    }
}
