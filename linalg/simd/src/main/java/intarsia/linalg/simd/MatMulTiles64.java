package intarsia.linalg.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of a matrix product: a tile of the output, some rows by some vectors of columns, is loaded into registers from where
 * it starts, takes one fused multiply-add per inner index in ascending order, and is stored. Tiles of 5 x 4 and 8 x 3 vectors, with what they
 * read, fit into the 32 vector registers of AVX-512 and Neon, 4 x 3 into the 16 of AVX2. Every accumulator is a local variable because the
 * compiler would keep an array of them in memory, and nothing is left to methods of our own, which it may not inline into one so large;
 * vectors lie at constant distances because every further number that the loop needs would cost it a register, and a tenth of its speed.
 *
 * <p>{@code a} is the left operand at {@code ao}, {@code aRow} from row to row and {@code aStep} from one inner index to the next. {@code
 * b} is the right operand at {@code bo}, its columns contiguous, {@code bStep} from one inner index to the next. {@code s} holds what the tile
 * starts with, or is null for zeros, and {@code c} takes it. A tile that is told its {@code rows} may have fewer than its name says and then
 * computes its last row several times.
 */
final class MatMulTiles64 {
    private static final VectorSpecies<Double> S = Width.F64;
    private static final int L = S.length();

    private MatMulTiles64() {}

