// Generated from MatMulHalves64.java by FloatSources; change that one.
package intarsia.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The innermost loops of {@link MatMulTiles32} for some whole vectors of columns and at most half a vector more. */
final class MatMulHalves32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final VectorSpecies<Float> H = Width.HALF32;
    private static final int L = S.length();

    private MatMulHalves32() {}

    /** Four rows by four vectors and a half one, {@code last} from the first: it may overlap the others, since all is loaded before any is stored. */
    static void tile4x4(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int last) {
        FloatVector x00, x01, x02, x03, h0;
        FloatVector x10, x11, x12, x13, h1;
        FloatVector x20, x21, x22, x23, h2;
        FloatVector x30, x31, x32, x33, h3;
        if (s == null) {
            x00 = x01 = x02 = x03 = FloatVector.zero(S);
            h0 = FloatVector.zero(H);
            x10 = x11 = x12 = x13 = FloatVector.zero(S);
            h1 = FloatVector.zero(H);
            x20 = x21 = x22 = x23 = FloatVector.zero(S);
            h2 = FloatVector.zero(H);
            x30 = x31 = x32 = x33 = FloatVector.zero(S);
            h3 = FloatVector.zero(H);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + L);
            x02 = FloatVector.fromArray(S, s, so + 2 * L);
            x03 = FloatVector.fromArray(S, s, so + 3 * L);
            h0 = FloatVector.fromArray(H, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x11 = FloatVector.fromArray(S, s, so + sRow + L);
            x12 = FloatVector.fromArray(S, s, so + sRow + 2 * L);
            x13 = FloatVector.fromArray(S, s, so + sRow + 3 * L);
            h1 = FloatVector.fromArray(H, s, so + sRow + last);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = FloatVector.fromArray(S, s, so + 2 * sRow + 2 * L);
            x23 = FloatVector.fromArray(S, s, so + 2 * sRow + 3 * L);
            h2 = FloatVector.fromArray(H, s, so + 2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = FloatVector.fromArray(S, s, so + 3 * sRow + 2 * L);
            x33 = FloatVector.fromArray(S, s, so + 3 * sRow + 3 * L);
            h3 = FloatVector.fromArray(H, s, so + 3 * sRow + last);
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
            FloatVector yh = FloatVector.fromArray(H, b, bk + last);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            x02 = z0.fma(y2, x02);
            x03 = z0.fma(y3, x03);
            h0 = ((FloatVector) z0.reinterpretShape(H, 0)).fma(yh, h0);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            x12 = z1.fma(y2, x12);
            x13 = z1.fma(y3, x13);
            h1 = ((FloatVector) z1.reinterpretShape(H, 0)).fma(yh, h1);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            x22 = z2.fma(y2, x22);
            x23 = z2.fma(y3, x23);
            h2 = ((FloatVector) z2.reinterpretShape(H, 0)).fma(yh, h2);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
            x32 = z3.fma(y2, x32);
            x33 = z3.fma(y3, x33);
            h3 = ((FloatVector) z3.reinterpretShape(H, 0)).fma(yh, h3);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + L);
        x02.intoArray(c, co + 2 * L);
        x03.intoArray(c, co + 3 * L);
        h0.intoArray(c, co + last);
        x10.intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        x12.intoArray(c, co + cRow + 2 * L);
        x13.intoArray(c, co + cRow + 3 * L);
        h1.intoArray(c, co + cRow + last);
        x20.intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        x22.intoArray(c, co + 2 * cRow + 2 * L);
        x23.intoArray(c, co + 2 * cRow + 3 * L);
        h2.intoArray(c, co + 2 * cRow + last);
        x30.intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        x32.intoArray(c, co + 3 * cRow + 2 * L);
        x33.intoArray(c, co + 3 * cRow + 3 * L);
        h3.intoArray(c, co + 3 * cRow + last);
    }

    /** Eight rows by two vectors and a half one, {@code last} from the first: it may overlap the others, since all is loaded before any is stored. */
    static void tile8x2(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int last) {
        FloatVector x00, x01, h0;
        FloatVector x10, x11, h1;
        FloatVector x20, x21, h2;
        FloatVector x30, x31, h3;
        FloatVector x40, x41, h4;
        FloatVector x50, x51, h5;
        FloatVector x60, x61, h6;
        FloatVector x70, x71, h7;
        if (s == null) {
            x00 = x01 = FloatVector.zero(S);
            h0 = FloatVector.zero(H);
            x10 = x11 = FloatVector.zero(S);
            h1 = FloatVector.zero(H);
            x20 = x21 = FloatVector.zero(S);
            h2 = FloatVector.zero(H);
            x30 = x31 = FloatVector.zero(S);
            h3 = FloatVector.zero(H);
            x40 = x41 = FloatVector.zero(S);
            h4 = FloatVector.zero(H);
            x50 = x51 = FloatVector.zero(S);
            h5 = FloatVector.zero(H);
            x60 = x61 = FloatVector.zero(S);
            h6 = FloatVector.zero(H);
            x70 = x71 = FloatVector.zero(S);
            h7 = FloatVector.zero(H);
        } else {
            x00 = FloatVector.fromArray(S, s, so);
            x01 = FloatVector.fromArray(S, s, so + L);
            h0 = FloatVector.fromArray(H, s, so + last);
            x10 = FloatVector.fromArray(S, s, so + sRow);
            x11 = FloatVector.fromArray(S, s, so + sRow + L);
            h1 = FloatVector.fromArray(H, s, so + sRow + last);
            x20 = FloatVector.fromArray(S, s, so + 2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + 2 * sRow + L);
            h2 = FloatVector.fromArray(H, s, so + 2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + 3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + 3 * sRow + L);
            h3 = FloatVector.fromArray(H, s, so + 3 * sRow + last);
            x40 = FloatVector.fromArray(S, s, so + 4 * sRow);
            x41 = FloatVector.fromArray(S, s, so + 4 * sRow + L);
            h4 = FloatVector.fromArray(H, s, so + 4 * sRow + last);
            x50 = FloatVector.fromArray(S, s, so + 5 * sRow);
            x51 = FloatVector.fromArray(S, s, so + 5 * sRow + L);
            h5 = FloatVector.fromArray(H, s, so + 5 * sRow + last);
            x60 = FloatVector.fromArray(S, s, so + 6 * sRow);
            x61 = FloatVector.fromArray(S, s, so + 6 * sRow + L);
            h6 = FloatVector.fromArray(H, s, so + 6 * sRow + last);
            x70 = FloatVector.fromArray(S, s, so + 7 * sRow);
            x71 = FloatVector.fromArray(S, s, so + 7 * sRow + L);
            h7 = FloatVector.fromArray(H, s, so + 7 * sRow + last);
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
            FloatVector y1 = FloatVector.fromArray(S, b, bk + L);
            FloatVector yh = FloatVector.fromArray(H, b, bk + last);
            FloatVector z0 = FloatVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            h0 = ((FloatVector) z0.reinterpretShape(H, 0)).fma(yh, h0);
            FloatVector z1 = FloatVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            h1 = ((FloatVector) z1.reinterpretShape(H, 0)).fma(yh, h1);
            FloatVector z2 = FloatVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            h2 = ((FloatVector) z2.reinterpretShape(H, 0)).fma(yh, h2);
            FloatVector z3 = FloatVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
            h3 = ((FloatVector) z3.reinterpretShape(H, 0)).fma(yh, h3);
            FloatVector z4 = FloatVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            x41 = z4.fma(y1, x41);
            h4 = ((FloatVector) z4.reinterpretShape(H, 0)).fma(yh, h4);
            FloatVector z5 = FloatVector.broadcast(S, a[a5 + ak]);
            x50 = z5.fma(y0, x50);
            x51 = z5.fma(y1, x51);
            h5 = ((FloatVector) z5.reinterpretShape(H, 0)).fma(yh, h5);
            FloatVector z6 = FloatVector.broadcast(S, a[a6 + ak]);
            x60 = z6.fma(y0, x60);
            x61 = z6.fma(y1, x61);
            h6 = ((FloatVector) z6.reinterpretShape(H, 0)).fma(yh, h6);
            FloatVector z7 = FloatVector.broadcast(S, a[a7 + ak]);
            x70 = z7.fma(y0, x70);
            x71 = z7.fma(y1, x71);
            h7 = ((FloatVector) z7.reinterpretShape(H, 0)).fma(yh, h7);
        }
        x00.intoArray(c, co);
        x01.intoArray(c, co + L);
        h0.intoArray(c, co + last);
        x10.intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        h1.intoArray(c, co + cRow + last);
        x20.intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        h2.intoArray(c, co + 2 * cRow + last);
        x30.intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        h3.intoArray(c, co + 3 * cRow + last);
        x40.intoArray(c, co + 4 * cRow);
        x41.intoArray(c, co + 4 * cRow + L);
        h4.intoArray(c, co + 4 * cRow + last);
        x50.intoArray(c, co + 5 * cRow);
        x51.intoArray(c, co + 5 * cRow + L);
        h5.intoArray(c, co + 5 * cRow + last);
        x60.intoArray(c, co + 6 * cRow);
        x61.intoArray(c, co + 6 * cRow + L);
        h6.intoArray(c, co + 6 * cRow + last);
        x70.intoArray(c, co + 7 * cRow);
        x71.intoArray(c, co + 7 * cRow + L);
        h7.intoArray(c, co + 7 * cRow + last);
    }
}
