package intarsia.models.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether a text has no quote, no carriage return, no line that begins with # and none without content but commas and blanks. Looked at in
 * parts, eight bytes at a time.
 */
final class PlainCheck {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Whether the next byte begins a line. */
    private boolean begins = true;
    /** Whether the line so far has content. */
    private boolean says;

    /**
     * Looks at the next part.
     *
     * @return whether the text may still be plain
     */
    boolean look(byte[] part, int length) {
        int i = 0;
        while (i < length) {
            // Within a line that has content, only three bytes matter.
            while (says && i + Long.BYTES <= length) {
                long eight = (long) EIGHT.get(part, i);
                if ((has(eight, '\n') | has(eight, '"') | has(eight, '\r')) != 0) {
                    break;
                }
                i += Long.BYTES;
            }
            for (int end = Math.min(length, i + Long.BYTES); i < end; i++) {
                byte b = part[i];
                if (b == '"' || b == '\r' || begins && b == '#' || b == '\n' && !says) {
                    return false;
                }
                begins = b == '\n';
                says = !begins && (says || b != ',' && b != ' ' && b != '\t');
            }
        }
        return true;
    }

    /** Not 0 where one of eight bytes is this one. */
    private static long has(long eight, char one) {
        long zero = eight ^ ONES * one;
        return zero - ONES & ~zero & HIGH_BITS;
    }
}
