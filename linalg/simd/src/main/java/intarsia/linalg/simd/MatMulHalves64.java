package intarsia.linalg.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The innermost loops of {@link MatMulTiles64} for some whole vectors of columns and at most half a vector more. */
final class MatMulHalves64 {
    private static final VectorSpecies<Double> S = Width.F64;
    private static final VectorSpecies<Double> H = Width.HALF64;
    private static final int L = S.length();

    private MatMulHalves64() {}

    /** Four rows by four vectors and a half one, {@code last} from the first: it may overlap the others, since all is loaded before any is stored. */
    static void tile4x4(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int last) {
        DoubleVector x00, x01, x02, x03, h0;
        DoubleVector x10, x11, x12, x13, h1;
        DoubleVector x20, x21, x22, x23, h2;
        DoubleVector x30, x31, x32, x33, h3;
        if (s == null) {
            x00 = x01 = x02 = x03 = DoubleVector.zero(S);
            h0 = DoubleVector.zero(H);
            x10 = x11 = x12 = x13 = DoubleVector.zero(S);
            h1 = DoubleVector.zero(H);
            x20 = x21 = x22 = x23 = DoubleVector.zero(S);
            h2 = DoubleVector.zero(H);
            x30 = x31 = x32 = x33 = DoubleVector.zero(S);
            h3 = DoubleVector.zero(H);
        } else {
            x00 = DoubleVector.fromArray(S, s, so);
            x01 = DoubleVector.fromArray(S, s, so + L);
            x02 = DoubleVector.fromArray(S, s, so + 2 * L);
            x03 = DoubleVector.fromArray(S, s, so + 3 * L);
            h0 = DoubleVector.fromArray(H, s, so + last);
            x10 = DoubleVector.fromArray(S, s, so + sRow);
            x11 = DoubleVector.fromArray(S, s, so + sRow + L);
            x12 = DoubleVector.fromArray(S, s, so + sRow + 2 * L);
            x13 = DoubleVector.fromArray(S, s, so + sRow + 3 * L);
            h1 = DoubleVector.fromArray(H, s, so + sRow + last);
            x20 = DoubleVector.fromArray(S, s, so + 2 * sRow);
            x21 = DoubleVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = DoubleVector.fromArray(S, s, so + 2 * sRow + 2 * L);
            x23 = DoubleVector.fromArray(S, s, so + 2 * sRow + 3 * L);
            h2 = DoubleVector.fromArray(H, s, so + 2 * sRow + last);
            x30 = DoubleVector.fromArray(S, s, so + 3 * sRow);
            x31 = DoubleVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = DoubleVector.fromArray(S, s, so + 3 * sRow + 2 * L);
            x33 = DoubleVector.fromArray(S, s, so + 3 * sRow + 3 * L);
            h3 = DoubleVector.fromArray(H, s, so + 3 * sRow + last);
        }
        int a1 = ao + aRow;
        int a2 = ao + 2 * aRow;
        int a3 = ao + 3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector y1 = DoubleVector.fromArray(S, b, bk + L);
            DoubleVector y2 = DoubleVector.fromArray(S, b, bk + 2 * L);
            DoubleVector y3 = DoubleVector.fromArray(S, b, bk + 3 * L);
            DoubleVector yh = DoubleVector.fromArray(H, b, bk + last);
            DoubleVector z0 = DoubleVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            x02 = z0.fma(y2, x02);
            x03 = z0.fma(y3, x03);
            h0 = ((DoubleVector) z0.reinterpretShape(H, 0)).fma(yh, h0);
            DoubleVector z1 = DoubleVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            x12 = z1.fma(y2, x12);
            x13 = z1.fma(y3, x13);
            h1 = ((DoubleVector) z1.reinterpretShape(H, 0)).fma(yh, h1);
            DoubleVector z2 = DoubleVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            x22 = z2.fma(y2, x22);
            x23 = z2.fma(y3, x23);
            h2 = ((DoubleVector) z2.reinterpretShape(H, 0)).fma(yh, h2);
            DoubleVector z3 = DoubleVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
            x32 = z3.fma(y2, x32);
            x33 = z3.fma(y3, x33);
            h3 = ((DoubleVector) z3.reinterpretShape(H, 0)).fma(yh, h3);
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
    static void tile8x2(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int last) {
        DoubleVector x00, x01, h0;
        DoubleVector x10, x11, h1;
        DoubleVector x20, x21, h2;
        DoubleVector x30, x31, h3;
        DoubleVector x40, x41, h4;
        DoubleVector x50, x51, h5;
        DoubleVector x60, x61, h6;
        DoubleVector x70, x71, h7;
        if (s == null) {
            x00 = x01 = DoubleVector.zero(S);
            h0 = DoubleVector.zero(H);
            x10 = x11 = DoubleVector.zero(S);
            h1 = DoubleVector.zero(H);
            x20 = x21 = DoubleVector.zero(S);
            h2 = DoubleVector.zero(H);
            x30 = x31 = DoubleVector.zero(S);
            h3 = DoubleVector.zero(H);
            x40 = x41 = DoubleVector.zero(S);
            h4 = DoubleVector.zero(H);
            x50 = x51 = DoubleVector.zero(S);
            h5 = DoubleVector.zero(H);
            x60 = x61 = DoubleVector.zero(S);
            h6 = DoubleVector.zero(H);
            x70 = x71 = DoubleVector.zero(S);
            h7 = DoubleVector.zero(H);
        } else {
            x00 = DoubleVector.fromArray(S, s, so);
            x01 = DoubleVector.fromArray(S, s, so + L);
            h0 = DoubleVector.fromArray(H, s, so + last);
            x10 = DoubleVector.fromArray(S, s, so + sRow);
            x11 = DoubleVector.fromArray(S, s, so + sRow + L);
            h1 = DoubleVector.fromArray(H, s, so + sRow + last);
            x20 = DoubleVector.fromArray(S, s, so + 2 * sRow);
            x21 = DoubleVector.fromArray(S, s, so + 2 * sRow + L);
            h2 = DoubleVector.fromArray(H, s, so + 2 * sRow + last);
            x30 = DoubleVector.fromArray(S, s, so + 3 * sRow);
            x31 = DoubleVector.fromArray(S, s, so + 3 * sRow + L);
            h3 = DoubleVector.fromArray(H, s, so + 3 * sRow + last);
            x40 = DoubleVector.fromArray(S, s, so + 4 * sRow);
            x41 = DoubleVector.fromArray(S, s, so + 4 * sRow + L);
            h4 = DoubleVector.fromArray(H, s, so + 4 * sRow + last);
            x50 = DoubleVector.fromArray(S, s, so + 5 * sRow);
            x51 = DoubleVector.fromArray(S, s, so + 5 * sRow + L);
            h5 = DoubleVector.fromArray(H, s, so + 5 * sRow + last);
            x60 = DoubleVector.fromArray(S, s, so + 6 * sRow);
            x61 = DoubleVector.fromArray(S, s, so + 6 * sRow + L);
            h6 = DoubleVector.fromArray(H, s, so + 6 * sRow + last);
            x70 = DoubleVector.fromArray(S, s, so + 7 * sRow);
            x71 = DoubleVector.fromArray(S, s, so + 7 * sRow + L);
            h7 = DoubleVector.fromArray(H, s, so + 7 * sRow + last);
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
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector y1 = DoubleVector.fromArray(S, b, bk + L);
            DoubleVector yh = DoubleVector.fromArray(H, b, bk + last);
            DoubleVector z0 = DoubleVector.broadcast(S, a[ao + ak]);
            x00 = z0.fma(y0, x00);
            x01 = z0.fma(y1, x01);
            h0 = ((DoubleVector) z0.reinterpretShape(H, 0)).fma(yh, h0);
            DoubleVector z1 = DoubleVector.broadcast(S, a[a1 + ak]);
            x10 = z1.fma(y0, x10);
            x11 = z1.fma(y1, x11);
            h1 = ((DoubleVector) z1.reinterpretShape(H, 0)).fma(yh, h1);
            DoubleVector z2 = DoubleVector.broadcast(S, a[a2 + ak]);
            x20 = z2.fma(y0, x20);
            x21 = z2.fma(y1, x21);
            h2 = ((DoubleVector) z2.reinterpretShape(H, 0)).fma(yh, h2);
            DoubleVector z3 = DoubleVector.broadcast(S, a[a3 + ak]);
            x30 = z3.fma(y0, x30);
            x31 = z3.fma(y1, x31);
            h3 = ((DoubleVector) z3.reinterpretShape(H, 0)).fma(yh, h3);
            DoubleVector z4 = DoubleVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            x41 = z4.fma(y1, x41);
            h4 = ((DoubleVector) z4.reinterpretShape(H, 0)).fma(yh, h4);
            DoubleVector z5 = DoubleVector.broadcast(S, a[a5 + ak]);
            x50 = z5.fma(y0, x50);
            x51 = z5.fma(y1, x51);
            h5 = ((DoubleVector) z5.reinterpretShape(H, 0)).fma(yh, h5);
            DoubleVector z6 = DoubleVector.broadcast(S, a[a6 + ak]);
            x60 = z6.fma(y0, x60);
            x61 = z6.fma(y1, x61);
            h6 = ((DoubleVector) z6.reinterpretShape(H, 0)).fma(yh, h6);
            DoubleVector z7 = DoubleVector.broadcast(S, a[a7 + ak]);
            x70 = z7.fma(y0, x70);
            x71 = z7.fma(y1, x71);
            h7 = ((DoubleVector) z7.reinterpretShape(H, 0)).fma(yh, h7);
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
