package intarsia.linalg.decomposition;

import intarsia.linalg.MatMul;
import intarsia.linalg.heap.HostProducts;
import intarsia.linalg.heap.Loops64;
import java.util.Arrays;

/**
 * A matrix A [m x n], m at least n, as {@code Q B P'} with B upper bidiagonal, by Householder reflections from both sides, some columns and
 * rows at a time (Dongarra, Sorensen &amp; Hammarling 1989): what is to come is left as it is until all reflections of a panel are known,
 * and is then changed by one product, {@code A - U Y' - X V'}. Half of the work is in that; the other half are two products of the rest of
 * the matrix and a vector for each pair of reflections.
 *
 * @param diagonal    of B [n]
 * @param offDiagonal above it [n], the last number 0
 * @param q           the reflections whose product is Q [m x m]
 * @param p           the reflections whose product is P [n x n]
 */
record Bidiagonal(double[] diagonal, double[] offDiagonal, Reflectors q, Reflectors p) {
    private static final MatMul UPDATE = MatMul.of(true, false).with(MatMul.Start.OUTPUT);

    /** Reduces a matrix, which is used up; entries should be about 1 or less. {@code 4 n^2 (m - n / 3)} operations. */
    static Bidiagonal of(PaddedRows a) {
        Reduction reduction = new Reduction(a);
        for (int from = 0; from < a.columns(); from += reduction.panel) {
            reduction.panel(from, Math.min(from + reduction.panel, a.columns()));
        }
        return new Bidiagonal(reduction.diagonal, reduction.offDiagonal, reduction.q, reduction.p);
    }

    private static final class Reduction {
        static final int PANEL = 32;

        /** How many reflections of each side a panel has, in whole fours. */
        final int panel;

        final double[] diagonal;
        final double[] offDiagonal;
        final Reflectors q;
        final Reflectors p;
        private final PaddedRows a;
        private final int m;
        private final int n;
        /** The panel's columns as rows, and a row of A. */
        private final PaddedRows columns;
        private final double[] row;
        /** U and X, -Y and -V, as rows: the product is what is added. U and V are the reflections' vectors. */
        private final PaddedRows left;
        private final PaddedRows right;
        private final double[] first = new double[PANEL];
        private final double[] second = new double[PANEL];
        private final double[] lanes = new double[4 * Loops64.ROW_LANES];

        Reduction(PaddedRows a) {
            this.a = a;
            m = a.rows();
            n = a.columns();
            panel = PaddedRows.fours(Math.min(PANEL, n));
            diagonal = new double[n];
            offDiagonal = new double[n];
            q = new Reflectors(n, m, 0);
            p = new Reflectors(n, n, 1);
            columns = new PaddedRows(panel, m);
            row = new double[PaddedRows.up(n)];
            left = new PaddedRows(2 * panel, m);
            right = new PaddedRows(2 * panel, n);
        }

        void panel(int from, int end) {
            columns.takeTransposed(a.block(from, m, from, end), 0, from);
            for (int k = from; k < end; k++) {
                column(from, k);
                if (k + 1 < n) {
                    row(from, k);
                }
            }
            if (end < n) {
                HostProducts.run(UPDATE, left.block(0, 2 * panel, end, m), right.block(0, 2 * panel, end, n), a.block(end, m, end, n));
            }
        }

