package intarsia.linalg.decomposition;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;

/**
 * The least-squares solution of smallest norm: of all x that minimize {@code ||a x - b||}, the one with the smallest {@code ||x||}.
 *
 * @param solution     x, [n] for one right-hand side [m], [n x c] for c of them [m x c]
 * @param rank         the numerical rank of a
 * @param residualNorm {@code ||a x - b||} (Frobenius, over all right-hand sides); infinite if more than a double holds
 */
public record LeastSquares(Tensor solution, int rank, double residualNorm) {
    /** Singular values below this share of the largest count as zero, unless another share is given. */
    public static final double RANK_TOLERANCE = 1e-12;

    /** Solves with the rank decided at {@link #RANK_TOLERANCE}. */
    public static LeastSquares of(Tensor a, Tensor b) {
        return of(a, b, RANK_TOLERANCE);
    }

    /**
     * Solves by singular values, so that duplicated, zero and nearly dependent columns have a solution too; O(m n min(m, n)).
     *
     * @param tolerance singular values not above this share of the largest count as zero
     * @throws ShapeException         if the rows of {@code a} and {@code b} differ in number
     * @throws DecompositionException if {@code a} or {@code b} is not finite, the singular values of {@code a} do not converge, or a number
     *                                of the solution is more than a double holds
     */
    public static LeastSquares of(Tensor a, Tensor b, double tolerance) {
        if (a.shape().rank() != 2 || b.shape().rank() < 1 || b.shape().rank() > 2 || a.shape().size(0) != b.shape().size(0)) {
            throw new ShapeException("least squares(" + a.shape() + ", " + b.shape()
                    + "): wants a matrix and right-hand sides with as many rows");
        }
        int columns = b.shape().rank() == 1 ? 1 : b.shape().columns();
        Tensor wanted = b.reshape(Shape.of(a.shape().rows(), columns));
        Matrices.decomposable("least squares", a);
        Matrices.finite("least squares, right-hand sides", wanted);
        Scaled left = Scaled.of(a);
        Scaled right = Scaled.of(wanted);
        Svd svd = Svd.of(left.numbers());
        int rank = svd.rank(tolerance);
        Svd kept = svd.truncate(rank);
        Tensor coordinates = Matrices.product(kept.left(), true, right.numbers(), false);
        for (int k = 0; k < rank; k++) {
            for (int c = 0; c < columns; c++) {
                coordinates.set(coordinates.get(k, c) / kept.values().at(k), k, c);
            }
        }
        Tensor solution = Matrices.product(kept.right(), coordinates);
        Tensor residual = Matrices.product(left.numbers(), solution);
        for (int i = 0; i < residual.size(); i++) {
            residual.doubles()[i] -= right.numbers().at(i);
        }
        for (int i = 0; i < solution.size(); i++) {
            solution.doubles()[i] = Math.scalb(solution.at(i), right.exponent() - left.exponent());
        }
        Scaled.requireFinite("least squares(" + a.shape() + ", " + b.shape() + "): the solution", solution.doubles());
        return new LeastSquares(b.shape().rank() == 1 ? solution.reshape(Shape.of(solution.size())) : solution, rank,
                right.back(Matrices.norm(residual)));
    }
}
