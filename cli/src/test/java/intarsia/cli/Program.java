package intarsia.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The program run in this process, as often as a test likes: what the last run wrote, and its exit status. */
final class Program {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
