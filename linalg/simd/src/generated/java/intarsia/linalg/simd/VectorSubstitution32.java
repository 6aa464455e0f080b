// Generated from VectorSubstitution64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Forward substitution, {@link intarsia.linalg.heap.Loops32#substitute}: four rows of two vectors at a time. */
final class VectorSubstitution32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();

    private VectorSubstitution32() {}

    static void run(int first, int order, float[] l, int lo, int lStep, float[] x, int xo, int xStep, int n) {
        for (int j = 0; j < n; j += 2 * L) {
            for (int i = first; i < order; i += 4) {
                four(i, l, lo + i * lStep, lStep, x, xo + j, xStep);
            }
        }
    }

    /** Rows i to i + 3: adds those before them, then one to the other. */
    private static void four(int i, float[] l, int l0, int lStep, float[] x, int xo, int xStep) {
        int l1 = l0 + lStep;
        int l2 = l1 + lStep;
        int l3 = l2 + lStep;
        int x0 = xo + i * xStep;
        int x1 = x0 + xStep;
        int x2 = x1 + xStep;
        int x3 = x2 + xStep;
        FloatVector a0 = FloatVector.fromArray(S, x, x0);
        FloatVector b0 = FloatVector.fromArray(S, x, x0 + L);
        FloatVector a1 = FloatVector.fromArray(S, x, x1);
        FloatVector b1 = FloatVector.fromArray(S, x, x1 + L);
        FloatVector a2 = FloatVector.fromArray(S, x, x2);
        FloatVector b2 = FloatVector.fromArray(S, x, x2 + L);
        FloatVector a3 = FloatVector.fromArray(S, x, x3);
        FloatVector b3 = FloatVector.fromArray(S, x, x3 + L);
        for (int k = 0; k < i; k++) {
            int at = xo + k * xStep;
            FloatVector y = FloatVector.fromArray(S, x, at);
            FloatVector z = FloatVector.fromArray(S, x, at + L);
            FloatVector c0 = FloatVector.broadcast(S, l[l0 + k]);
            a0 = c0.fma(y, a0);
            b0 = c0.fma(z, b0);
            FloatVector c1 = FloatVector.broadcast(S, l[l1 + k]);
            a1 = c1.fma(y, a1);
            b1 = c1.fma(z, b1);
            FloatVector c2 = FloatVector.broadcast(S, l[l2 + k]);
            a2 = c2.fma(y, a2);
            b2 = c2.fma(z, b2);
            FloatVector c3 = FloatVector.broadcast(S, l[l3 + k]);
            a3 = c3.fma(y, a3);
            b3 = c3.fma(z, b3);
        }
        FloatVector c = FloatVector.broadcast(S, -l[l0 + i]);
        a0 = a0.div(c);
        b0 = b0.div(c);
        a0.intoArray(x, x0);
        b0.intoArray(x, x0 + L);
        c = FloatVector.broadcast(S, l[l1 + i]);
        a1 = c.fma(a0, a1);
        b1 = c.fma(b0, b1);
        c = FloatVector.broadcast(S, -l[l1 + i + 1]);
        a1 = a1.div(c);
        b1 = b1.div(c);
        a1.intoArray(x, x1);
        b1.intoArray(x, x1 + L);
        c = FloatVector.broadcast(S, l[l2 + i]);
        a2 = c.fma(a0, a2);
        b2 = c.fma(b0, b2);
        c = FloatVector.broadcast(S, l[l2 + i + 1]);
        a2 = c.fma(a1, a2);
        b2 = c.fma(b1, b2);
        c = FloatVector.broadcast(S, -l[l2 + i + 2]);
        a2 = a2.div(c);
        b2 = b2.div(c);
        a2.intoArray(x, x2);
        b2.intoArray(x, x2 + L);
        c = FloatVector.broadcast(S, l[l3 + i]);
        a3 = c.fma(a0, a3);
        b3 = c.fma(b0, b3);
        c = FloatVector.broadcast(S, l[l3 + i + 1]);
        a3 = c.fma(a1, a3);
        b3 = c.fma(b1, b3);
        c = FloatVector.broadcast(S, l[l3 + i + 2]);
        a3 = c.fma(a2, a3);
        b3 = c.fma(b2, b3);
        c = FloatVector.broadcast(S, -l[l3 + i + 3]);
        a3.div(c).intoArray(x, x3);
        b3.div(c).intoArray(x, x3 + L);
    }
}
