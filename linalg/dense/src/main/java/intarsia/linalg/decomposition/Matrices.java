package intarsia.linalg.decomposition;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;

/**
 * Products of F64 matrices on the host. Every output takes its products in ascending order of the inner index, each by one fused multiply-add, as
 * {@link intarsia.linalg.MatMul} lays down for kernels.
 */
public final class Matrices {
    private static final int BLOCK = 64;
    private static final int TILE = 16;

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
        int n = a.shape().columns();
        double[] c = new double[Shape.of(n, n).size()];
        gramAdd(a.shape().rows(), n, a.doubles(), 0, c);
        mirror(n, c);
        return Tensor.of(Shape.of(n, n), c);
    }

    /** The transpose, copied. */
    public static Tensor transpose(Tensor a) {
        matrix("transpose", a);
        int rows = a.shape().rows();
        int columns = a.shape().columns();
        double[] t = new double[a.size()];
        transpose(rows, columns, a.doubles(), 0, t, 0);
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

    /** The Frobenius norm, by a scaled sum so that no square overflows or vanishes. */
    public static double norm(Tensor a) {
        double scale = 0;
        for (double v : a.doubles()) {
            scale = Math.max(scale, Math.abs(v));
        }
        if (scale == 0 || !Double.isFinite(scale)) {
            return scale;
        }
        double sum = 0;
        for (double v : a.doubles()) {
            sum = Math.fma(v / scale, v / scale, sum);
        }
        return scale * Math.sqrt(sum);
    }

    /** Adds the product of contiguous row-major blocks, a being rows x inner, to c; the one place where host products are computed. */
    public static void multiplyAdd(int rows, int inner, int columns, double[] a, int atA, double[] b, int atB, double[] c, int atC) {
        for (int k0 = 0; k0 < inner; k0 += BLOCK) {
            int k1 = Math.min(inner, k0 + BLOCK);
            for (int i = 0; i < rows; i++) {
                int k = k0;
                int row = atA + i * inner;
                for (; k + 4 <= k1; k += 4) {
                    axpy4(columns, a[row + k], a[row + k + 1], a[row + k + 2], a[row + k + 3], b, atB + k * columns, columns, c, atC + i * columns);
                }
                for (; k < k1; k++) {
                    axpy(columns, a[row + k], b, atB + k * columns, c, atC + i * columns);
                }
            }
        }
    }

    /** Adds {@code a' a} of a contiguous row-major block, rows x n, to the upper triangle of the n x n matrix c. */
    public static void gramAdd(int rows, int n, double[] a, int atA, double[] c) {
        for (int k0 = 0; k0 < rows; k0 += 16) {
            int k1 = Math.min(rows, k0 + 16);
            for (int i = 0; i < n; i++) {
                int k = k0;
                for (; k + 4 <= k1; k += 4) {
                    int at = atA + k * n + i;
                    axpy4(n - i, a[at], a[at + n], a[at + 2 * n], a[at + 3 * n], a, at, n, c, i * n + i);
                }
                for (; k < k1; k++) {
                    int at = atA + k * n + i;
                    axpy(n - i, a[at], a, at, c, i * n + i);
                }
            }
        }
    }

    /** Copies the upper triangle of an n x n matrix to the lower. */
    public static void mirror(int n, double[] c) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                c[i * n + j] = c[j * n + i];
            }
        }
    }

    /** Writes the transpose of a contiguous row-major block, rows x columns. */
    public static void transpose(int rows, int columns, double[] a, int atA, double[] t, int atT) {
        for (int i0 = 0; i0 < rows; i0 += TILE) {
            for (int j0 = 0; j0 < columns; j0 += TILE) {
                for (int i = i0; i < Math.min(rows, i0 + TILE); i++) {
                    for (int j = j0; j < Math.min(columns, j0 + TILE); j++) {
                        t[atT + j * rows + i] = a[atA + i * columns + j];
                    }
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
        double[] values = a.doubles();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                int columns = a.shape().columns();
                throw new DecompositionException(operation + "(" + a.shape() + "): entry (" + i / columns + ", " + i % columns + ") is " + values[i]
                        + "; every entry must be finite");
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

    private static void axpy(int n, double x, double[] b, int atB, double[] c, int atC) {
        for (int j = 0; j < n; j++) {
            c[atC + j] = Math.fma(x, b[atB + j], c[atC + j]);
        }
    }

    private static void axpy4(int n, double x0, double x1, double x2, double x3, double[] b, int atB, int stride, double[] c, int atC) {
        int at1 = atB + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        for (int j = 0; j < n; j++) {
            c[atC + j] = Math.fma(x3, b[at3 + j], Math.fma(x2, b[at2 + j], Math.fma(x1, b[at1 + j], Math.fma(x0, b[atB + j], c[atC + j]))));
        }
    }
}
