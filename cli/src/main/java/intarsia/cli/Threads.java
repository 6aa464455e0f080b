package intarsia.cli;

import picocli.CommandLine.Option;

/** How many threads a command that computes may use. */
final class Threads {
    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors); results do not depend on it.")
    private int count = Runtime.getRuntime().availableProcessors();

    private static final int MOST = 1024;

    /** From 1 to {@value #MOST}, or an error: each thread takes memory for its stack, and no machine has more processors of use. */
    int count() {
        if (count > MOST) {
            throw new UserException("--threads " + count + ": at most " + MOST);
        }
        return StudyOptions.positive("--threads", count);
    }
}
