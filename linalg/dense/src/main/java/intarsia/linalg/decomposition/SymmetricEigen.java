package intarsia.linalg.decomposition;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: {@code a = vectors diag(values) vectors'}.
 *
 * @param values  the eigenvalues, largest first, as a vector [n]
 * @param vectors the orthonormal eigenvectors as columns [n x n], or the leading ones [n x count]; signs as the package states
 */
public record SymmetricEigen(Tensor values, Tensor vectors) {
    private static final double ASYMMETRY = 1e-10;

    /**
     * Decomposes by blocked Householder tridiagonalization and divide and conquer; O(n^3), absolute error of each value about n eps times
     * the largest magnitude.
     *
     * @throws ShapeException         if {@code a} is not a square matrix
     * @throws DecompositionException if {@code a} is not finite, not symmetric to 1e-10 of its largest entry, or the iteration does
     *                                not converge, or an eigenvalue is more than a double holds
     */
    public static SymmetricEigen of(Tensor a) {
        Matrices.square("symmetric eigen", a);
        return decompose(a, a.shape().rows());
    }

    /**
     * All eigenvalues and the vectors of the {@code count} largest; they have the bits that {@link #of} gives them. Few vectors save up to
     * a third of its time.
     *
     * @throws ShapeException         if {@code a} is not a square matrix, or has fewer than {@code count} rows
     * @throws DecompositionException as there
     */
    public static SymmetricEigen leading(Tensor a, int count) {
        Matrices.square("symmetric eigen", a);
        if (count < 0 || count > a.shape().rows()) {
            throw new ShapeException("symmetric eigen(" + a.shape() + "): " + count + " vectors asked for; there are " + a.shape().rows());
        }
        return decompose(a, count);
    }

    private static SymmetricEigen decompose(Tensor a, int count) {
        int n = a.shape().rows();
        Scaled scaled = Scaled.of(a);
        Tridiagonal t = Tridiagonal.of(symmetric(a, scaled));
        PaddedRows rows = TridiagonalEigen.of(t.diagonal(), t.offDiagonal(), count);
        if (rows == null) {
            throw new DecompositionException("symmetric eigen(" + a.shape() + "): the QL iteration did not converge");
        }
        int[] order = Order.descending(t.diagonal());
        double[] values = new double[n];
        for (int k = 0; k < n; k++) {
            values[k] = t.diagonal()[order[k]];
        }
        PaddedRows vectors = rows.copy(Arrays.copyOf(order, count), 0, n);
        t.q().applyTransposed(vectors, 0, count);
        for (int k = 0; k < count; k++) {
            if (Signs.negative(vectors, k)) {
                Signs.flip(vectors, k);
            }
        }
        double[] columns = new double[n * count];
        Matrices.transpose(count, n, vectors.numbers(), vectors.at(0, 0), vectors.step(), columns, 0, count);
        return new SymmetricEigen(scaled.back("symmetric eigen(" + a.shape() + "): an eigenvalue", Tensor.vector(values)),
                Tensor.of(Shape.of(n, count), columns));
    }

    /** The scaled numbers with each pair of mirrored entries replaced by its mean. */
    private static PaddedRows symmetric(Tensor a, Scaled scaled) {
        int n = a.shape().rows();
        PaddedRows matrix = new PaddedRows(n, n);
        double[] x = matrix.numbers();
        double[] values = scaled.numbers().doubles();
        Matrices.transpose(n, n, values, 0, n, x, matrix.at(0, 0), matrix.step());
        double largest = 0;
        double widest = 0;
        for (int i = 0; i < n; i++) {
            int row = matrix.at(i, 0);
            for (int j = 0; j < n; j++) {
                double value = values[i * n + j];
                double mirrored = x[row + j];
                largest = Math.max(largest, Math.abs(value));
                widest = Math.max(widest, Math.abs(value - mirrored));
                x[row + j] = 0.5 * value + 0.5 * mirrored;
            }
        }
        if (widest > ASYMMETRY * largest) {
            throw asymmetric(a, values, ASYMMETRY * largest);
        }
        return matrix;
    }

    private static DecompositionException asymmetric(Tensor a, double[] values, double tolerance) {
        int n = a.shape().rows();
        int i = 0;
        int j = 0;
        while (!(Math.abs(values[i * n + j] - values[j * n + i]) > tolerance)) {
            j = j + 1 < i ? j + 1 : 0;
            i = j == 0 ? i + 1 : i;
        }
        return new DecompositionException("symmetric eigen(" + a.shape() + "): entry (" + i + ", " + j + ") is " + a.get(i, j) + " but ("
                + j + ", " + i + ") is " + a.get(j, i));
    }
}
