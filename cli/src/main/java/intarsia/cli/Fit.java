package intarsia.cli;

import intarsia.cli.bits.BitsTable;
import intarsia.cli.json.CommandResult;
import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.conformal.Conformal;
import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Resampling;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.LeaveOneTaskOut;
import intarsia.models.execution.ItemExecutor;
import intarsia.models.execution.ItemWork;
import intarsia.models.files.ComparisonJournal;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Schema;
import intarsia.models.files.Study;
import intarsia.models.files.model.FitOptions;
import intarsia.models.files.model.ModelKinds;
import intarsia.models.files.model.RunFolder;
import intarsia.models.files.model.TrainingSummary;
import intarsia.models.report.run.FitPage;
import intarsia.models.report.run.Origin;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Learns from a study, compares the model with simpler ones, and saves it. */
@Command(name = "fit", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Learn from a study: compare a model with baselines on the same splits; then fit the model on all rows and "
                + "save it. If interrupted, the same command resumes.")
final class Fit implements HasItems {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STUDY", description = "A folder with a study.toml and CSV files.")
    private Path folder;

    @Option(names = "--model", paramLabel = "MODEL",
            description = "A model's name (default: what the study names, else auto, a mixture of several); "
            + "an unknown one lists those there are.")
    private String model;

    @Mixin
    private NewFolder out;

    @Option(names = "--repeats", paramLabel = "N", description = "How often to split rows at random, or into folds, to judge on (default: "
            + "what the study says, else 10, and 3 to 9 with more than 1,000 rows).")
    private Integer repeats;

    @Option(names = "--leave-one-task-out", description = "Also judge how the model would do in a new task: fitted without each "
            + "task in turn, then given the task. For dual-encoder, gp and tenmtl; takes a fit for each task in each split.")
    private boolean leaveOneTaskOut;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random numbers (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--time-limit", paramLabel = "TIME",
            description = "End the comparison in time to have the model after this: 90s, 30m, 2h. The first split is always compared.")
    private String timeLimit;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Mixin
    private StudyReading reading;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions(Precision.F64);

    @Mixin
    private Threads threads;

    @Mixin
    private ExecutorOption executors;

    @Mixin
    private Answer answer;

    private record Result(Comparison.Result comparison, Outcome<? extends Model> outcome, DataSplit split,
            TuningTable tuning) {
        Model model() {
            return outcome.orThrow();
        }
    }

    @Override
    public void run() {
        if (repeats != null) {
            StudyOptions.positive("--repeats", repeats);
        }
        Duration limit = timeLimit == null ? null : StudyOptions.duration(timeLimit);
        Study study = reading.read(folder);
        FitOptions asked = options(study);
        Resampling judged = judged(study);
        PrintWriter to = answer.text();
        try (FolderWriter run = out.begin();
                Engine engine = engineOptions.open(threads.count());
                ItemExecutor executor = executors.open(engine.pool());
                ComparisonJournal journal = ComparisonJournal.of(out.path(), terms(study, engine) + " " + Version.build())) {
            Result result = compute(study, asked, judged.splits(), engine, executor, limit, journal);
            List<String> notes = new ArrayList<>();
            int compared = result.comparison().splits();
            if (compared < judged.splits()) {
                notes.add("--time-limit " + timeLimit + " was enough to compare on " + compared + " of " + judged.splits()
                        + " splits; the same command with --force and more time compares on the others too");
            }
            notes.addAll(new FitNotes(study, asked.estimators(), result.comparison(), result.outcome(), result.split(), engine).lines());
            FitReport report = new FitReport(study.name(), study.tasks(), asked.estimators(), result.comparison(), judged, notes);
            RunFolder.Provenance provenance = new RunFolder.Provenance(List.of(Version.program()),
                    where(study).toString(), study.digest(),
                    study.digests(), seed, engine.kernels().name(), engine.precision().name());
            Conformal intervals = Conformal.of(result.comparison(), asked.model().key(), study.tasks());
            new RunFolder(result.model(), study.schema(), provenance, TrainingSummary.of(study.tasks()), intervals).write(run);
            report.write(run);
            new HeldOutTable(study.tasks(), study.schema(), asked.estimators(), result.comparison()).write(run);
            new ExplanationTables(result.comparison(), asked.model().key(), study.tasks()).write(run);
            SkippedRows.write(study.skipped(), run);
            ChosenValues chosen = new ChosenValues(result.comparison().evaluations(), asked.model().key(),
                    result.model().hyperparameters());
            chosen.write(run);
            result.tuning().write(run);
            FindingsReport findings = new FindingsReport(result.model().findings(study.tasks()));
            findings.write(run);
            ImputationReport imputation = ImputationReport.of(result.model(), study, engine, seed, timeLimit != null);
            imputation.write(run);
            run.write(FitPage.FILE, new FitPage(study, asked.estimators(), result.comparison(), judged, notes, findings.findings(),
                    imputation.quality(), new Origin(GivenCommand.of(spec, "RUN"), Version.program(), provenance)).html());
            run.commit();
            if (compared == judged.splits()) {
                journal.delete();
            }
            to.print(report.text());
            to.println();
            to.print(chosen.text());
            Map<Schema.Response, List<IntervalCoverage>> coverage = new LinkedHashMap<>();
            for (Study of : study.each()) {
                Schema.Response response = of.schema().response();
                coverage.put(response, IntervalCoverage.nested(result.comparison(), asked.model().key(), of.tasks(),
                        IntervalCoverage.LEVEL));
                to.print(CoverageTable.text(coverage.get(response), response));
            }
            to.println(findings.text());
            to.print(imputation.text());
            to.println("the model is in " + out + ": use it by  " + Uses.of(result.model(), out.toString()));
            to.println("the report is in " + out.resolve(FitPage.FILE));
            answer.keep(notes);
            answer.result(new CommandResult.Fitted(out.toString(), out.resolve(FitPage.FILE).toString(), result.model().state().kind(),
                    judged.describe(), compared, report.scores(), CoverageTable.of(coverage, study.schema()),
                    result.model().hyperparameters()));
        }
    }

