package intarsia.linalg.simd;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** How {@link WarmingLoops64} and its twin warm up: one thread in the background, which goes when there is nothing left to warm. */
final class Warming {
    /** {@code -Dintarsia.simd.warming=off} uses vector loops from the start, compiled or not: for tests and measurements. */
    static final String PROPERTY = "intarsia.simd.warming";

    private static final int RUNS = 10;
    private static final int WINS = 3;
    private static final long PATIENCE = 20_000_000_000L;

    /** A single daemon thread for all engines, there only while it has something to do. */
    static final Executor BACKGROUND = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
        Thread thread = new Thread(work, "intarsia-warming");
        thread.setDaemon(true);
        return thread;
    });

    private Warming() {}

    static boolean on() {
        return !"off".equals(System.getProperty(PROPERTY));
    }

    /**
     * Runs both until the first takes hardly longer than the second did at its best, several times in a row; false if it does not within
     * some seconds. Loops that the compiler turns into vectors by itself are about as fast, hence hardly.
     */
    static boolean wins(Runnable first, Runnable second) {
        long begin = System.nanoTime();
        long best = Long.MAX_VALUE;
        for (int wins = 0; wins < WINS;) {
            best = Math.min(best, time(second));
            wins = time(first) <= best + best / 2 ? wins + 1 : 0;
            if (System.nanoTime() - begin > PATIENCE) {
                return false;
            }
        }
        return true;
    }

    private static long time(Runnable work) {
        long begin = System.nanoTime();
        for (int i = 0; i < RUNS; i++) {
            work.run();
        }
        return System.nanoTime() - begin;
    }
}
