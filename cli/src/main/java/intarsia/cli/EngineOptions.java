package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import picocli.CommandLine.Option;

/** The options of every command that computes. */
final class EngineOptions {
    @Option(names = "--kernels", paramLabel = "NAME", description = "Force these kernels: scalar, simd (default: the best that run here).")
    private String kernels;

    @Option(names = "--precision", description = "F64 or F32 (default: ${DEFAULT-VALUE}).", defaultValue = "F64")
    private Precision precision;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors); results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** An engine as asked for. */
    Engine open() {
        if (threads < 1) {
            throw new UserException("--threads " + threads + ": must be at least 1");
        }
        try {
            return new Engine.Options(kernels, precision, threads).open();
        } catch (IllegalArgumentException e) {
            throw new UserException(e.getMessage());
        }
    }

    /** The same for one of several pieces of work side by side. */
    Engine.Options singleThreaded() {
        return new Engine.Options(kernels, precision, 1);
    }
}
