package intarsia.cli;

import picocli.CommandLine.Option;

/** How many threads a command that computes may use. */
final class Threads {
    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors); results do not depend on it.")
    private int count = Runtime.getRuntime().availableProcessors();

    /** At least 1, or an error. */
    int count() {
        return StudyOptions.positive("--threads", count);
    }
}
