package intarsia.linalg;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed number of threads, the caller's included, for work that is split by index; independent of the common pool. Which thread takes
 * which part is left open, so a part's result must not depend on it: the same bits at any size of pool.
 *
 * <p>Between calls the helpers spin briefly, then yield, then park, so that a call a few microseconds after another costs no wake-up. Calls
 * from several threads, or from within a part, run their parts on the calling thread: nothing ever waits for a pool in use.
 */
public final class Pool implements AutoCloseable {
    private static final int SPINS = 2_000;
    private static final int YIELDS = 200;
    private static final long NAP = 50_000;

    /** Work that is split into parts. */
    @FunctionalInterface
    public interface Parts {
        /** Does the part with this index. */
        void run(int part);
    }

    private final Helper[] helpers;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean closed;

    /** A pool of this many threads in all; 1 means the caller alone. */
    public Pool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + ": at least 1 is needed");
        }
        helpers = new Helper[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(i + 1, threads);
        }
    }

    /** How many threads, the caller's included. */
    public int threads() {
        return helpers.length + 1;
    }

    /**
     * Runs parts 0 to {@code parts - 1} and returns when all are done. Thread t of n takes the parts t, t + n, ...; allocates nothing.
     *
     * @throws RuntimeException whatever a part threw, after all parts have ended
     */
    public void run(int parts, Parts work) {
        if (helpers.length == 0 || parts == 1 || !busy.compareAndSet(false, true)) {
            for (int part = 0; part < parts; part++) {
                work.run(part);
            }
            return;
        }
        try {
            int called = Math.min(helpers.length, parts - 1);
            for (int i = 0; i < called; i++) {
                helpers[i].start(parts, work);
            }
            Throwable failure = null;
            try {
                for (int part = 0; part < parts; part += helpers.length + 1) {
                    work.run(part);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            for (int i = 0; i < called; i++) {
                Throwable other = helpers[i].await();
                failure = failure == null ? other : failure;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (RuntimeException) failure;
            }
        } finally {
            busy.set(false);
        }
    }

    /**
     * The same of parts that may take unequal times: whichever thread is free takes the next one. Allocates a counter; after a failure
     * some parts may be left out.
     */
    public void runUneven(int parts, Parts work) {
        AtomicInteger next = new AtomicInteger();
        run(Math.min(parts, threads()), thread -> {
            for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
                work.run(part);
            }
        });
    }

    /** Ends the helper threads. */
    @Override
    public void close() {
        closed = true;
        for (Helper helper : helpers) {
            LockSupport.unpark(helper.thread);
        }
    }

    private final class Helper implements Runnable {
        private final int first;
        private final int step;
        private final Thread thread;
        private int parts;
        private Parts work;
        private Throwable failure;
        private volatile long asked;
        private volatile long done;
        private volatile boolean parked;

        Helper(int first, int step) {
            this.first = first;
            this.step = step;
            thread = new Thread(this, "intarsia-" + first);
            thread.setDaemon(true);
            thread.start();
        }

        void start(int newParts, Parts newWork) {
            parts = newParts;
            work = newWork;
            failure = null;
            asked++;
            if (parked) {
                LockSupport.unpark(thread);
            }
        }

        Throwable await() {
            for (int spin = 0; done != asked; spin++) {
                if (spin < SPINS + YIELDS) {
                    relax(spin);
                } else {
                    // Long parts that end unevenly: leave the processor to those who work.
                    LockSupport.parkNanos(NAP);
                }
            }
            work = null;
            return failure;
        }

        @Override
        public void run() {
            long seen = 0;
            while (true) {
                for (int spin = 0; asked == seen; spin++) {
                    if (closed) {
                        return;
                    }
                    if (spin < SPINS + YIELDS) {
                        relax(spin);
                    } else {
                        parked = true;
                        if (asked == seen && !closed) {
                            LockSupport.park(this);
                        }
                        parked = false;
                    }
                }
                seen = asked;
                try {
                    for (int part = first; part < parts; part += step) {
                        work.run(part);
                    }
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
                done = seen;
            }
        }

        private static void relax(int spin) {
            if (spin < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}