        /** Reflects from the left, and finds the row {@code -y'}: {@code -scale u'A}, A being as it is after the reflections so far. */
        private void column(int from, int k) {
            int j = k - from;
            int at = PaddedRows.down(k);
            double[] x = columns.numbers();
            for (int i = 0; i < j; i++) {
                first[i] = right.get(i, k);
                second[i] = right.get(panel + i, k);
            }
            add(left, 0, first, j, at, x, columns.at(j, at));
            add(left, panel, second, j, at, x, columns.at(j, at));
            diagonal[k] = q.reflect(k, x, columns.at(j, k));
            PaddedRows u = q.vectors();
            System.arraycopy(u.numbers(), u.at(k, at), left.numbers(), left.at(j, at), PaddedRows.up(m) - at);
            Arrays.fill(left.numbers(), left.at(j, 0), left.at(j, at), 0);
            int y = right.at(j, 0);
            Arrays.fill(right.numbers(), y, y + PaddedRows.up(n), 0);
            if (k + 1 == n || q.scale(k) == 0) {
                return;
            }
            int begin = PaddedRows.down(k + 1);
            HostProducts.addWeightedRows(PaddedRows.up(m) - at, PaddedRows.up(n) - begin, a.numbers(), a.at(at, begin), a.step(),
                    u.numbers(), u.at(k, at), right.numbers(), y + begin);
            dots(left, 0, j, at, u.numbers(), u.at(k, at), first);
            dots(left, panel, j, at, u.numbers(), u.at(k, at), second);
            add(right, 0, first, j, begin, right.numbers(), y + begin);
            add(right, panel, second, j, begin, right.numbers(), y + begin);
            finish(right.numbers(), y, begin, k + 1, PaddedRows.up(n), -q.scale(k));
        }

        /** Reflects from the right, and finds the column {@code x = scale A v}, A being as it is after the reflections so far. */
        private void row(int from, int k) {
            int j = k - from;
            int begin = PaddedRows.down(k + 1);
            System.arraycopy(a.numbers(), a.at(k, begin), row, begin, PaddedRows.up(n) - begin);
            for (int i = 0; i <= j; i++) {
                first[i] = left.get(i, k);
                second[i] = i < j ? left.get(panel + i, k) : 0;
            }
            add(right, 0, first, j + 1, begin, row, begin);
            add(right, panel, second, j, begin, row, begin);
            offDiagonal[k] = p.reflect(k, row, k + 1);
            PaddedRows v = p.vectors();
            Arrays.fill(right.numbers(), right.at(panel + j, 0), right.at(panel + j, begin), 0);
            for (int i = begin; i < PaddedRows.up(n); i++) {
                right.set(panel + j, i, -v.get(k, i));
            }
            int x = left.at(panel + j, 0);
            Arrays.fill(left.numbers(), x, x + PaddedRows.up(m), 0);
            if (p.scale(k) == 0) {
                return;
            }
            HostProducts.rowDots(PaddedRows.up(m) - begin, PaddedRows.up(n) - begin, a.numbers(), a.at(begin, begin), a.step(),
                    v.numbers(), v.at(k, begin), left.numbers(), x + begin, lanes);
            dots(right, 0, j + 1, begin, v.numbers(), v.at(k, begin), first);
            dots(right, panel, j, begin, v.numbers(), v.at(k, begin), second);
            add(left, 0, first, j + 1, begin, left.numbers(), x + begin);
            add(left, panel, second, j, begin, left.numbers(), x + begin);
            finish(left.numbers(), x, begin, k + 1, PaddedRows.up(m), p.scale(k));
        }

        private static void finish(double[] x, int at, int begin, int first, int end, double scale) {
            Arrays.fill(x, at + begin, at + first, 0);
            for (int i = at + first; i < at + end; i++) {
                x[i] *= scale;
            }
        }

        /** Adds rows times their weights from a column on. */
        private void add(PaddedRows rows, int top, double[] weights, int count, int at, double[] to, int index) {
            if (count > 0) {
                Arrays.fill(weights, count, panel, 0);
                HostProducts.addWeightedRows(PaddedRows.fours(count), PaddedRows.up(rows.columns()) - at, rows.numbers(),
                        rows.at(top, at), rows.step(), weights, 0, to, index);
            }
        }

        /** Dot products of rows with x. */
        private void dots(PaddedRows rows, int top, int count, int at, double[] x, int index, double[] dots) {
            Arrays.fill(dots, 0);
            if (count > 0) {
                HostProducts.rowDots(PaddedRows.fours(count), PaddedRows.up(rows.columns()) - at, rows.numbers(), rows.at(top, at),
                        rows.step(), x, index, dots, 0, lanes);
            }
        }
    }
}
