package intarsia.cli;

import intarsia.linalg.Precision;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * About how much memory a fit takes, known before it starts: the tables' numbers, as they are held; those of each fit, whose completed rows
 * an engine holds or a linear path, and as many again in passing; six numbers for each weight of a network's first layers. What is in use
 * is within a factor of 1.5.
 *
 * @param tables bytes that the tables take
 * @param fit    bytes that a fit takes besides
 * @param most   bytes that there are
 */
record FitMemory(long tables, long fit, long most) {
    /** Less is not worth a word. */
    private static final long SMALL = 256L << 20;
    /** A row's response, weight, key and place. */
    private static final int OF_ROW = 32;
    private static final int HEADER = 16;
    private static final int COPIES = 2;
    private static final int UNITS = 32;
    private static final int STATES = 6;

    static FitMemory of(TaskSet tasks, long most) {
        Set<Source> sources = tasks.tasks().stream().flatMap(task -> task.blocks().keySet().stream()).collect(Collectors.toSet());
        long width = sources.stream().mapToLong(Source::width).sum();
        long rows = tasks.tasks().stream().mapToLong(Task::size).sum();
        long tables = tasks.cohorts().stream().mapToLong(task -> task.size() * (OF_ROW + task.blocks().entrySet().stream()
                .mapToLong(of -> array(of.getKey().columns().size(), of.getValue().precision())).sum())).sum();
        long weights = width * UNITS * (tasks.tasks().size() + sources.size());
        return new FitMemory(tables, Double.BYTES * (COPIES * rows * width + STATES * weights), most);
    }

    /** The bytes of a row's numbers of a source: an array with its header, which begins at a cache line, and a reference to it. */
    private static long array(int columns, Precision held) {
        int number = held == Precision.F64 ? Double.BYTES : Float.BYTES;
        return (HEADER + (long) number * columns + 63) / 64 * 64 + Integer.BYTES;
    }

    /** How many fits of so many have room side by side; one at least. Results do not depend on it. */
    int sideBySide(int fits) {
        return Math.clamp((most - tables) / Math.max(1, fit), 1, fits);
    }

    /** What a person should know before a large fit; empty for a small one. */
    String line() {
        if (tables + fit < SMALL) {
            return "";
        }
        return "the tables take " + megabytes(tables) + ", a fit about " + megabytes(fit) + " besides, of " + megabytes(most)
                + (tables + fit > most ? "; that may be too little, raise it: INTARSIA_JAVA_OPTS=-Xmx"
                + ((tables + fit) * 3 / 2 / (1 << 30) + 1) + "g" : "");
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", bytes >> 20);
    }
}
