package intarsia.linalg.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of a matrix product: a tile of the output, some rows by some vectors of columns, is loaded into registers from where
 * it starts, takes one fused multiply-add per inner index in ascending order, and is stored. What a tile of 4 x 3 vectors reads and keeps
 * fits into the 16 vector registers of AVX2, 4 x 4 into the 32 of AVX-512 and Neon. Every accumulator is a local variable because the
 * compiler would keep an array of them in memory.
 *
 * <p>{@code a} is the left operand at {@code ao}, {@code aRow} from row to row and {@code aStep} from one inner index to the next. {@code
 * b} is the right operand at {@code bo}, {@code bStep} from one inner index to the next, packed or as it is: the vectors of one inner index
 * lie side by side, but for the last, which is {@code bLast} from the first. {@code s} holds what the tile starts with and {@code c} takes
 * it; the last vector is {@code cLast} from the first in both. So it may overlap the one before, since all of a tile is loaded before any
 * of it is stored. A tile with fewer rows than its name says computes its last row several times.
 */
final class MatMulTiles64 {
    private static final VectorSpecies<Double> S = Width.F64;
    private static final int L = S.length();

    private MatMulTiles64() {}

    /** Up to four rows by four vectors. */
    static void tile4x4(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, int bLast, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int cLast, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        DoubleVector x00 = DoubleVector.fromArray(S, s, so);
        DoubleVector x01 = DoubleVector.fromArray(S, s, so + L);
        DoubleVector x02 = DoubleVector.fromArray(S, s, so + 2 * L);
        DoubleVector x03 = DoubleVector.fromArray(S, s, so + cLast);
        DoubleVector x10 = DoubleVector.fromArray(S, s, so + r1 * sRow);
        DoubleVector x11 = DoubleVector.fromArray(S, s, so + r1 * sRow + L);
        DoubleVector x12 = DoubleVector.fromArray(S, s, so + r1 * sRow + 2 * L);
        DoubleVector x13 = DoubleVector.fromArray(S, s, so + r1 * sRow + cLast);
        DoubleVector x20 = DoubleVector.fromArray(S, s, so + r2 * sRow);
        DoubleVector x21 = DoubleVector.fromArray(S, s, so + r2 * sRow + L);
        DoubleVector x22 = DoubleVector.fromArray(S, s, so + r2 * sRow + 2 * L);
        DoubleVector x23 = DoubleVector.fromArray(S, s, so + r2 * sRow + cLast);
        DoubleVector x30 = DoubleVector.fromArray(S, s, so + r3 * sRow);
        DoubleVector x31 = DoubleVector.fromArray(S, s, so + r3 * sRow + L);
        DoubleVector x32 = DoubleVector.fromArray(S, s, so + r3 * sRow + 2 * L);
        DoubleVector x33 = DoubleVector.fromArray(S, s, so + r3 * sRow + cLast);
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector y1 = DoubleVector.fromArray(S, b, bk + L);
            DoubleVector y2 = DoubleVector.fromArray(S, b, bk + 2 * L);
            DoubleVector y3 = DoubleVector.fromArray(S, b, bk + bLast);
            DoubleVector z0 = DoubleVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            x02 = z0.fma(y2, x02);
            x03 = z0.fma(y3, x03);
            DoubleVector z1 = DoubleVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            x12 = z1.fma(y2, x12);
            x13 = z1.fma(y3, x13);
            DoubleVector z2 = DoubleVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            x22 = z2.fma(y2, x22);
            x23 = z2.fma(y3, x23);
            DoubleVector z3 = DoubleVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
            x32 = z3.fma(y2, x32);
            x33 = z3.fma(y3, x33);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + L);
        x02.intoArray(c, co + 2 * L);
        x03.intoArray(c, co + cLast);
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + L);
        x12.intoArray(c, co + r1 * cRow + 2 * L);
        x13.intoArray(c, co + r1 * cRow + cLast);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + L);
        x22.intoArray(c, co + r2 * cRow + 2 * L);
        x23.intoArray(c, co + r2 * cRow + cLast);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + L);
        x32.intoArray(c, co + r3 * cRow + 2 * L);
        x33.intoArray(c, co + r3 * cRow + cLast);
    }

    /** Up to four rows by three vectors. */
    static void tile4x3(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, int bLast, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int cLast, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        DoubleVector x00 = DoubleVector.fromArray(S, s, so);
        DoubleVector x01 = DoubleVector.fromArray(S, s, so + L);
        DoubleVector x02 = DoubleVector.fromArray(S, s, so + cLast);
        DoubleVector x10 = DoubleVector.fromArray(S, s, so + r1 * sRow);
        DoubleVector x11 = DoubleVector.fromArray(S, s, so + r1 * sRow + L);
        DoubleVector x12 = DoubleVector.fromArray(S, s, so + r1 * sRow + cLast);
        DoubleVector x20 = DoubleVector.fromArray(S, s, so + r2 * sRow);
        DoubleVector x21 = DoubleVector.fromArray(S, s, so + r2 * sRow + L);
        DoubleVector x22 = DoubleVector.fromArray(S, s, so + r2 * sRow + cLast);
        DoubleVector x30 = DoubleVector.fromArray(S, s, so + r3 * sRow);
        DoubleVector x31 = DoubleVector.fromArray(S, s, so + r3 * sRow + L);
        DoubleVector x32 = DoubleVector.fromArray(S, s, so + r3 * sRow + cLast);
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector y1 = DoubleVector.fromArray(S, b, bk + L);
            DoubleVector y2 = DoubleVector.fromArray(S, b, bk + bLast);
            DoubleVector z0 = DoubleVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            x02 = z0.fma(y2, x02);
            DoubleVector z1 = DoubleVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            x12 = z1.fma(y2, x12);
            DoubleVector z2 = DoubleVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            x22 = z2.fma(y2, x22);
            DoubleVector z3 = DoubleVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
            x32 = z3.fma(y2, x32);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + L);
        x02.intoArray(c, co + cLast);
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + L);
        x12.intoArray(c, co + r1 * cRow + cLast);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + L);
        x22.intoArray(c, co + r2 * cRow + cLast);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + L);
        x32.intoArray(c, co + r3 * cRow + cLast);
    }

    /** Up to eight rows by two vectors. */
    static void tile8x2(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, int bLast, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int cLast, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int r4 = Math.min(4, rows - 1);
        int r5 = Math.min(5, rows - 1);
        int r6 = Math.min(6, rows - 1);
        int r7 = Math.min(7, rows - 1);
        DoubleVector x00 = DoubleVector.fromArray(S, s, so);
        DoubleVector x01 = DoubleVector.fromArray(S, s, so + cLast);
        DoubleVector x10 = DoubleVector.fromArray(S, s, so + r1 * sRow);
        DoubleVector x11 = DoubleVector.fromArray(S, s, so + r1 * sRow + cLast);
        DoubleVector x20 = DoubleVector.fromArray(S, s, so + r2 * sRow);
        DoubleVector x21 = DoubleVector.fromArray(S, s, so + r2 * sRow + cLast);
        DoubleVector x30 = DoubleVector.fromArray(S, s, so + r3 * sRow);
        DoubleVector x31 = DoubleVector.fromArray(S, s, so + r3 * sRow + cLast);
        DoubleVector x40 = DoubleVector.fromArray(S, s, so + r4 * sRow);
        DoubleVector x41 = DoubleVector.fromArray(S, s, so + r4 * sRow + cLast);
        DoubleVector x50 = DoubleVector.fromArray(S, s, so + r5 * sRow);
        DoubleVector x51 = DoubleVector.fromArray(S, s, so + r5 * sRow + cLast);
        DoubleVector x60 = DoubleVector.fromArray(S, s, so + r6 * sRow);
        DoubleVector x61 = DoubleVector.fromArray(S, s, so + r6 * sRow + cLast);
        DoubleVector x70 = DoubleVector.fromArray(S, s, so + r7 * sRow);
        DoubleVector x71 = DoubleVector.fromArray(S, s, so + r7 * sRow + cLast);
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        int a4 = ao + r4 * aRow;
        int a5 = ao + r5 * aRow;
        int a6 = ao + r6 * aRow;
        int a7 = ao + r7 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector y1 = DoubleVector.fromArray(S, b, bk + bLast);
            DoubleVector z0 = DoubleVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            DoubleVector z1 = DoubleVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            DoubleVector z2 = DoubleVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            DoubleVector z3 = DoubleVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
            DoubleVector z4 = DoubleVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            x41 = z4.fma(y1, x41);
            DoubleVector z5 = DoubleVector.broadcast(S, a[a5 + ak]);
            x50 = z5.fma(y0, x50);
            x51 = z5.fma(y1, x51);
            DoubleVector z6 = DoubleVector.broadcast(S, a[a6 + ak]);
            x60 = z6.fma(y0, x60);
            x61 = z6.fma(y1, x61);
            DoubleVector z7 = DoubleVector.broadcast(S, a[a7 + ak]);
            x70 = z7.fma(y0, x70);
            x71 = z7.fma(y1, x71);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + cLast);
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + cLast);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + cLast);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + cLast);
        x40.intoArray(c, co + r4 * cRow);
        x41.intoArray(c, co + r4 * cRow + cLast);
        x50.intoArray(c, co + r5 * cRow);
        x51.intoArray(c, co + r5 * cRow + cLast);
        x60.intoArray(c, co + r6 * cRow);
        x61.intoArray(c, co + r6 * cRow + cLast);
        x70.intoArray(c, co + r7 * cRow);
        x71.intoArray(c, co + r7 * cRow + cLast);
    }

    /** Up to four rows by two vectors. */
    static void tile4x2(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, int bLast, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int cLast, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        DoubleVector x00 = DoubleVector.fromArray(S, s, so);
        DoubleVector x01 = DoubleVector.fromArray(S, s, so + cLast);
        DoubleVector x10 = DoubleVector.fromArray(S, s, so + r1 * sRow);
        DoubleVector x11 = DoubleVector.fromArray(S, s, so + r1 * sRow + cLast);
        DoubleVector x20 = DoubleVector.fromArray(S, s, so + r2 * sRow);
        DoubleVector x21 = DoubleVector.fromArray(S, s, so + r2 * sRow + cLast);
        DoubleVector x30 = DoubleVector.fromArray(S, s, so + r3 * sRow);
        DoubleVector x31 = DoubleVector.fromArray(S, s, so + r3 * sRow + cLast);
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector y1 = DoubleVector.fromArray(S, b, bk + bLast);
            DoubleVector z0 = DoubleVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            DoubleVector z1 = DoubleVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            DoubleVector z2 = DoubleVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            DoubleVector z3 = DoubleVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + cLast);
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + cLast);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + cLast);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + cLast);
    }

    /** The same for a left operand whose rows are contiguous, an {@code aStep} of 1: the compiler makes much more of it. */
    static void tile4x2Along(int inner, double[] a, int ao, int aRow, double[] b, int bo, int bStep, int bLast, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int cLast, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        DoubleVector x00 = DoubleVector.fromArray(S, s, so);
        DoubleVector x01 = DoubleVector.fromArray(S, s, so + cLast);
        DoubleVector x10 = DoubleVector.fromArray(S, s, so + r1 * sRow);
        DoubleVector x11 = DoubleVector.fromArray(S, s, so + r1 * sRow + cLast);
        DoubleVector x20 = DoubleVector.fromArray(S, s, so + r2 * sRow);
        DoubleVector x21 = DoubleVector.fromArray(S, s, so + r2 * sRow + cLast);
        DoubleVector x30 = DoubleVector.fromArray(S, s, so + r3 * sRow);
        DoubleVector x31 = DoubleVector.fromArray(S, s, so + r3 * sRow + cLast);
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int bk = bo + k * bStep;
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector y1 = DoubleVector.fromArray(S, b, bk + bLast);
            DoubleVector z0 = DoubleVector.broadcast(S, a[ao + k]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            DoubleVector z1 = DoubleVector.broadcast(S, a[a1 + k]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            DoubleVector z2 = DoubleVector.broadcast(S, a[a2 + k]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            DoubleVector z3 = DoubleVector.broadcast(S, a[a3 + k]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + cLast);
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + cLast);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + cLast);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + cLast);
    }

    /** Up to eight rows by one vector. */
    static void tile8x1(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int r4 = Math.min(4, rows - 1);
        int r5 = Math.min(5, rows - 1);
        int r6 = Math.min(6, rows - 1);
        int r7 = Math.min(7, rows - 1);
        DoubleVector x00 = DoubleVector.fromArray(S, s, so);
        DoubleVector x10 = DoubleVector.fromArray(S, s, so + r1 * sRow);
        DoubleVector x20 = DoubleVector.fromArray(S, s, so + r2 * sRow);
        DoubleVector x30 = DoubleVector.fromArray(S, s, so + r3 * sRow);
        DoubleVector x40 = DoubleVector.fromArray(S, s, so + r4 * sRow);
        DoubleVector x50 = DoubleVector.fromArray(S, s, so + r5 * sRow);
        DoubleVector x60 = DoubleVector.fromArray(S, s, so + r6 * sRow);
        DoubleVector x70 = DoubleVector.fromArray(S, s, so + r7 * sRow);
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        int a4 = ao + r4 * aRow;
        int a5 = ao + r5 * aRow;
        int a6 = ao + r6 * aRow;
        int a7 = ao + r7 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector z0 = DoubleVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            DoubleVector z1 = DoubleVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            DoubleVector z2 = DoubleVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            DoubleVector z3 = DoubleVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            DoubleVector z4 = DoubleVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            DoubleVector z5 = DoubleVector.broadcast(S, a[a5 + ak]);
            x50 = z5.fma(y0, x50);
            DoubleVector z6 = DoubleVector.broadcast(S, a[a6 + ak]);
            x60 = z6.fma(y0, x60);
            DoubleVector z7 = DoubleVector.broadcast(S, a[a7 + ak]);
            x70 = z7.fma(y0, x70);
        }
        x00.intoArray(c, co);
        x10.intoArray(c, co + r1 * cRow);
        x20.intoArray(c, co + r2 * cRow);
        x30.intoArray(c, co + r3 * cRow);
        x40.intoArray(c, co + r4 * cRow);
        x50.intoArray(c, co + r5 * cRow);
        x60.intoArray(c, co + r6 * cRow);
        x70.intoArray(c, co + r7 * cRow);
    }

    /** One row by four vectors; the right operand is not packed: {@code bStep} from one inner index to the next. */
    static void row1x4(int inner, double[] a, int ao, int aStep, double[] b, int bo, int bStep, double[] s, int so, double[] c, int co,
            int c1, int c2, int c3) {
        DoubleVector x00 = DoubleVector.fromArray(S, s, so);
        DoubleVector x01 = DoubleVector.fromArray(S, s, so + c1);
        DoubleVector x02 = DoubleVector.fromArray(S, s, so + c2);
        DoubleVector x03 = DoubleVector.fromArray(S, s, so + c3);
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector y1 = DoubleVector.fromArray(S, b, bk + c1);
            DoubleVector y2 = DoubleVector.fromArray(S, b, bk + c2);
            DoubleVector y3 = DoubleVector.fromArray(S, b, bk + c3);
            DoubleVector z0 = DoubleVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            x02 = z0.fma(y2, x02);
            x03 = z0.fma(y3, x03);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + c1);
        x02.intoArray(c, co + c2);
        x03.intoArray(c, co + c3);
    }
}
