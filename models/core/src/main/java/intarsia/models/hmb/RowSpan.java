package intarsia.models.hmb;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The span of rows, for methods whose penalties are Euclidean norms of coefficients: their solutions lie in it. With more features than
 * rows, {@code X X' = V D V'} gives coordinates {@code V D^1/2} of the rows, and coefficients {@code w = B u} with {@code B = X' V D^-1/2},
 * which has orthonormal columns; so {@code ||w|| = ||u||}. With fewer features, everything stays as it is. O(n^2 p + n^3) for n rows.
 *
 * @param basis B, features x dimension; null where everything stays as it is
 * @param width the number of features
 */
record RowSpan(double[][] basis, int width) {
    /** Directions with less than this share of the largest variance are rounding. */
    private static final double VANISHING = 1e-13;

    /** The span of rows x features. */
    static RowSpan of(double[][] rows) {
        int n = rows.length;
        int p = rows[0].length;
        if (p <= n) {
            return new RowSpan(null, p);
        }
        Tensor x = Tensor.of(Shape.of(n, p), Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
        SymmetricEigen eigen = SymmetricEigen.of(Matrices.product(x, false, x, true));
        double[] values = eigen.values().toDoubles();
        double largest = Arrays.stream(values).max().orElse(0);
        int[] kept = IntStream.range(0, n).filter(k -> values[k] > VANISHING * largest).toArray();
        if (kept.length == 0) {
            return new RowSpan(new double[p][1], p);
        }
        double[] scaled = new double[n * kept.length];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < kept.length; k++) {
                scaled[i * kept.length + k] = eigen.vectors().get(i, kept[k]) / Math.sqrt(values[kept[k]]);
            }
        }
        return new RowSpan(Matrices.product(x, true, Tensor.of(Shape.of(n, kept.length), scaled), false).toRows(), p);
    }

    /** How many coordinates there are. */
    int dimension() {
        return basis == null ? width : basis[0].length;
    }

    /** The coordinates of rows, {@code X B}; null rows stay null. */
    double[][] coordinates(double[][] rows) {
        return basis == null ? rows : Arrays.stream(rows).map(row -> row == null ? null : coordinates(row)).toArray(double[][]::new);
    }

    private double[] coordinates(double[] row) {
        double[] at = new double[dimension()];
        for (int f = 0; f < row.length; f++) {
            for (int k = 0; k < at.length; k++) {
                at[k] = Math.fma(row[f], basis[f][k], at[k]);
            }
        }
        return at;
    }

    /** Coefficients on features, {@code B u}, of ones on coordinates. */
    double[] coefficients(double[] u) {
        if (basis == null) {
            return u;
        }
        double[] w = new double[width];
        for (int f = 0; f < w.length; f++) {
            for (int k = 0; k < u.length; k++) {
                w[f] = Math.fma(basis[f][k], u[k], w[f]);
            }
        }
        return w;
    }
}
