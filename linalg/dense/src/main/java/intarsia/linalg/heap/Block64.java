package intarsia.linalg.heap;

import intarsia.linalg.View;

/**
 * A {@link View} resolved to its array, for the inner loops.
 *
 * @param array   the numbers
 * @param offset  the index of element (0, 0)
 * @param rows    how many rows
 * @param columns how many columns, contiguous
 * @param stride  from one row to the next
 */
public record Block64(double[] array, int offset, int rows, int columns, int stride) {
    static Block64 of(View view) {
        return new Block64(array(view), HeapBuffer64.FIRST + view.offset(), view.rows(), view.columns(), view.stride());
    }

    /** A view's array, where its numbers begin {@link HeapBuffer64#FIRST} later than in its buffer. */
    static double[] array(View view) {
        if (!(view.buffer() instanceof HeapBuffer64 buffer)) {
            throw new IllegalArgumentException("a buffer of " + view.buffer().precision()
                    + " from another provider was given to heap kernels of F64");
        }
        return buffer.array;
    }

    /** How many elements there are. */
    public int size() {
        return rows * columns;
    }

    /** The index of the first element of a row. */
    public int row(int i) {
        return offset + i * stride;
    }

    /** An element. */
    public double at(int i, int j) {
        return array[row(i) + j];
    }

    /** The rows from {@code top} to {@code bottom} of the columns from {@code left} to {@code right}, the latter not included. */
    public Block64 part(int top, int bottom, int left, int right) {
        return new Block64(array, row(top) + left, bottom - top, right - left, stride);
    }

    boolean contiguous() {
        return rows <= 1 || stride == columns;
    }

    boolean overlaps(Block64 other) {
        return array == other.array && size() > 0 && other.size() > 0
                && offset < other.row(other.rows - 1) + other.columns && other.offset < row(rows - 1) + columns
                && !sideBySide(other);
    }

    /** Whether two blocks are disjoint blocks of columns of the same matrix, although their rows interleave. */
    private boolean sideBySide(Block64 other) {
        if (stride != other.stride || stride == 0) {
            return false;
        }
        int between = Math.floorMod(other.offset - offset, stride);
        return between >= columns && between + other.columns <= stride;
    }

    @Override
    public String toString() {
        return "[" + rows + "x" + columns + "]";
    }
}
