package intarsia.cli;

import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where messages go. The launcher may have led standard error away from a terminal, so that nobody reads what the virtual machine says of
 * itself before it runs the program; the property {@code intarsia.errors} is then the terminal's name.
 */
final class MessageStream {
    private MessageStream() {}

    /** A stream for messages; {@link System#err} goes there, too. */
    static FileOutputStream open() {
        String terminal = System.getProperty("intarsia.errors");
        if (terminal != null) {
            try {
                FileOutputStream stream = new FileOutputStream(terminal, true);
                System.setErr(new PrintStream(stream, true, StandardCharsets.UTF_8));
                return stream;
            } catch (FileNotFoundException e) {
                // the terminal is gone, and whoever sat there
            }
        }
        return new FileOutputStream(FileDescriptor.err);
    }
}
