package intarsia.autodiff.plan;

import intarsia.autodiff.Op;
import intarsia.linalg.Shape;
import intarsia.linalg.View;

/**
 * Where a node's numbers lie: a matrix within a {@link Storage} that may not have its place yet. A tensor of any rank is seen as the matrix
 * of its last axis; columns are contiguous.
 */
record Value(Storage storage, int offset, int rows, int columns, int stride) {
    /** A whole storage as a contiguous matrix. */
    static Value whole(Storage storage, int rows, int columns) {
        return new Value(storage, 0, rows, columns, columns);
    }

    int size() {
        return rows * columns;
    }

    boolean contiguous() {
        return rows <= 1 || stride == columns;
    }

    /** Whether it fills its storage, so that the storage may be shared as a whole. */
    boolean fillsStorage() {
        return offset == 0 && contiguous() && size() == storage.size;
    }

    Value rows(int from, int to) {
        return new Value(storage, offset + from * stride, to - from, columns, stride);
    }

    Value columns(int from, int to) {
        return new Value(storage, offset + from, rows, to - from, stride);
    }

    /** Some of its rows, axis 0, or columns, axis 1. */
    Value part(int axis, int from, int to) {
        return axis == 0 ? rows(from, to) : columns(from, to);
    }

    /** What padding surrounds, of this shape. */
    Value inner(Op.Pad pad, Shape shape) {
        return part(pad.axis(), pad.before(), pad.before() + shape.size(pad.axis()));
    }

    /** The diagonal as a column. */
    Value diagonal() {
        return new Value(storage, offset, Math.min(rows, columns), 1, stride + 1);
    }

    /** The same contiguous numbers as a matrix of other sizes. */
    Value reshape(int newRows, int newColumns) {
        if (!contiguous() || newRows * newColumns != size()) {
            throw new IllegalStateException(this + " as " + newRows + "x" + newColumns);
        }
        return new Value(storage, offset, newRows, newColumns, newColumns);
    }

    /** Once its storage has its place. */
    View view() {
        return new View(storage.buffer(), storage.offset() + offset, rows, columns, stride);
    }

    /** Once storages have their places. */
    boolean samePlace(Value other) {
        return storage.buffer() == other.storage.buffer() && storage.offset() + offset == other.storage.offset() + other.offset
                && rows == other.rows && columns == other.columns && (stride == other.stride || rows <= 1);
    }
}
