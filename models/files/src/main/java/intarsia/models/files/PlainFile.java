package intarsia.models.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The rows of a large, plain CSV file, which are not kept but read again where they are looked at, a piece of about a MiB at a time. Plain
 * are commas between cells, a name above each column, as many cells in each row, no quotes, carriage returns, comments or lines without
 * content, UTF-8: a row is a line, and a cell is what lies between commas. Rows are best looked at one after another, by one thread.
 */
final class PlainFile {
    /** A file of more bytes is not kept. */
    static final int LARGE = 1 << 24;
    /** So many bytes has a piece: few enough to stay in the processor's caches while its rows are used. */
    static final int SIZE = 1 << 20;
    private static final int LONGEST_HEADER = 1 << 24;
    private static final int LONGEST_PIECE = 1 << 30;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final FileTime modified;
    private final String header;
    private final int width;
    /** Where each piece begins, and where the last ends. */
    private final long[] places;
    /** The row that each piece begins with, and how many there are. */
    private final int[] first;
    /** The piece at hand, where its rows begin there, and of how many that is known: the next one's is where a row ends. */
    private int piece = -1;
    private byte[] bytes = new byte[0];
    private int[] begins = new int[0];
    private int known;
    /** The row at hand, and its cells. */
    private int row = -1;
    private final PlainCells cells;

    private PlainFile(Path path, FileTime modified, String header, int width, PlainCheck check) {
        this.path = path;
        this.modified = modified;
        this.header = header;
        this.width = width;
        places = check.places();
        first = check.lines();
        cells = new PlainCells(width);
    }

    /**
     * Looks at every byte of a file, once.
     *
     * @param large how many bytes a large file has more than
     * @param size  how many a piece has at least
     * @return null if it is not large, or not plain
     * @throws FileException if it cannot be read
     */
    static PlainFile of(Path path, CsvFormat format, int large, int size) {
        boolean said = format.separator() != null && !format.separator().equals(",") || format.headerLine() != null
                || format.comment() != null && !format.comment().equals("#");
        try {
            return said || !Files.isRegularFile(path) || Files.size(path) <= large ? null : of(path, size);
        } catch (IOException e) {
            throw notRead(path, e);
        }
    }

    private static PlainFile of(Path path, int size) throws IOException {
        FileTime modified = Files.getLastModifiedTime(path);
        try (InputStream file = Files.newInputStream(path)) {
            byte[] part = file.readNBytes(SIZE);
            if (part.length == SIZE && afterLine(part, 0, SIZE) == SIZE) {
                part = Arrays.copyOf(part, LONGEST_HEADER);
                part = Arrays.copyOf(part, SIZE + file.readNBytes(part, SIZE, LONGEST_HEADER - SIZE));
            }
            int end = afterLine(part, 0, part.length);
            String header = new String(part, 0, end, StandardCharsets.UTF_8);
            String names = header.startsWith("\uFEFF") ? header.substring(1) : header;
            if (!isPlainHeader(names)) {
                return null;
            }
            int width = (int) names.chars().filter(c -> c == ',').count() + 1;
            if (width > CsvRecords.MOST_CELLS) {
                return null;
            }
            PlainCheck check = new PlainCheck(end, width - 1, size);
            System.arraycopy(part, end, part, 0, part.length - end);
            boolean plain = true;
            for (int length = part.length - end; plain && length >= 0; length = file.read(part)) {
                plain = check.look(part, length);
            }
            return plain && check.end() && check.longest() <= LONGEST_PIECE && (check.isAscii() || isUtf8(path))
                    ? new PlainFile(path, modified, names, width, check) : null;
        }
    }

    /** Whether a line names every column and its cells cannot be separated by anything but commas. */
    private static boolean isPlainHeader(String line) {
        return line.endsWith("\n") && !line.startsWith("#") && line.chars().noneMatch(c -> "\"\r\0;\t|\uFFFD".indexOf(c) >= 0)
                && (line.indexOf(',') >= 0 || line.indexOf(' ') < 0)
                && Pattern.compile(",").splitAsStream(line).noneMatch(name -> Text.strip(name).isEmpty());
    }

