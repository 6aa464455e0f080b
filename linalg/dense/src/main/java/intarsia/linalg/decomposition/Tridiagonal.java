package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;
import intarsia.linalg.heap.Loops64;
import java.util.Arrays;

/**
 * A symmetric matrix as {@code Q T Q'} with T tridiagonal, by Householder reflections, some columns at a time (Dongarra, Sorensen &amp;
 * Hammarling 1989): the columns to come are left as they are until all reflections of a panel are known, and are then changed by one
 * product, {@code A - V W' - W V'}. Half of the work is in that; the other half is a product of the rest of the matrix and a vector for
 * each reflection, which reads the lower triangle once.
 *
 * @param diagonal    of T [n]
 * @param offDiagonal next to it [n], the last number unused
 * @param q           the reflections whose product is Q
 */
record Tridiagonal(double[] diagonal, double[] offDiagonal, Reflectors q) {
    private static final MatMul UPDATE = MatMul.of(true, false);
    private static final Pool ALONE = new Pool(1);

    /** Reduces a symmetric matrix, which is used up; entries should be about 1 or less. 4 n^3 / 3 operations. */
    static Tridiagonal of(PaddedRows a) {
        Reduction reduction = new Reduction(a);
        for (int from = 0; from < a.rows(); from += Reduction.PANEL) {
            reduction.panel(from, Math.min(from + Reduction.PANEL, a.rows()));
        }
        return new Tridiagonal(reduction.diagonal, reduction.offDiagonal, reduction.q);
    }

    private static final class Reduction {
        /** The columns of a panel: whole lanes, so that what is on the diagonal begins with a lane. */
        static final int PANEL = 32;
        private static final int LANES = Loops64.ROW_LANES;

        final double[] diagonal;
        final double[] offDiagonal;
        final Reflectors q;
        private final PaddedRows a;
        private final int n;
        /** The panel's columns as rows. */
        private final PaddedRows panel;
        /** V and W as rows, then W and V with the other sign: their product is what is added. */
        private final PaddedRows left;
        private final PaddedRows right;
        private final double[] first = new double[PANEL];
        private final double[] second = new double[PANEL];
        private final double[] lanes = new double[4 * LANES];

        Reduction(PaddedRows a) {
            this.a = a;
            n = a.rows();
            diagonal = new double[n];
            offDiagonal = new double[n];
            q = new Reflectors(n, n, 1);
            panel = new PaddedRows(PANEL, n);
            left = new PaddedRows(2 * PANEL, n);
            right = new PaddedRows(2 * PANEL, n);
        }

        void panel(int from, int end) {
            panel.takeTransposed(a.block(from, n, from, end), 0, from);
            for (int k = from; k < end; k++) {
                column(from, k);
            }
            if (end < n) {
                PaddedRows v = q.vectors();
                int width = PaddedRows.up(n) - end;
                for (int i = 0; i < PANEL; i++) {
                    System.arraycopy(v.numbers(), v.at(from + i, end), left.numbers(), left.at(i, end), width);
                    negate(left, PANEL + i, right, i, end, width);
                    negate(v, from + i, right, PANEL + i, end, width);
                }
                SymmetricProduct.add(UPDATE, left.block(0, 2 * PANEL, end, n), right.block(0, 2 * PANEL, end, n), a.block(end, n, end, n),
                        ALONE, Command::run);
            }
        }

        private static void negate(PaddedRows from, int i, PaddedRows to, int j, int at, int width) {
            double[] x = from.numbers();
            double[] y = to.numbers();
            int xo = from.at(i, at);
            int yo = to.at(j, at);
            for (int k = 0; k < width; k++) {
                y[yo + k] = -x[xo + k];
            }
        }

        private void column(int from, int k) {
            int before = k - from;
            PaddedRows v = q.vectors();
            double[] x = panel.numbers();
            if (before > 0) {
                int at = PaddedRows.down(k);
                for (int i = 0; i < before; i++) {
                    first[i] = -left.get(PANEL + i, k);
                    second[i] = -v.get(from + i, k);
                }
                add(v, from, first, before, at, x, panel.at(before, at));
                add(left, PANEL, second, before, at, x, panel.at(before, at));
            }
            diagonal[k] = panel.get(before, k);
            if (k + 1 == n) {
                return;
            }
            offDiagonal[k] = q.reflect(k, x, panel.at(before, k + 1));
            double[] w = left.numbers();
            int begin = PaddedRows.down(k + 1);
            int row = left.at(PANEL + before, 0);
            Arrays.fill(w, row, row + PaddedRows.up(n), 0);
            double scale = q.scale(k);
            if (scale == 0) {
                return;
            }
            multiply(begin, v.numbers(), v.at(k, 0), w, row);
            if (before > 0) {
                dots(left, PANEL, before, begin, v.numbers(), v.at(k, begin), first);
                dots(v, from, before, begin, v.numbers(), v.at(k, begin), second);
                add(v, from, first, before, begin, w, row + begin);
                add(left, PANEL, second, before, begin, w, row + begin);
            }
            Arrays.fill(w, row + begin, row + k + 1, 0);
            int length = PaddedRows.up(n) - begin;
            double half = scale * scale / 2 * HostProducts.dot(w, row + begin, v.numbers(), v.at(k, begin), length, lanes);
            combine(w, row + begin, scale, v.numbers(), v.at(k, begin), -half, length);
        }

        /** {@code w = scale w + factor v}. */
        private static void combine(double[] w, int wo, double scale, double[] v, int vo, double factor, int length) {
            for (int i = 0; i < length; i++) {
                w[wo + i] = Math.fma(factor, v[vo + i], scale * w[wo + i]);
            }
        }

        /** Adds rows times their weights from a column on. */
        private void add(PaddedRows rows, int top, double[] weights, int count, int at, double[] to, int index) {
            Arrays.fill(weights, count, PANEL, 0);
            HostProducts.addWeightedRows(PaddedRows.fours(count), PaddedRows.up(n) - at, rows.numbers(), rows.at(top, at), rows.step(),
                    weights, 0, to, index);
        }

        /** Dot products of rows with x, with the other sign. */
        private void dots(PaddedRows rows, int top, int count, int at, double[] x, int index, double[] dots) {
            Arrays.fill(dots, 0);
            HostProducts.rowDots(PaddedRows.fours(count), PaddedRows.up(n) - at, rows.numbers(), rows.at(top, at), rows.step(), x, index,
                    dots, 0, lanes);
            for (int i = 0; i < count; i++) {
                dots[i] = -dots[i];
            }
        }

        /** {@code y = A x} from a row and column on, by the lower triangle and the squares on the diagonal, which are whole. */
        private void multiply(int begin, double[] x, int xo, double[] y, int yo) {
            double[] rows = a.numbers();
            for (int i = begin; i < n; i += LANES) {
                if (i > begin) {
                    HostProducts.dotsAndWeightedRows(LANES, i - begin, rows, a.at(i, begin), a.step(), x, xo + begin, y, yo + i, x, xo + i,
                            y, yo + begin, lanes);
                }
                HostProducts.addWeightedRows(LANES, LANES, rows, a.at(i, i), a.step(), x, xo + i, y, yo + i);
            }
        }
    }
}
