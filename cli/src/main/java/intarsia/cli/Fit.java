package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.evaluation.Comparison;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.RunFolder;
import intarsia.models.files.StoredModel;
import intarsia.models.files.Study;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Learns from a study, says how good the model is beside simpler ones, and writes it down. */
@Command(name = "fit", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Learn from a study: a model beside simpler ones on the same repeated splits; then the model "
                + "itself, on all rows, into a folder.")
final class Fit implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STUDY", description = "A folder with a study.toml and CSV files.")
    private Path folder;

    @Option(names = "--model", paramLabel = "KIND", description = "mtl-hmb, dual-encoder or tenmtl (default: what the study names, else mtl-hmb).")
    private String kind;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The folder to write; it must not be there yet.")
    private Path out;

    @Option(names = "--force", description = "Replace the folder if it is there.")
    private boolean force;

    @Option(names = "--repeats", paramLabel = "N", description = "Random splits to judge on (default: 10; 3 for tenmtl).")
    private Integer repeats;

    @Option(names = "--seed", paramLabel = "N", description = "What all random numbers are derived from (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions(Precision.F64);

    @Mixin
    private Threads threads;

    @Override
    public void run() {
        if (repeats != null) {
            StudyOptions.positive("--repeats", repeats);
        }
        Study study = Study.read(folder);
        FitKind model = FitKind.of(kind, study, seed);
        int splits = repeats == null ? model.repeats() : repeats;
        PrintWriter to = spec.commandLine().getOut();
        try (FolderWriter run = FolderWriter.begin(out, force); Engine engine = engineOptions.open(threads.count())) {
            Result result = compute(study, model, splits, engine);
            Report report = new Report(study.name(), study.tasks(), model.methods(), result.scores(), splits);
            new RunFolder(result.model(), study.schema(), new RunFolder.Provenance(Version.number(),
                    study.file().toAbsolutePath().getParent().toString(), study.digest(), study.digests(), seed, engine.kernels().name(),
                    engine.precision().name())).write(run);
            report.write(run);
            model.write(result.model(), run);
            run.commit();
            to.print(report.text());
            to.println();
            String more = model.text(result.model());
            if (!more.isEmpty()) {
                to.println(more);
            }
            to.println("the model is in " + out + ": use it by  " + model.use(out.toString()));
        }
    }

    private record Result(List<Comparison.Score> scores, StoredModel model) {}

    private Result compute(Study study, FitKind model, int splits, Engine engine) {
        try (Progress progress = Progress.on(spec.commandLine().getErr(), quiet)) {
            RandomStream random = RandomStream.of(seed);
            Comparison comparison = new Comparison(model.methods(), splits, engineOptions.singleThreaded());
            List<Comparison.Score> scores = comparison.run(study.tasks(), engine.pool(), random.child("comparison"),
                    (stage, done, total) -> progress.at((double) done / (total + 1), "fit " + done + " of " + total + " to compare"));
            progress.at(1 - 1.0 / (splits * model.methods().size() + 1), "the model itself, on all rows");
            return new Result(scores, model.fit(engine, random.child("model"), note -> spec.commandLine().getErr().println("intarsia: note: " + note)));
        }
    }
}
