package intarsia.linalg;

/**
 * A matrix laid over part of a {@link Buffer}: the operand of every kernel. Element (i, j) is number {@code offset + i * stride + j} of the
 * buffer; columns are always contiguous. A tensor of higher rank is seen as a matrix of its last axis, all others being rows.
 *
 * @param buffer  where the numbers are
 * @param offset  the buffer's index of element (0, 0)
 * @param rows    how many rows
 * @param columns how many columns
 * @param stride  from one row to the next; at least {@code columns} unless there is only one row
 */
public record View(Buffer buffer, int offset, int rows, int columns, int stride) {
    /** Checks that the matrix lies within the buffer and that its rows do not overlap. */
    public View {
        if (rows < 0 || columns < 0 || offset < 0 || (rows > 1 && stride < columns)) {
            throw new ShapeException("view of " + rows + "x" + columns + " at " + offset + ", stride " + stride + ": not a matrix");
        }
        if (rows > 0 && columns > 0 && offset + (rows - 1L) * stride + columns > buffer.size()) {
            throw new ShapeException("view of " + rows + "x" + columns + " at " + offset + ", stride " + stride + ": beyond a buffer of "
                    + buffer.size());
        }
    }

    /** A whole buffer as one row. */
    public static View of(Buffer buffer) {
        return new View(buffer, 0, 1, buffer.size(), buffer.size());
    }

    /** A contiguous matrix at the start of a buffer. */
    public static View of(Buffer buffer, int rows, int columns) {
        return new View(buffer, 0, rows, columns, columns);
    }

    /** The number of elements. */
    public int size() {
        return rows * columns;
    }

    /** Whether the elements lie without gaps. */
    public boolean contiguous() {
        return rows <= 1 || stride == columns;
    }

    /** The rows {@code from} (inclusive) to {@code to} (exclusive). */
    public View rows(int from, int to) {
        return new View(buffer, offset + from * stride, to - from, columns, stride);
    }

    /** The columns {@code from} (inclusive) to {@code to} (exclusive). */
    public View columns(int from, int to) {
        return new View(buffer, offset + from, rows, to - from, stride);
    }

    /** The same contiguous elements as a matrix of other sizes. */
    public View reshape(int newRows, int newColumns) {
        if (!contiguous() || newRows * newColumns != size()) {
            throw new ShapeException("view " + this + " cannot be seen as " + newRows + "x" + newColumns);
        }
        return new View(buffer, offset, newRows, newColumns, newColumns);
    }

    /** {@code [16x64]}. */
    @Override
    public String toString() {
        return "[" + rows + "x" + columns + "]";
    }
}
