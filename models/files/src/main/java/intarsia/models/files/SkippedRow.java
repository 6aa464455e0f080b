package intarsia.models.files;

/**
 * A row that was left out because of a mistake in it, as the study file asks for.
 *
 * @param task   its task; empty if that is the mistake
 * @param file   the name of the file with the mistake
 * @param line   its line, from 1
 * @param column the character in the line, from 1
 * @param problem what is wrong: the whole message
 */
public record SkippedRow(String task, String file, int line, int column, String problem) {
    /** Of what was found wrong with it. */
    static SkippedRow of(String task, FileException problem) {
        return new SkippedRow(task, String.valueOf(problem.file().getFileName()), problem.line(), problem.column(), problem.getMessage());
    }
}
