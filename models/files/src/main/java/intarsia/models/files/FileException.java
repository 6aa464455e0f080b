package intarsia.models.files;

import intarsia.models.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A file that cannot be used; the message is one line: {@code file:line:column: what is wrong; what to do}. */
public final class FileException extends DataException {
    private static final long serialVersionUID = 1L;
    /** A message is for people: names of thousands of columns are not. */
    private static final int LONGEST = 2_000;

    private final transient Path file;
    private final int line;
    private final int column;

    /** An error about a file as a whole. */
    public FileException(Path file, String message) {
        this(file, 0, 0, message);
    }

    /** An error on a line of a file. */
    public FileException(Path file, int line, String message) {
        this(file, line, 0, message);
    }

    /** An error at a place in a file; line and column count from 1, and 0 means there is none to name. */
    public FileException(Path file, int line, int column, String message) {
        super(Text.shown(file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "") + ": " + cut(message)));
        this.file = file;
        this.line = line;
        this.column = column;
    }

    /** An error of the file system's while a file was being written. */
    public static FileException notWritten(Path file, IOException e) {
        return new FileException(file, "cannot be written: " + reason(e));
    }

    /** What an error of the file system's says, in words: {@code "access denied (a.csv)"}. */
    static String reason(IOException e) {
        String kind = e.getClass().getSimpleName().replace("Exception", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        String said = e.getMessage() == null ? "" : e.getMessage();
        return kind.equals("io") ? said.isEmpty() ? "the system gives no reason" : said : kind + (said.isEmpty() ? "" : " (" + said + ")");
    }

    private static String cut(String message) {
        return message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** The line, from 1; 0 if the error is about the whole file. */
    public int line() {
        return line;
    }

    /** The character in the line, from 1; 0 if the error is about the whole line. */
    public int column() {
        return column;
    }
}
