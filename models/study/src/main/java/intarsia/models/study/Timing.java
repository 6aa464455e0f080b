package intarsia.models.study;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.Supplier;

/**
 * How long something took.
 *
 * @param clock seconds of the clock
 * @param cpu   seconds of processor, which other programs on the machine do not lengthen; NaN if it ran on more than one thread, whose sum
 *              Java does not tell
 */
public record Timing(double clock, double cpu) {
    static final List<String> COLUMNS = List.of("seconds", "cpu_seconds");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What came out, and how long it took. */
    record Timed<T>(T result, Timing seconds) {}

    static <T> Timed<T> of(boolean oneThread, Supplier<T> work) {
        boolean measured = oneThread && THREADS.isCurrentThreadCpuTimeSupported();
        long clock = System.nanoTime();
        long cpu = measured ? THREADS.getCurrentThreadCpuTime() : 0;
        T result = work.get();
        double own = measured ? rounded(THREADS.getCurrentThreadCpuTime() - cpu) : Double.NaN;
        return new Timed<>(result, new Timing(rounded(System.nanoTime() - clock), own));
    }

    /** To a tenth of a millisecond, as files have it. */
    private static double rounded(long nanos) {
        return Math.round(nanos * 1e-5) / 1e4;
    }

    static Timing of(List<String> cells) {
        return new Timing(Double.parseDouble(cells.get(0)), cells.get(1).isEmpty() ? Double.NaN : Double.parseDouble(cells.get(1)));
    }

    List<String> cells() {
        return List.of(text(clock), text(cpu));
    }

    private static String text(double seconds) {
        return Double.isNaN(seconds) ? "" : Double.toString(seconds);
    }
}
