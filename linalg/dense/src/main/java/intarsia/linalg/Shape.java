package intarsia.linalg;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sizes of a dense, row-major tensor, outermost first. A scalar has rank 0 and size 1; a size may be 0. Immutable.
 *
 * <p>Every method that can fail throws {@link ShapeException} with the full shapes and the violated rule.
 */
public final class Shape {
    private static final Shape SCALAR = new Shape(new int[0]);

    private final int[] sizes;
    private final int size;

    private Shape(int[] sizes) {
        long product = 1;
        for (int d : sizes) {
            if (d < 0) {
                throw new ShapeException("shape " + text(sizes) + ": a size may not be negative");
            }
            product *= d;
            if (product > Integer.MAX_VALUE) {
                throw new ShapeException("shape " + text(sizes) + ": more than 2^31-1 elements");
            }
        }
        this.sizes = sizes;
        this.size = (int) product;
    }

    /** The shape with these sizes, outermost first; no sizes make a scalar. */
    public static Shape of(int... sizes) {
        return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
    }

    /** The shape of a single number: rank 0. */
    public static Shape scalar() {
        return SCALAR;
    }

    /** The number of axes. */
    public int rank() {
        return sizes.length;
    }

    /** The number of elements: the product of the sizes. */
    public int size() {
        return size;
    }

    /** The size of one axis; a negative axis counts from the end, -1 being the last. */
    public int size(int axis) {
        return sizes[axis(axis)];
    }

    /** The sizes, outermost first, as a fresh array. */
    public int[] sizes() {
        return sizes.clone();
    }

    /** Normalizes an axis from -rank..rank-1 to 0..rank-1. */
    public int axis(int axis) {
        int positive = axis < 0 ? axis + sizes.length : axis;
        if (positive < 0 || positive >= sizes.length) {
            throw new ShapeException("axis " + axis + " of " + this + ": rank is " + sizes.length);
        }
        return positive;
    }

    /** Row-major strides, in elements: {@code strides[i] = sizes[i+1] * ... * sizes[rank-1]}. */
    public int[] strides() {
        int[] strides = new int[sizes.length];
        int stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= sizes[i];
        }
        return strides;
    }

    /** The row-major offset of an index with one entry per axis. */
    public int offset(int... index) {
        if (index.length != sizes.length) {
            throw new ShapeException("index " + Arrays.toString(index) + " of " + this + ": rank is " + sizes.length);
        }
        int offset = 0;
        for (int i = 0; i < sizes.length; i++) {
            if (index[i] < 0 || index[i] >= sizes[i]) {
                throw new ShapeException("index " + Arrays.toString(index) + " of " + this + ": axis " + i + " has size " + sizes[i]);
            }
            offset = offset * sizes[i] + index[i];
        }
        return offset;
    }

    /** The rows of the shape as a matrix: the product of all sizes but the last; 1 for a scalar or vector. */
    public int rows() {
        int rows = 1;
        for (int i = 0; i < sizes.length - 1; i++) {
            rows *= sizes[i];
        }
        return rows;
    }

    /** The columns of the shape as a matrix: the last size; 1 for a scalar. */
    public int columns() {
        return sizes.length == 0 ? 1 : sizes[sizes.length - 1];
    }

    /** This shape with one axis of another size. */
    public Shape with(int axis, int newSize) {
        int[] changed = sizes.clone();
        changed[axis(axis)] = newSize;
        return new Shape(changed);
    }

    /** This shape without one axis. */
    public Shape without(int axis) {
        int gone = axis(axis);
        return new Shape(IntStream.range(0, sizes.length).filter(i -> i != gone).map(i -> sizes[i]).toArray());
    }

    /**
     * The common shape of two operands of an elementwise operation: aligned at the last axis, sizes must be equal or one of them 1.
     *
     * @throws ShapeException if some axis differs and neither size is 1
     */
    public static Shape broadcast(Shape a, Shape b) {
        if (a.equals(b)) {
            return a;
        }
        int rank = Math.max(a.rank(), b.rank());
        int[] sizes = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int da = i <= a.rank() ? a.sizes[a.rank() - i] : 1;
            int db = i <= b.rank() ? b.sizes[b.rank() - i] : 1;
            if (da != db && da != 1 && db != 1) {
                throw new ShapeException(a + " and " + b + " do not broadcast: axis " + -i + " has sizes " + da + " and " + db);
            }
            sizes[rank - i] = da == 1 ? db : da;
        }
        return new Shape(sizes);
    }

    /** Whether a tensor of this shape can be broadcast to {@code target}, repeated along axes of size 1. */
    public boolean broadcastsTo(Shape target) {
        if (rank() > target.rank()) {
            return false;
        }
        for (int i = 1; i <= rank(); i++) {
            int d = sizes[rank() - i];
            if (d != 1 && d != target.sizes[target.rank() - i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The shape of a matrix product, each operand transposed first if requested.
     *
     * @throws ShapeException if a side is not a matrix or the inner sizes differ
     */
    public static Shape matmul(Shape a, boolean transposeA, Shape b, boolean transposeB) {
        if (a.rank() != 2 || b.rank() != 2) {
            throw new ShapeException("matmul(" + a + ", " + b + "): both sides must be matrices");
        }
        int inner = a.sizes[transposeA ? 0 : 1];
        int innerB = b.sizes[transposeB ? 1 : 0];
        if (inner != innerB) {
            throw new ShapeException("matmul(" + a + (transposeA ? "'" : "") + ", " + b + (transposeB ? "'" : "") + "): inner sizes "
                    + inner + " and " + innerB + " differ");
        }
        return new Shape(new int[] {a.sizes[transposeA ? 1 : 0], b.sizes[transposeB ? 0 : 1]});
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** {@code [96x512]}; {@code []} for a scalar. */
    @Override
    public String toString() {
        return text(sizes);
    }

    private static String text(int[] sizes) {
        return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining("x", "[", "]"));
    }
}
