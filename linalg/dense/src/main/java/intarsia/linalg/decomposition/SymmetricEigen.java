package intarsia.linalg.decomposition;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix: {@code a = vectors diag(values) vectors'}.
 *
 * @param values  the eigenvalues, largest first, as a vector [n]
 * @param vectors the orthonormal eigenvectors as columns [n x n], signs as the package states
 */
public record SymmetricEigen(Tensor values, Tensor vectors) {
    private static final double ASYMMETRY = 1e-10;

    /**
     * Decomposes by Householder tridiagonalization and implicit QR; O(n^3), absolute error of each value about n eps times the largest
     * magnitude.
     *
     * @throws intarsia.linalg.ShapeException if {@code a} is not a square matrix
     * @throws DecompositionException         if {@code a} is not finite, not symmetric to 1e-10 of its largest entry, or the iteration does
     *                                        not converge
     */
    public static SymmetricEigen of(Tensor a) {
        Matrices.square("symmetric eigen", a);
        int n = a.shape().rows();
        double[] symmetric = symmetric(a, n);
        if (n == 1) {
            return new SymmetricEigen(Tensor.vector(symmetric[0]), Matrices.identity(1));
        }
        var ejml = new SymmetricQRAlgorithmDecomposition_DDRM(new TridiagonalDecompositionHouseholder_DDRM(), true);
        if (!ejml.decompose(DMatrixRMaj.wrap(n, n, symmetric))) {
            throw new DecompositionException("symmetric eigen(" + a.shape() + "): the QR iteration did not converge");
        }
        double[] raw = IntStream.range(0, n).mapToDouble(i -> ejml.getEigenvalue(i).getReal()).toArray();
        int[] order = Svd.descending(raw);
        double[] values = new double[n];
        double[] vectors = new double[n * n];
        for (int k = 0; k < n; k++) {
            values[k] = raw[order[k]];
            double[] vector = ejml.getEigenVector(order[k]).data;
            for (int i = 0; i < n; i++) {
                vectors[i * n + k] = vector[i];
            }
            if (Signs.negative(vectors, n, n, k)) {
                Signs.flip(vectors, n, n, k);
            }
        }
        return new SymmetricEigen(Tensor.vector(values), Tensor.of(Shape.of(n, n), vectors));
    }

    /** A copy with each pair of mirrored entries replaced by its mean. */
    private static double[] symmetric(Tensor a, int n) {
        double[] values = a.toDoubles();
        double largest = 0;
        for (double v : values) {
            largest = Math.max(largest, Math.abs(v));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double lower = values[i * n + j];
                double upper = values[j * n + i];
                if (Math.abs(lower - upper) > ASYMMETRY * largest) {
                    throw new DecompositionException("symmetric eigen(" + a.shape() + "): entry (" + i + ", " + j + ") is " + lower
                            + " but (" + j + ", " + i + ") is " + upper);
                }
                values[i * n + j] = values[j * n + i] = 0.5 * lower + 0.5 * upper;
            }
        }
        return values;
    }
}
