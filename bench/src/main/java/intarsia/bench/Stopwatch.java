package intarsia.bench;

import java.util.Arrays;

/** Times work that may still be under way when it returns: runs are timed in blocks, each with one wait at its end. */
public final class Stopwatch {
    private static final int BLOCKS = 5;

    private Stopwatch() {}

    /**
     * Nanoseconds of a run, the median over blocks.
     *
     * @param work   is run again and again
     * @param wait   returns when all that was begun is done
     * @param millis how long a block takes, and how long is warmed up before; at least one run each
     */
    public static double nanos(Runnable work, Runnable wait, int millis) {
        int runs = 1;
        long warm = 0;
        long last = 0;
        while (warm < millis * 1_000_000L) {
            last = block(work, wait, runs);
            warm += last;
            runs = last < millis * 250_000L ? 2 * runs : runs;
        }
        int each = (int) Math.clamp(runs * (millis * 1e6 / last), 1, 1_000_000);
        double[] blocks = new double[BLOCKS];
        Arrays.setAll(blocks, i -> (double) block(work, wait, each) / each);
        Arrays.sort(blocks);
        return blocks[BLOCKS / 2];
    }

    private static long block(Runnable work, Runnable wait, int runs) {
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            work.run();
        }
        wait.run();
        return System.nanoTime() - start;
    }
}
