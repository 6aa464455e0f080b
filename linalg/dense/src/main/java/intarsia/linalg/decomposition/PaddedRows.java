package intarsia.linalg.decomposition;

import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HeapBuffer64;
import intarsia.linalg.heap.HostProducts;
import intarsia.linalg.heap.Loops64;

/**
 * A matrix to work on: its rows begin at cache lines and have whole lanes ({@link Loops64#ROW_LANES}), as kernels want them; there are
 * whole lanes of rows, too. What is beyond the matrix is 0 and stays so.
 */
final class PaddedRows {
    private static final int LANES = Loops64.ROW_LANES;
    /** Rows whose distance is a multiple of this many numbers would compete for a few lines of the first-level cache. */
    private static final int CONFLICT = 32;
    private static final int GAP = 8;
    private static final int FIRST = HeapBuffer64.FIRST;

    private final double[] numbers;
    private final int rows;
    private final int columns;
    private final int step;

    /** Zeros. */
    PaddedRows(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        int width = up(columns);
        step = width % CONFLICT == 0 ? width + GAP : width;
        numbers = new double[Math.addExact(FIRST, Math.multiplyExact(up(rows), step))];
    }

    /** The beginning of the lanes that an index belongs to. */
    static int down(int index) {
        return index / LANES * LANES;
    }

    /** So many in whole lanes. */
    static int up(int count) {
        return down(count + LANES - 1);
    }

    /** So many in whole fours. */
    static int fours(int count) {
        return (count + 3) / 4 * 4;
    }

    double[] numbers() {
        return numbers;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    int step() {
        return step;
    }

    /** The index of an entry. */
    int at(int i, int j) {
        return FIRST + i * step + j;
    }

    double get(int i, int j) {
        return numbers[at(i, j)];
    }

    void set(int i, int j, double value) {
        numbers[at(i, j)] = value;
    }

    /** The rows from {@code top} to {@code bottom} of the columns from {@code left} to {@code right}, the latter not included. */
    Block64 block(int top, int bottom, int left, int right) {
        return new Block64(numbers, at(top, left), bottom - top, right - left, step);
    }

    /** All of it. */
    Block64 all() {
        return block(0, rows, 0, columns);
    }

    /** Copies a contiguous matrix of the same shape. */
    void take(double[] from) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(from, i * columns, numbers, at(i, 0), columns);
        }
    }

    /** Writes the transpose of a block here, beginning at an entry. */
    void takeTransposed(Block64 from, int i, int j) {
        HostProducts.transpose(from.rows(), from.columns(), from.array(), from.offset(), from.stride(), numbers, at(i, j), step);
    }

    /** A copy of some rows, from one column to another. */
    PaddedRows copy(int[] which, int from, int end) {
        PaddedRows copy = new PaddedRows(which.length, end - from);
        for (int i = 0; i < which.length; i++) {
            System.arraycopy(numbers, at(which[i], from), copy.numbers, copy.at(i, 0), end - from);
        }
        return copy;
    }

    /** Writes other rows here, beginning at an entry. */
    void put(PaddedRows others, int i, int j) {
        for (int k = 0; k < others.rows; k++) {
            System.arraycopy(others.numbers, others.at(k, 0), numbers, at(i + k, j), others.columns);
        }
    }
}
