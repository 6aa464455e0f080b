package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.evaluation.Comparison;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.RunFolder;
import intarsia.models.files.RunModel;
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
        description = "Learn from a study: a model beside simpler ones on the same repeated splits; then the model itself, on all rows, into a "
                + "folder.")
final class Fit implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STUDY", description = "A folder with a study.toml and CSV files.")
    private Path folder;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The folder to write; it must not be there yet.")
    private Path out;

    @Option(names = "--force", description = "Replace the folder if it is there.")
    private boolean force;

    @Option(names = "--model", paramLabel = "KIND", description = "mtl-hmb or tenmtl (default: what the study says in [fit], else mtl-hmb).")
    private String model;

    @Option(names = "--repeats", paramLabel = "N", description = "Random splits to judge on (default: 10; 3 for tenmtl).")
    private Integer repeats;

    @Option(names = "--seed", paramLabel = "N", description = "What all random numbers are derived from (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Mixin
    private EngineOptions engineOptions;

    @Override
    public void run() {
        Study study = Study.read(folder);
        FitModel kind = FitModel.of(study, model, seed);
        int splits = repeats == null ? kind.repeats() : StudyOptions.positive("--repeats", repeats);
        PrintWriter to = spec.commandLine().getOut();
        try (FolderWriter run = FolderWriter.begin(out, force); Engine engine = engineOptions.open()) {
            Result result = compute(study, kind, splits, engine);
            Report report = new Report(study, kind.methods(), result.scores(), splits);
            new RunFolder(result.model(), study.schema(), new RunFolder.Provenance(Version.number(),
                    study.file().toAbsolutePath().getParent().toString(), study.digest(), study.digests(), seed, engine.kernels().name(),
                    engine.precision().name())).write(run);
            report.write(run);
            String interpretation = kind.interpret(result.model(), run);
            run.commit();
            to.print(report.text());
            to.println();
            to.print(interpretation);
            to.println("the model is in " + out + ": use it by  intarsia predict " + out + " ROWS.csv"
                    + (result.model() instanceof RunModel.Hmb ? "  or  intarsia impute " + out + " --out FOLDER" : ""));
        }
    }

    private record Result(List<Comparison.Score> scores, RunModel model) {}

    private Result compute(Study study, FitModel kind, int splits, Engine engine) {
        try (Progress progress = Progress.on(spec.commandLine().getErr(), quiet)) {
            RandomStream random = RandomStream.of(seed);
            Comparison comparison = new Comparison(kind.methods(), splits, engineOptions.singleThreaded());
            List<Comparison.Score> scores = comparison.run(study.tasks(), engine.pool(), random.child("comparison"),
                    (stage, done, total) -> progress.at((double) done / (total + 1), "fit " + done + " of " + total + " to compare"));
            progress.at(1 - 1.0 / (splits * kind.methods().size() + 1), "the model itself, on all rows");
            return new Result(scores, kind.fit(engine, study, random.child("model"),
                    note -> spec.commandLine().getErr().println("intarsia: note: " + note)));
        }
    }
}
