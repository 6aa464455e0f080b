// Generated from HeapBuffer64.java by linalg/generator; change that one.
package intarsia.linalg.heap;

import intarsia.linalg.Buffer;
import intarsia.linalg.Precision;

/**
 * A buffer over an array. Its numbers are aligned to cache lines if the virtual machine aligns objects to them ({@code
 * -XX:ObjectAlignmentInBytes=64}): a vector across two lines is loaded twice, which costs large products a fifth of their speed.
 */
public final class HeapBuffer32 implements Buffer {
    private static final int LINE = 64;
    /** The index of the first number in the array. */
    public static final int FIRST = (LINE - ArrayHeader.bytes(float[].class)) / Float.BYTES;

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
