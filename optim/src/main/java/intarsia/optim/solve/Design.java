package intarsia.optim.solve;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import java.util.Arrays;

/**
 * Predictors in the two layouts the solvers read, shifted to weighted mean 0 where an intercept absorbs the shift. A column that is
 * constant up to rounding becomes exactly 0, so that it can never be given a coefficient.
 */
final class Design {
    /** The share of the root mean square below which a standard deviation is rounding. */
    private static final double CONSTANT = 1e-13;

    final int rows;
    final int columns;
    /** Each column as a separate array. */
    final double[][] column;
    /** The number subtracted from each column. */
    final double[] centers;
    private double[] byRow;

    private Design(int rows, int columns, double[][] column, double[] centers) {
        this.rows = rows;
        this.columns = columns;
        this.column = column;
        this.centers = centers;
    }

    /** The predictors of a problem. */
    static Design of(GlmProblem problem) {
        return of(problem.predictors(), problem.weights(), problem.intercept());
    }

    /** Rows [n x p] with weights, centered if asked. */
    static Design of(Tensor predictors, double[] weights, boolean centered) {
        int n = predictors.shape().rows();
        int p = predictors.shape().columns();
        double[] x = predictors.doubles();
        double[][] column = new double[p][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < p; j++) {
                column[j][i] = x[i * p + j];
            }
        }
        Design design = new Design(n, p, column, new double[p]);
        if (centered) {
            design.center(weights);
        }
        return design;
    }

    private void center(double[] weights) {
        double total = 0;
        for (double w : weights) {
            total += w;
        }
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += weights[i] / total * column[j][i];
            }
            double squares = 0;
            double raw = 0;
            for (int i = 0; i < rows; i++) {
                double x = column[j][i];
                raw += weights[i] / total * x * x;
                column[j][i] = x - sum;
                squares += weights[i] / total * (x - sum) * (x - sum);
            }
            centers[j] = sum;
            if (squares <= CONSTANT * CONSTANT * raw) {
                Arrays.fill(column[j], 0);
            }
        }
    }

    /** Row after row. */
    double[] byRow() {
        if (byRow == null) {
            byRow = new double[rows * columns];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    byRow[i * columns + j] = column[j][i];
                }
            }
        }
        return byRow;
    }

    /** Some of the columns. */
    Design gather(int[] set) {
        double[][] part = new double[set.length][];
        double[] partCenters = new double[set.length];
        for (int k = 0; k < set.length; k++) {
            part[k] = column[set[k]];
            partCenters[k] = centers[set[k]];
        }
        return new Design(rows, set.length, part, partCenters);
    }

    /** Adds {@code scale x_j} to a vector of the rows. */
    void addColumn(int j, double scale, double[] to) {
        double[] x = column[j];
        for (int i = 0; i < rows; i++) {
            to[i] = Math.fma(scale, x[i], to[i]);
        }
    }

    /** {@code x_j' u}, in eight interleaved sums. */
    double dot(int j, double[] u) {
        double[] x = column[j];
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + 8 <= rows; i += 8) {
            s0 = Math.fma(x[i], u[i], s0);
            s1 = Math.fma(x[i + 1], u[i + 1], s1);
            s2 = Math.fma(x[i + 2], u[i + 2], s2);
            s3 = Math.fma(x[i + 3], u[i + 3], s3);
            s4 = Math.fma(x[i + 4], u[i + 4], s4);
            s5 = Math.fma(x[i + 5], u[i + 5], s5);
            s6 = Math.fma(x[i + 6], u[i + 6], s6);
            s7 = Math.fma(x[i + 7], u[i + 7], s7);
        }
        for (; i < rows; i++) {
            s0 = Math.fma(x[i], u[i], s0);
        }
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    /** {@code X' u} for all columns. */
    double[] dots(double[] u) {
        double[] products = new double[columns];
        if (byRow != null) {
            Matrices.multiplyAdd(1, rows, columns, u, 0, byRow, 0, products, 0);
            return products;
        }
        for (int j = 0; j < columns; j++) {
            products[j] = dot(j, u);
        }
        return products;
    }
}
