// Generated from MatMulOverlaps64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What {@link MatMulTiles32} is to whole vectors of columns, for any number of columns from one vector on: the last vector is
 * {@code last} from the first one, so that it ends where the columns do, and may overlap the others, since all is loaded before
 * any is stored.
 */
final class MatMulOverlaps32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();

    private MatMulOverlaps32() {}

    /** 5 rows by 5 vectors. */
    static void tile5x5(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int last) {
        FloatVector x00, x01, x02, x03, x04;
        FloatVector x10, x11, x12, x13, x14;
        FloatVector x20, x21, x22, x23, x24;
        FloatVector x30, x31, x32, x33, x34;
        FloatVector x40, x41, x42, x43, x44;
        if (s == null) {
            x00 = x01 = x02 = x03 = x04 = FloatVector.zero(S);
            x10 = x11 = x12 = x13 = x14 = FloatVector.zero(S);
            x20 = x21 = x22 = x23 = x24 = FloatVector.zero(S);
            x30 = x31 = x32 = x33 = x34 = FloatVector.zero(S);
            x40 = x41 = x42 = x43 = x44 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + L);
            x02 = FloatVector.fromArray(S, s, so + 2 * L);
            x03 = FloatVector.fromArray(S, s, so + 3 * L);
            x04 = FloatVector.fromArray(S, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x11 = FloatVector.fromArray(S, s, so + sRow + L);
            x12 = FloatVector.fromArray(S, s, so + sRow + 2 * L);
            x13 = FloatVector.fromArray(S, s, so + sRow + 3 * L);
            x14 = FloatVector.fromArray(S, s, so + sRow + last);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + 2 * sRow + 2 * L);
            x23 = FloatVector.fromArray(S, s, so + 2 * sRow + 3 * L);
            x24 = FloatVector.fromArray(S, s, so + 2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + 3 * sRow + 2 * L);
            x33 = FloatVector.fromArray(S, s, so + 3 * sRow + 3 * L);
            x34 = FloatVector.fromArray(S, s, so + 3 * sRow + last);
            x40 = FloatVector.fromArray(S, s, so + 4 * sRow);
            x41 = FloatVector.fromArray(S, s, so + 4 * sRow + L);
            x42 = FloatVector.fromArray(S, s, so + 4 * sRow + 2 * L);
            x43 = FloatVector.fromArray(S, s, so + 4 * sRow + 3 * L);
            x44 = FloatVector.fromArray(S, s, so + 4 * sRow + last);
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
            FloatVector y4 = FloatVector.fromArray(S, b, bk + last);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            x02 = z0.fma(y2, x02);
            x03 = z0.fma(y3, x03);
            x04 = z0.fma(y4, x04);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            x12 = z1.fma(y2, x12);
            x13 = z1.fma(y3, x13);
            x14 = z1.fma(y4, x14);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            x22 = z2.fma(y2, x22);
            x23 = z2.fma(y3, x23);
            x24 = z2.fma(y4, x24);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
            x32 = z3.fma(y2, x32);
            x33 = z3.fma(y3, x33);
            x34 = z3.fma(y4, x34);
            FloatVector z4 = FloatVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            x41 = z4.fma(y1, x41);
            x42 = z4.fma(y2, x42);
            x43 = z4.fma(y3, x43);
            x44 = z4.fma(y4, x44);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + L);
        x02.intoArray(c, co + 2 * L);
        x03.intoArray(c, co + 3 * L);
        x04.intoArray(c, co + last);
        x10.intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        x12.intoArray(c, co + cRow + 2 * L);
        x13.intoArray(c, co + cRow + 3 * L);
        x14.intoArray(c, co + cRow + last);
        x20.intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        x22.intoArray(c, co + 2 * cRow + 2 * L);
        x23.intoArray(c, co + 2 * cRow + 3 * L);
        x24.intoArray(c, co + 2 * cRow + last);
        x30.intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        x32.intoArray(c, co + 3 * cRow + 2 * L);
        x33.intoArray(c, co + 3 * cRow + 3 * L);
        x34.intoArray(c, co + 3 * cRow + last);
        x40.intoArray(c, co + 4 * cRow);
        x41.intoArray(c, co + 4 * cRow + L);
        x42.intoArray(c, co + 4 * cRow + 2 * L);
        x43.intoArray(c, co + 4 * cRow + 3 * L);
        x44.intoArray(c, co + 4 * cRow + last);
    }

    /** Up to 4 rows by 5 vectors. */
    static void tile4x5(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int rows, int last) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        FloatVector x00, x01, x02, x03, x04;
        FloatVector x10, x11, x12, x13, x14;
        FloatVector x20, x21, x22, x23, x24;
        FloatVector x30, x31, x32, x33, x34;
        if (s == null) {
            x00 = x01 = x02 = x03 = x04 = FloatVector.zero(S);
            x10 = x11 = x12 = x13 = x14 = FloatVector.zero(S);
            x20 = x21 = x22 = x23 = x24 = FloatVector.zero(S);
            x30 = x31 = x32 = x33 = x34 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + L);
            x02 = FloatVector.fromArray(S, s, so + 2 * L);
            x03 = FloatVector.fromArray(S, s, so + 3 * L);
            x04 = FloatVector.fromArray(S, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
            x11 = FloatVector.fromArray(S, s, so + r1 * sRow + L);
            x12 = FloatVector.fromArray(S, s, so + r1 * sRow + 2 * L);
            x13 = FloatVector.fromArray(S, s, so + r1 * sRow + 3 * L);
            x14 = FloatVector.fromArray(S, s, so + r1 * sRow + last);
            x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + r2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + r2 * sRow + 2 * L);
            x23 = FloatVector.fromArray(S, s, so + r2 * sRow + 3 * L);
            x24 = FloatVector.fromArray(S, s, so + r2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + r3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + r3 * sRow + 2 * L);
            x33 = FloatVector.fromArray(S, s, so + r3 * sRow + 3 * L);
            x34 = FloatVector.fromArray(S, s, so + r3 * sRow + last);
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
            FloatVector y3 = FloatVector.fromArray(S, b, bk + 3 * L);
            FloatVector y4 = FloatVector.fromArray(S, b, bk + last);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            x02 = z0.fma(y2, x02);
            x03 = z0.fma(y3, x03);
            x04 = z0.fma(y4, x04);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            x12 = z1.fma(y2, x12);
            x13 = z1.fma(y3, x13);
            x14 = z1.fma(y4, x14);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            x22 = z2.fma(y2, x22);
            x23 = z2.fma(y3, x23);
            x24 = z2.fma(y4, x24);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
            x32 = z3.fma(y2, x32);
            x33 = z3.fma(y3, x33);
            x34 = z3.fma(y4, x34);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + L);
        x02.intoArray(c, co + 2 * L);
        x03.intoArray(c, co + 3 * L);
        x04.intoArray(c, co + last);
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + L);
        x12.intoArray(c, co + r1 * cRow + 2 * L);
        x13.intoArray(c, co + r1 * cRow + 3 * L);
        x14.intoArray(c, co + r1 * cRow + last);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + L);
        x22.intoArray(c, co + r2 * cRow + 2 * L);
        x23.intoArray(c, co + r2 * cRow + 3 * L);
        x24.intoArray(c, co + r2 * cRow + last);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + L);
        x32.intoArray(c, co + r3 * cRow + 2 * L);
        x33.intoArray(c, co + r3 * cRow + 3 * L);
        x34.intoArray(c, co + r3 * cRow + last);
    }

    /** 5 rows by 4 vectors. */
    static void tile5x4(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int last) {
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
            x03 = FloatVector.fromArray(S, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x11 = FloatVector.fromArray(S, s, so + sRow + L);
            x12 = FloatVector.fromArray(S, s, so + sRow + 2 * L);
            x13 = FloatVector.fromArray(S, s, so + sRow + last);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + 2 * sRow + 2 * L);
            x23 = FloatVector.fromArray(S, s, so + 2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + 3 * sRow + 2 * L);
            x33 = FloatVector.fromArray(S, s, so + 3 * sRow + last);
            x40 = FloatVector.fromArray(S, s, so + 4 * sRow);
            x41 = FloatVector.fromArray(S, s, so + 4 * sRow + L);
            x42 = FloatVector.fromArray(S, s, so + 4 * sRow + 2 * L);
            x43 = FloatVector.fromArray(S, s, so + 4 * sRow + last);
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
            FloatVector y3 = FloatVector.fromArray(S, b, bk + last);
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
        x03.intoArray(c, co + last);
        x10.intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        x12.intoArray(c, co + cRow + 2 * L);
        x13.intoArray(c, co + cRow + last);
        x20.intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        x22.intoArray(c, co + 2 * cRow + 2 * L);
        x23.intoArray(c, co + 2 * cRow + last);
        x30.intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        x32.intoArray(c, co + 3 * cRow + 2 * L);
        x33.intoArray(c, co + 3 * cRow + last);
        x40.intoArray(c, co + 4 * cRow);
        x41.intoArray(c, co + 4 * cRow + L);
        x42.intoArray(c, co + 4 * cRow + 2 * L);
        x43.intoArray(c, co + 4 * cRow + last);
    }

    /** Up to 4 rows by 4 vectors. */
    static void tile4x4(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int rows, int last) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
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
            x03 = FloatVector.fromArray(S, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
            x11 = FloatVector.fromArray(S, s, so + r1 * sRow + L);
            x12 = FloatVector.fromArray(S, s, so + r1 * sRow + 2 * L);
            x13 = FloatVector.fromArray(S, s, so + r1 * sRow + last);
            x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + r2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + r2 * sRow + 2 * L);
            x23 = FloatVector.fromArray(S, s, so + r2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + r3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + r3 * sRow + 2 * L);
            x33 = FloatVector.fromArray(S, s, so + r3 * sRow + last);
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
            FloatVector y3 = FloatVector.fromArray(S, b, bk + last);
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
        x03.intoArray(c, co + last);
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + L);
        x12.intoArray(c, co + r1 * cRow + 2 * L);
        x13.intoArray(c, co + r1 * cRow + last);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + L);
        x22.intoArray(c, co + r2 * cRow + 2 * L);
        x23.intoArray(c, co + r2 * cRow + last);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + L);
        x32.intoArray(c, co + r3 * cRow + 2 * L);
        x33.intoArray(c, co + r3 * cRow + last);
    }

    /** 7 rows by 3 vectors. */
    static void tile7x3(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int last) {
        FloatVector x00, x01, x02;
        FloatVector x10, x11, x12;
        FloatVector x20, x21, x22;
        FloatVector x30, x31, x32;
        FloatVector x40, x41, x42;
        FloatVector x50, x51, x52;
        FloatVector x60, x61, x62;
        if (s == null) {
            x00 = x01 = x02 = FloatVector.zero(S);
            x10 = x11 = x12 = FloatVector.zero(S);
            x20 = x21 = x22 = FloatVector.zero(S);
            x30 = x31 = x32 = FloatVector.zero(S);
            x40 = x41 = x42 = FloatVector.zero(S);
            x50 = x51 = x52 = FloatVector.zero(S);
            x60 = x61 = x62 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + L);
            x02 = FloatVector.fromArray(S, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x11 = FloatVector.fromArray(S, s, so + sRow + L);
            x12 = FloatVector.fromArray(S, s, so + sRow + last);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + 2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + 3 * sRow + last);
            x40 = FloatVector.fromArray(S, s, so + 4 * sRow);
            x41 = FloatVector.fromArray(S, s, so + 4 * sRow + L);
            x42 = FloatVector.fromArray(S, s, so + 4 * sRow + last);
            x50 = FloatVector.fromArray(S, s, so + 5 * sRow);
            x51 = FloatVector.fromArray(S, s, so + 5 * sRow + L);
            x52 = FloatVector.fromArray(S, s, so + 5 * sRow + last);
            x60 = FloatVector.fromArray(S, s, so + 6 * sRow);
            x61 = FloatVector.fromArray(S, s, so + 6 * sRow + L);
            x62 = FloatVector.fromArray(S, s, so + 6 * sRow + last);
        }
        int a1 = ao + aRow;
        int a2 = ao + 2 * aRow;
        int a3 = ao + 3 * aRow;
        int a4 = ao + 4 * aRow;
        int a5 = ao + 5 * aRow;
        int a6 = ao + 6 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + L);
            FloatVector y2 = FloatVector.fromArray(S, b, bk + last);
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
            FloatVector z4 = FloatVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            x41 = z4.fma(y1, x41);
            x42 = z4.fma(y2, x42);
            FloatVector z5 = FloatVector.broadcast(S, a[a5 + ak]);
            x50 = z5.fma(y0, x50);
            x51 = z5.fma(y1, x51);
            x52 = z5.fma(y2, x52);
            FloatVector z6 = FloatVector.broadcast(S, a[a6 + ak]);
            x60 = z6.fma(y0, x60);
            x61 = z6.fma(y1, x61);
            x62 = z6.fma(y2, x62);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + L);
        x02.intoArray(c, co + last);
        x10.intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        x12.intoArray(c, co + cRow + last);
        x20.intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        x22.intoArray(c, co + 2 * cRow + last);
        x30.intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        x32.intoArray(c, co + 3 * cRow + last);
        x40.intoArray(c, co + 4 * cRow);
        x41.intoArray(c, co + 4 * cRow + L);
        x42.intoArray(c, co + 4 * cRow + last);
        x50.intoArray(c, co + 5 * cRow);
        x51.intoArray(c, co + 5 * cRow + L);
        x52.intoArray(c, co + 5 * cRow + last);
        x60.intoArray(c, co + 6 * cRow);
        x61.intoArray(c, co + 6 * cRow + L);
        x62.intoArray(c, co + 6 * cRow + last);
    }

    /** 6 rows by 3 vectors. */
    static void tile6x3(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int last) {
        FloatVector x00, x01, x02;
        FloatVector x10, x11, x12;
        FloatVector x20, x21, x22;
        FloatVector x30, x31, x32;
        FloatVector x40, x41, x42;
        FloatVector x50, x51, x52;
        if (s == null) {
            x00 = x01 = x02 = FloatVector.zero(S);
            x10 = x11 = x12 = FloatVector.zero(S);
            x20 = x21 = x22 = FloatVector.zero(S);
            x30 = x31 = x32 = FloatVector.zero(S);
            x40 = x41 = x42 = FloatVector.zero(S);
            x50 = x51 = x52 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + L);
            x02 = FloatVector.fromArray(S, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x11 = FloatVector.fromArray(S, s, so + sRow + L);
            x12 = FloatVector.fromArray(S, s, so + sRow + last);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + 2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + 3 * sRow + last);
            x40 = FloatVector.fromArray(S, s, so + 4 * sRow);
            x41 = FloatVector.fromArray(S, s, so + 4 * sRow + L);
            x42 = FloatVector.fromArray(S, s, so + 4 * sRow + last);
            x50 = FloatVector.fromArray(S, s, so + 5 * sRow);
            x51 = FloatVector.fromArray(S, s, so + 5 * sRow + L);
            x52 = FloatVector.fromArray(S, s, so + 5 * sRow + last);
        }
        int a1 = ao + aRow;
        int a2 = ao + 2 * aRow;
        int a3 = ao + 3 * aRow;
        int a4 = ao + 4 * aRow;
        int a5 = ao + 5 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + L);
            FloatVector y2 = FloatVector.fromArray(S, b, bk + last);
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
            FloatVector z4 = FloatVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            x41 = z4.fma(y1, x41);
            x42 = z4.fma(y2, x42);
            FloatVector z5 = FloatVector.broadcast(S, a[a5 + ak]);
            x50 = z5.fma(y0, x50);
            x51 = z5.fma(y1, x51);
            x52 = z5.fma(y2, x52);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + L);
        x02.intoArray(c, co + last);
        x10.intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        x12.intoArray(c, co + cRow + last);
        x20.intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        x22.intoArray(c, co + 2 * cRow + last);
        x30.intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        x32.intoArray(c, co + 3 * cRow + last);
        x40.intoArray(c, co + 4 * cRow);
        x41.intoArray(c, co + 4 * cRow + L);
        x42.intoArray(c, co + 4 * cRow + last);
        x50.intoArray(c, co + 5 * cRow);
        x51.intoArray(c, co + 5 * cRow + L);
        x52.intoArray(c, co + 5 * cRow + last);
    }

    /** 5 rows by 3 vectors. */
    static void tile5x3(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int last) {
        FloatVector x00, x01, x02;
        FloatVector x10, x11, x12;
        FloatVector x20, x21, x22;
        FloatVector x30, x31, x32;
        FloatVector x40, x41, x42;
        if (s == null) {
            x00 = x01 = x02 = FloatVector.zero(S);
            x10 = x11 = x12 = FloatVector.zero(S);
            x20 = x21 = x22 = FloatVector.zero(S);
            x30 = x31 = x32 = FloatVector.zero(S);
            x40 = x41 = x42 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + L);
            x02 = FloatVector.fromArray(S, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x11 = FloatVector.fromArray(S, s, so + sRow + L);
            x12 = FloatVector.fromArray(S, s, so + sRow + last);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + 2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + 3 * sRow + last);
            x40 = FloatVector.fromArray(S, s, so + 4 * sRow);
            x41 = FloatVector.fromArray(S, s, so + 4 * sRow + L);
            x42 = FloatVector.fromArray(S, s, so + 4 * sRow + last);
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
            FloatVector y2 = FloatVector.fromArray(S, b, bk + last);
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
            FloatVector z4 = FloatVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            x41 = z4.fma(y1, x41);
            x42 = z4.fma(y2, x42);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + L);
        x02.intoArray(c, co + last);
        x10.intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        x12.intoArray(c, co + cRow + last);
        x20.intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        x22.intoArray(c, co + 2 * cRow + last);
        x30.intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        x32.intoArray(c, co + 3 * cRow + last);
        x40.intoArray(c, co + 4 * cRow);
        x41.intoArray(c, co + 4 * cRow + L);
        x42.intoArray(c, co + 4 * cRow + last);
    }

    /** Up to 4 rows by 3 vectors. */
    static void tile4x3(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int rows, int last) {
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
            x02 = FloatVector.fromArray(S, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
            x11 = FloatVector.fromArray(S, s, so + r1 * sRow + L);
            x12 = FloatVector.fromArray(S, s, so + r1 * sRow + last);
            x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + r2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + r2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + r3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + r3 * sRow + last);
        }
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + L);
            FloatVector y2 = FloatVector.fromArray(S, b, bk + last);
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
        x02.intoArray(c, co + last);
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + L);
        x12.intoArray(c, co + r1 * cRow + last);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + L);
        x22.intoArray(c, co + r2 * cRow + last);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + L);
        x32.intoArray(c, co + r3 * cRow + last);
    }

    /** 8 rows by 2 vectors. */
    static void tile8x2(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int last) {
        FloatVector x00, x01;
        FloatVector x10, x11;
        FloatVector x20, x21;
        FloatVector x30, x31;
        FloatVector x40, x41;
        FloatVector x50, x51;
        FloatVector x60, x61;
        FloatVector x70, x71;
        if (s == null) {
            x00 = x01 = FloatVector.zero(S);
            x10 = x11 = FloatVector.zero(S);
            x20 = x21 = FloatVector.zero(S);
            x30 = x31 = FloatVector.zero(S);
            x40 = x41 = FloatVector.zero(S);
            x50 = x51 = FloatVector.zero(S);
            x60 = x61 = FloatVector.zero(S);
            x70 = x71 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x11 = FloatVector.fromArray(S, s, so + sRow + last);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + 2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + 3 * sRow + last);
            x40 = FloatVector.fromArray(S, s, so + 4 * sRow);
            x41 = FloatVector.fromArray(S, s, so + 4 * sRow + last);
            x50 = FloatVector.fromArray(S, s, so + 5 * sRow);
            x51 = FloatVector.fromArray(S, s, so + 5 * sRow + last);
            x60 = FloatVector.fromArray(S, s, so + 6 * sRow);
            x61 = FloatVector.fromArray(S, s, so + 6 * sRow + last);
            x70 = FloatVector.fromArray(S, s, so + 7 * sRow);
            x71 = FloatVector.fromArray(S, s, so + 7 * sRow + last);
        }
        int a1 = ao + aRow;
        int a2 = ao + 2 * aRow;
        int a3 = ao + 3 * aRow;
        int a4 = ao + 4 * aRow;
        int a5 = ao + 5 * aRow;
        int a6 = ao + 6 * aRow;
        int a7 = ao + 7 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + last);
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
        x01.intoArray(c, co + last);
        x10.intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + last);
        x20.intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + last);
        x30.intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + last);
        x40.intoArray(c, co + 4 * cRow);
        x41.intoArray(c, co + 4 * cRow + last);
        x50.intoArray(c, co + 5 * cRow);
        x51.intoArray(c, co + 5 * cRow + last);
        x60.intoArray(c, co + 6 * cRow);
        x61.intoArray(c, co + 6 * cRow + last);
        x70.intoArray(c, co + 7 * cRow);
        x71.intoArray(c, co + 7 * cRow + last);
    }

    /** Up to 4 rows by 2 vectors. */
    static void tile4x2(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int rows, int last) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        FloatVector x00, x01;
        FloatVector x10, x11;
        FloatVector x20, x21;
        FloatVector x30, x31;
        if (s == null) {
            x00 = x01 = FloatVector.zero(S);
            x10 = x11 = FloatVector.zero(S);
            x20 = x21 = FloatVector.zero(S);
            x30 = x31 = FloatVector.zero(S);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
            x11 = FloatVector.fromArray(S, s, so + r1 * sRow + last);
            x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + r2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + r3 * sRow + last);
        }
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            FloatVector y0 = FloatVector.fromArray(S, b, bk);
            FloatVector y1 = FloatVector.fromArray(S, b, bk + last);
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
        x01.intoArray(c, co + last);
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + last);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + last);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + last);
    }
}