    @Override
    public ItemWork work() {
        Study study = reading.read(folder);
        try (Engine engine = engineOptions.open(1)) {
            return fits(study, options(study), judged(study).splits(), engine);
        }
    }

    /** The fits of the comparison, which also fits the mean predictor to hold all others against. */
    private ComparedFits fits(Study study, FitOptions asked, int splits, Engine engine) {
        List<Estimator> compared = new ArrayList<>(asked.estimators());
        if (compared.stream().noneMatch(estimator -> estimator.key().equals(MeanPredictor.KEY))) {
            compared.add(new MeanPredictor());
        }
        return new ComparedFits(terms(study, engine), study.tasks(), compared, splits, engineOptions.singleThreaded(),
                RandomStream.of(seed).child("comparison"));
    }

    /** The study's folder, or its file where that is one of several in the folder. */
    private static Path where(Study study) {
        Path file = study.file().toAbsolutePath();
        return file.endsWith(Study.FILE_NAME) ? file.getParent() : file;
    }

    /** The splits to judge on: those of the study, as often as was asked for. */
    private Resampling judged(Study study) {
        try {
            return repeats == null ? study.tasks().resampling() : study.tasks().resampling().repeated(repeats);
        } catch (DataException e) {
            throw new UserException("--repeats: " + e.getMessage());
        }
    }

    private FitOptions options(Study study) {
        FitOptions asked = asked(study);
        if (!leaveOneTaskOut) {
            return asked;
        }
        if (study.tasks().tasks().size() < 2) {
            throw new UserException("--leave-one-task-out: the study has one task only");
        }
        List<Estimator> compared = new ArrayList<>(asked.baselines());
        compared.addFirst(new LeaveOneTaskOut(asked.model()));
        return new FitOptions(asked.model(), compared);
    }

    private FitOptions asked(Study study) {
        if (model == null) {
            return FitOptions.read(study);
        }
        if (!ModelKinds.names().contains(model)) {
            throw new UserException("--model " + model + ": there are " + String.join(", ", ModelKinds.names()));
        }
        return FitOptions.read(study, model);
    }

    /** All that a fit of the comparison depends on besides its split and its estimator's key; options are in the study file. */
    private String terms(Study study, Engine engine) {
        String kernels = engine.kernels().name();
        return "fit of study " + study.digest() + ", seed " + seed + ", " + engine.precision()
                + (kernels.startsWith("opencl") ? ", " + kernels : "") + ", intarsia " + Version.number() + ", bits "
                + BitsTable.read().brief();
    }

    /** The comparison; then the model itself, in the same way, on all rows. */
    private Result compute(Study study, FitOptions asked, int splits, Engine engine, ItemExecutor executor, Duration limit,
            ComparisonJournal journal) {
        ComparedFits fits = fits(study, asked, splits, engine);
        PrintWriter err = spec.commandLine().getErr();
        int all = splits * fits.estimators().size();
        FitMemory memory = FitMemory.of(study.tasks(), Runtime.getRuntime().maxMemory());
        int sideBySide = memory.sideBySide(threads.count());
        if (!memory.line().isEmpty()) {
            err.println("intarsia: " + memory.line());
        }
        if (journal.size() > 0 && !quiet) {
            err.println("intarsia: resuming: " + journal.size() + " of " + all + " fits were done before");
        }
        try (ProgressBar bar = ProgressBar.on(err, quiet);
                Pool pool = new Pool(sideBySide);
                Interruption _ = Interruption.saying(err, () -> journal.size() == 0 ? ""
                        : "intarsia: stopped: " + journal.size() + " of " + all + " fits are kept; the same command resumes")) {
            RandomStream random = RandomStream.of(seed);
            FitProgress progress = new FitProgress(fits.estimators(), splits, sideBySide, limit, journal, bar);
            if (executors.isElsewhere()) {
                executor.run(fits, fits.left(journal), limit == null ? null : Instant.now().plus(limit), line -> {
                    journal.add(line);
                    bar.at((double) journal.size() / (all + 1), "fit " + journal.size() + " of " + all + " to compare");
                });
            }
            // What is done already is known from the journal.
            Comparison.Result comparison = fits.comparison(threads.count() / sideBySide).run(study.tasks(), pool, fits.random(), progress);
            RandomStream own = random.child("model");
            DataSplit split = DataSplit.random(study.tasks(), Estimator.VALIDATION_SHARE, 0, own);
            TuningTable last = new TuningTable(progress.last());
            last.report(asked.model().name(), 0, 1);
            return new Result(comparison, finished(asked.model().fit(new FitContext(engine, split, own, last)), study), split, last);
        }
    }

    private static Outcome<? extends Model> finished(Outcome<? extends Model> outcome, Study study) {
        if (outcome instanceof Outcome.Diverged<?>(int epoch, String where)) {
            throw new UserException(where + " diverged in epoch " + epoch + "; give a smaller learning_rate in [fit] of " + study.file());
        }
        return outcome;
    }
}
