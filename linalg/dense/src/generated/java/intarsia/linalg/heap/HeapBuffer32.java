// Generated from HeapBuffer64.java by linalg/generator; change that one.
package intarsia.linalg.heap;

import intarsia.linalg.Buffer;
import intarsia.linalg.Precision;

/**
 * A buffer that is an array. Its numbers begin where a cache line does if the virtual machine begins objects there ({@code
 * -XX:ObjectAlignmentInBytes=64}): a vector that lies across two lines is loaded twice, which costs large products a fifth of their speed.
 */
public final class HeapBuffer32 implements Buffer {
    private static final int LINE = 64;
    /** What a virtual machine puts before an array's numbers. */
    private static final int HEADER = 16;
    /** Where in the array the first number is. */
    public static final int FIRST = (LINE - HEADER) / Float.BYTES;

    final float[] array;

    HeapBuffer32(int size) {
        // Too large for an array, it is refused as too large an array is.
        array = new float[(int) Math.min(Integer.MAX_VALUE, (long) FIRST + size)];
    }

    @Override
    public Precision precision() {
        return Precision.F32;
    }

    @Override
    public int size() {
        return array.length - FIRST;
    }
}
