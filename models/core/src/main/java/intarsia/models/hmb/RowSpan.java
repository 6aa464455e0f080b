package intarsia.models.hmb;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.optim.solve.RowSpace;
import java.util.Arrays;

/**
 * The {@link RowSpace} of tasks with more features than rows, for methods whose penalties are Euclidean norms of coefficients: their
 * solutions lie in it. With fewer features, everything stays as it is.
 *
 * @param basis B, features x dimension; null where everything stays as it is
 * @param width the number of features
 */
record RowSpan(double[][] basis, int width) {
    /** The span of rows x features. */
    static RowSpan of(double[][] rows) {
        int n = rows.length;
        int p = rows[0].length;
        if (p <= n) {
            return new RowSpan(null, p);
        }
        double[] all = new double[n * p];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows[i], 0, all, i * p, p);
        }
        Tensor x = Tensor.of(Shape.of(n, p), all);
        double[][] basis = RowSpace.of(x).basis().toRows();
        return new RowSpan(basis[0].length == 0 ? new double[p][1] : basis, p);
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
