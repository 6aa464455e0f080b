package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.linalg.decomposition.Matrices;
import java.util.Arrays;

/**
 * Ridge regression of an individual's Gaussian responses in its dual form, for fewer rows than predictors: residuals r leave the
 * coefficients {@code X' (X X' + n ridge I)^-1 r}. O(n^2 p + n^3 / 3) once.
 *
 * @param x      the rows [n x p]
 * @param y      the responses [n x 1], rows of both scaled by their weights
 * @param system the factorized matrix [n x n]
 */
record DualRidge(Tensor x, Tensor y, Cholesky system) {
    /**
     * Minimizes {@code 1/2 sum_i w_i (y_i - x_i'b)^2 + ridge / 2 ||b||^2}.
     *
     * @param ridge positive
     */
    static DualRidge of(CenteredData data, int i, double ridge) {
        int p = data.rowShape().size();
        int n = data.rows(i);
        Tensor x = Tensor.of(Shape.of(n, p), Arrays.copyOfRange(data.predictors.doubles(), data.first[i] * p, data.first[i + 1] * p));
        double[] y = Arrays.copyOfRange(data.y, data.first[i], data.first[i + 1]);
        for (int row = 0; row < n; row++) {
            double root = Math.sqrt(data.own[data.first[i] + row] * n / data.totals[i]);
            y[row] *= root;
            for (int j = 0; j < p; j++) {
                x.doubles()[row * p + j] *= root;
            }
        }
        Tensor gram = Matrices.rowGram(x);
        for (int row = 0; row < n; row++) {
            gram.doubles()[row * n + row] += n * ridge;
        }
        return new DualRidge(x, Tensor.of(Shape.of(n, 1), y), Cholesky.of(gram));
    }

    /** The coefficients. */
    double[] solve() {
        return coefficients(y);
    }

    private double[] coefficients(Tensor residual) {
        return Matrices.product(x, true, system.solve(residual), false).doubles();
    }

    /**
     * The best {@code b = w + shared v}, w alone being penalized, for shared directions [p x h]: generalized least squares for v, then w.
     */
    double[] solve(Tensor shared) {
        if (shared.shape().columns() == 0) {
            return solve();
        }
        Tensor z = Matrices.product(x, shared);
        Tensor weighted = system.solve(z);
        Tensor v = LeastSquares.of(Matrices.product(z, true, weighted, false), Matrices.product(weighted, true, y, false)).solution();
        Tensor fitted = Matrices.product(z, v);
        Tensor residual = y.copy();
        for (int row = 0; row < fitted.size(); row++) {
            residual.doubles()[row] -= fitted.at(row);
        }
        double[] b = coefficients(residual);
        double[] along = Matrices.product(shared, v).doubles();
        for (int j = 0; j < b.length; j++) {
            b[j] += along[j];
        }
        return b;
    }
}
