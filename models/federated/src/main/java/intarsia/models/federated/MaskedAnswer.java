package intarsia.models.federated;

import intarsia.models.tenmtl.ExactSum;
import java.nio.ByteBuffer;

/** An answer as bytes: the version, then two words a number. Its size is known beforehand, and nothing else is taken. */
final class MaskedAnswer {
    private MaskedAnswer() {}

    /** How many bytes an answer of so many numbers has. */
    static long size(int length) {
        return Integer.BYTES + 2L * Long.BYTES * length;
    }

    static byte[] write(ExactSum sum) {
        ByteBuffer to = ByteBuffer.allocate(Math.toIntExact(size(sum.length()))).putInt(WireWriter.VERSION);
        for (int k = 0; k < sum.length(); k++) {
            to.putLong(sum.high()[k]).putLong(sum.low()[k]);
        }
        return to.array();
    }

    /** Null if they are no answer of so many numbers. */
    static ExactSum read(byte[] bytes, int length) {
        if (bytes.length != size(length)) {
            return null;
        }
        ByteBuffer from = ByteBuffer.wrap(bytes);
        if (from.getInt() != WireWriter.VERSION) {
            return null;
        }
        ExactSum sum = new ExactSum(length);
        for (int k = 0; k < length; k++) {
            sum.high()[k] = from.getLong();
            sum.low()[k] = from.getLong();
        }
        return sum;
    }
}
