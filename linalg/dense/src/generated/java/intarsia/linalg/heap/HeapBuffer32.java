// Generated from HeapBuffer64.java by FloatSources; change that one.
package intarsia.linalg.heap;

import intarsia.linalg.Buffer;
import intarsia.linalg.Precision;

/** A buffer that is an array. */
public final class HeapBuffer32 implements Buffer {
    final float[] array;

    HeapBuffer32(int size) {
        array = new float[size];
    }

    @Override
    public Precision precision() {
        return Precision.F32;
    }

    @Override
    public int size() {
        return array.length;
    }
}
