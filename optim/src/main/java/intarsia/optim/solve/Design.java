package intarsia.optim.solve;

import intarsia.linalg.decomposition.Matrices;
import java.util.Arrays;

/**
 * Predictors in the two layouts the solvers read, shifted to weighted mean 0 where an intercept absorbs the shift. A column that is constant up to
 * rounding becomes exactly 0, so that it can never be given a coefficient.
 */
final class Design {
    /** A standard deviation below this share of the root mean square is rounding. */
    private static final double CONSTANT = 1e-13;

    final int rows;
    final int columns;
    /** Column after column. */
    final double[] byColumn;
    /** What was subtracted from each column. */
    final double[] centers;
    private double[] byRow;

    private Design(int rows, int columns, double[] byColumn, double[] centers) {
        this.rows = rows;
        this.columns = columns;
        this.byColumn = byColumn;
        this.centers = centers;
    }

    /** The predictors of a problem. */
    static Design of(GlmProblem problem) {
        int n = problem.rows();
        int p = problem.columns();
        double[] byColumn = new double[n * p];
        Matrices.transpose(n, p, problem.predictors().doubles(), 0, byColumn, 0);
        Design design = new Design(n, p, byColumn, new double[p]);
        if (problem.intercept()) {
            design.center(problem.weights());
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
                sum += weights[i] / total * byColumn[j * rows + i];
            }
            double squares = 0;
            double raw = 0;
            for (int i = 0; i < rows; i++) {
                double x = byColumn[j * rows + i];
                raw += weights[i] / total * x * x;
                byColumn[j * rows + i] = x - sum;
                squares += weights[i] / total * (x - sum) * (x - sum);
            }
            centers[j] = sum;
            if (squares <= CONSTANT * CONSTANT * raw) {
                Arrays.fill(byColumn, j * rows, (j + 1) * rows, 0);
            }
        }
    }

    /** Row after row. */
    double[] byRow() {
        if (byRow == null) {
            byRow = new double[byColumn.length];
            Matrices.transpose(columns, rows, byColumn, 0, byRow, 0);
        }
        return byRow;
    }

    /** Some of the columns. */
    Design gather(int[] set) {
        double[] part = new double[rows * set.length];
        double[] partCenters = new double[set.length];
        for (int k = 0; k < set.length; k++) {
            System.arraycopy(byColumn, set[k] * rows, part, k * rows, rows);
            partCenters[k] = centers[set[k]];
        }
        return new Design(rows, set.length, part, partCenters);
    }

    /** Adds {@code scale x_j} to a vector of the rows. */
    void addColumn(int j, double scale, double[] to) {
        int at = j * rows;
        for (int i = 0; i < rows; i++) {
            to[i] = Math.fma(scale, byColumn[at + i], to[i]);
        }
    }

    /** {@code x_j' u}, in four interleaved sums. */
    double dot(int j, double[] u) {
        int at = j * rows;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            s0 = Math.fma(byColumn[at + i], u[i], s0);
            s1 = Math.fma(byColumn[at + i + 1], u[i + 1], s1);
            s2 = Math.fma(byColumn[at + i + 2], u[i + 2], s2);
            s3 = Math.fma(byColumn[at + i + 3], u[i + 3], s3);
        }
        for (; i < rows; i++) {
            s0 = Math.fma(byColumn[at + i], u[i], s0);
        }
        return (s0 + s1) + (s2 + s3);
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
