package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;
import java.util.Arrays;

/**
 * Products of F64 matrices on the host. Every output takes its products in ascending order of the inner index, each by one fused
 * multiply-add, as {@link intarsia.linalg.MatMul} lays down for kernels.
 */
public final class Matrices {
    private static final MatMul ADDED = MatMul.PLAIN.with(MatMul.Start.OUTPUT);
    private static final Pool ALONE = new Pool(1);
    private static final int DEPTH = 64;
    private static final int WIDTH = 512;
    private static final int TILE = 256;
    /** Sums of squares from here on have lost nothing to underflow that counts. */
    private static final double LEAST_SQUARES = 0x1p-900;

    private Matrices() {}

    /** The product {@code a b}; O(rows inner columns). */
    public static Tensor product(Tensor a, Tensor b) {
        Shape shape = Shape.matmul(a.shape(), false, b.shape(), false);
        int inner = a.shape().columns();
        double[] c = new double[shape.size()];
        multiplyAdd(shape.rows(), inner, shape.columns(), a.doubles(), 0, b.doubles(), 0, c, 0);
        return Tensor.of(shape, c);
    }

    /** The product {@code op(a) op(b)}, each side transposed first if asked; O(rows inner columns). */
    public static Tensor product(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        Shape.matmul(a.shape(), transposeA, b.shape(), transposeB);
        return product(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b);
    }

    /** The Gram matrix {@code a' a} of the columns, symmetric to the bit; O(rows columns^2 / 2). */
    public static Tensor gram(Tensor a) {
        matrix("gram", a);
        GramSum sum = new GramSum(a.shape().columns(), a.shape().rows());
        sum.add(a.shape().rows(), a.doubles(), 0);
        return sum.matrix();
    }

    /** The Gram matrix {@code a a'} of the rows, symmetric to the bit; O(rows^2 columns / 2). */
    public static Tensor rowGram(Tensor a) {
        matrix("rowGram", a);
        GramSum sum = new GramSum(a.shape().rows(), a.shape().columns());
        sum.addTransposed(a.shape().columns(), a.doubles(), 0);
        return sum.matrix();
    }

    /** A symmetric rank-k update on the caller's thread; see {@link #rankUpdate(Tensor, double, Tensor, Pool)}. */
    public static Tensor rankUpdate(Tensor c, double factor, Tensor a) {
        return rankUpdate(c, factor, a, ALONE);
    }

    /**
     * The symmetric rank-k update {@code c + factor a a'}, symmetric to the bit, for a symmetric c [n x n] and a [n x k]; of c what is
     * above the diagonal is not read. n^2 k / 2 multiplications. The same bits on any number of threads.
     *
     * @throws ShapeException if c is not square, or has another number of rows than a
     */
    public static Tensor rankUpdate(Tensor c, double factor, Tensor a, Pool pool) {
        matrix("rankUpdate", c);
        matrix("rankUpdate", a);
        int n = c.shape().rows();
        int k = a.shape().columns();
        if (c.shape().columns() != n || a.shape().rows() != n) {
            throw new ShapeException("rankUpdate(" + c.shape() + ", " + a.shape() + "): wants a square matrix and one with as many rows");
        }
        double[] right = a.toDoubles();
        double[] left = factor == 1 ? right : Arrays.stream(right).map(v -> factor * v).toArray();
        double[] x = c.toDoubles();
        Block64 out = new Block64(x, 0, n, n, n);
        if (n > 0 && k > 0) {
            SymmetricProduct.add(MatMul.of(false, true), new Block64(left, 0, n, k, k), new Block64(right, 0, n, k, k), out, pool,
                    Command::run);
        }
        mirror(out);
        return Tensor.of(c.shape(), x);
    }

    /** The transpose, copied. */
    public static Tensor transpose(Tensor a) {
        matrix("transpose", a);
        int rows = a.shape().rows();
        int columns = a.shape().columns();
        double[] t = new double[a.size()];
        transpose(rows, columns, a.doubles(), 0, columns, t, 0, rows);
        return Tensor.of(Shape.of(columns, rows), t);
    }

