package intarsia.models.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A CSV result that comes piece by piece and may not fit into memory. Rows wait in a hidden file until all are there: the result is whole
 * or absent. A column that only later rows turn out to need is empty in those before.
 *
 * <pre>
 * try (ResultSpool spool = ResultSpool.beside(file)) {
 *     spool.add(rows);
 *     spool.write(header, file, force);
 * }
 * </pre>
 */
public final class ResultSpool implements AutoCloseable {
    private final Path path;
    private final Writer rows;
    private final Cleanup cleanup;
    private int columns;
    /** How many rows came before the last column did. */
    private long narrow;
    private long count;

    private ResultSpool(Path path) throws IOException {
        this.path = path;
        cleanup = Cleanup.of(() -> Files.deleteIfExists(path));
        rows = Files.newBufferedWriter(path);
    }

    /**
     * For a file, or for standard output. Rows wait beside the file or, while its folder is not there, beside the uppermost one that is to
     * be made: nothing is left where they do not all come.
     *
     * @param file null for standard output
     * @throws FileException if nothing can be written there
     */
    public static ResultSpool beside(Path file) {
        try {
            if (file == null) {
                return new ResultSpool(Files.createTempFile("intarsia-", Disk.WRITING));
            }
            Path place = file;
            while (!Files.exists(Disk.parent(place))) {
                place = Disk.parent(place);
            }
            return new ResultSpool(Disk.hidden(place, Disk.WRITING + Disk.unique()));
        } catch (IOException e) {
            throw FileException.notWritten(file == null ? Path.of(System.getProperty("java.io.tmpdir")) : file, e);
        }
    }

    /**
     * Adds rows of as many cells as those before, or of one cell more.
     *
     * @throws FileException if they cannot be written
     */
    public void add(List<List<String>> more) {
        int width = more.getFirst().size();
        if (count > 0 && width != columns) {
            if (width != columns + 1 || narrow > 0) {
                throw new IllegalArgumentException("rows of " + width + " cells after rows of " + columns);
            }
            narrow = count;
        }
        columns = width;
        count += more.size();
        StringBuilder text = new StringBuilder();
        Results.lines(text, columns, more);
        try {
            rows.append(text);
        } catch (IOException e) {
            throw FileException.notWritten(path, e);
        }
    }

    /** Writes a header and all rows to a file, whole or not at all. */
    public void write(List<String> header, Path file, boolean force) {
        Results.checkWritable(file, force);
        Path beside = Disk.hidden(file, Disk.WRITING + Disk.unique());
        try (Cleanup _ = Cleanup.of(() -> Files.deleteIfExists(beside))) {
            Files.createDirectories(Disk.parent(file));
            try (BufferedWriter to = Files.newBufferedWriter(beside)) {
                copy(header, to);
            }
            Disk.force(beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Disk.force(Disk.parent(file));
        } catch (IOException e) {
            throw FileException.notWritten(file, e);
        }
    }

    /** Prints a header and all rows. */
    public void print(List<String> header, Writer to) {
        try {
            copy(header, to);
        } catch (IOException e) {
            throw FileException.notWritten(path, e);
        }
    }

    private void copy(List<String> header, Writer to) throws IOException {
        rows.close();
        to.append(Results.csv(header, List.of()));
        char[] piece = new char[1 << 16];
        long row = 0;
        boolean quoted = false;
        try (Reader from = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            for (int length = from.read(piece); length > 0; length = from.read(piece)) {
                int begin = 0;
                for (int i = 0; i < length && row < narrow; i++) {
                    quoted ^= piece[i] == '"';
                    if (piece[i] == '\n' && !quoted) {
                        to.write(piece, begin, i - begin);
                        to.append(",\n");
                        begin = i + 1;
                        row++;
                    }
                }
                to.write(piece, begin, length - begin);
            }
        }
    }

    @Override
    public void close() {
        try (cleanup) {
            rows.close();
        } catch (IOException e) {
            throw FileException.notWritten(path, e);
        }
    }
}
