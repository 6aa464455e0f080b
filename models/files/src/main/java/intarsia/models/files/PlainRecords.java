package intarsia.models.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The rows of a {@linkplain CsvPieces piece}, which has no quotes and ends lines with line feeds, with the numbers that their cells say.
 * O(1) a character; eight digits are read at once.
 */
final class PlainRecords implements Records {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    /** So many bytes after a text are written over or looked at. */
    static final int SPARE = 1 + Long.BYTES;

    private final byte[] text;
    private final int length;
    private final byte separator;
    private final int width;
    private int begin;
    private int next;
    private int line;
    private int cells;
    /** Of the records that were kept, one after another. */
    private double[] numbers;
    private int kept;

    /**
     * A text, a byte for each character; those beyond ASCII are question marks.
     *
     * @param bytes  {@link #SPARE} more than the text has
     * @param length of the text
     */
    record Ascii(byte[] bytes, int length) {}

    /**
     * Those of a text from this character on, which begins a line of this number.
     *
     * @param width how many cells of a record have their numbers kept
     */
    PlainRecords(Ascii ascii, char separator, int from, int line, int width) {
        this.length = ascii.length;
        this.text = ascii.bytes;
        // The end of the last line, whether it is there or not.
        this.text[length] = '\n';
        this.separator = (byte) separator;
        this.width = width;
        this.next = from;
        this.line = line - 1;
        this.numbers = new double[8 * width];
    }

    @Override
    public boolean next() {
        if (next >= length) {
            return false;
        }
        if ((kept + 1) * width > numbers.length) {
            // As many rows as those so far tell, and some more.
            int rows = (int) Math.max(kept + 8L, (long) length * (kept + 1) / Math.max(1, next) * 9 / 8);
            numbers = Arrays.copyOf(numbers, rows * width);
        }
        begin = next;
        next = read(begin, kept * width);
        line++;
        return true;
    }

    /**
     * Reads a record's cells.
     *
     * @param from where it begins
     * @param to   where the first number goes
     * @return where the next one begins
     */
    private int read(int from, int to) {
        byte[] all = text;
        int at = from;
        int cell = 0;
        byte end;
        do {
            boolean negative = all[at] == '-';
            int first = negative ? at + 1 : at;
            at = first;
            long digits = 0;
            char digit = (char) (all[at] - '0');
            for (; digit <= 9; digit = (char) (all[++at] - '0')) {
                digits = 10 * digits + digit;
            }
            int count = at - first;
            int places = 0;
            if (all[at] == '.') {
                int point = at++;
                int more;
                do {
                    // Of eight bytes the digits before the first that is none; a digit is below 10 once '0' is taken off.
                    long eight = (long) EIGHT.get(all, at) ^ ZEROS;
                    long others = ((eight & ~HIGH_BITS) + 0x7676767676767676L | eight) & HIGH_BITS;
                    more = Long.numberOfTrailingZeros(others) >> 3;
                    digits = POWERS_OF_TEN[more] * digits + (more == 0 ? 0 : eightDigits(eight << 64 - 8 * more));
                    at += more;
                } while (more == Long.BYTES);
                places = at - point - 1;
                count += places;
            }
            end = all[at];
            boolean number = count > 0 && (end == separator || end == '\n');
            while (end != separator && end != '\n') {
                end = all[++at];
            }
            if (cell < width) {
                numbers[to + cell] = number ? NumberStyle.plain(negative, digits, significant(first, count), places) : Double.NaN;
            }
            cell++;
            at++;
        } while (end != '\n');
        cells = cell;
        return at;
    }

    /** The number of eight digits, the first in the lowest byte. */
    private static long eightDigits(long eight) {
        long pairs = eight * 10 + (eight >>> 8);
        return (pairs & 0xFF000000FFL) * (100 + (1_000_000L << 32)) + (pairs >>> 16 & 0xFF000000FFL) * (1 + (10_000L << 32)) >>> 32;
    }

    /** How many of the digits from a place on are not leading zeros; of few, as many as there are. */
    private int significant(int begin, int count) {
        int significant = count;
        for (int at = begin; significant > NumberStyle.MOST_DIGITS && (text[at] == '0' || text[at] == '.'); at++) {
            significant -= text[at] == '0' ? 1 : 0;
        }
        return significant;
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public int begin() {
        return begin;
    }

    @Override
    public int cells() {
        return cells;
    }

    /** Keeps the record's numbers. */
    void keep() {
        kept++;
    }

    /**
     * What cells of the records that were kept say as {@link NumberStyle#plain} numbers with decimal points, {@code records x width}; NaN
     * where one says more.
     */
    double[] numbers() {
        return numbers;
    }
}
