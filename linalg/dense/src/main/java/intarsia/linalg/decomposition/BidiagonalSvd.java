package intarsia.linalg.decomposition;

import java.util.Arrays;

/**
 * Singular values and vectors of an upper bidiagonal matrix by divide and conquer (Gu &amp; Eisenstat 1995, SIAM J. Matrix Anal. Appl. 16):
 * without a row in the middle, {@code (alpha, beta)}, it falls into two parts with one column more than rows. With their singular vectors,
 * and the two vectors that the parts map to 0 turned so that one of them meets the middle row alone, what remains is a diagonal matrix with
 * one full row, z. Entries of z that are negligible, and pairs of singular values that are equal but for rounding, do not take part
 * (deflation). The whole matrix counts as having one more column, of zeros. Small parts are done by {@link ImplicitQr}.
 */
final class BidiagonalSvd {
    /** The largest part that is not divided. */
    private static final int SMALL = 25;
    private static final double EPSILON = 0x1p-53;
    /** The share of the largest number that stands for 0; its square is a number still. */
    private static final double NOTHING = 0x1p-300;
    private static final double ZERO = 0x1p-290;

    private final double[] alpha;
    private final double[] beta;
    /** The singular values of parts, at their rows. */
    private final double[] d;
    /** The singular vectors of parts as rows; the right one that a part maps to 0 is its last row. */
    private final PaddedRows left;
    private final PaddedRows right;
    /** What stands for 0 where something positive is needed. */
    private final double floor;
    private final double[] z;
    private final int[] kinds;

    private BidiagonalSvd(double[] alpha, double[] beta) {
        this.alpha = alpha;
        this.beta = beta;
        int n = alpha.length;
        d = new double[n];
        left = new PaddedRows(n, n);
        right = new PaddedRows(n + 1, n + 1);
        z = new double[n];
        kinds = new int[n];
        double norm = 0;
        for (int i = 0; i < n; i++) {
            norm = Math.max(norm, Math.max(Math.abs(alpha[i]), Math.abs(beta[i])));
        }
        floor = NOTHING * norm;
    }

    /**
     * The values, in no order, and the vectors.
     *
     * @param values [n], not negative
     * @param left   [n x n], a vector a row
     * @param right  [n + 1 x n + 1], a vector a row; its last row and column do not count
     */
    record Parts(double[] values, PaddedRows left, PaddedRows right) {}

    /** Solves for a diagonal and what is above it, of which the last number is 0; null if the iteration did not converge. */
    static Parts of(double[] diagonal, double[] above) {
        BidiagonalSvd work = new BidiagonalSvd(diagonal, above);
        if (!work.solve(0, diagonal.length)) {
            return null;
        }
        for (int i = 0; i < diagonal.length; i++) {
            work.d[i] = work.d[i] <= ZERO / NOTHING * work.floor ? 0 : work.d[i];
        }
        return new Parts(work.d, work.left, work.right);
    }

    /** Solves for rows {@code from} to {@code end} and one column more; false if the iteration did not converge. */
    private boolean solve(int from, int end) {
        if (end - from <= SMALL) {
            return leaf(from, end);
        }
        int middle = from + (end - from) / 2;
        if (!solve(from, middle) || !solve(middle + 1, end)) {
            return false;
        }
        merge(from, middle, end);
        return true;
    }

    private boolean leaf(int from, int end) {
        int n = end - from;
        double[] diagonal = Arrays.copyOfRange(alpha, from, end);
        double[] above = Arrays.copyOfRange(beta, from, end);
        double[][] lefts = RowArrays.identity(n, n);
        double[][] rights = RowArrays.identity(n + 1, n + 1);
        // the last column's number goes up the column and vanishes
        double bulge = n > 0 ? above[n - 1] : 0;
        for (int i = n - 1; i >= 0 && bulge != 0; i--) {
            double scale = Math.max(Math.abs(diagonal[i]), Math.abs(bulge));
            double f = diagonal[i] / scale;
            double g = bulge / scale;
            double norm = Math.sqrt(Math.fma(f, f, g * g));
            double c = f / norm;
            double s = g / norm;
            diagonal[i] = scale * norm;
            Rotations.apply(rights[i], rights[n], c, s);
            if (i > 0) {
                bulge = -s * above[i - 1];
                above[i - 1] *= c;
            }
        }
        if (!ImplicitQr.diagonalize(diagonal, above, lefts, rights)) {
            return false;
        }
        System.arraycopy(diagonal, 0, d, from, n);
        for (int i = 0; i < n; i++) {
            System.arraycopy(lefts[i], 0, left.numbers(), left.at(from + i, from), n);
        }
        for (int i = 0; i <= n; i++) {
            System.arraycopy(rights[i], 0, right.numbers(), right.at(from + i, from), n + 1);
        }
        return true;
    }