    /** The identity of order n. */
    public static Tensor identity(int n) {
        Tensor identity = Tensor.zeros(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(1, i, i);
        }
        return identity;
    }

    /** The first columns, copied. */
    public static Tensor leadingColumns(Tensor a, int count) {
        matrix("leadingColumns", a);
        int columns = a.shape().columns();
        if (count < 0 || count > columns) {
            throw new ShapeException("leadingColumns(" + a.shape() + ", " + count + "): there are " + columns + " columns");
        }
        int rows = a.shape().rows();
        double[] part = new double[rows * count];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(a.doubles(), i * columns, part, i * count, count);
        }
        return Tensor.of(Shape.of(rows, count), part);
    }

    /** The Frobenius norm; where squares would overflow or vanish, by a scaled sum. Infinite only if it is more than a double holds. */
    public static double norm(Tensor a) {
        double squares = squares(a.doubles(), 1);
        if (squares >= LEAST_SQUARES && squares <= Double.MAX_VALUE) {
            return Math.sqrt(squares);
        }
        double largest = 0;
        for (double v : a.doubles()) {
            largest = Math.max(largest, Math.abs(v));
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        int exponent = Scaled.exponent(a.doubles());
        return Math.sqrt(squares(a.doubles(), Math.scalb(1.0, -exponent))) * Math.scalb(1.0, exponent);
    }

    /** The sum of squares of the scaled numbers in four lanes, which the processor adds to side by side. */
    private static double squares(double[] v, double scale) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= v.length; i += 4) {
            double v0 = scale * v[i];
            double v1 = scale * v[i + 1];
            double v2 = scale * v[i + 2];
            double v3 = scale * v[i + 3];
            s0 = Math.fma(v0, v0, s0);
            s1 = Math.fma(v1, v1, s1);
            s2 = Math.fma(v2, v2, s2);
            s3 = Math.fma(v3, v3, s3);
        }
        for (; i < v.length; i++) {
            s0 = Math.fma(scale * v[i], scale * v[i], s0);
        }
        return s0 + s1 + (s2 + s3);
    }

    /**
     * Adds the product of contiguous row-major blocks, a being rows x inner, to c; the one place where host products are computed: large
     * ones by the kernels, small ones here. For these, rows are copied to arrays of their own first: the compiler vectorizes a loop over
     * several arrays only where all are read at the loop's own index.
     */
    public static void multiplyAdd(int rows, int inner, int columns, double[] a, int atA, double[] b, int atB, double[] c, int atC) {
        if (HostProducts.worthwhile(rows, inner, columns)) {
            HostProducts.bind(ADDED, new Block64(a, atA, rows, inner, inner), new Block64(b, atB, inner, columns, columns),
                    new Block64(c, atC, rows, columns, columns)).run();
            return;
        }
        int width = Math.min(columns, WIDTH);
        double[][] packed = new double[Math.min(inner, DEPTH)][width];
        double[] c0 = new double[width];
        double[] c1 = new double[width];
        for (int j0 = 0; j0 < columns; j0 += WIDTH) {
            int n = Math.min(WIDTH, columns - j0);
            for (int k0 = 0; k0 < inner; k0 += DEPTH) {
                int depth = Math.min(DEPTH, inner - k0);
                for (int k = 0; k < depth; k++) {
                    System.arraycopy(b, atB + (k0 + k) * columns + j0, packed[k], 0, n);
                }
                for (int i = 0; i < rows; i += 2) {
                    int row0 = atA + i * inner + k0;
                    int out0 = atC + i * columns + j0;
                    boolean pair = i + 1 < rows;
                    System.arraycopy(c, out0, c0, 0, n);
                    if (pair) {
                        System.arraycopy(c, out0 + columns, c1, 0, n);
                        rowPair(n, depth, a, row0, row0 + inner, packed, c0, c1);
                        System.arraycopy(c1, 0, c, out0 + columns, n);
                    } else {
                        row(n, depth, a, row0, packed, c0);
                    }
                    System.arraycopy(c0, 0, c, out0, n);
                }
            }
        }
    }

    /** Writes the transpose of a row-major block, rows x columns; strides lead from row to row. */
    static void transpose(int rows, int columns, double[] a, int atA, int strideA, double[] t, int atT, int strideT) {
        for (int from = 0; from < columns; from += TILE) {
            HostProducts.transpose(rows, Math.min(TILE, columns - from), a, atA + from, strideA, t, atT + from * strideT, strideT);
        }
    }

    /** Copies what is below the diagonal of a square matrix to what is above. */
    static void mirror(Block64 a) {
        double[] x = a.array();
        for (int top = 0; top < a.rows(); top += TILE) {
            int bottom = Math.min(a.rows(), top + TILE);
            transpose(bottom - top, top, x, a.row(top), a.stride(), x, a.offset() + top, a.stride());
            for (int i = top; i < bottom; i++) {
                for (int j = top; j < i; j++) {
                    x[a.row(j) + i] = x[a.row(i) + j];
                }
            }
        }
    }

    /** Refuses what is not a matrix. */
    static void matrix(String operation, Tensor a) {
        if (a.shape().rank() != 2) {
            throw new ShapeException(operation + "(" + a.shape() + "): wants a matrix, rank is " + a.shape().rank());
        }
    }

    /** Refuses what cannot be decomposed: no matrix, no rows or columns, or a number that is not finite. */
    static void decomposable(String operation, Tensor a) {
        matrix(operation, a);
        if (a.size() == 0) {
            throw new ShapeException(operation + "(" + a.shape() + "): wants at least one row and one column");
        }
        finite(operation, a);
    }

    /** Refuses a matrix with a number that is not finite. */
    static void finite(String operation, Tensor a) {
        double[] values = a.doubles();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                int columns = a.shape().columns();
                throw new DecompositionException(operation + "(" + a.shape() + "): entry (" + i / columns + ", " + i % columns + ") is "
                        + values[i] + "; every entry must be finite");
            }
        }
    }

    /** Refuses what is not a square matrix of finite numbers. */
    static void square(String operation, Tensor a) {
        decomposable(operation, a);
        if (a.shape().rows() != a.shape().columns()) {
            throw new ShapeException(operation + "(" + a.shape() + "): wants a square matrix");
        }
    }

    private static void row(int n, int depth, double[] a, int row, double[][] b, double[] c) {
        int k = 0;
        for (; k + 4 <= depth; k += 4) {
            RowArrays.axpy4(0, n, a[row + k], a[row + k + 1], a[row + k + 2], a[row + k + 3], b[k], b[k + 1], b[k + 2], b[k + 3], c);
        }
        for (; k < depth; k++) {
            RowArrays.axpy(0, n, a[row + k], b[k], c);
        }
    }

    private static void rowPair(int n, int depth, double[] a, int row0, int row1, double[][] b, double[] c0, double[] c1) {
        int k = 0;
        for (; k + 4 <= depth; k += 4) {
            axpy4Pair(n, a[row0 + k], a[row0 + k + 1], a[row0 + k + 2], a[row0 + k + 3], a[row1 + k], a[row1 + k + 1], a[row1 + k + 2],
                    a[row1 + k + 3], b[k], b[k + 1], b[k + 2], b[k + 3], c0, c1);
        }
        for (; k < depth; k++) {
            RowArrays.axpy(0, n, a[row0 + k], b[k], c0);
            RowArrays.axpy(0, n, a[row1 + k], b[k], c1);
        }
    }

    private static void axpy4Pair(int n, double x0, double x1, double x2, double x3, double y0, double y1, double y2, double y3,
            double[] b0, double[] b1, double[] b2, double[] b3, double[] c, double[] d) {
        for (int j = 0; j < n; j++) {
            double v0 = b0[j];
            double v1 = b1[j];
            double v2 = b2[j];
            double v3 = b3[j];
            c[j] = Math.fma(x3, v3, Math.fma(x2, v2, Math.fma(x1, v1, Math.fma(x0, v0, c[j]))));
            d[j] = Math.fma(y3, v3, Math.fma(y2, v2, Math.fma(y1, v1, Math.fma(y0, v0, d[j]))));
        }
    }
}
