package intarsia.models.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Looks at a CSV text once, in parts, eight bytes at a time: whether it is plain, and where its lines are. A plain text has no quote, no
 * carriage return, no zero byte, no line that begins with #, none without a visible ASCII character besides commas, and as many commas in
 * every line. Lines are gathered into pieces of about one size.
 */
final class PlainCheck {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = ~HIGH_BITS;

    private final int commas;
    private final int size;
    /** Bytes before the next part. */
    private long before;
    /** Whether the next byte begins a line. */
    private boolean begins = true;
    /** Whether the line so far has content. */
    private boolean says;
    /** How many commas the line so far has. */
    private int seen;
    /** The sign bits tell whether any byte was beyond ASCII. */
    private long any;
    private int lines;
    /** Where each piece begins, as a byte and as a line from 0; the last one may be empty. */
    private long[] places = new long[16];
    private int[] first = new int[16];
    private int pieces = 1;

    /**
     * Has seen nothing yet.
     *
     * @param from   how many bytes are before the text
     * @param commas how many every line has
     * @param size   a piece ends with the line in which it reaches so many bytes
     */
    PlainCheck(long from, int commas, int size) {
        this.before = from;
        this.commas = commas;
        this.size = size;
        places[0] = from;
    }

    /**
     * Looks at the next part.
     *
     * @return whether the text may still be plain
     */
    boolean look(byte[] part, int length) {
        int i = 0;
        while (i < length) {
            // Within a line that has content, nothing above a quote matters but commas.
            while (says && i + Long.BYTES <= length) {
                long eight = (long) EIGHT.get(part, i);
                if ((eight - ONES * ('"' + 1) & ~eight & HIGH_BITS) != 0) {
                    break;
                }
                seen += Long.bitCount(commas(eight));
                any |= eight;
                i += Long.BYTES;
            }
            for (int end = Math.min(length, i + Long.BYTES); i < end; i++) {
                byte b = part[i];
                if (b == '"' || b == '\r' || b == 0 || begins && b == '#' || b == '\n' && !endLine(before + i + 1)) {
                    return false;
                }
                begins = b == '\n';
                says = !begins && (says || b > ' ' && b <= '~' && b != ',');
                seen = begins ? 0 : seen + (b == ',' ? 1 : 0);
                any |= b;
            }
        }
        before += length;
        return true;
    }

    /** Ends a line; false if it is not plain. */
    private boolean endLine(long end) {
        if (!says || seen != commas || ++lines == Integer.MAX_VALUE) {
            return false;
        }
        if (end - places[pieces - 1] >= size) {
            if (pieces == places.length) {
                places = Arrays.copyOf(places, 2 * pieces);
                first = Arrays.copyOf(first, 2 * pieces);
            }
            places[pieces] = end;
            first[pieces++] = lines;
        }
        return true;
    }

    /** Ends the text; false if its last line, which needs no line feed, is not plain. */
    boolean end() {
        return begins || endLine(before);
    }

    /** Whether all of the text is ASCII. */
    boolean isAscii() {
        return (any & HIGH_BITS) == 0;
    }

    /** Where each piece begins, and where the last one ends. */
    long[] places() {
        long[] all = Arrays.copyOf(places, full() + 1);
        all[full()] = before;
        return all;
    }

    /** The line that each piece begins with, from 0, and how many there are. */
    int[] lines() {
        int[] all = Arrays.copyOf(first, full() + 1);
        all[full()] = lines;
        return all;
    }

    private int full() {
        return pieces > 1 && places[pieces - 1] == before ? pieces - 1 : pieces;
    }

    /** How many bytes the longest piece has. */
    long longest() {
        long[] all = places();
        return IntStream.range(0, full()).mapToLong(k -> all[k + 1] - all[k]).max().orElseThrow();
    }

    /** Whether a line ends within eight bytes. */
    static boolean endsLine(long eight) {
        long zero = eight ^ ONES * '\n';
        return (zero - ONES & ~zero & HIGH_BITS) != 0;
    }

    /** The highest bit of each of eight bytes that is a comma. */
    static long commas(long eight) {
        long zero = eight ^ ONES * ',';
        return ~((zero & LOW_BITS) + LOW_BITS | zero) & HIGH_BITS;
    }
}
