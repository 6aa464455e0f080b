package intarsia.optim.solve;

import intarsia.linalg.Kernels;
import intarsia.linalg.Tensor;
import intarsia.linalg.heap.HostProducts;
import intarsia.linalg.heap.Loops64;
import java.util.Arrays;

/**
 * Predictors column by column, shifted to weighted mean 0 where that is taken up by an intercept or changes nothing. A column that is
 * constant up to rounding becomes exactly 0, so that it can never be given a coefficient. For one thread.
 */
final class Design {
    /** The share of the root mean square below which a standard deviation is rounding. */
    private static final double CONSTANT = 1e-13;
    /** How many columns' products are computed at a time. */
    private static final int COLUMNS = 4;
    /** How many stay in the cache; a multiple of these. */
    private static final int NEAR = 32;

    final int rows;
    final int columns;
    /** All columns one after the other, from {@link #at} on; what follows their n numbers is 0. */
    final double[] x;
    /** The number subtracted from each column. */
    final double[] centers;
    /** The Euclidean norm of each column. */
    final double[] norms;
    private final int step;
    private final double[] lanes = new double[Math.max(Kernels.LANES, COLUMNS * Loops64.ROW_LANES)];
    private final double[] products;

    private Design(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.step = up(rows, Loops64.ROW_LANES);
        this.x = new double[Math.multiplyExact(up(columns, COLUMNS), step)];
        this.centers = new double[columns];
        this.norms = new double[columns];
        this.products = new double[NEAR];
    }

    private static int up(int count, int multiple) {
        return Math.multiplyExact(Math.ceilDiv(count, multiple), multiple);
    }

    /** Rows [n x p] with weights, centered if asked. */
    static Design of(Tensor predictors, double[] weights, boolean centered) {
        Design design = new Design(predictors.shape().rows(), predictors.shape().columns());
        HostProducts.transpose(design.rows, design.columns, predictors.doubles(), 0, design.columns, design.x, 0, design.step);
        double total = Arrays.stream(weights).sum();
        double[] shares = Arrays.stream(weights).map(w -> w / total).toArray();
        double[] scaled = new double[design.rows];
        // column by column, while it is in the cache
        for (int j = 0; j < design.columns; j++) {
            if (centered) {
                design.center(j, shares, scaled);
            }
            design.norms[j] = Math.sqrt(HostProducts.dot(design.x, design.at(j), design.x, design.at(j), design.rows, design.lanes));
        }
        return design;
    }

    private void center(int j, double[] shares, double[] scaled) {
        int at = at(j);
        double mean = dot(j, shares);
        for (int i = 0; i < rows; i++) {
            x[at + i] -= mean;
            scaled[i] = shares[i] * x[at + i];
        }
        double variance = dot(j, scaled);
        centers[j] = mean;
        if (variance <= CONSTANT * CONSTANT * (variance + mean * mean)) {
            Arrays.fill(x, at, at + rows, 0);
        }
    }

    /** Where a column begins. */
    int at(int j) {
        return j * step;
    }

    /** A copy of a column. */
    double[] column(int j) {
        return Arrays.copyOfRange(x, at(j), at(j) + rows);
    }

    /** All columns, row after row [n x p]. */
    double[] byRow() {
        double[] byRow = new double[rows * columns];
        HostProducts.transpose(columns, rows, x, 0, step, byRow, 0, columns);
        return byRow;
    }

    /** Adds {@code scale x_j} to a vector of the rows. */
    void addColumn(int j, double scale, double[] to) {
        int at = at(j);
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.fma(scale, x[at + i], to[i]);
        }
    }

    /** {@code x_j' u}. */
    double dot(int j, double[] u) {
        return HostProducts.dot(x, at(j), u, 0, rows, lanes);
    }

    /**
     * Writes {@code X' u} for each of some vectors; the last bits may differ from those of {@link #dot}. Four columns take little longer
     * than one by itself, and what takes longest is to fetch columns from memory, which is done once for all vectors.
     */
    void multiply(double[][] u, double[][] to) {
        double[][] padded = new double[u.length][];
        for (int k = 0; k < u.length; k++) {
            padded[k] = Arrays.copyOf(u[k], step);
        }
        for (int from = 0; from < columns; from += NEAR) {
            int count = Math.min(NEAR, columns - from);
            for (int k = 0; k < u.length; k++) {
                Arrays.fill(products, 0);
                HostProducts.rowDots(up(count, COLUMNS), step, x, at(from), step, padded[k], 0, products, 0, lanes);
                System.arraycopy(products, 0, to[k], from, count);
            }
        }
    }
}
