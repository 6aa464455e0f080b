package intarsia.models.hmb;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.optim.solve.RowSpace;
import java.util.Arrays;
import java.util.Objects;

/**
 * The {@link RowSpace} of tasks with more features than rows, for methods whose penalties are Euclidean norms of coefficients: their
 * solutions lie in it. With fewer features, everything stays as it is.
 *
 * @param basis B, features x dimension; null where everything stays as it is
 * @param width the number of features
 */
record RowSpan(Tensor basis, int width) {
    /** The span of rows x features. */
    static RowSpan of(double[][] rows) {
        int n = rows.length;
        int p = rows[0].length;
        if (p <= n) {
            return new RowSpan(null, p);
        }
        Tensor basis = RowSpace.of(matrix(rows, p)).basis();
        return new RowSpan(basis.size() == 0 ? Tensor.zeros(p, 1) : basis, p);
    }

    private static Tensor matrix(double[][] rows, int width) {
        double[] all = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, all, i * width, width);
        }
        return Tensor.of(Shape.of(rows.length, width), all);
    }

    /** How many coordinates there are. */
    int dimension() {
        return basis == null ? width : basis.shape().columns();
    }

    /** The coordinates of rows, {@code X B}; null rows stay null. */
    double[][] coordinates(double[][] rows) {
        double[][] there = Arrays.stream(rows).filter(Objects::nonNull).toArray(double[][]::new);
        if (basis == null || there.length == 0) {
            return rows;
        }
        double[][] at = Matrices.product(matrix(there, width), basis).toRows();
        double[][] coordinates = new double[rows.length][];
        int next = 0;
        for (int i = 0; i < rows.length; i++) {
            coordinates[i] = rows[i] == null ? null : at[next++];
        }
        return coordinates;
    }

    /** Coefficients on features, {@code B u}, of ones on coordinates. */
    double[] coefficients(double[] u) {
        if (basis == null) {
            return u;
        }
        return Matrices.product(basis, Tensor.of(Shape.of(u.length, 1), u)).doubles();
    }
}
