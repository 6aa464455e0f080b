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
 * Holds one piece at a time.
 */
final class CsvPieces implements AutoCloseable {
    /** So many bytes have the pieces of a file that has more. */
    static final int SIZE = 1 << 24;
    private static final int BUFFER = 1 << 20;

    private final Path path;
    private final CsvFormat format;
    private final int size;
    private final PushbackInputStream in;
    /** The header with the end of its line; then what is left over from the piece before. */
    private final byte[] header;
    private byte[] left = new byte[0];
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
     * Whether a file is larger than a piece and plain. Reads every byte, in constant memory.
     *
     * @param size how many bytes a piece has
     * @throws FileException if it cannot be read
     */
    static boolean suit(Path path, CsvFormat format, int size) {
        boolean said = format.separator() != null && !format.separator().equals(",") || format.headerLine() != null;
        try {
            return !said && Files.isRegularFile(path) && Files.size(path) > size && isPlain(path, format);
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
            boolean begins = true;
            boolean says = false;
            int length = buffer.length;
            for (; length > 0; length = in.read(buffer)) {
                for (int i = 0; i < length; i++) {
                    byte b = buffer[i];
                    // Digits, points, letters: nearly all there is.
                    if (b > ',') {
                        begins = false;
                        says = true;
                        continue;
                    }
                    if (b == '"' || b == '\r' || begins && b == '#' || b == '\n' && !says) {
                        return false;
                    }
                    begins = b == '\n';
                    says = !begins && (says || b != ',' && b != ' ' && b != '\t');
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
            byte[] bytes = Arrays.copyOf(header, header.length + Math.max(size, left.length));
            System.arraycopy(left, 0, bytes, header.length, left.length);
            int filled = header.length + left.length;
            filled += in.readNBytes(bytes, filled, bytes.length - filled);
            if (filled == header.length) {
                return null;
            }
            int end = filled;
            if (filled == bytes.length) {
                while (end > header.length && bytes[end - 1] != '\n') {
                    end--;
                }
                if (end == header.length) {
                    throw new FileException(path, rows + 2, "is longer than " + size + " bytes; are there line ends?");
                }
            }
            left = Arrays.copyOfRange(bytes, end, filled);
            CsvTable piece = CsvTable.piece(new TextFile(path, TextFile.decode(path, Arrays.copyOf(bytes, end), rows), "", false, rows),
                    format);
            rows += piece.size();
            return piece;
        } catch (IOException e) {
            throw new FileException(path, "cannot be read: " + FileException.reason(e));
        }
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
