package intarsia.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** What is said where the program is stopped (Ctrl-C, a time limit's SIGTERM) before this is closed. */
final class Interruption implements AutoCloseable {
    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Says a line where the program is stopped.
     *
     * @param line made at that moment; nothing is said if it is empty
     */
    static Interruption saying(PrintWriter err, Supplier<String> line) {
        return new Interruption(new Thread(() -> {
            String said = line.get();
            if (!said.isEmpty()) {
                err.println();
                err.println(said);
                err.flush();
            }
        }, "interruption"));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is being stopped, and the line is said.
        }
    }
}
