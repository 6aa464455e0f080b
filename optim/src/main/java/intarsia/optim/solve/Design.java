package intarsia.optim.solve;

import intarsia.linalg.Tensor;
import intarsia.linalg.heap.HostProducts;
import java.util.Arrays;

/**
 * Predictors column by column, shifted to weighted mean 0 where that is taken up by an intercept or changes nothing. A column that is
 * constant up to rounding becomes exactly 0, so that it can never be given a coefficient.
 */
final class Design {
    /** The share of the root mean square below which a standard deviation is rounding. */
    private static final double CONSTANT = 1e-13;
    /** Rows that are turned into columns at a time. */
    private static final int BAND = 16;

    final int rows;
    final int columns;
    /** Each column as a separate array. */
    final double[][] column;
    /** The number subtracted from each column. */
    final double[] centers;

    private Design(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.column = new double[columns][rows];
        this.centers = new double[columns];
    }

    /** Rows [n x p] with weights, centered if asked. */
    static Design of(Tensor predictors, double[] weights, boolean centered) {
        Design design = new Design(predictors.shape().rows(), predictors.shape().columns());
        double[] x = predictors.doubles();
        for (int from = 0; from < design.rows; from += BAND) {
            int to = Math.min(design.rows, from + BAND);
            for (int j = 0; j < design.columns; j++) {
                double[] column = design.column[j];
                for (int i = from; i < to; i++) {
                    column[i] = x[i * design.columns + j];
                }
            }
        }
        if (centered) {
            design.center(weights);
        }
        return design;
    }

    private void center(double[] weights) {
        double total = Arrays.stream(weights).sum();
        double[] shares = Arrays.stream(weights).map(w -> w / total).toArray();
        double[] scaled = new double[rows];
        for (int j = 0; j < columns; j++) {
            double[] x = column[j];
            double mean = HostProducts.dot(shares, x);
            for (int i = 0; i < rows; i++) {
                x[i] -= mean;
                scaled[i] = shares[i] * x[i];
            }
            double variance = HostProducts.dot(scaled, x);
            centers[j] = mean;
            if (variance <= CONSTANT * CONSTANT * (variance + mean * mean)) {
                Arrays.fill(x, 0);
            }
        }
    }

    /** All columns, row after row [n x p]. */
    double[] byRow() {
        double[] byRow = new double[rows * columns];
        for (int from = 0; from < rows; from += BAND) {
            int to = Math.min(rows, from + BAND);
            for (int j = 0; j < columns; j++) {
                for (int i = from; i < to; i++) {
                    byRow[i * columns + j] = column[j][i];
                }
            }
        }
        return byRow;
    }

    /** Adds {@code scale x_j} to a vector of the rows. */
    void addColumn(int j, double scale, double[] to) {
        double[] x = column[j];
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.fma(scale, x[i], to[i]);
        }
    }

    /** {@code x_j' u}. */
    double dot(int j, double[] u) {
        return HostProducts.dot(column[j], u);
    }

    /** The Euclidean norm of each column. */
    double[] norms() {
        double[] norms = new double[columns];
        for (int j = 0; j < columns; j++) {
            norms[j] = Math.sqrt(HostProducts.dot(column[j], column[j]));
        }
        return norms;
    }
}
