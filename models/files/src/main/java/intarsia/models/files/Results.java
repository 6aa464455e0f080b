package intarsia.models.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Results as CSV: predictions. */
public final class Results {
    private Results() {}

    /**
     * A header and rows as CSV text: commas, cells quoted where they must be, lines that end with a line feed. A text that a spreadsheet
     * would run as a formula has an apostrophe before it, which {@link CsvTable} takes off again; numbers are left alone.
     */
    public static String csv(List<String> header, List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        line(text, header);
        lines(text, header.size(), rows);
        return text.toString();
    }

    static void lines(StringBuilder text, int columns, List<List<String>> rows) {
        for (List<String> row : rows) {
            if (row.size() != columns) {
                throw new IllegalArgumentException("a row of " + row.size() + " cells under a header of " + columns + " columns");
            }
            line(text, row);
        }
    }

    private static void line(StringBuilder text, List<String> cells) {
        for (int j = 0; j < cells.size(); j++) {
            String cell = Spreadsheet.guarded(cells.get(j));
            boolean bare = isBare(cell) && !(cell.isEmpty() && cells.size() == 1);
            text.append(j == 0 ? "" : ",").append(bare ? cell : "\"" + cell.replace("\"", "\"\"") + "\"");
        }
        text.append('\n');
    }

    private static boolean isBare(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return false;
            }
        }
        return true;
    }

    /**
     * Fails early if a result file may not be written: do this before the long work.
     *
     * @throws FileException if it is there and may not be replaced, or is no regular file: a folder, a link, a device
     */
    public static void checkWritable(Path file, boolean force) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new FileException(file, "is a folder; give the name of a file");
        }
        if (Files.isSymbolicLink(file)) {
            throw new FileException(file, "is a link; give the name of the file itself");
        }
        if (!Files.isRegularFile(file)) {
            throw new FileException(file, "is a pipe, a socket or a device; give the name of a file, or leave --out out for "
                    + "standard output");
        }
        if (!force) {
            throw new FileException(file, "is there already; give another name, or --force to replace it");
        }
    }

    /**
     * Fails early if a result would replace what it is made of, by whatever name or link.
     *
     * @throws FileException if both are one file
     */
    public static void checkNotInput(Path file, Path input) {
        try {
            if (Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input)) {
                throw new FileException(file, "is the file of rows itself; give another --out");
            }
        } catch (IOException e) {
            throw FileException.notWritten(file, e);
        }
    }

    /** Writes a text file, whole or not at all; a crash leaves the old one or the new one. */
    public static void write(Path file, String text, boolean force) {
        write(file, text.getBytes(StandardCharsets.UTF_8), force);
    }

    /** Writes a file, whole or not at all. */
    public static void write(Path file, byte[] bytes, boolean force) {
        checkWritable(file, force);
        try {
            Files.createDirectories(Disk.parent(file));
            Disk.replace(file, bytes);
        } catch (IOException e) {
            throw FileException.notWritten(file, e);
        }
    }
}
