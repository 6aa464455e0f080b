package intarsia.linalg.simd;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A kernel on trial: it runs in the background until it allocates nothing. Vectors are objects until the compiler keeps them in registers,
 * so no allocation means that it is compiled. Where vectors are emulated this never happens, and the kernel is given up after a while. Time
 * would be misleading: while the scalar version is not compiled yet either, a cold kernel looks fast. Kernels on trial take turns, so that
 * the compiler has one to compile while others are still being counted.
 */
final class Warming implements Runnable {
    /** {@code -Dintarsia.simd.warming=off} uses vector loops from the start, compiled or not: for tests and measurements. */
    static final String PROPERTY = "intarsia.simd.warming";

    private static final int RUNS = 10;
    /** The turns without a pause: after them the compiler has been triggered, and works better undisturbed. */
    private static final int EAGER = 100;
    private static final long PAUSE = 200_000;
    /** The turns after which some remaining vector objects are tolerated. */
    private static final int LATE = 3000;
    /**
     * The wall-clock nanoseconds after which a kernel is given up, provided it also had {@link #WORK} of processor time: on a busy machine
     * it has to wait.
     */
    private static final long PATIENCE = 30_000_000_000L;
    private static final long WORK = 2_000_000_000L;

    /** A single daemon thread for all engines, there only while it has something to do. */
    private static final Executor BACKGROUND = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
        Thread thread = new Thread(work, "intarsia-warming");
        thread.setDaemon(true);
        return thread;
    });

    private final Runnable kernel;
    private final Runnable warm;
    private final long begin = System.nanoTime();
    private long worked;
    /** Bytes in the second turn: the first loads classes. */
    private long boxed;
    private int turns;

    private Warming(Runnable kernel, Runnable warm) {
        this.kernel = kernel;
        this.warm = warm;
    }

    static boolean on() {
        return !"off".equals(System.getProperty(PROPERTY));
    }

    /** Tries several, each by itself; {@code warm} is run when none allocates any more. */
    static void begin(List<Runnable> kernels, Runnable warm) {
        AtomicInteger cold = new AtomicInteger(kernels.size());
        for (Runnable kernel : kernels) {
            BACKGROUND.execute(new Warming(kernel, () -> {
                if (cold.decrementAndGet() == 0) {
                    warm.run();
                }
            }));
        }
    }

    /** One turn. */
    @Override
    public void run() {
        long before = Counts.OF_THREADS.getCurrentThreadCpuTime();
        long bytes = allocated();
        worked += Counts.OF_THREADS.getCurrentThreadCpuTime() - before;
        if (turns == 1) {
            boxed = bytes;
        }
        if (bytes == 0 || turns > LATE && bytes < boxed / 2) {
            warm.run();
        } else if (worked < WORK || System.nanoTime() - begin < PATIENCE) {
            if (++turns > EAGER) {
                LockSupport.parkNanos(PAUSE);
            }
            BACKGROUND.execute(this);
        }
    }

    private long allocated() {
        long before = Counts.OF_THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
            kernel.run();
        }
        return Counts.OF_THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Loaded by the thread in the background, since finding it takes some milliseconds. */
    private static final class Counts {
        static final ThreadMXBean OF_THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    }
}
