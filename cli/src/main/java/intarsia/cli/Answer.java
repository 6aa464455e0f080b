package intarsia.cli;

import intarsia.cli.json.CommandResult;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command says: text for people or, with {@code --json}, a result that {@link Main} writes as one document. */
final class Answer {
    static final String JSON = "--json";
    private static final String WARNING = "warning: ";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = JSON, description = "Write one JSON document to standard output instead of text, errors included.")
    private boolean json;

    private final List<String> notes = new ArrayList<>();
    private CommandResult result;

    /** A command's; empty if it has none to give. */
    static Optional<Answer> of(CommandSpec command) {
        return command.mixins().values().stream().flatMap(mixin -> mixin.userObject() instanceof Answer answer ? Stream.of(answer)
                : of(mixin).stream()).findFirst();
    }

    /** Whether a document is asked for. */
    boolean isJson() {
        return json;
    }

    /** Where text for people goes: nowhere if a document is asked for. */
    PrintWriter text() {
        return json ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getOut();
    }

    /** Says a note, or a warning that begins with "warning: ", on standard error, and keeps it for the document. */
    void note(String note) {
        spec.commandLine().getErr().println("intarsia: " + (note.startsWith(WARNING) ? "" : "note: ") + note);
        notes.add(note);
    }

    /** Keeps notes for the document that the text has in its own place. */
    void keep(List<String> others) {
        notes.addAll(others);
    }

    /** Keeps what came out for the document. */
    void result(CommandResult of) {
        result = of;
    }

    List<String> notes() {
        return notes;
    }

    CommandResult result() {
        return result;
    }
}
