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
    /** How many rows of a long matrix are processed at a time, for each of its columns, and at least. */
    private static final int STRIP = 8;
    private static final int LEAST_STRIP = 1024;

    /**
     * Factorizes by blocked Householder reflections; O(m n k), backward stable, column by column: the units of the columns do not matter.
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
        PaddedRows columns = columns(a, 0, m, factors, 0);
        Reflectors reflectors = QrSteps.factorize(columns);
        PaddedRows q = reflectors.transposed(k);
        for (int j = 0; j < k; j++) {
            if (columns.get(j, j) < 0) {
                Signs.flip(q, j);
            }
        }
        double[] left = new double[m * k];
        Matrices.transpose(k, m, q.numbers(), q.at(0, 0), q.step(), left, 0, k);
        return new Qr(Tensor.of(Shape.of(m, k), left), triangle(a, columns, k, factors));
    }

    /** The columns of some rows as rows, multiplied, behind room for numbers above them. */
    private static PaddedRows columns(Tensor a, int top, int bottom, double[] factors, int above) {
        int n = a.shape().columns();
        PaddedRows columns = new PaddedRows(n, above + bottom - top);
        Matrices.transpose(bottom - top, n, a.doubles(), top * n, n, columns.numbers(), columns.at(0, above), columns.step());
        for (int j = 0; j < n; j++) {
            for (int i = columns.at(j, above); i < columns.at(j, columns.columns()); i++) {
                columns.numbers()[i] *= factors[j];
            }
        }
        return columns;
    }

    /** The upper triangle of k rows, columns in the units of a, the signs of rows such that the diagonal is not negative. */
    private static Tensor triangle(Tensor a, PaddedRows columns, int k, double[] factors) {
        int n = factors.length;
        double[] r = new double[k * n];
        for (int i = 0; i < k; i++) {
            double sign = columns.get(i, i) < 0 ? -1 : 1;
            for (int j = i; j < n; j++) {
                r[i * n + j] = 0 + sign * columns.get(j, i) / factors[j];
            }
        }
        Scaled.requireFinite("qr(" + a.shape() + "): an entry of r", r);
        return Tensor.of(Shape.of(k, n), r);
    }

    /**
     * The factor r alone, for less than half the work. A long matrix is processed some rows at a time: they are put below the triangle so
     * far, and both are reduced to a triangle again (Demmel et al. 2012, section 4).
     */
    public static Tensor triangle(Tensor a) {
        Matrices.decomposable("qr", a);
        int m = a.shape().rows();
        int n = a.shape().columns();
        double[] factors = RowArrays.columnFactors(a);
        PaddedRows columns = null;
        int strip = Math.max(LEAST_STRIP, STRIP * n);
        for (int at = 0; at < m; at += strip) {
            int above = columns == null ? 0 : n;
            PaddedRows next = columns(a, at, Math.min(m, at + strip), factors, above);
            for (int j = 0; j < above; j++) {
                System.arraycopy(columns.numbers(), columns.at(j, 0), next.numbers(), next.at(j, 0), j + 1);
            }
            QrSteps.factorize(next);
            columns = next;
        }
        return triangle(a, columns, Math.min(m, n), factors);
    }
}
