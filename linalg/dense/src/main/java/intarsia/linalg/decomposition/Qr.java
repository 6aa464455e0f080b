package intarsia.linalg.decomposition;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;

/**
 * The thin QR factorization {@code a = q r} of a matrix a [m x n], k = min(m, n).
 *
 * @param q orthonormal columns [m x k], also where a's columns are dependent
 * @param r upper triangular or trapezoidal [k x n], its diagonal not negative
 */
public record Qr(Tensor q, Tensor r) {
    /** The ratio of rows to columns from which a matrix is long, and how many rows are processed at a time. */
    private static final int LONG = 2;
    private static final int STRIP = 64;

    /**
     * Factorizes by Householder reflections; O(m n k), backward stable, column by column: the units of the columns do not matter.
     *
     * @throws intarsia.linalg.ShapeException if {@code a} is not a matrix or has no entries
     * @throws DecompositionException         if {@code a} is not finite, or the norm of a column is more than a double holds
     */
    public static Qr of(Tensor a) {
        Matrices.decomposable("qr", a);
        int m = a.shape().rows();
        int n = a.shape().columns();
        int k = Math.min(m, n);
        double[] factors = RowArrays.columnFactors(a);
        double[][] r = RowArrays.of(a, factors);
        Reflector[] reflectors = factorize(r, k, n);
        double[][] q = RowArrays.identity(m, k);
        double[] work = new double[k];
        for (int j = k - 1; j >= 0; j--) {
            reflectors[j].apply(q, j, k, work);
        }
        Tensor left = RowArrays.tensor(q, k);
        for (int j = 0; j < k; j++) {
            if (r[j][j] < 0) {
                Signs.flip(left.doubles(), m, k, j);
            }
        }
        return new Qr(left, triangle(a, r, k, factors));
    }

    /**
     * The factor r alone, for half the work. A long matrix is processed some rows at a time: they are stacked below the triangle so far,
     * which is reduced to a triangle again (Demmel et al. 2012, section 4) and stays in the cache.
     */
    public static Tensor triangle(Tensor a) {
        Matrices.decomposable("qr", a);
        int m = a.shape().rows();
        int n = a.shape().columns();
        double[] factors = RowArrays.columnFactors(a);
        if (m <= STRIP || m < LONG * n) {
            double[][] rows = RowArrays.of(a, factors);
            factorize(rows, Math.min(m, n), n);
            return triangle(a, rows, Math.min(m, n), factors);
        }
        double[][] r = new double[n][n];
        double[][] rows = new double[STRIP][n];
        double[] work = new double[n];
        for (int at = 0; at < m; at += STRIP) {
            double[][] strip = new double[1 + Math.min(STRIP, m - at)][];
            for (int i = 1; i < strip.length; i++) {
                strip[i] = rows[i - 1];
                RowArrays.copy(a, at + i - 1, factors, strip[i]);
            }
            for (int j = 0; j < n; j++) {
                // of the triangle a reflection meets one row: those above are done, those below have a zero in its column
                strip[0] = r[j];
                reflect(strip, 0, j, n, work);
            }
        }
        return triangle(a, r, n, factors);
    }

    private static Reflector[] factorize(double[][] rows, int k, int columns) {
        Reflector[] reflectors = new Reflector[k];
        double[] work = new double[columns];
        for (int j = 0; j < k; j++) {
            reflectors[j] = reflect(rows, j, j, columns, work);
        }
        return reflectors;
    }

    /** Reflects so that a column has nothing below row {@code top}; what is stored there counts as 0 from then on. */
    private static Reflector reflect(double[][] rows, int top, int column, int columns, double[] work) {
        double[] x = new double[rows.length];
        for (int i = top; i < x.length; i++) {
            x[i] = rows[i][column];
        }
        Reflector reflector = Reflector.of(x, top);
        reflector.apply(rows, column + 1, columns, work);
        rows[top][column] = reflector.beta();
        return reflector;
    }

    /** The upper triangle of k rows, columns in the units of a, the signs of rows such that the diagonal is not negative. */
    private static Tensor triangle(Tensor a, double[][] rows, int k, double[] factors) {
        int columns = factors.length;
        double[] r = new double[k * columns];
        for (int i = 0; i < k; i++) {
            double sign = rows[i][i] < 0 ? -1 : 1;
            for (int j = i; j < columns; j++) {
                r[i * columns + j] = 0 + sign * rows[i][j] / factors[j];
            }
        }
        Scaled.requireFinite("qr(" + a.shape() + "): an entry of r", r);
        return Tensor.of(Shape.of(k, columns), r);
    }
}
