package intarsia.models.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A large CSV file, piece by piece: each is a table of some of its rows under the file's header. Only a plain file can be read so: commas
 * between cells, a name above each column, no quote, no comment and no line without content, so that a piece is read as the whole would be.
 * Holds one piece at a time, longer than others only where a row is.
 */
final class CsvPieces implements AutoCloseable {
    /** A file of more bytes is read in pieces. */
    static final int LARGE = 1 << 24;
    /** So many bytes has a piece: few enough to stay in the processor's caches while its rows are read and predicted. */
    static final int SIZE = 1 << 20;
    /** A row may be as many times longer. */
    private static final int MOST = 16;
    private static final int BUFFER = 1 << 20;

    private final Path path;
    private final CsvFormat format;
    private final int size;
    private final PushbackInputStream in;
    /** The header with the end of its line; then what is left over from the piece before. */
    private final byte[] header;
    private byte[] left = new byte[0];
    /** A piece: the header, what was left over, what comes next. Used again, so that it stays in the caches. */
    private byte[] bytes = new byte[0];
    private int rows;

    private CsvPieces(Path path, CsvFormat format, int size) throws IOException {
        this.path = path;
        this.format = format;
        this.size = size;
        this.in = new PushbackInputStream(Files.newInputStream(path), BUFFER);
        byte[] first = in.readNBytes(BUFFER);
        int end = after(first, 0) + 1;
        header = Arrays.copyOf(first, end);
        in.unread(first, end, first.length - end);
    }

    /**
     * Whether a file is large and plain. Reads every byte, in constant memory.
     *
     * @param large how many bytes a large file has more than
     * @throws FileException if it cannot be read
     */
    static boolean suit(Path path, CsvFormat format, int large) {
        boolean said = format.separator() != null && !format.separator().equals(",") || format.headerLine() != null;
        try {
            return !said && Files.isRegularFile(path) && Files.size(path) > large && isPlain(path, format);
        } catch (IOException e) {
            throw new FileException(path, "cannot be read: " + FileException.reason(e));
        }
    }

    private static boolean isPlain(Path path, CsvFormat format) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] buffer = in.readNBytes(BUFFER);
            int end = after(buffer, 0);
            if (end == buffer.length) {
                return false;
            }
            String names = TextFile.decode(path, Arrays.copyOf(buffer, end));
            // The first line may be a comment behind a byte order mark.
            boolean others = names.startsWith("#") || names.chars().anyMatch(c -> c == ';' || c == '\t' || c == '|');
            if (others || Arrays.stream(names.split(",", -1)).anyMatch(name -> Text.strip(name).isEmpty())) {
                return false;
            }
            PlainCheck check = new PlainCheck();
            for (int length = buffer.length; length > 0; length = in.read(buffer)) {
                if (!check.look(buffer, length)) {
                    return false;
                }
            }
            return format.comment() == null || format.comment().isEmpty() || format.comment().equals("#");
        }
    }

    /** Where the line ends that begins at a place. */
    private static int after(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The pieces of a file that {@linkplain #suit suits}. */
    static CsvPieces of(Path path, CsvFormat format, int size) {
        try {
            return new CsvPieces(path, format, size);
        } catch (IOException e) {
            throw new FileException(path, "cannot be read: " + FileException.reason(e));
        }
    }

    /** The next one; null after the last. */
    CsvTable next() {
        try {
            int most = header.length + left.length + size;
            if (bytes.length < most + PlainRecords.SPARE) {
                bytes = Arrays.copyOf(header, most + PlainRecords.SPARE);
            }
            System.arraycopy(left, 0, bytes, header.length, left.length);
            int filled = header.length + left.length;
            filled += in.readNBytes(bytes, filled, size);
            if (filled == header.length) {
                return null;
            }
            int end = filled;
            while (filled == most && end > header.length && bytes[end - 1] != '\n') {
                end--;
            }
            left = Arrays.copyOfRange(bytes, end, filled);
            if (end > header.length) {
                CsvTable piece = CsvTable.piece(new TextFile(path, TextFile.decode(path, bytes, end, rows), "", false, rows), bytes, end,
                        format);
                rows += piece.size();
                return piece;
            }
        } catch (IOException e) {
            throw new FileException(path, "cannot be read: " + FileException.reason(e));
        }
        if (left.length >= MOST * size) {
            throw new FileException(path, rows + 2, "is longer than " + MOST * size + " bytes; are there line ends?");
        }
        // A row longer than a piece.
        return next();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new FileException(path, "cannot be read: " + FileException.reason(e));
        }
    }
}
