package intarsia.models.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where the cells of a {@linkplain PlainFile plain} row are, and the numbers that they say. O(1) a character; eight are looked at at once,
 * and next to no branch depends on where a cell ends, which processors cannot foresee.
 */
final class PlainCells {
    /** So many bytes after a text are looked at, or written over. */
    static final int SPARE = 1 + Long.BYTES;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = ~HIGH_BITS;
    private static final long ZEROS = ONES * '0';
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private final int width;
    /** Of the row at hand: what is before the first cell, then where each one ends; room for some of the next row's. */
    private final int[] bounds;
    private byte[] text = new byte[0];

    /** Of rows of so many cells. */
    PlainCells(int width) {
        this.width = width;
        bounds = new int[width + 1 + Long.BYTES];
    }

    /**
     * Goes to a row.
     *
     * @param rows rows that end with line feeds, the last one too, and {@link #SPARE} bytes more
     * @param from where the row begins
     */
    void at(byte[] rows, int from) {
        text = rows;
        int[] to = bounds;
        to[0] = from - 1;
        int found = 1;
        for (int at = from; found <= width; at += Long.BYTES) {
            long ends = ends((long) EIGHT.get(rows, at));
            int more = Long.bitCount(ends);
            to[found] = at + (Long.numberOfTrailingZeros(ends) >> 3);
            ends &= ends - 1;
            to[found + 1] = at + (Long.numberOfTrailingZeros(ends) >> 3);
            for (int k = 2; k < more; k++) {
                ends &= ends - 1;
                to[found + k] = at + (Long.numberOfTrailingZeros(ends) >> 3);
            }
            found += more;
        }
    }

    /** Where a cell begins. */
    int begin(int cell) {
        return bounds[cell] + 1;
    }

    /** Where it ends. */
    int end(int cell) {
        return bounds[cell + 1];
    }

    /** A cell's {@link NumberStyle#plain} number with a decimal point; NaN if it says more. */
    double number(int cell) {
        return number(text, bounds[cell] + 1, bounds[cell + 1]);
    }

    /**
     * The numbers of some cells of a row, as {@link #number} gives them, without going there.
     *
     * @param rows    as {@link #at}
     * @param from    where the row begins
     * @param columns which cells, ascending
     * @return the place after the last of them and what ends it; where the row begins if they are none
     */
    static int numbers(byte[] rows, int from, int[] columns, double[] to) {
        int at = from;
        int next = 0;
        for (int k = 0; k < columns.length; k++) {
            for (; next < columns[k]; next++) {
                at = end(rows, at) + 1;
            }
            next++;
            long eight = (long) EIGHT.get(rows, at);
            // What numbers are written with is not below a minus sign, what ends them is.
            int length = Long.numberOfTrailingZeros(belowMinus(eight)) >> 3;
            int end = at + length;
            if (length > 0 && (rows[end] == ',' || rows[end] == '\n') && length < Long.BYTES) {
                // 1 for a minus sign, by no branch: half of all numbers may have one.
                long sign = (eight & 0xFF ^ '-') - 1 >>> Long.SIZE - 1;
                double size = ofEight(eight + sign * ('0' - '-'), length, (int) sign);
                to[k] = Double.longBitsToDouble(Double.doubleToRawLongBits(size) ^ sign << Long.SIZE - 1);
            } else {
                end = end(rows, at);
                to[k] = number(rows, at, end);
            }
            at = end + 1;
        }
        return at;
    }

    private static double number(byte[] text, int begin, int end) {
        int sign = text[begin] == '-' ? 1 : 0;
        int first = begin + sign;
        int length = end - first;
        double size = length > 0 && length <= Long.BYTES ? ofEight((long) EIGHT.get(text, first), length, 0) : ofMany(text, first, end);
        return Double.longBitsToDouble(Double.doubleToRawLongBits(size) ^ (long) sign << Long.SIZE - 1);
    }

    /** The number of at most eight characters, the first in the lowest byte; zeros that stand for signs say nothing. */
    private static double ofEight(long characters, int length, int signs) {
        // The last one in the highest byte; 0 where there is none, like a digit.
        long digits = (characters ^ ZEROS) << Long.SIZE - Byte.SIZE * length;
        long zero = digits ^ ONES * ('.' ^ '0');
        long points = ~((zero & LOW_BITS) + LOW_BITS | zero) & HIGH_BITS;
        int places = 0;
        if (points != 0) {
            int point = Long.numberOfTrailingZeros(points) - 7;
            long before = (1L << point) - 1;
            // What is before the point moves to where it is.
            digits = digits & ~(before | 0xFFL << point) | (digits & before) << Byte.SIZE;
            places = 7 - (point >> 3);
        }
        boolean says = others(digits) == 0 && length - signs > (points == 0 ? 0 : 1);
        return says ? NumberStyle.plain(eightDigits(digits), length, places) : Double.NaN;
    }

    /** The number of any characters. */
    private static double ofMany(byte[] text, int first, int end) {
        long digits = 0;
        int at = first;
        int point = -1;
        while (true) {
            long eight = (long) EIGHT.get(text, at) ^ ZEROS;
            int more = Long.numberOfTrailingZeros(others(eight)) >> 3;
            digits = POWERS_OF_TEN[more] * digits + (more == 0 ? 0 : eightDigits(eight << Long.SIZE - Byte.SIZE * more));
            at += more;
            if (more < Long.BYTES) {
                if (text[at] != '.' || point >= 0) {
                    break;
                }
                point = at++;
            }
        }
        int count = at - first - (point < 0 ? 0 : 1);
        int places = point < 0 ? 0 : at - point - 1;
        return at == end && count > 0 ? NumberStyle.plain(digits, significant(text, first, count), places) : Double.NaN;
    }

    /** How many of the digits from a place on are not leading zeros; of few, as many as there are. */
    private static int significant(byte[] text, int begin, int count) {
        int significant = count;
        for (int at = begin; significant > NumberStyle.MOST_DIGITS && (text[at] == '0' || text[at] == '.'); at++) {
            significant -= text[at] == '0' ? 1 : 0;
        }
        return significant;
    }

    /** The highest bit of each of eight bytes that is no digit, once '0' is taken off. */
    private static long others(long eight) {
        return ((eight & LOW_BITS) + ONES * (0x80 - 10) | eight) & HIGH_BITS;
    }

    /** The number of eight digits, the first in the lowest byte. */
    private static long eightDigits(long eight) {
        long pairs = eight * 10 + (eight >>> 8);
        return (pairs & 0xFF000000FFL) * (100 + (1_000_000L << 32)) + (pairs >>> 16 & 0xFF000000FFL) * (1 + (10_000L << 32)) >>> 32;
    }

    /** Where the cell ends that begins at a place. */
    private static int end(byte[] rows, int from) {
        int at = from;
        long ends = ends((long) EIGHT.get(rows, at));
        while (ends == 0) {
            at += Long.BYTES;
            ends = ends((long) EIGHT.get(rows, at));
        }
        return at + (Long.numberOfTrailingZeros(ends) >> 3);
    }

    /** The highest bit of each of eight bytes that is ASCII and below a minus sign. */
    private static long belowMinus(long eight) {
        return ~((eight | HIGH_BITS) - ONES * '-' | eight) & HIGH_BITS;
    }

    /** The highest bit of each of eight bytes that ends a cell: a comma or a line feed. */
    private static long ends(long eight) {
        long comma = eight ^ ONES * ',';
        long line = eight ^ ONES * '\n';
        return ~(((comma & LOW_BITS) + LOW_BITS | comma) & ((line & LOW_BITS) + LOW_BITS | line)) & HIGH_BITS;
    }
}
