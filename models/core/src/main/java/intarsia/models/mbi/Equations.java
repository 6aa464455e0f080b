package intarsia.models.mbi;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern's estimating functions, all layers stacked: {@code g(beta) = b - A beta}, a weighted mean over rows i of
 * {@code z_i (y_i - x_i' beta)}.
 *
 * @param left     A [m x p]
 * @param right    b [m]
 * @param layers   the pattern's rows, one imputation each
 * @param columns  for each function, its layer and its column z
 * @param y        responses
 * @param v        how much each row counts
 */
record Equations(Tensor left, double[] right, List<double[]> layers, List<int[]> columns, double[] y,
        double[] v) {
    static Equations of(double[] y, double[] v, List<double[]> layers, List<boolean[]> common) {
        int n = y.length;
        double all = Arrays.stream(v).sum();
        int p = common.getFirst().length;
        List<int[]> columns = new ArrayList<>();
        for (int k = 0; k < layers.size(); k++) {
            for (int j = 0; j < p; j++) {
                if (common.get(k)[j]) {
                    columns.add(new int[] {k, j});
                }
            }
        }
        double[] left = new double[columns.size() * p];
        double[] right = new double[columns.size()];
        for (int m = 0; m < right.length; m++) {
            double[] x = layers.get(columns.get(m)[0]);
            for (int i = 0; i < n; i++) {
                double z = x[i * p + columns.get(m)[1]] / all * v[i];
                right[m] += z * y[i];
                for (int j = 0; j < p; j++) {
                    left[m * p + j] += z * x[i * p + j];
                }
            }
        }
        return new Equations(Tensor.of(Shape.of(right.length, p), left), right, layers, columns, y, v);
    }

    /** The product of a row with coefficients. */
    static double dot(double[] x, int row, double[] beta) {
        double sum = 0;
        for (int j = 0; j < beta.length; j++) {
            sum += x[row * beta.length + j] * beta[j];
        }
        return sum;
    }

    int size() {
        return right.length;
    }

    /** The covariance of the mean functions at beta: {@code sum_i v_i g_i g_i' / n^2}, n the sum of v. */
    Tensor covariance(double[] beta) {
        int n = y.length;
        double all = Arrays.stream(v).sum();
        int m = size();
        double[][] residuals = new double[layers.size()][n];
        for (int k = 0; k < layers.size(); k++) {
            for (int i = 0; i < n; i++) {
                residuals[k][i] = y[i] - dot(layers.get(k), i, beta);
            }
        }
        double[] each = new double[n * m];
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < m; f++) {
                int layer = columns.get(f)[0];
                each[i * m + f] = layers.get(layer)[i * beta.length + columns.get(f)[1]] * residuals[layer][i] / all * Math.sqrt(v[i]);
            }
        }
        return Matrices.gram(Tensor.of(Shape.of(n, m), each));
    }

    /** Adds the rows of {@code transform A} and {@code transform b}. */
    void append(List<double[]> rows, List<Double> rightHandSides, Tensor transform) {
        Tensor product = Matrices.product(transform, left);
        Tensor side = Matrices.product(transform, Tensor.of(Shape.of(right.length, 1), right));
        int p = left.shape().columns();
        for (int i = 0; i < product.shape().rows(); i++) {
            double[] row = new double[p];
            System.arraycopy(product.doubles(), i * p, row, 0, p);
            rows.add(row);
            rightHandSides.add(side.at(i));
        }
    }
}
