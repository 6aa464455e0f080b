package intarsia.linalg.decomposition;

import intarsia.linalg.Tensor;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix: {@code a = vectors diag(values) vectors'}.
 *
 * @param values  the eigenvalues, largest first, as a vector [n]
 * @param vectors the orthonormal eigenvectors as columns [n x n], signs as the package states
 */
public record SymmetricEigen(Tensor values, Tensor vectors) {
    private static final double ASYMMETRY = 1e-10;

    /**
     * Decomposes by blocked Householder tridiagonalization and divide and conquer; O(n^3), absolute error of each value about n eps times
     * the largest magnitude.
     *
     * @throws intarsia.linalg.ShapeException if {@code a} is not a square matrix
     * @throws DecompositionException         if {@code a} is not finite, not symmetric to 1e-10 of its largest entry, or the iteration does
     *                                        not converge, or an eigenvalue is more than a double holds
     */
    public static SymmetricEigen of(Tensor a) {
        Matrices.square("symmetric eigen", a);
        int n = a.shape().rows();
        Scaled scaled = Scaled.of(a);
        PaddedRows matrix = new PaddedRows(n, n);
        matrix.take(symmetric(a, scaled));
        Tridiagonal t = Tridiagonal.of(matrix);
        PaddedRows rows = TridiagonalEigen.of(t.diagonal(), t.offDiagonal());
        if (rows == null) {
            throw new DecompositionException("symmetric eigen(" + a.shape() + "): the QL iteration did not converge");
        }
        t.q().applyTransposed(rows, 0, n);
        int[] order = Order.descending(t.diagonal());
        double[] values = new double[n];
        PaddedRows vectors = new PaddedRows(n, n);
        for (int k = 0; k < n; k++) {
            values[k] = t.diagonal()[order[k]];
            if (Signs.negative(rows, order[k])) {
                Signs.flip(rows, order[k]);
            }
            System.arraycopy(rows.numbers(), rows.at(order[k], 0), vectors.numbers(), vectors.at(k, 0), n);
        }
        double[] columns = new double[n * n];
        Matrices.transpose(n, n, vectors.numbers(), vectors.at(0, 0), vectors.step(), columns, 0, n);
        return new SymmetricEigen(scaled.back("symmetric eigen(" + a.shape() + "): an eigenvalue", Tensor.vector(values)),
                Tensor.of(a.shape(), columns));
    }

    /** The scaled numbers with each pair of mirrored entries replaced by its mean. */
    private static double[] symmetric(Tensor a, Scaled scaled) {
        int n = a.shape().rows();
        double[] values = scaled.numbers().toDoubles();
        double largest = 0;
        for (double v : values) {
            largest = Math.max(largest, Math.abs(v));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double lower = values[i * n + j];
                double upper = values[j * n + i];
                if (Math.abs(lower - upper) > ASYMMETRY * largest) {
                    throw new DecompositionException("symmetric eigen(" + a.shape() + "): entry (" + i + ", " + j + ") is " + a.get(i, j)
                            + " but (" + j + ", " + i + ") is " + a.get(j, i));
                }
                values[i * n + j] = values[j * n + i] = 0.5 * lower + 0.5 * upper;
            }
        }
        return values;
    }
}
