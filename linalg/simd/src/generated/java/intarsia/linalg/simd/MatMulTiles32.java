// Generated from MatMulTiles64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of a matrix product: a tile of the output, some rows by some vectors of columns, is loaded into registers
 * from where it starts, takes one fused multiply-add per inner index in ascending order, and is stored. Tiles of 5 x 4 and 7 x
 * 3 vectors, with what they read, fit into the 32 vector registers of AVX-512 and Neon, 4 x 3 into the 16 of AVX2. Every
 * accumulator is a local variable because the compiler would keep an array of them in memory, and nothing is left to methods of
 * our own, which it may not inline into one so large; vectors lie at constant distances because every further number that the
 * loop needs would cost it a register, and a tenth of its speed.
 *
 * <p>{@code a} is the left operand at {@code ao}, {@code aRow} from row to row and {@code aStep} from one inner index to the
 * next. {@code b} is the right operand at {@code bo}, its columns contiguous, {@code bStep} from one inner index to the next.
 * {@code s} holds what the tile starts with, or is null for zeros, and {@code c} takes it. A tile that is told its {@code rows}
 * may have fewer than its name says and then computes its last row several times.
 */
final class MatMulTiles32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();

    private MatMulTiles32() {}

    /** Five rows by four vectors. */
    static void tile5x4(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow) {
        FloatVector x00, x01, x02, x03;
        FloatVector x10, x11, x12, x13;
        FloatVector x20, x21, x22, x23;
        FloatVector x30, x31, x32, x33;
        FloatVector x40, x41, x42, x43;
        if (s == null) {
            x00 = x01 = x02 = x03 = FloatVector.zero(S);
            x10 = x11 = x12 = x13 = FloatVector.zero(S);
            x20 = x21 = x22 = x23 = FloatVector.zero(S);
            x30 = x31 = x32 = x33 = FloatVector.zero(S);
            x40 = x41 = x42 = x43 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + L);
            x02 = FloatVector.fromArray(S, s, so + 2 * L);
            x03 = FloatVector.fromArray(S, s, so + 3 * L);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x11 = FloatVector.fromArray(S, s, so + sRow + L);
            x12 = FloatVector.fromArray(S, s, so + sRow + 2 * L);
            x13 = FloatVector.fromArray(S, s, so + sRow + 3 * L);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + 2 * sRow + 2 * L);
            x23 = FloatVector.fromArray(S, s, so + 2 * sRow + 3 * L);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + 3 * sRow + 2 * L);
            x33 = FloatVector.fromArray(S, s, so + 3 * sRow + 3 * L);
            x40 = FloatVector.fromArray(S, s, so + 4 * sRow);
            x41 = FloatVector.fromArray(S, s, so + 4 * sRow + L);
            x42 = FloatVector.fromArray(S, s, so + 4 * sRow + 2 * L);
            x43 = FloatVector.fromArray(S, s, so + 4 * sRow + 3 * L);
        }
        int a1 = ao + aRow;
        int a2 = ao + 2 * aRow;
        int a3 = ao + 3 * aRow;
        int a4 = ao + 4 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + L);
            FloatVector y2 = FloatVector.fromArray(S, b, bk + 2 * L);
            FloatVector y3 = FloatVector.fromArray(S, b, bk + 3 * L);
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
            FloatVector z4 = FloatVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            x41 = z4.fma(y1, x41);
            x42 = z4.fma(y2, x42);
            x43 = z4.fma(y3, x43);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + L);
        x02.intoArray(c, co + 2 * L);
        x03.intoArray(c, co + 3 * L);
        x10.intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        x12.intoArray(c, co + cRow + 2 * L);
        x13.intoArray(c, co + cRow + 3 * L);
        x20.intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        x22.intoArray(c, co + 2 * cRow + 2 * L);
        x23.intoArray(c, co + 2 * cRow + 3 * L);
        x30.intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        x32.intoArray(c, co + 3 * cRow + 2 * L);
        x33.intoArray(c, co + 3 * cRow + 3 * L);
        x40.intoArray(c, co + 4 * cRow);
        x41.intoArray(c, co + 4 * cRow + L);
        x42.intoArray(c, co + 4 * cRow + 2 * L);
        x43.intoArray(c, co + 4 * cRow + 3 * L);
    }

    /** Four rows by four vectors. */
    static void tile4x4(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow) {
        FloatVector x00, x01, x02, x03;
        FloatVector x10, x11, x12, x13;
        FloatVector x20, x21, x22, x23;
        FloatVector x30, x31, x32, x33;
        if (s == null) {
            x00 = x01 = x02 = x03 = FloatVector.zero(S);
            x10 = x11 = x12 = x13 = FloatVector.zero(S);
            x20 = x21 = x22 = x23 = FloatVector.zero(S);
            x30 = x31 = x32 = x33 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + L);
            x02 = FloatVector.fromArray(S, s, so + 2 * L);
            x03 = FloatVector.fromArray(S, s, so + 3 * L);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x11 = FloatVector.fromArray(S, s, so + sRow + L);
            x12 = FloatVector.fromArray(S, s, so + sRow + 2 * L);
            x13 = FloatVector.fromArray(S, s, so + sRow + 3 * L);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + 2 * sRow + 2 * L);
            x23 = FloatVector.fromArray(S, s, so + 2 * sRow + 3 * L);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + 3 * sRow + 2 * L);
            x33 = FloatVector.fromArray(S, s, so + 3 * sRow + 3 * L);
        }
        int a1 = ao + aRow;
        int a2 = ao + 2 * aRow;
        int a3 = ao + 3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + L);
            FloatVector y2 = FloatVector.fromArray(S, b, bk + 2 * L);
            FloatVector y3 = FloatVector.fromArray(S, b, bk + 3 * L);
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
        x03.intoArray(c, co + 3 * L);
        x10.intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        x12.intoArray(c, co + cRow + 2 * L);
        x13.intoArray(c, co + cRow + 3 * L);
        x20.intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        x22.intoArray(c, co + 2 * cRow + 2 * L);
        x23.intoArray(c, co + 2 * cRow + 3 * L);
        x30.intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        x32.intoArray(c, co + 3 * cRow + 2 * L);
        x33.intoArray(c, co + 3 * cRow + 3 * L);
    }

    /** Up to four rows by three vectors. */
    static void tile4x3(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        FloatVector x00, x01, x02;
        FloatVector x10, x11, x12;
        FloatVector x20, x21, x22;
        FloatVector x30, x31, x32;
        if (s == null) {
            x00 = x01 = x02 = FloatVector.zero(S);
            x10 = x11 = x12 = FloatVector.zero(S);
            x20 = x21 = x22 = FloatVector.zero(S);
            x30 = x31 = x32 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + L);
            x02 = FloatVector.fromArray(S, s, so + 2 * L);
            x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
            x11 = FloatVector.fromArray(S, s, so + r1 * sRow + L);
            x12 = FloatVector.fromArray(S, s, so + r1 * sRow + 2 * L);
            x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + r2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + r2 * sRow + 2 * L);
            x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + r3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + r3 * sRow + 2 * L);
        }
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + L);
            FloatVector y2 = FloatVector.fromArray(S, b, bk + 2 * L);
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
        x02.intoArray(c, co + 2 * L);
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + L);
        x12.intoArray(c, co + r1 * cRow + 2 * L);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + L);
        x22.intoArray(c, co + r2 * cRow + 2 * L);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + L);
        x32.intoArray(c, co + r3 * cRow + 2 * L);
    }

    /**
     * Eight rows by one vector, the rows of {@code a} contiguous and those of {@code b} a vector long: a tile so narrow has no time to find
     * them.
     */
    static void tile8x1(int inner, float[] a, int ao, int aRow, float[] b, int bo, float[] s, int so, int sRow,
            float[] c, int co, int cRow) {
        FloatVector x00;
        FloatVector x10;
        FloatVector x20;
        FloatVector x30;
        FloatVector x40;
        FloatVector x50;
        FloatVector x60;
        FloatVector x70;
        if (s == null) {
            x00 = FloatVector.zero(S);
            x10 = FloatVector.zero(S);
            x20 = FloatVector.zero(S);
            x30 = FloatVector.zero(S);
            x40 = FloatVector.zero(S);
            x50 = FloatVector.zero(S);
            x60 = FloatVector.zero(S);
            x70 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x40 = FloatVector.fromArray(S, s, so + 4 * sRow);
            x50 = FloatVector.fromArray(S, s, so + 5 * sRow);
            x60 = FloatVector.fromArray(S, s, so + 6 * sRow);
            x70 = FloatVector.fromArray(S, s, so + 7 * sRow);
        }
        int a1 = ao + aRow;
        int a2 = ao + 2 * aRow;
        int a3 = ao + 3 * aRow;
        int a4 = ao + 4 * aRow;
        int a5 = ao + 5 * aRow;
        int a6 = ao + 6 * aRow;
        int a7 = ao + 7 * aRow;
        for (int k = 0; k < inner; k++) {
            FloatVector y0 = FloatVector.fromArray(S, b, bo + k * L);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + k]);
            x00 = z0.fma(y0, x00);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + k]);
            x10 = z1.fma(y0, x10);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + k]);
            x20 = z2.fma(y0, x20);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + k]);
            x30 = z3.fma(y0, x30);
            FloatVector z4 = FloatVector.broadcast(S, a[a4 + k]);
            x40 = z4.fma(y0, x40);
            FloatVector z5 = FloatVector.broadcast(S, a[a5 + k]);
            x50 = z5.fma(y0, x50);
            FloatVector z6 = FloatVector.broadcast(S, a[a6 + k]);
            x60 = z6.fma(y0, x60);
            FloatVector z7 = FloatVector.broadcast(S, a[a7 + k]);
            x70 = z7.fma(y0, x70);
        }
        x00.intoArray(c, co);
        x10.intoArray(c, co + cRow);
        x20.intoArray(c, co + 2 * cRow);
        x30.intoArray(c, co + 3 * cRow);
        x40.intoArray(c, co + 4 * cRow);
        x50.intoArray(c, co + 5 * cRow);
        x60.intoArray(c, co + 6 * cRow);
        x70.intoArray(c, co + 7 * cRow);
    }

    /**
     * One row by four vectors, the second to fourth at {@code c1} to {@code c3} from the first in {@code b}, {@code s} and {@code c}; they
     * may overlap, since all is loaded before any is stored.
     */
    static void row1x4(int inner, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] s, int so, float[] c, int co,
            int c1, int c2, int c3) {
        FloatVector x00, x01, x02, x03;
        if (s == null) {
            x00 = x01 = x02 = x03 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + c1);
            x02 = FloatVector.fromArray(S, s, so + c2);
            x03 = FloatVector.fromArray(S, s, so + c3);
        }
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