    private void merge(int from, int middle, int end) {
        double a = alpha[middle];
        double b = beta[middle];
        turnNulls(from, middle, end, a * right.get(middle, middle), b * right.get(end, middle + 1));
        left.set(middle, middle, 1);
        d[middle] = 0;
        double largest = Math.max(floor, Math.max(Math.abs(a), Math.abs(b)));
        for (int i = from; i < end; i++) {
            if (i != middle) {
                z[i] = i < middle ? a * right.get(i, middle) : b * right.get(i, middle + 1);
                kinds[i] = i < middle ? RankOne.FIRST : RankOne.SECOND;
                largest = Math.max(largest, d[i]);
            }
        }
        kinds[middle] = RankOne.BOTH;
        double tolerance = 8 * EPSILON * largest;
        z[middle] = Math.max(z[middle], floor);
        int[] taking = new int[end - from];
        int[] deflated = new int[end - from];
        taking[0] = middle;
        int count = 1;
        int aside = 0;
        int last = -1;
        for (int i : Order.ascending(d, from, end)) {
            if (i == middle) {
                continue;
            }
            if (Math.abs(z[i]) <= tolerance) {
                deflated[aside++] = i;
                continue;
            }
            d[i] = Math.max(d[i], floor);
            if (last >= 0 && d[i] - d[last] <= tolerance) {
                rotate(last, i, from, end);
                deflated[aside++] = last;
                last = i;
            } else {
                if (last >= 0) {
                    taking[count++] = last;
                }
                last = i;
            }
        }
        if (last >= 0) {
            taking[count++] = last;
        }
        join(from, middle, end, Arrays.copyOf(taking, count), Arrays.copyOf(deflated, aside));
    }

    /** Turns the vectors that the parts map to 0 such that the middle row meets only one of them, which becomes row {@code middle}. */
    private void turnNulls(int from, int middle, int end, double x, double y) {
        // the squares of tiny numbers would vanish
        double larger = Math.max(Math.abs(x), Math.abs(y));
        double c = larger == 0 ? 1 : x / larger;
        double s = larger == 0 ? 0 : y / larger;
        double norm = Math.sqrt(Math.fma(c, c, s * s));
        c /= norm;
        s /= norm;
        z[middle] = larger * norm;
        for (int j = from; j <= middle; j++) {
            double v = right.get(middle, j);
            right.set(middle, j, c * v);
            right.set(end, j, 0 - s * v);
        }
        for (int j = middle + 1; j <= end; j++) {
            double v = right.get(end, j);
            right.set(middle, j, s * v);
            right.set(end, j, c * v);
        }
    }

    /** Rotates two pairs of vectors with almost the same singular value such that the first does not take part. */
    private void rotate(int i, int j, int from, int end) {
        double norm = Math.sqrt(Math.fma(z[i], z[i], z[j] * z[j]));
        double c = z[j] / norm;
        double s = z[i] / norm;
        z[j] = norm;
        z[i] = 0;
        kinds[j] = kinds[i] == kinds[j] ? kinds[j] : RankOne.BOTH;
        Rotations.apply(left.numbers(), left.at(j, from), left.at(i, from), end - from, c, s);
        Rotations.apply(right.numbers(), right.at(j, from), right.at(i, from), end + 1 - from, c, s);
    }

    private void join(int from, int middle, int end, int[] taking, int[] deflated) {
        int count = taking.length;
        double[] poles = new double[count];
        double[] part = new double[count];
        int[] kind = new int[count];
        for (int i = 0; i < count; i++) {
            poles[i] = d[taking[i]];
            part[i] = z[taking[i]];
            kind[i] = kinds[taking[i]];
        }
        RankOne joined = new RankOne(count, taking, kind, poles, part, 1, true);
        PaddedRows keptLeft = left.copy(deflated, from, end);
        PaddedRows keptRight = right.copy(deflated, from, end + 1);
        double[] values = new double[deflated.length];
        for (int i = 0; i < deflated.length; i++) {
            values[i] = d[deflated[i]];
        }
        joined.combine(joined.leftCoefficients(), left, from, from, middle, end);
        for (int k = 0; k < count; k++) {
            d[from + k] = joined.root(k);
        }
        joined.combine(joined.coefficients(0), right, from, from, middle + 1, end + 1);
        left.put(keptLeft, from + count, from);
        right.put(keptRight, from + count, from);
        System.arraycopy(values, 0, d, from + count, values.length);
    }
}
