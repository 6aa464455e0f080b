package intarsia.linalg.decomposition;

import java.util.Arrays;

/**
 * Eigenvalues and eigenvectors of a symmetric tridiagonal matrix by divide and conquer (Cuppen 1981; Gu &amp; Eisenstat 1995): without the
 * number that joins its halves, and with something subtracted on either side, the matrix falls into two; what is missing is a matrix of
 * rank 1. Entries of that which are negligible, and pairs of eigenvalues that are equal but for rounding, do not take part (deflation),
 * which saves most of the work where eigenvalues are clustered. Small parts are done by {@link ImplicitQl}.
 */
final class TridiagonalEigen {
    /** The largest part that is not divided. */
    private static final int SMALL = 25;
    private static final double EPSILON = 0x1p-53;
    private static final double ROOT_HALF = Math.sqrt(0.5);

    private final double[] d;
    private final double[] e;
    /** The eigenvectors of parts as rows. */
    private final PaddedRows rows;
    private final double[] z;
    private final int[] kinds;

    private TridiagonalEigen(double[] d, double[] e) {
        this.d = d;
        this.e = e;
        rows = new PaddedRows(d.length, d.length);
        z = new double[d.length];
        kinds = new int[d.length];
    }

    /**
     * Turns the diagonal d into the eigenvalues, in no order; the off-diagonal e is used up.
     *
     * @param wanted how many of the largest eigenvalues get their vectors
     * @return the eigenvectors as rows, those not wanted not to be used; or null if the iteration did not converge
     */
    static PaddedRows of(double[] d, double[] e, int wanted) {
        TridiagonalEigen work = new TridiagonalEigen(d, e);
        int from = 0;
        for (int i = 0; i < d.length; i++) {
            boolean last = i + 1 == d.length;
            if (last || Math.abs(e[i]) <= EPSILON * Math.sqrt(Math.abs(d[i])) * Math.sqrt(Math.abs(d[i + 1]))) {
                if (!work.solve(from, i + 1, wanted)) {
                    return null;
                }
                from = i + 1;
            }
        }
        return work.rows;
    }

    /** Solves a part; false if the iteration did not converge. The vectors of so many of its largest eigenvalues are needed. */
    private boolean solve(int from, int end, int needed) {
        if (end - from <= SMALL) {
            return leaf(from, end);
        }
        int middle = from + (end - from) / 2;
        double joint = Math.abs(e[middle - 1]);
        d[middle - 1] -= joint;
        d[middle] -= joint;
        if (!solve(from, middle, end - from) || !solve(middle, end, end - from)) {
            return false;
        }
        merge(from, middle, end, e[middle - 1], needed);
        return true;
    }

    private boolean leaf(int from, int end) {
        int n = end - from;
        double[] diagonal = Arrays.copyOfRange(d, from, end);
        double[] beside = Arrays.copyOfRange(e, from, end);
        double[][] vectors = RowArrays.identity(n, n);
        if (!ImplicitQl.diagonalize(diagonal, beside, vectors)) {
            return false;
        }
        System.arraycopy(diagonal, 0, d, from, n);
        for (int i = 0; i < n; i++) {
            System.arraycopy(vectors[i], 0, rows.numbers(), rows.at(from + i, from), n);
        }
        return true;
    }

    /** Adds {@code |joint| v v'}, v being 1 at the end of the first half and the joint's sign at the beginning of the second. */
    private void merge(int from, int middle, int end, double joint, int needed) {
        double largest = 0;
        double largestZ = 0;
        for (int i = from; i < end; i++) {
            z[i] = ROOT_HALF * (i < middle ? rows.get(i, middle - 1) : Math.copySign(1, joint) * rows.get(i, middle));
            kinds[i] = i < middle ? RankOne.FIRST : RankOne.SECOND;
            largest = Math.max(largest, Math.abs(d[i]));
            largestZ = Math.max(largestZ, Math.abs(z[i]));
        }
        double factor = 2 * Math.abs(joint);
        double tolerance = 8 * EPSILON * Math.max(largest, largestZ);
        int[] taking = new int[end - from];
        int[] deflated = new int[end - from];
        int count = 0;
        int aside = 0;
        int last = -1;
        for (int i : Order.ascending(d, from, end)) {
            if (factor * Math.abs(z[i]) <= tolerance) {
                deflated[aside++] = i;
            } else if (last >= 0 && rotate(last, i, from, end, tolerance)) {
                deflated[aside++] = last;
                last = i;
            } else {
                if (last >= 0) {
                    taking[count++] = last;
                }
                last = i;
            }
        }
        if (last < 0) {
            return;
        }
        taking[count++] = last;
        join(from, middle, end, factor, Arrays.copyOf(taking, count), Arrays.copyOf(deflated, aside),
                Math.max(0, count - needed));
    }

    /** Rotates two vectors with almost the same eigenvalue such that one of them does not take part; false if they differ too much. */
    private boolean rotate(int i, int j, int from, int end, double tolerance) {
        double norm = Math.sqrt(Math.fma(z[i], z[i], z[j] * z[j]));
        double c = z[j] / norm;
        double s = z[i] / norm;
        if (Math.abs((d[j] - d[i]) * c * s) > tolerance) {
            return false;
        }
        z[j] = norm;
        z[i] = 0;
        kinds[j] = kinds[i] == kinds[j] ? kinds[j] : RankOne.BOTH;
        Rotations.apply(rows.numbers(), rows.at(j, from), rows.at(i, from), end - from, c, s);
        double di = d[i] * c * c + d[j] * s * s;
        d[j] = d[i] * s * s + d[j] * c * c;
        d[i] = di;
        return true;
    }

    /** Replaces vectors, from the root numbered {@code first} on. */
    private void join(int from, int middle, int end, double factor, int[] taking, int[] deflated, int first) {
        int count = taking.length;
        double[] poles = new double[count];
        double[] part = new double[count];
        int[] kind = new int[count];
        for (int i = 0; i < count; i++) {
            poles[i] = d[taking[i]];
            part[i] = z[taking[i]];
            kind[i] = kinds[taking[i]];
        }
        RankOne joined = new RankOne(count, taking, kind, poles, part, factor, false);
        PaddedRows kept = rows.copy(deflated, from, end);
        double[] values = new double[deflated.length];
        for (int i = 0; i < deflated.length; i++) {
            values[i] = d[deflated[i]];
        }
        joined.combine(joined.coefficients(first), rows, from + first, from, middle, end);
        for (int k = 0; k < count; k++) {
            d[from + k] = joined.root(k);
        }
        rows.put(kept, from + count, from);
        System.arraycopy(values, 0, d, from + count, values.length);
    }
}
