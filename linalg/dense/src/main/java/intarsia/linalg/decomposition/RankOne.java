package intarsia.linalg.decomposition;

import intarsia.linalg.Kernels;
import intarsia.linalg.MatMul;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;
import java.util.Arrays;

/**
 * What merging the halves of a problem comes to, once entries that do not take part are set aside (deflated): poles p and weights of a
 * {@link SecularEquation}, and new vectors as combinations of old ones. The old ones are zero in one half of their entries, or dense; they
 * are grouped by that, so that products leave out what is zero.
 */
final class RankOne {
    /** Where an old vector has its numbers: in the first half, everywhere, in the second half. */
    static final int FIRST = 0;
    static final int BOTH = 1;
    static final int SECOND = 2;

    private final int count;
    /** How many vectors are in the first group, and in the first two. */
    private final int first;
    private final int firstTwo;
    /** The old vectors' rows, poles and z, by groups, and where the pole of each root is among them. */
    private final int[] rows;
    private final double[] poles;
    private final double[] z;
    private final int[] place;
    private final SecularEquation equation;
    /** The differences of poles and roots, a row for each root. */
    private final PaddedRows differences;

    /**
     * Solves.
     *
     * @param count  how many take part
     * @param rows   which old vectors, by ascending pole
     * @param kinds  where each of them has its numbers
     * @param factor of the rank-1 term, positive
     */
    RankOne(int count, int[] rows, int[] kinds, double[] poles, double[] z, double factor, boolean squared) {
        this.count = count;
        this.rows = new int[count];
        this.poles = new double[count];
        this.z = new double[count];
        place = new int[count];
        int at = 0;
        int[] ends = new int[3];
        for (int kind = FIRST; kind <= SECOND; kind++) {
            for (int i = 0; i < count; i++) {
                if (kinds[i] == kind) {
                    this.rows[at] = rows[i];
                    this.poles[at] = poles[i];
                    this.z[at] = z[i];
                    place[i] = at++;
                }
            }
            ends[kind] = at;
        }
        first = ends[FIRST];
        firstTwo = ends[BOTH];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = factor * z[i] * z[i];
        }
        equation = new SecularEquation(poles, weights, count, squared);
        differences = new PaddedRows(count, count);
        for (int k = 0; k < count; k++) {
            equation.differences(this.poles, count, k, differences.numbers(), differences.at(k, 0));
        }
        refit();
    }

    double root(int k) {
        return equation.root(k);
    }

    /**
     * Replaces z by that of which the roots found are the exact ones (Gu &amp; Eisenstat 1995): vectors made of it are orthogonal to
     * working precision, however close roots are. {@code z_i^2 = (x_i - p_i) prod_k (p_i - x_k) / (p_i - p_k)}, but for a factor.
     */
    private void refit() {
        double[] squares = new double[count];
        Arrays.fill(squares, 1);
        for (int k = 0; k < count; k++) {
            int self = place[k];
            int row = differences.at(k, 0);
            equation.multiplyRatios(poles, 0, self, poles[self], differences.numbers(), row, squares);
            squares[self] *= -differences.get(k, self);
            equation.multiplyRatios(poles, self + 1, count, poles[self], differences.numbers(), row, squares);
        }
        for (int i = 0; i < count; i++) {
            z[i] = Math.copySign(Math.sqrt(Math.abs(squares[i])), z[i]);
        }
    }

    /** The new vectors' coefficients from the root numbered {@code from} on, a row each: {@code z_i / (p_i - x_k)}, of norm 1. */
    PaddedRows coefficients(int from) {
        PaddedRows coefficients = new PaddedRows(count - from, count);
        for (int k = from; k < count; k++) {
            int row = k - from;
            divide(z, differences.numbers(), differences.at(k, 0), coefficients.numbers(), coefficients.at(row, 0), count);
            normalize(coefficients, row);
        }
        return coefficients;
    }

    /** The same with {@code p_i z_i} for z_i, and -1 for the coefficient of pole 0, which is 0: of left singular vectors. */
    PaddedRows leftCoefficients() {
        double[] scaled = new double[count];
        for (int i = 0; i < count; i++) {
            scaled[i] = poles[i] * z[i];
        }
        PaddedRows coefficients = new PaddedRows(count, count);
        for (int k = 0; k < count; k++) {
            divide(scaled, differences.numbers(), differences.at(k, 0), coefficients.numbers(), coefficients.at(k, 0), count);
            coefficients.set(k, place[0], -1);
            normalize(coefficients, k);
        }
        return coefficients;
    }

    private static void divide(double[] z, double[] d, int at, double[] to, int index, int n) {
        for (int i = 0; i < n; i++) {
            to[index + i] = z[i] / d[at + i];
        }
    }

    private void normalize(PaddedRows coefficients, int k) {
        double[] x = coefficients.numbers();
        int at = coefficients.at(k, 0);
        double norm = Math.sqrt(HostProducts.dot(x, at, x, at, count, new double[Kernels.LANES]));
        for (int i = at; i < at + count; i++) {
            x[i] /= norm;
        }
    }

    /** Writes combinations of the old rows to rows from {@code top} on; columns below {@code middle} are the first half. */
    void combine(PaddedRows coefficients, PaddedRows vectors, int top, int from, int middle, int end) {
        Block64 left = vectors.copy(Arrays.copyOf(rows, firstTwo), from, middle).all();
        Block64 right = vectors.copy(Arrays.copyOfRange(rows, first, count), middle, end).all();
        int bottom = top + coefficients.rows();
        product(coefficients.block(0, coefficients.rows(), 0, firstTwo), left, vectors.block(top, bottom, from, middle));
        product(coefficients.block(0, coefficients.rows(), first, count), right, vectors.block(top, bottom, middle, end));
    }

    private static void product(Block64 a, Block64 b, Block64 c) {
        if (c.size() > 0) {
            HostProducts.run(MatMul.PLAIN, a, b, c);
        }
    }
}
