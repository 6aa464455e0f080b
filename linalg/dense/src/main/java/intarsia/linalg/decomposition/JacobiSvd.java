package intarsia.linalg.decomposition;

import intarsia.linalg.Kernels;
import intarsia.linalg.heap.HostProducts;

/**
 * Singular values and vectors by one-sided Jacobi rotations (Hestenes 1958; Demmel &amp; Veselic 1992): pairs of columns are rotated until
 * all are orthogonal; their norms are the singular values. The relative error of each is about eps times the condition number of the matrix
 * with its columns scaled to norm 1, whatever their scales. Columns are kept as rows, the longest first.
 */
final class JacobiSvd {
    private static final int SWEEPS = 60;
    private static final double EPSILON = 0x1p-53;
    /** The share of the largest squared norm up to which columns count as zero: their squares have lost digits to underflow. */
    private static final double NOTHING = 0x1p-960;

    private final PaddedRows columns;
    private final PaddedRows rotations;
    private final double[] squares;
    private final double[] lanes = new double[Kernels.LANES];
    /** The cosine of the angle between two columns that counts as 0. */
    private final double tolerance;

    private JacobiSvd(PaddedRows columns) {
        this.columns = columns;
        int n = columns.rows();
        rotations = new PaddedRows(n, n);
        for (int i = 0; i < n; i++) {
            rotations.set(i, i, 1);
        }
        squares = new double[n];
        tolerance = EPSILON * Math.sqrt(columns.columns());
    }

    /**
     * Rotates; the columns become the left vectors times the values.
     *
     * @return the right vectors as rows, or null if pairs were not orthogonal after 60 sweeps
     */
    static PaddedRows rotate(PaddedRows columns) {
        JacobiSvd work = new JacobiSvd(columns);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            if (work.sweep()) {
                return work.rotations;
            }
        }
        return null;
    }

    private double dot(int i, int j) {
        double[] x = columns.numbers();
        return HostProducts.dot(x, columns.at(i, 0), x, columns.at(j, 0), columns.columns(), lanes);
    }

    /** Meets every pair once; true if all were orthogonal. */
    private boolean sweep() {
        int n = columns.rows();
        double largest = 0;
        for (int i = 0; i < n; i++) {
            squares[i] = dot(i, i);
            largest = Math.max(largest, squares[i]);
        }
        boolean orthogonal = true;
        for (int i = 0; i < n - 1; i++) {
            for (int j = i + 1; j < n; j++) {
                orthogonal &= pair(i, j, NOTHING * largest);
            }
        }
        return orthogonal;
    }

    private boolean pair(int i, int j, double nothing) {
        double a = squares[i];
        double b = squares[j];
        double product = dot(i, j);
        if (Math.abs(product) <= tolerance * Math.sqrt(a) * Math.sqrt(b) || Math.min(a, b) <= nothing) {
            return true;
        }
        // the longer one stays first
        double ratio = (a - b) / (2 * product);
        double t = 1 / (ratio + Math.copySign(Math.sqrt(Math.fma(ratio, ratio, 1)), ratio));
        double c = 1 / Math.sqrt(Math.fma(t, t, 1));
        double s = c * t;
        Rotations.apply(columns.numbers(), columns.at(i, 0), columns.at(j, 0), columns.columns(), c, s);
        Rotations.apply(rotations.numbers(), rotations.at(i, 0), rotations.at(j, 0), rotations.columns(), c, s);
        squares[i] = Math.fma(t, product, a);
        squares[j] = Math.max(0, Math.fma(-t, product, b));
        return false;
    }
}