    /** Five rows by four vectors. */
    static void tile5x4(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, double[] s, int so, int sRow,
            double[] c, int co, int cRow) {
        DoubleVector x00, x01, x02, x03;
        DoubleVector x10, x11, x12, x13;
        DoubleVector x20, x21, x22, x23;
        DoubleVector x30, x31, x32, x33;
        DoubleVector x40, x41, x42, x43;
        if (s == null) {
            x00 = x01 = x02 = x03 = DoubleVector.zero(S);
            x10 = x11 = x12 = x13 = DoubleVector.zero(S);
            x20 = x21 = x22 = x23 = DoubleVector.zero(S);
            x30 = x31 = x32 = x33 = DoubleVector.zero(S);
            x40 = x41 = x42 = x43 = DoubleVector.zero(S);
        } else {
            x00 = DoubleVector.fromArray(S, s, so);
            x01 = DoubleVector.fromArray(S, s, so + L);
            x02 = DoubleVector.fromArray(S, s, so + 2 * L);
            x03 = DoubleVector.fromArray(S, s, so + 3 * L);
            x10 = DoubleVector.fromArray(S, s, so + sRow);
            x11 = DoubleVector.fromArray(S, s, so + sRow + L);
            x12 = DoubleVector.fromArray(S, s, so + sRow + 2 * L);
            x13 = DoubleVector.fromArray(S, s, so + sRow + 3 * L);
            x20 = DoubleVector.fromArray(S, s, so + 2 * sRow);
            x21 = DoubleVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = DoubleVector.fromArray(S, s, so + 2 * sRow + 2 * L);
            x23 = DoubleVector.fromArray(S, s, so + 2 * sRow + 3 * L);
            x30 = DoubleVector.fromArray(S, s, so + 3 * sRow);
            x31 = DoubleVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = DoubleVector.fromArray(S, s, so + 3 * sRow + 2 * L);
            x33 = DoubleVector.fromArray(S, s, so + 3 * sRow + 3 * L);
            x40 = DoubleVector.fromArray(S, s, so + 4 * sRow);
            x41 = DoubleVector.fromArray(S, s, so + 4 * sRow + L);
            x42 = DoubleVector.fromArray(S, s, so + 4 * sRow + 2 * L);
            x43 = DoubleVector.fromArray(S, s, so + 4 * sRow + 3 * L);
        }
        int a1 = ao + aRow;
        int a2 = ao + 2 * aRow;
        int a3 = ao + 3 * aRow;
        int a4 = ao + 4 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector y1 = DoubleVector.fromArray(S, b, bk + L);
            DoubleVector y2 = DoubleVector.fromArray(S, b, bk + 2 * L);
            DoubleVector y3 = DoubleVector.fromArray(S, b, bk + 3 * L);
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
            DoubleVector z4 = DoubleVector.broadcast(S, a[a4 + ak]);
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
    static void tile4x4(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, double[] s, int so, int sRow,
            double[] c, int co, int cRow) {
        DoubleVector x00, x01, x02, x03;
        DoubleVector x10, x11, x12, x13;
        DoubleVector x20, x21, x22, x23;
        DoubleVector x30, x31, x32, x33;
        if (s == null) {
            x00 = x01 = x02 = x03 = DoubleVector.zero(S);
            x10 = x11 = x12 = x13 = DoubleVector.zero(S);
            x20 = x21 = x22 = x23 = DoubleVector.zero(S);
            x30 = x31 = x32 = x33 = DoubleVector.zero(S);
        } else {
            x00 = DoubleVector.fromArray(S, s, so);
            x01 = DoubleVector.fromArray(S, s, so + L);
            x02 = DoubleVector.fromArray(S, s, so + 2 * L);
            x03 = DoubleVector.fromArray(S, s, so + 3 * L);
            x10 = DoubleVector.fromArray(S, s, so + sRow);
            x11 = DoubleVector.fromArray(S, s, so + sRow + L);
            x12 = DoubleVector.fromArray(S, s, so + sRow + 2 * L);
            x13 = DoubleVector.fromArray(S, s, so + sRow + 3 * L);
            x20 = DoubleVector.fromArray(S, s, so + 2 * sRow);
            x21 = DoubleVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = DoubleVector.fromArray(S, s, so + 2 * sRow + 2 * L);
            x23 = DoubleVector.fromArray(S, s, so + 2 * sRow + 3 * L);
            x30 = DoubleVector.fromArray(S, s, so + 3 * sRow);
            x31 = DoubleVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = DoubleVector.fromArray(S, s, so + 3 * sRow + 2 * L);
            x33 = DoubleVector.fromArray(S, s, so + 3 * sRow + 3 * L);
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
    static void tile4x3(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        DoubleVector x00, x01, x02;
        DoubleVector x10, x11, x12;
        DoubleVector x20, x21, x22;
        DoubleVector x30, x31, x32;
        if (s == null) {
            x00 = x01 = x02 = DoubleVector.zero(S);
            x10 = x11 = x12 = DoubleVector.zero(S);
            x20 = x21 = x22 = DoubleVector.zero(S);
            x30 = x31 = x32 = DoubleVector.zero(S);
        } else {
            x00 = DoubleVector.fromArray(S, s, so);
            x01 = DoubleVector.fromArray(S, s, so + L);
            x02 = DoubleVector.fromArray(S, s, so + 2 * L);
            x10 = DoubleVector.fromArray(S, s, so + r1 * sRow);
            x11 = DoubleVector.fromArray(S, s, so + r1 * sRow + L);
            x12 = DoubleVector.fromArray(S, s, so + r1 * sRow + 2 * L);
            x20 = DoubleVector.fromArray(S, s, so + r2 * sRow);
            x21 = DoubleVector.fromArray(S, s, so + r2 * sRow + L);
            x22 = DoubleVector.fromArray(S, s, so + r2 * sRow + 2 * L);
            x30 = DoubleVector.fromArray(S, s, so + r3 * sRow);
            x31 = DoubleVector.fromArray(S, s, so + r3 * sRow + L);
            x32 = DoubleVector.fromArray(S, s, so + r3 * sRow + 2 * L);
        }
        int a1 = ao + r1 * aRow;
        int a2 = ao + r2 * aRow;
        int a3 = ao + r3 * aRow;
        for (int k = 0; k < inner; k++) {
            int ak = k * aStep;
            int bk = bo + k * bStep;
            DoubleVector y0 = DoubleVector.fromArray(S, b, bk);
            DoubleVector y1 = DoubleVector.fromArray(S, b, bk + L);
            DoubleVector y2 = DoubleVector.fromArray(S, b, bk + 2 * L);
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

    /** Eight rows by three vectors, of which the first {@code keep} columns stay as they are. */
    static void tile8x3(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int keep) {
        DoubleVector x00, x01, x02;
        DoubleVector x10, x11, x12;
        DoubleVector x20, x21, x22;
        DoubleVector x30, x31, x32;
        DoubleVector x40, x41, x42;
        DoubleVector x50, x51, x52;
        DoubleVector x60, x61, x62;
        DoubleVector x70, x71, x72;
        if (s == null) {
            x00 = x01 = x02 = DoubleVector.zero(S);
            x10 = x11 = x12 = DoubleVector.zero(S);
            x20 = x21 = x22 = DoubleVector.zero(S);
            x30 = x31 = x32 = DoubleVector.zero(S);
            x40 = x41 = x42 = DoubleVector.zero(S);
            x50 = x51 = x52 = DoubleVector.zero(S);
            x60 = x61 = x62 = DoubleVector.zero(S);
            x70 = x71 = x72 = DoubleVector.zero(S);
        } else {
            x00 = DoubleVector.fromArray(S, s, so);
            x01 = DoubleVector.fromArray(S, s, so + L);
            x02 = DoubleVector.fromArray(S, s, so + 2 * L);
            x10 = DoubleVector.fromArray(S, s, so + sRow);
            x11 = DoubleVector.fromArray(S, s, so + sRow + L);
            x12 = DoubleVector.fromArray(S, s, so + sRow + 2 * L);
            x20 = DoubleVector.fromArray(S, s, so + 2 * sRow);
            x21 = DoubleVector.fromArray(S, s, so + 2 * sRow + L);
            x22 = DoubleVector.fromArray(S, s, so + 2 * sRow + 2 * L);
            x30 = DoubleVector.fromArray(S, s, so + 3 * sRow);
            x31 = DoubleVector.fromArray(S, s, so + 3 * sRow + L);
            x32 = DoubleVector.fromArray(S, s, so + 3 * sRow + 2 * L);
            x40 = DoubleVector.fromArray(S, s, so + 4 * sRow);
            x41 = DoubleVector.fromArray(S, s, so + 4 * sRow + L);
            x42 = DoubleVector.fromArray(S, s, so + 4 * sRow + 2 * L);
            x50 = DoubleVector.fromArray(S, s, so + 5 * sRow);
            x51 = DoubleVector.fromArray(S, s, so + 5 * sRow + L);
            x52 = DoubleVector.fromArray(S, s, so + 5 * sRow + 2 * L);
            x60 = DoubleVector.fromArray(S, s, so + 6 * sRow);
            x61 = DoubleVector.fromArray(S, s, so + 6 * sRow + L);
            x62 = DoubleVector.fromArray(S, s, so + 6 * sRow + 2 * L);
            x70 = DoubleVector.fromArray(S, s, so + 7 * sRow);
            x71 = DoubleVector.fromArray(S, s, so + 7 * sRow + L);
            x72 = DoubleVector.fromArray(S, s, so + 7 * sRow + 2 * L);
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
            DoubleVector y2 = DoubleVector.fromArray(S, b, bk + 2 * L);
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
            DoubleVector z4 = DoubleVector.broadcast(S, a[a4 + ak]);
            x40 = z4.fma(y0, x40);
            x41 = z4.fma(y1, x41);
            x42 = z4.fma(y2, x42);
            DoubleVector z5 = DoubleVector.broadcast(S, a[a5 + ak]);
            x50 = z5.fma(y0, x50);
            x51 = z5.fma(y1, x51);
            x52 = z5.fma(y2, x52);
            DoubleVector z6 = DoubleVector.broadcast(S, a[a6 + ak]);
            x60 = z6.fma(y0, x60);
            x61 = z6.fma(y1, x61);
            x62 = z6.fma(y2, x62);
            DoubleVector z7 = DoubleVector.broadcast(S, a[a7 + ak]);
            x70 = z7.fma(y0, x70);
            x71 = z7.fma(y1, x71);
            x72 = z7.fma(y2, x72);
        }
        VectorMask<Double> taken = DoubleVector.fromArray(S, MatMulEdge64.LANES, 0).compare(VectorOperators.GE, keep);
        DoubleVector.fromArray(S, c, co).blend(x00, taken).intoArray(c, co);
        x01.intoArray(c, co + L);
        x02.intoArray(c, co + 2 * L);
        DoubleVector.fromArray(S, c, co + cRow).blend(x10, taken).intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        x12.intoArray(c, co + cRow + 2 * L);
        DoubleVector.fromArray(S, c, co + 2 * cRow).blend(x20, taken).intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        x22.intoArray(c, co + 2 * cRow + 2 * L);
        DoubleVector.fromArray(S, c, co + 3 * cRow).blend(x30, taken).intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        x32.intoArray(c, co + 3 * cRow + 2 * L);
        DoubleVector.fromArray(S, c, co + 4 * cRow).blend(x40, taken).intoArray(c, co + 4 * cRow);
        x41.intoArray(c, co + 4 * cRow + L);
        x42.intoArray(c, co + 4 * cRow + 2 * L);
        DoubleVector.fromArray(S, c, co + 5 * cRow).blend(x50, taken).intoArray(c, co + 5 * cRow);
        x51.intoArray(c, co + 5 * cRow + L);
        x52.intoArray(c, co + 5 * cRow + 2 * L);
        DoubleVector.fromArray(S, c, co + 6 * cRow).blend(x60, taken).intoArray(c, co + 6 * cRow);
        x61.intoArray(c, co + 6 * cRow + L);
        x62.intoArray(c, co + 6 * cRow + 2 * L);
        DoubleVector.fromArray(S, c, co + 7 * cRow).blend(x70, taken).intoArray(c, co + 7 * cRow);
        x71.intoArray(c, co + 7 * cRow + L);
        x72.intoArray(c, co + 7 * cRow + 2 * L);
    }

    /** Eight rows by two vectors, of which the first {@code keep} columns stay as they are. */
    static void tile8x2(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, double[] s, int so, int sRow,
            double[] c, int co, int cRow, int keep) {
        DoubleVector x00, x01;
        DoubleVector x10, x11;
        DoubleVector x20, x21;
        DoubleVector x30, x31;
        DoubleVector x40, x41;
        DoubleVector x50, x51;
        DoubleVector x60, x61;
        DoubleVector x70, x71;
        if (s == null) {
            x00 = x01 = DoubleVector.zero(S);
            x10 = x11 = DoubleVector.zero(S);
            x20 = x21 = DoubleVector.zero(S);
            x30 = x31 = DoubleVector.zero(S);
            x40 = x41 = DoubleVector.zero(S);
            x50 = x51 = DoubleVector.zero(S);
            x60 = x61 = DoubleVector.zero(S);
            x70 = x71 = DoubleVector.zero(S);
        } else {
            x00 = DoubleVector.fromArray(S, s, so);
            x01 = DoubleVector.fromArray(S, s, so + L);
            x10 = DoubleVector.fromArray(S, s, so + sRow);
            x11 = DoubleVector.fromArray(S, s, so + sRow + L);
            x20 = DoubleVector.fromArray(S, s, so + 2 * sRow);
            x21 = DoubleVector.fromArray(S, s, so + 2 * sRow + L);
            x30 = DoubleVector.fromArray(S, s, so + 3 * sRow);
            x31 = DoubleVector.fromArray(S, s, so + 3 * sRow + L);
            x40 = DoubleVector.fromArray(S, s, so + 4 * sRow);
            x41 = DoubleVector.fromArray(S, s, so + 4 * sRow + L);
            x50 = DoubleVector.fromArray(S, s, so + 5 * sRow);
            x51 = DoubleVector.fromArray(S, s, so + 5 * sRow + L);
            x60 = DoubleVector.fromArray(S, s, so + 6 * sRow);
            x61 = DoubleVector.fromArray(S, s, so + 6 * sRow + L);
            x70 = DoubleVector.fromArray(S, s, so + 7 * sRow);
            x71 = DoubleVector.fromArray(S, s, so + 7 * sRow + L);
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
        VectorMask<Double> taken = DoubleVector.fromArray(S, MatMulEdge64.LANES, 0).compare(VectorOperators.GE, keep);
        DoubleVector.fromArray(S, c, co).blend(x00, taken).intoArray(c, co);
        x01.intoArray(c, co + L);
        DoubleVector.fromArray(S, c, co + cRow).blend(x10, taken).intoArray(c, co + cRow);
        x11.intoArray(c, co + cRow + L);
        DoubleVector.fromArray(S, c, co + 2 * cRow).blend(x20, taken).intoArray(c, co + 2 * cRow);
        x21.intoArray(c, co + 2 * cRow + L);
        DoubleVector.fromArray(S, c, co + 3 * cRow).blend(x30, taken).intoArray(c, co + 3 * cRow);
        x31.intoArray(c, co + 3 * cRow + L);
        DoubleVector.fromArray(S, c, co + 4 * cRow).blend(x40, taken).intoArray(c, co + 4 * cRow);
        x41.intoArray(c, co + 4 * cRow + L);
        DoubleVector.fromArray(S, c, co + 5 * cRow).blend(x50, taken).intoArray(c, co + 5 * cRow);
        x51.intoArray(c, co + 5 * cRow + L);
        DoubleVector.fromArray(S, c, co + 6 * cRow).blend(x60, taken).intoArray(c, co + 6 * cRow);
        x61.intoArray(c, co + 6 * cRow + L);
        DoubleVector.fromArray(S, c, co + 7 * cRow).blend(x70, taken).intoArray(c, co + 7 * cRow);
        x71.intoArray(c, co + 7 * cRow + L);
    }

    /** Eight rows by one vector, the rows of {@code a} contiguous and those of {@code b} a vector long: a tile so narrow has no time to find them. */
    static void tile8x1(int inner, double[] a, int ao, int aRow, double[] b, int bo, double[] s, int so, int sRow, double[] c, int co, int cRow) {
        DoubleVector x00;
        DoubleVector x10;
        DoubleVector x20;
        DoubleVector x30;
        DoubleVector x40;
        DoubleVector x50;
        DoubleVector x60;
        DoubleVector x70;
        if (s == null) {
            x00 = DoubleVector.zero(S);
            x10 = DoubleVector.zero(S);
            x20 = DoubleVector.zero(S);
            x30 = DoubleVector.zero(S);
            x40 = DoubleVector.zero(S);
            x50 = DoubleVector.zero(S);
            x60 = DoubleVector.zero(S);
            x70 = DoubleVector.zero(S);
        } else {
            x00 = DoubleVector.fromArray(S, s, so);
            x10 = DoubleVector.fromArray(S, s, so + sRow);
            x20 = DoubleVector.fromArray(S, s, so + 2 * sRow);
            x30 = DoubleVector.fromArray(S, s, so + 3 * sRow);
            x40 = DoubleVector.fromArray(S, s, so + 4 * sRow);
            x50 = DoubleVector.fromArray(S, s, so + 5 * sRow);
            x60 = DoubleVector.fromArray(S, s, so + 6 * sRow);
            x70 = DoubleVector.fromArray(S, s, so + 7 * sRow);
        }
        int a1 = ao + aRow;
        int a2 = ao + 2 * aRow;
        int a3 = ao + 3 * aRow;
        int a4 = ao + 4 * aRow;
        int a5 = ao + 5 * aRow;
        int a6 = ao + 6 * aRow;
        int a7 = ao + 7 * aRow;
        for (int k = 0; k < inner; k++) {
            DoubleVector y0 = DoubleVector.fromArray(S, b, bo + k * L);
            DoubleVector z0 = DoubleVector.broadcast(S, a[ao + k]);
            x00 = z0.fma(y0, x00);
            DoubleVector z1 = DoubleVector.broadcast(S, a[a1 + k]);
            x10 = z1.fma(y0, x10);
            DoubleVector z2 = DoubleVector.broadcast(S, a[a2 + k]);
            x20 = z2.fma(y0, x20);
            DoubleVector z3 = DoubleVector.broadcast(S, a[a3 + k]);
            x30 = z3.fma(y0, x30);
            DoubleVector z4 = DoubleVector.broadcast(S, a[a4 + k]);
            x40 = z4.fma(y0, x40);
            DoubleVector z5 = DoubleVector.broadcast(S, a[a5 + k]);
            x50 = z5.fma(y0, x50);
            DoubleVector z6 = DoubleVector.broadcast(S, a[a6 + k]);
            x60 = z6.fma(y0, x60);
            DoubleVector z7 = DoubleVector.broadcast(S, a[a7 + k]);
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
     * One row by four vectors, the second to fourth at {@code c1} to {@code c3} from the first in {@code b}, {@code s} and {@code c}; they may
     * overlap, since all is loaded before any is stored.
     */
    static void row1x4(int inner, double[] a, int ao, int aStep, double[] b, int bo, int bStep, double[] s, int so, double[] c, int co,
            int c1, int c2, int c3) {
        DoubleVector x00, x01, x02, x03;
        if (s == null) {
            x00 = x01 = x02 = x03 = DoubleVector.zero(S);
        } else {
            x00 = DoubleVector.fromArray(S, s, so);
            x01 = DoubleVector.fromArray(S, s, so + c1);
            x02 = DoubleVector.fromArray(S, s, so + c2);
            x03 = DoubleVector.fromArray(S, s, so + c3);
        }
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
