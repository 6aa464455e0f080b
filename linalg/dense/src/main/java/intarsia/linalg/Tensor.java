package intarsia.linalg;

import java.util.Arrays;

/**
 * A dense, row-major, contiguous block of numbers of one {@link Precision} on the Java heap, of any rank.
 *
 * <p>Tensors are the inputs and outputs of the engine: data, results, saved weights. A tensor keeps the array it is given and returns it by
 * {@link #doubles()} and {@link #floats()}; changes to a shared array are visible to all. Inside a plan, numbers are in {@link Buffer}s.
 *
 * {@snippet class="intarsia.tutorial.Snippets" region="tensor"}
 */
public final class Tensor {
    private final Shape shape;
    private final double[] doubles;
    private final float[] floats;

    private Tensor(Shape shape, double[] doubles, float[] floats) {
        int length = doubles != null ? doubles.length : floats.length;
        if (length != shape.size()) {
            throw new ShapeException("tensor " + shape + ": needs " + shape.size() + " numbers, was given " + length);
        }
        this.shape = shape;
        this.doubles = doubles;
        this.floats = floats;
    }

    /** An F64 tensor over this array, which it keeps. */
    public static Tensor of(Shape shape, double... values) {
        return new Tensor(shape, values, null);
    }

    /** An F32 tensor over this array, which it keeps. */
    public static Tensor of(Shape shape, float... values) {
        return new Tensor(shape, null, values);
    }

    /** An F64 vector over this array, which it keeps. */
    public static Tensor vector(double... values) {
        return of(Shape.of(values.length), values);
    }

    /** An F64 matrix with these rows, copied. */
    public static Tensor matrix(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] values = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new ShapeException("matrix: row 0 has " + columns + " numbers, row " + i + " has " + rows[i].length);
            }
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        return of(Shape.of(rows.length, columns), values);
    }

    /** A tensor of zeros. */
    public static Tensor zeros(Precision precision, Shape shape) {
        return precision == Precision.F64 ? of(shape, new double[shape.size()]) : of(shape, new float[shape.size()]);
    }

    /** An F64 tensor of zeros with these sizes. */
    public static Tensor zeros(int... sizes) {
        return zeros(Precision.F64, Shape.of(sizes));
    }

    /** The sizes. */
    public Shape shape() {
        return shape;
    }

    /** The precision. */
    public Precision precision() {
        return doubles != null ? Precision.F64 : Precision.F32;
    }

    /** The number of elements. */
    public int size() {
        return shape.size();
    }

    /** The number at an index with one entry per axis. */
    public double get(int... index) {
        return at(shape.offset(index));
    }

    /** Sets the number at an index with one entry per axis, rounded to this tensor's precision. */
    public void set(double value, int... index) {
        int offset = shape.offset(index);
        if (doubles != null) {
            doubles[offset] = value;
        } else {
            floats[offset] = (float) value;
        }
    }

    /** The number at a row-major offset. */
    public double at(int offset) {
        return doubles != null ? doubles[offset] : floats[offset];
    }

    /** The backing array of an F64 tensor, shared, not copied. */
    public double[] doubles() {
        if (doubles == null) {
            throw new IllegalStateException("tensor " + shape + " is F32; convert it by to(Precision.F64)");
        }
        return doubles;
    }

    /** The backing array of an F32 tensor, shared, not copied. */
    public float[] floats() {
        if (floats == null) {
            throw new IllegalStateException("tensor " + shape + " is F64; convert it by to(Precision.F32)");
        }
        return floats;
    }

    /** The numbers in row-major order, as a fresh array. */
    public double[] toDoubles() {
        if (doubles != null) {
            return doubles.clone();
        }
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }

    /** The rows of a matrix, as fresh arrays. */
    public double[][] toRows() {
        double[] numbers = toDoubles();
        int columns = shape.columns();
        double[][] rows = new double[shape.rows()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(numbers, i * columns, (i + 1) * columns);
        }
        return rows;
    }

    /** The same numbers in another precision (rounded to nearest); this tensor itself if it has that precision already. */
    public Tensor to(Precision precision) {
        if (precision == precision()) {
            return this;
        }
        if (precision == Precision.F64) {
            return of(shape, toDoubles());
        }
        float[] values = new float[doubles.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) doubles[i];
        }
        return of(shape, values);
    }

    /** The same numbers, shared, under another shape of the same size. */
    public Tensor reshape(Shape other) {
        if (other.size() != shape.size()) {
            throw new ShapeException("reshape " + shape + " to " + other + ": " + shape.size() + " and " + other.size() + " elements");
        }
        return new Tensor(other, doubles, floats);
    }

    /** A deep copy: the same shape, precision and numbers over a new array. */
    public Tensor copy() {
        return doubles != null ? of(shape, doubles.clone()) : of(shape, floats.clone());
    }

    /** Same shape, precision and bits (so NaN equals NaN, and 0.0 differs from -0.0). */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor t && shape.equals(t.shape) && Arrays.equals(doubles, t.doubles) && Arrays.equals(floats, t.floats);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + (doubles != null ? Arrays.hashCode(doubles) : Arrays.hashCode(floats));
    }

    /** Precision, shape and the first few numbers. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(precision() + " " + shape + " [");
        for (int i = 0; i < Math.min(8, size()); i++) {
            text.append(i == 0 ? "" : ", ").append(doubles != null ? Double.toString(doubles[i]) : Float.toString(floats[i]));
        }
        return text.append(size() > 8 ? ", ...]" : "]").toString();
    }
}
