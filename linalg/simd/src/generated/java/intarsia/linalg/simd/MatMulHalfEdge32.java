// Generated from MatMulEdge64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What {@link MatMulTiles32} is to the columns that fill whole tiles, for what is left: tiles of one or two narrow vectors. */
final class MatMulHalfEdge32 {
    private static final VectorSpecies<Float> S = Width.HALF32;
    /** The number of each lane. */
    static final float[] LANES = lanes();

    private MatMulHalfEdge32() {}

    private static float[] lanes() {
        float[] lanes = new float[S.length()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = i;
        }
        return lanes;
    }

    /** Up to eight rows by one vector, of which the first {@code keep} columns stay as they are. */
    static void tile8x1(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int rows, int keep) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int r4 = Math.min(4, rows - 1);
        int r5 = Math.min(5, rows - 1);
        int r6 = Math.min(6, rows - 1);
        int r7 = Math.min(7, rows - 1);
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
            x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
            x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
            x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
            x40 = FloatVector.fromArray(S, s, so + r4 * sRow);
            x50 = FloatVector.fromArray(S, s, so + r5 * sRow);
            x60 = FloatVector.fromArray(S, s, so + r6 * sRow);
            x70 = FloatVector.fromArray(S, s, so + r7 * sRow);
        }
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
        VectorMask<Float> taken = FloatVector.fromArray(S, LANES, 0).compare(VectorOperators.GE, keep);
        FloatVector.fromArray(S, c, co).blend(x00, taken).intoArray(c, co);
        FloatVector.fromArray(S, c, co + r1 * cRow).blend(x10, taken).intoArray(c, co + r1 * cRow);
        FloatVector.fromArray(S, c, co + r2 * cRow).blend(x20, taken).intoArray(c, co + r2 * cRow);
        FloatVector.fromArray(S, c, co + r3 * cRow).blend(x30, taken).intoArray(c, co + r3 * cRow);
        FloatVector.fromArray(S, c, co + r4 * cRow).blend(x40, taken).intoArray(c, co + r4 * cRow);
        FloatVector.fromArray(S, c, co + r5 * cRow).blend(x50, taken).intoArray(c, co + r5 * cRow);
        FloatVector.fromArray(S, c, co + r6 * cRow).blend(x60, taken).intoArray(c, co + r6 * cRow);
        FloatVector.fromArray(S, c, co + r7 * cRow).blend(x70, taken).intoArray(c, co + r7 * cRow);
    }

    /** Up to eight rows by two vectors, the second {@code last} from the first: they may overlap. */
    static void tile8x2(int inner, float[] a, int ao, int aRow, int aStep, float[] b, int bo, int bStep, float[] s, int so, int sRow,
            float[] c, int co, int cRow, int rows, int last) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int r4 = Math.min(4, rows - 1);
        int r5 = Math.min(5, rows - 1);
        int r6 = Math.min(6, rows - 1);
        int r7 = Math.min(7, rows - 1);
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
            x10 = FloatVector.fromArray(S, s, so + r1 * sRow);
            x11 = FloatVector.fromArray(S, s, so + r1 * sRow + last);
            x20 = FloatVector.fromArray(S, s, so + r2 * sRow);
            x21 = FloatVector.fromArray(S, s, so + r2 * sRow + last);
            x30 = FloatVector.fromArray(S, s, so + r3 * sRow);
            x31 = FloatVector.fromArray(S, s, so + r3 * sRow + last);
            x40 = FloatVector.fromArray(S, s, so + r4 * sRow);
            x41 = FloatVector.fromArray(S, s, so + r4 * sRow + last);
            x50 = FloatVector.fromArray(S, s, so + r5 * sRow);
            x51 = FloatVector.fromArray(S, s, so + r5 * sRow + last);
            x60 = FloatVector.fromArray(S, s, so + r6 * sRow);
            x61 = FloatVector.fromArray(S, s, so + r6 * sRow + last);
            x70 = FloatVector.fromArray(S, s, so + r7 * sRow);
            x71 = FloatVector.fromArray(S, s, so + r7 * sRow + last);
        }
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
        x10.intoArray(c, co + r1 * cRow);
        x11.intoArray(c, co + r1 * cRow + last);
        x20.intoArray(c, co + r2 * cRow);
        x21.intoArray(c, co + r2 * cRow + last);
        x30.intoArray(c, co + r3 * cRow);
        x31.intoArray(c, co + r3 * cRow + last);
        x40.intoArray(c, co + r4 * cRow);
        x41.intoArray(c, co + r4 * cRow + last);
        x50.intoArray(c, co + r5 * cRow);
        x51.intoArray(c, co + r5 * cRow + last);
        x60.intoArray(c, co + r6 * cRow);
        x61.intoArray(c, co + r6 * cRow + last);
        x70.intoArray(c, co + r7 * cRow);
        x71.intoArray(c, co + r7 * cRow + last);
    }
}
