package intarsia.models.files;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Something to be taken away when it is closed, and also when the program is stopped before that (Ctrl-C, a time limit's SIGTERM). Not when
 * it is killed outright: then the next writer takes it away.
 */
final class Cleanup implements AutoCloseable {
    /** What is done. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    private static final Set<Cleanup> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Cleanup::atTheEnd), "cleanup"));
    }

    private final Action action;

    private Cleanup(Action action) {
        this.action = action;
    }

    /** Keeps an action for the end. */
    static Cleanup of(Action action) {
        Cleanup cleanup = new Cleanup(action);
        OPEN.add(cleanup);
        return cleanup;
    }

    /** Nothing is left to be taken away. */
    void cancel() {
        OPEN.remove(this);
    }

    @Override
    public void close() throws IOException {
        if (OPEN.remove(this)) {
            action.run();
        }
    }

    private void atTheEnd() {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            // The program ends; the next writer finds what is left.
        }
    }
}
