package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.linalg.Precision;
import intarsia.models.files.Results;
import intarsia.models.files.model.RunFolder;
import intarsia.models.onnx.OnnxExport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model for other engines. */
@Command(name = "export", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Write a fitted model as ONNX, for other engines to run: one file for all tasks, from cells as they come to "
                + "predictions.")
final class Export implements Runnable {
    @Parameters(paramLabel = "RUN", description = "The folder that fit wrote.")
    private Path run;

    @Option(names = "--onnx", required = true, paramLabel = "FILE.onnx", description = "The file to write.")
    private Path onnx;

    @Option(names = "--precision", paramLabel = "PRECISION", defaultValue = "F64",
            description = "F64 or F32 (default: ${DEFAULT-VALUE}); F32 is half as large, and rounds.")
    private Precision precision;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        RunFolder.keepOut(onnx);
        Results.checkWritable(onnx, force);
        RunFolder fitted = RunFolder.read(run);
        byte[] bytes = new OnnxExport(precision, origin(fitted.provenance())).bytes(fitted.model());
        Results.write(onnx, bytes, force);
        answer.result(new CommandResult.Exported(onnx.toString(), bytes.length));
        answer.text().printf(Locale.ROOT, "the model is in %s, %.1f MB; give it a task's name, cells of each source, and "
                + "which rows have the source%n", onnx, bytes.length / 1e6);
    }

    private static Map<String, String> origin(RunFolder.Provenance from) {
        Map<String, String> origin = new LinkedHashMap<>();
        if (from != null) {
            origin.put("version", from.program().version());
            origin.put("bits", from.program().bits());
            origin.put("digest of the study", from.digest());
            origin.put("seed", Long.toString(from.seed()));
        }
        return origin;
    }
}
