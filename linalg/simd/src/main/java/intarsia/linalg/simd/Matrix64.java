package intarsia.linalg.simd;

import intarsia.linalg.heap.Block64;

/**
 * The layout of a matrix: element (i, j) is at {@code offset + i * rowStep + j * columnStep}. A transpose is the same numbers with the
 * steps exchanged, a repeated row has a row step of 0.
 *
 * @param array      the numbers
 * @param offset     the index of element (0, 0)
 * @param rowStep    from one row to the next
 * @param columnStep from one column to the next
 */
record Matrix64(double[] array, int offset, int rowStep, int columnStep) {
    static Matrix64 of(Block64 block) {
        return new Matrix64(block.array(), block.offset(), block.stride(), 1);
    }

    static Matrix64 of(Block64 block, boolean transpose) {
        return transpose ? of(block).transposed() : of(block);
    }

    Matrix64 transposed() {
        return new Matrix64(array, offset, columnStep, rowStep);
    }

    /** Copies this many elements of a matrix to the same places of this one. */
    void copy(Matrix64 from, int rows, int columns) {
        if (from.columnStep == 1 && rowStep == 1) {
            Packing64.turn(from.array, from.offset, from.rowStep, array, offset, columnStep, rows, columns);
        } else if (from.rowStep == 1 && columnStep == 1) {
            Packing64.turn(from.array, from.offset, from.columnStep, array, offset, rowStep, columns, rows);
        } else {
            copyNumbers(from, rows, columns);
        }
    }

    private void copyNumbers(Matrix64 from, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            int source = from.offset + i * from.rowStep;
            int target = offset + i * rowStep;
            for (int j = 0; j < columns; j++) {
                array[target + j * columnStep] = from.array[source + j * from.columnStep];
            }
        }
    }
}
