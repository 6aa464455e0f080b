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
     * Decomposes by Householder tridiagonalization and implicitly shifted QL; O(n^3), absolute error of each value about n eps times the
     * largest magnitude.
     *
     * @throws intarsia.linalg.ShapeException if {@code a} is not a square matrix
     * @throws DecompositionException         if {@code a} is not finite, not symmetric to 1e-10 of its largest entry, or the iteration does
     *                                        not converge, or an eigenvalue is more than a double holds
     */
    public static SymmetricEigen of(Tensor a) {
        Matrices.square("symmetric eigen", a);
        int n = a.shape().rows();
        Scaled scaled = Scaled.of(a);
        Tridiagonal t = Tridiagonal.of(RowArrays.of(symmetric(a, scaled)));
        if (!ImplicitQl.diagonalize(t.diagonal(), t.offDiagonal(), t.rows())) {
            throw new DecompositionException("symmetric eigen(" + a.shape() + "): the QL iteration did not converge");
        }
        int[] order = Svd.descending(t.diagonal());
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        for (int k = 0; k < n; k++) {
            values[k] = t.diagonal()[order[k]];
            vectors[k] = t.rows()[order[k]];
            if (Signs.negative(vectors[k], n, 1, 0)) {
                Signs.flip(vectors[k], n, 1, 0);
            }
        }
        return new SymmetricEigen(scaled.back("symmetric eigen(" + a.shape() + "): an eigenvalue", Tensor.vector(values)),
                Matrices.transpose(RowArrays.tensor(vectors, n)));
    }

    /** The scaled numbers with each pair of mirrored entries replaced by its mean. */
    private static Tensor symmetric(Tensor a, Scaled scaled) {
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
        return Tensor.of(a.shape(), values);
    }
}
