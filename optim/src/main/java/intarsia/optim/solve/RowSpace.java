package intarsia.optim.solve;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import java.util.stream.IntStream;

/**
 * The span of the rows of a matrix X [n x p], for models with more columns than rows. With {@code X X' = V D V'} and m values in D that are
 * not 0, the rows have coordinates {@code Z = V D^1/2} [n x m] in an orthonormal basis of their span, so coefficients {@code b = X' V
 * D^-1/2 u} predict {@code X b = Z u} and have {@code ||b|| = ||u||}: a ridge-penalized problem on X has the solution of the same problem
 * on Z.
 *
 * @param rows        X [n x p]
 * @param coordinates Z [n x m], m at most n
 * @param back        {@code V D^-1/2} [n x m]
 */
public record RowSpace(Tensor rows, Tensor coordinates, Tensor back) {
    /** Directions with less than this share of the largest squared length are rounding. */
    private static final double VANISHING = 1e-13;

    /** The span of these rows; O(n^2 p + n^3). */
    public static RowSpace of(Tensor rows) {
        int n = rows.shape().rows();
        SymmetricEigen eigen = SymmetricEigen.of(Matrices.rowGram(rows));
        double[] values = eigen.values().toDoubles();
        int[] kept = IntStream.range(0, n).filter(k -> values[k] > VANISHING * values[0]).toArray();
        Tensor coordinates = Tensor.zeros(n, kept.length);
        Tensor back = Tensor.zeros(n, kept.length);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < kept.length; k++) {
                double root = Math.sqrt(values[kept[k]]);
                coordinates.set(eigen.vectors().get(i, kept[k]) * root, i, k);
                back.set(eigen.vectors().get(i, kept[k]) / root, i, k);
            }
        }
        return new RowSpace(rows, coordinates, back);
    }

    /** The coefficients of the columns [p x q] that are these of the coordinates [m x q]. */
    public Tensor coefficients(Tensor ofCoordinates) {
        if (back.shape().columns() == 0) {
            return Tensor.zeros(rows.shape().columns(), ofCoordinates.shape().columns());
        }
        return Matrices.product(rows, true, Matrices.product(back, ofCoordinates), false);
    }

    /** The orthonormal basis {@code X' V D^-1/2} [p x m]: rows z have coordinates {@code z B}. */
    public Tensor basis() {
        return coefficients(Matrices.identity(back.shape().columns()));
    }
}