    private static boolean isUtf8(Path path) throws IOException {
        char[] part = new char[SIZE];
        try (Reader reader = new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8.newDecoder())) {
            int length = 0;
            while (length >= 0) {
                length = reader.read(part);
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    /** The first line. */
    String header() {
        return header;
    }

    /** How many rows there are. */
    int size() {
        return first[first.length - 1];
    }

    /** How many pieces they are in. */
    int pieces() {
        return first.length - 1;
    }

    /** The row that a piece begins with; of the number of pieces, how many rows there are. */
    int first(int piece) {
        return first[piece];
    }

    /** A cell's text. */
    String cell(int row, int column) {
        find(row);
        return new String(bytes, cells.begin(column), cells.end(column) - cells.begin(column), StandardCharsets.UTF_8);
    }

    /** A cell's {@link PlainCells#number number}. */
    double number(int row, int column) {
        find(row);
        return cells.number(column);
    }

    /** The same of some cells of a row, whose columns ascend. */
    void numbers(int row, int[] columns, double[] to) {
        int number = seek(row);
        int after = PlainCells.numbers(bytes, begins[number], columns, to);
        if (known == number + 1 && known < begins.length) {
            begins[known++] = afterLine(bytes, Math.max(begins[number], after - 1), bytes.length);
        }
    }

    /** An error at a cell. */
    FileException error(int row, int column, String message) {
        find(row);
        int begin = cells.begin(0);
        String before = new String(bytes, begin, cells.begin(column) - begin, StandardCharsets.UTF_8);
        return new FileException(path, row + 2, before.codePointCount(0, before.length()) + 1, message);
    }

    /** Makes a row the one at hand. */
    private void find(int wanted) {
        if (row != wanted) {
            int number = seek(wanted);
            cells.at(bytes, begins[number]);
            if (known == number + 1 && known < begins.length) {
                begins[known++] = cells.end(width - 1) + 1;
            }
            row = wanted;
        }
    }

    /** Goes to a row's piece, and gives its number there; where it begins is known then. */
    private int seek(int wanted) {
        if (piece < 0 || wanted < first[piece] || wanted >= first[piece + 1]) {
            int found = Arrays.binarySearch(first, wanted);
            load(found < 0 ? -found - 2 : found);
        }
        int number = wanted - first[piece];
        while (known <= number) {
            begins[known] = afterLine(bytes, begins[known - 1], bytes.length);
            known++;
        }
        return number;
    }

    private void load(int wanted) {
        if (piece == wanted) {
            return;
        }
        int length = (int) (places[wanted + 1] - places[wanted]);
        if (bytes.length < length + PlainCells.SPARE) {
            bytes = new byte[length + length / 8 + PlainCells.SPARE];
        }
        piece = -1;
        row = -1;
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            ByteBuffer to = ByteBuffer.wrap(bytes, 0, length);
            file.position(places[wanted]);
            while (to.hasRemaining() && file.read(to) >= 0) { }
            if (to.hasRemaining() || file.size() != places[places.length - 1] || !Files.getLastModifiedTime(path).equals(modified)) {
                throw new FileException(path, "was changed while it was read; read it again once it is whole");
            }
        } catch (IOException e) {
            throw notRead(path, e);
        }
        // The last line of a file may lack its end.
        bytes[length] = '\n';
        begins = new int[first[wanted + 1] - first[wanted]];
        known = 1;
        piece = wanted;
    }

    /** Where the line after this place begins, or where the text ends. */
    private static int afterLine(byte[] text, int from, int length) {
        int at = from;
        while (at + Long.BYTES <= length && !PlainCheck.endsLine((long) EIGHT.get(text, at))) {
            at += Long.BYTES;
        }
        while (at < length && text[at] != '\n') {
            at++;
        }
        return Math.min(length, at + 1);
    }

    private static FileException notRead(Path path, IOException e) {
        return new FileException(path, "cannot be read: " + FileException.reason(e));
    }
}
