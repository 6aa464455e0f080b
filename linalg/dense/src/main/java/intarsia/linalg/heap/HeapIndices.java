package intarsia.linalg.heap;

import intarsia.linalg.Indices;

/** Row numbers on the heap. */
final class HeapIndices implements Indices {
    final int[] array;

    HeapIndices(int size) {
        array = new int[size];
    }

    @Override
    public int size() {
        return array.length;
    }
}
