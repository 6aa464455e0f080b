package intarsia.cli.json;

import intarsia.models.files.Json;
import java.util.List;

/**
 * All that a command with {@code --json} writes to standard output: one object in one line.
 *
 * @param format  of documents
 * @param version of the program
 * @param command its name
 * @param status  what the process ends with
 * @param notes   what a person should know
 * @param result  what came out, or null
 * @param error   what was wrong, or null
 */
@Meaning("Every document has these fields. Exactly one of `result` and `error` is null.")
public record JsonDocument(
        @Meaning("`1`; a later program may add fields, and raises this number where it removes or changes one") int format,
        @Meaning("the program's version") String version,
        @Meaning(value = "the command, such as `fit` or `study tenmtl`; null where none could be read", orNull = true) String command,
        @Meaning("the exit status: 0 done, 2 something that can be put right, 1 a defect or bits that differ (`doctor --bits`)") int status,
        @Meaning("notes and warnings that the command has for people, a line each") List<String> notes,
        @Meaning(value = "what came out, in the form of the command", orNull = true) CommandResult result,
        @Meaning(value = "what was wrong", orNull = true) Failure error) {
    /** The form of documents that this program writes. */
    public static final int FORMAT = 1;

    /** Copies the list. */
    public JsonDocument {
        notes = List.copyOf(notes);
    }

    /** The document in ASCII, so that no name of a column or file can end the line, turn a terminal's mind or need an encoding. */
    public String line() {
        StringBuilder line = new StringBuilder();
        Json.line(this).chars().forEach(c -> {
            if (c < 0x7F) {
                line.append((char) c);
            } else {
                line.append(String.format("\\u%04x", c));
            }
        });
        return line.toString();
    }

    /**
     * Why a command ended without a result.
     *
     * @param message one line, the same as on standard error
     */
    @Meaning("Why there is no result.")
    public record Failure(@Meaning("one line, the one that is on standard error too: what was given, what is wrong, what to do")
            String message) {}
}
