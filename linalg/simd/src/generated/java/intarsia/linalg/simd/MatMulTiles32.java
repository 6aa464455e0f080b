// Generated from MatMulTiles64.java by FloatSources; change that one.
package intarsia.linalg.simd;

import jdk.incubator.vector.FloatVector;
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
final class MatMulTiles32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();

    private MatMulTiles32() {}

    /** Up to four rows by four vectors. */
    static void tile4x4(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, int bLast, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int cLast, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        FloatVector x00 = FloatVector.fromArray(S, s, so);
        FloatVector x01 = FloatVector.fromArray(S, s, so + L);
        FloatVector x02 = FloatVector.fromArray(S, s, so + 2 * L);
        FloatVector x03 = FloatVector.fromArray(S, s, so + cLast);
        FloatVector x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
        FloatVector x11 = FloatVector.fromArray(S, s, so + r1 * sRow + L);
        FloatVector x12 = FloatVector.fromArray(S, s, so + r1 * sRow + 2 * L);
        FloatVector x13 = FloatVector.fromArray(S, s, so + r1 * sRow + cLast);
        FloatVector x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
        FloatVector x21 = FloatVector.fromArray(S, s, so + r2 * sRow + L);
        FloatVector x22 = FloatVector.fromArray(S, s, so + r2 * sRow + 2 * L);
        FloatVector x23 = FloatVector.fromArray(S, s, so + r2 * sRow + cLast);
        FloatVector x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
        FloatVector x31 = FloatVector.fromArray(S, s, so + r3 * sRow + L);
        FloatVector x32 = FloatVector.fromArray(S, s, so + r3 * sRow + 2 * L);
        FloatVector x33 = FloatVector.fromArray(S, s, so + r3 * sRow + cLast);
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + L);
            FloatVector y2 = FloatVector.fromArray(S, b, bk + 2 * L);
            FloatVector y3 = FloatVector.fromArray(S, b, bk + bLast);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            x02 = z0.fma(y2, x02);
            x03 = z0.fma(y3, x03);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            x12 = z1.fma(y2, x12);
            x13 = z1.fma(y3, x13);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            x22 = z2.fma(y2, x22);
            x23 = z2.fma(y3, x23);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + ak]);
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
    static void tile4x3(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, int bLast, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int cLast, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        FloatVector x00 = FloatVector.fromArray(S, s, so);
        FloatVector x01 = FloatVector.fromArray(S, s, so + L);
        FloatVector x02 = FloatVector.fromArray(S, s, so + cLast);
        FloatVector x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
        FloatVector x11 = FloatVector.fromArray(S, s, so + r1 * sRow + L);
        FloatVector x12 = FloatVector.fromArray(S, s, so + r1 * sRow + cLast);
        FloatVector x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
        FloatVector x21 = FloatVector.fromArray(S, s, so + r2 * sRow + L);
        FloatVector x22 = FloatVector.fromArray(S, s, so + r2 * sRow + cLast);
        FloatVector x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
        FloatVector x31 = FloatVector.fromArray(S, s, so + r3 * sRow + L);
        FloatVector x32 = FloatVector.fromArray(S, s, so + r3 * sRow + cLast);
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + L);
            FloatVector y2 = FloatVector.fromArray(S, b, bk + bLast);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            x02 = z0.fma(y2, x02);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            x12 = z1.fma(y2, x12);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            x22 = z2.fma(y2, x22);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + ak]);
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
    static void tile8x2(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, int bLast, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int cLast, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int r4 = Math.min(4, rows - 1);
        int r5 = Math.min(5, rows - 1);
        int r6 = Math.min(6, rows - 1);
        int r7 = Math.min(7, rows - 1);
        FloatVector x00 = FloatVector.fromArray(S, s, so);
        FloatVector x01 = FloatVector.fromArray(S, s, so + cLast);
        FloatVector x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
        FloatVector x11 = FloatVector.fromArray(S, s, so + r1 * sRow + cLast);
        FloatVector x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
        FloatVector x21 = FloatVector.fromArray(S, s, so + r2 * sRow + cLast);
        FloatVector x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
        FloatVector x31 = FloatVector.fromArray(S, s, so + r3 * sRow + cLast);
        FloatVector x40 = FloatVector.fromArray(S, s, so + r4 * sRow);
        FloatVector x41 = FloatVector.fromArray(S, s, so + r4 * sRow + cLast);
        FloatVector x50 = FloatVector.fromArray(S, s, so + r5 * sRow);
        FloatVector x51 = FloatVector.fromArray(S, s, so + r5 * sRow + cLast);
        FloatVector x60 = FloatVector.fromArray(S, s, so + r6 * sRow);
        FloatVector x61 = FloatVector.fromArray(S, s, so + r6 * sRow + cLast);
        FloatVector x70 = FloatVector.fromArray(S, s, so + r7 * sRow);
        FloatVector x71 = FloatVector.fromArray(S, s, so + r7 * sRow + cLast);
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
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + bLast);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
            FloatVector z4 = FloatVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            x41 = z4.fma(y1, x41);
            FloatVector z5 = FloatVector.broadcast(S, a[a5 + ak]);
            x50 = z5.fma(y0, x50);
            x51 = z5.fma(y1, x51);
            FloatVector z6 = FloatVector.broadcast(S, a[a6 + ak]);
            x60 = z6.fma(y0, x60);
            x61 = z6.fma(y1, x61);
            FloatVector z7 = FloatVector.broadcast(S, a[a7 + ak]);
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
    static void tile4x2(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, int bLast, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int cLast, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        FloatVector x00 = FloatVector.fromArray(S, s, so);
        FloatVector x01 = FloatVector.fromArray(S, s, so + cLast);
        FloatVector x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
        FloatVector x11 = FloatVector.fromArray(S, s, so + r1 * sRow + cLast);
        FloatVector x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
        FloatVector x21 = FloatVector.fromArray(S, s, so + r2 * sRow + cLast);
        FloatVector x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
        FloatVector x31 = FloatVector.fromArray(S, s, so + r3 * sRow + cLast);
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + bLast);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + ak]);
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
    static void tile4x2Along(int inner, float[] a, int ao, int aRow, float[] b, int bo, int bStep, int bLast, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int cLast, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        FloatVector x00 = FloatVector.fromArray(S, s, so);
        FloatVector x01 = FloatVector.fromArray(S, s, so + cLast);
        FloatVector x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
        FloatVector x11 = FloatVector.fromArray(S, s, so + r1 * sRow + cLast);
        FloatVector x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
        FloatVector x21 = FloatVector.fromArray(S, s, so + r2 * sRow + cLast);
        FloatVector x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
        FloatVector x31 = FloatVector.fromArray(S, s, so + r3 * sRow + cLast);
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + bLast);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + k]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + k]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + k]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + k]);
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
    static void tile8x1(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int r4 = Math.min(4, rows - 1);
        int r5 = Math.min(5, rows - 1);
        int r6 = Math.min(6, rows - 1);
        int r7 = Math.min(7, rows - 1);
        FloatVector x00 = FloatVector.fromArray(S, s, so);
        FloatVector x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
        FloatVector x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
        FloatVector x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
        FloatVector x40 = FloatVector.fromArray(S, s, so + r4 * sRow);
        FloatVector x50 = FloatVector.fromArray(S, s, so + r5 * sRow);
        FloatVector x60 = FloatVector.fromArray(S, s, so + r6 * sRow);
        FloatVector x70 = FloatVector.fromArray(S, s, so + r7 * sRow);
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
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            FloatVector z4 = FloatVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            FloatVector z5 = FloatVector.broadcast(S, a[a5 + ak]);
            x50 = z5.fma(y0, x50);
            FloatVector z6 = FloatVector.broadcast(S, a[a6 + ak]);
            x60 = z6.fma(y0, x60);
            FloatVector z7 = FloatVector.broadcast(S, a[a7 + ak]);
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
    static void row1x4(int inner, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] s, int so, float[] c, int co,
            int c1, int c2, int c3) {
        FloatVector x00 = FloatVector.fromArray(S, s, so);
        FloatVector x01 = FloatVector.fromArray(S, s, so + c1);
        FloatVector x02 = FloatVector.fromArray(S, s, so + c2);
        FloatVector x03 = FloatVector.fromArray(S, s, so + c3);
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + c1);
            FloatVector y2 = FloatVector.fromArray(S, b, bk + c2);
            FloatVector y3 = FloatVector.fromArray(S, b, bk + c3);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + ak]);
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
