package intarsia.linalg.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Forward substitution, {@link intarsia.linalg.heap.Loops64#substitute}: four rows of two vectors at a time. */
final class VectorSubstitution64 {
    private static final VectorSpecies<Double> S = Width.F64;
    private static final int L = S.length();

    private VectorSubstitution64() {}

    static void run(int first, int order, double[] l, int lo, int lStep, double[] x, int xo, int xStep, int n) {
        for (int j = 0; j < n; j += 2 * L) {
            for (int i = first; i < order; i += 4) {
                four(i, l, lo + i * lStep, lStep, x, xo + j, xStep);
            }
        }
    }

    /** Rows i to i + 3: adds those before them, then one to the other. */
    private static void four(int i, double[] l, int l0, int lStep, double[] x, int xo, int xStep) {
        int l1 = l0 + lStep;
        int l2 = l1 + lStep;
        int l3 = l2 + lStep;
        int x0 = xo + i * xStep;
        int x1 = x0 + xStep;
        int x2 = x1 + xStep;
        int x3 = x2 + xStep;
        DoubleVector a0 = DoubleVector.fromArray(S, x, x0);
        DoubleVector b0 = DoubleVector.fromArray(S, x, x0 + L);
        DoubleVector a1 = DoubleVector.fromArray(S, x, x1);
        DoubleVector b1 = DoubleVector.fromArray(S, x, x1 + L);
        DoubleVector a2 = DoubleVector.fromArray(S, x, x2);
        DoubleVector b2 = DoubleVector.fromArray(S, x, x2 + L);
        DoubleVector a3 = DoubleVector.fromArray(S, x, x3);
        DoubleVector b3 = DoubleVector.fromArray(S, x, x3 + L);
        for (int k = 0; k < i; k++) {
            int at = xo + k * xStep;
            DoubleVector y = DoubleVector.fromArray(S, x, at);
            DoubleVector z = DoubleVector.fromArray(S, x, at + L);
            DoubleVector c0 = DoubleVector.broadcast(S, l[l0 + k]);
            a0 = c0.fma(y, a0);
            b0 = c0.fma(z, b0);
            DoubleVector c1 = DoubleVector.broadcast(S, l[l1 + k]);
            a1 = c1.fma(y, a1);
            b1 = c1.fma(z, b1);
            DoubleVector c2 = DoubleVector.broadcast(S, l[l2 + k]);
            a2 = c2.fma(y, a2);
            b2 = c2.fma(z, b2);
            DoubleVector c3 = DoubleVector.broadcast(S, l[l3 + k]);
            a3 = c3.fma(y, a3);
            b3 = c3.fma(z, b3);
        }
        DoubleVector c = DoubleVector.broadcast(S, -l[l0 + i]);
        a0 = a0.div(c);
        b0 = b0.div(c);
        a0.intoArray(x, x0);
        b0.intoArray(x, x0 + L);
        c = DoubleVector.broadcast(S, l[l1 + i]);
        a1 = c.fma(a0, a1);
        b1 = c.fma(b0, b1);
        c = DoubleVector.broadcast(S, -l[l1 + i + 1]);
        a1 = a1.div(c);
        b1 = b1.div(c);
        a1.intoArray(x, x1);
        b1.intoArray(x, x1 + L);
        c = DoubleVector.broadcast(S, l[l2 + i]);
        a2 = c.fma(a0, a2);
        b2 = c.fma(b0, b2);
        c = DoubleVector.broadcast(S, l[l2 + i + 1]);
        a2 = c.fma(a1, a2);
        b2 = c.fma(b1, b2);
        c = DoubleVector.broadcast(S, -l[l2 + i + 2]);
        a2 = a2.div(c);
        b2 = b2.div(c);
        a2.intoArray(x, x2);
        b2.intoArray(x, x2 + L);
        c = DoubleVector.broadcast(S, l[l3 + i]);
        a3 = c.fma(a0, a3);
        b3 = c.fma(b0, b3);
        c = DoubleVector.broadcast(S, l[l3 + i + 1]);
        a3 = c.fma(a1, a3);
        b3 = c.fma(b1, b3);
        c = DoubleVector.broadcast(S, l[l3 + i + 2]);
        a3 = c.fma(a2, a3);
        b3 = c.fma(b2, b3);
        c = DoubleVector.broadcast(S, -l[l3 + i + 3]);
        a3.div(c).intoArray(x, x3);
        b3.div(c).intoArray(x, x3 + L);
    }
}
