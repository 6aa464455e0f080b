package intarsia.linalg.heap;

import intarsia.linalg.Buffer;
import intarsia.linalg.Precision;

/** A buffer that is an array. */
public final class HeapBuffer64 implements Buffer {
    final double[] array;

    HeapBuffer64(int size) {
        array = new double[size];
    }

    @Override
    public Precision precision() {
        return Precision.F64;
    }

    @Override
    public int size() {
        return array.length;
    }
}
