package intarsia.linalg.decomposition;

import java.util.Arrays;

/**
 * A Householder reflection {@code H = I - scale v v'}, orthogonal and its own inverse, that maps a vector x, from an index on, to {@code
 * (beta, 0, ..., 0)} (Golub &amp; Van Loan 2013, section 5.1).
 *
 * @param v     0 before the index, 1 at it
 * @param from  the index
 * @param scale {@code 2 / v'v}; 0 if x is 0 behind the index already
 * @param beta  the norm of x from the index on, with the sign opposite to x there
 */
record Reflector(double[] v, int from, double scale, double beta) {
    /** The square below which there is no reflection, since it could not be accurate: x is about 1 or less. */
    private static final double NOTHING = 0x1p-900;

    /** The reflection for x, whose array becomes its vector. */
    static Reflector of(double[] x, int from) {
        double tail = 0;
        for (int i = from + 1; i < x.length; i++) {
            tail = Math.fma(x[i], x[i], tail);
        }
        double head = x[from];
        if (tail <= NOTHING) {
            return new Reflector(x, from, 0, head);
        }
        double norm = Math.sqrt(Math.fma(head, head, tail));
        double beta = head > 0 ? -norm : norm;
        Arrays.fill(x, 0, from, 0);
        x[from] = 1;
        for (int i = from + 1; i < x.length; i++) {
            x[i] /= head - beta;
        }
        return new Reflector(x, from, (beta - head) / beta, beta);
    }

    /** {@code rows = H rows} within a range of columns; {@code work} is as long as a row. O(rows columns), two passes. */
    void apply(double[][] rows, int left, int right, double[] work) {
        if (scale != 0) {
            RowArrays.combine(v, from, rows, left, right, work);
            RowArrays.addOuter(-scale, v, from, work, rows, left, right);
        }
    }
}
