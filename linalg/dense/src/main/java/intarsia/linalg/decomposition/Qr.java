package intarsia.linalg.decomposition;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;

/**
 * The thin QR factorization {@code a = q r} of a matrix a [m x n], k = min(m, n).
 *
 * @param q orthonormal columns [m x k], also where a's columns are dependent
 * @param r upper triangular or trapezoidal [k x n], its diagonal not negative
 */
public record Qr(Tensor q, Tensor r) {
    /**
     * Factorizes by Householder reflections; O(m n k), backward stable.
     *
     * @throws intarsia.linalg.ShapeException if {@code a} is not a matrix or has no entries
     * @throws DecompositionException         if {@code a} is not finite
     */
    public static Qr of(Tensor a) {
        int m = a.shape().rows();
        int n = a.shape().columns();
        int k = Math.min(m, n);
        var ejml = factorize(a);
        double[] q = ejml.getQ(null, true).data;
        double[] r = ejml.getR(null, true).data;
        for (int i = 0; i < k; i++) {
            if (positiveRow(r, n, i)) {
                Signs.flip(q, m, k, i);
            }
        }
        return new Qr(Tensor.of(Shape.of(m, k), q), Tensor.of(Shape.of(k, n), r));
    }

    /** The factor r alone, for half the work. */
    public static Tensor triangle(Tensor a) {
        var ejml = factorize(a);
        int n = a.shape().columns();
        int k = Math.min(a.shape().rows(), n);
        double[] r = ejml.getR(null, true).data;
        for (int i = 0; i < k; i++) {
            positiveRow(r, n, i);
        }
        return Tensor.of(Shape.of(k, n), r);
    }

    /** Changes the sign of a row of r if its diagonal entry is negative; says whether it did. */
    private static boolean positiveRow(double[] r, int columns, int i) {
        double diagonal = r[i * columns + i];
        for (int j = i; j < columns; j++) {
            r[i * columns + j] = 0 + (diagonal < 0 ? -r[i * columns + j] : r[i * columns + j]);
        }
        return diagonal < 0;
    }

    private static QRDecompositionHouseholderColumn_DDRM factorize(Tensor a) {
        Matrices.decomposable("qr", a);
        var ejml = new QRDecompositionHouseholderColumn_DDRM();
        // false means a zero column, which leaves a valid factorization of a singular matrix
        ejml.decompose(DMatrixRMaj.wrap(a.shape().rows(), a.shape().columns(), a.toDoubles()));
        return ejml;
    }
}
