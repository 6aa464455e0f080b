package intarsia.linalg.simd;

import intarsia.linalg.heap.Loops64;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four rows at a time against a vector: their dot products with it, or their sum by its weights, or both ({@link Loops64#rowDots}). The
 * lanes of a dot product lie in two vectors of a row at a time; narrow vectors take several passes over the four rows.
 */
final class VectorRows64 {
    private static final VectorSpecies<Double> S = Width.F64;
    private static final int L = S.length();
    private static final int LANES = Loops64.ROW_LANES;
    private static final int VECTORS = Math.min(2, LANES / L);

    private VectorRows64() {}

    static void dots(int n, double[] a, int a0, int step, double[] x, int xo, double[] dots, int to, double[] lanes) {
        for (int lane = 0; lane < LANES; lane += VECTORS * L) {
            dotLanes(n - lane, a, a0 + lane, step, x, xo + lane, lanes, lane);
        }
        fold(lanes, dots, to);
    }

    static void dotsAndAdd(int n, double[] a, int a0, int step, double[] x, int xo, double[] dots, int to, double[] w, int wo, double[] sum,
            int so, double[] lanes) {
        for (int lane = 0; lane < LANES; lane += VECTORS * L) {
            both(n - lane, a, a0 + lane, step, x, xo + lane, w, wo, sum, so + lane, lanes, lane);
        }
        fold(lanes, dots, to);
    }

    static void add(int n, double[] a, int a0, int step, double[] w, int wo, double[] sum, int so) {
        int a1 = a0 + step;
        int a2 = a1 + step;
        int a3 = a2 + step;
        DoubleVector w0 = DoubleVector.broadcast(S, w[wo]);
        DoubleVector w1 = DoubleVector.broadcast(S, w[wo + 1]);
        DoubleVector w2 = DoubleVector.broadcast(S, w[wo + 2]);
        DoubleVector w3 = DoubleVector.broadcast(S, w[wo + 3]);
        for (int j = 0; j < n; j += VECTORS * L) {
            DoubleVector y = DoubleVector.fromArray(S, a, a0 + j).fma(w0, DoubleVector.fromArray(S, sum, so + j));
            y = DoubleVector.fromArray(S, a, a1 + j).fma(w1, y);
            y = DoubleVector.fromArray(S, a, a2 + j).fma(w2, y);
            y = DoubleVector.fromArray(S, a, a3 + j).fma(w3, y);
            y.intoArray(sum, so + j);
            if (VECTORS > 1) {
                DoubleVector z = DoubleVector.fromArray(S, a, a0 + j + L).fma(w0, DoubleVector.fromArray(S, sum, so + j + L));
                z = DoubleVector.fromArray(S, a, a1 + j + L).fma(w1, z);
                z = DoubleVector.fromArray(S, a, a2 + j + L).fma(w2, z);
                z = DoubleVector.fromArray(S, a, a3 + j + L).fma(w3, z);
                z.intoArray(sum, so + j + L);
            }
        }
    }

    private static void dotLanes(int n, double[] a, int a0, int step, double[] x, int xo, double[] lanes, int lane) {
        int a1 = a0 + step;
        int a2 = a1 + step;
        int a3 = a2 + step;
        DoubleVector zero = DoubleVector.zero(S);
        DoubleVector s0a = zero;
        DoubleVector s0b = zero;
        DoubleVector s1a = zero;
        DoubleVector s1b = zero;
        DoubleVector s2a = zero;
        DoubleVector s2b = zero;
        DoubleVector s3a = zero;
        DoubleVector s3b = zero;
        for (int j = 0; j < n; j += LANES) {
            DoubleVector y = DoubleVector.fromArray(S, x, xo + j);
            s0a = DoubleVector.fromArray(S, a, a0 + j).fma(y, s0a);
            s1a = DoubleVector.fromArray(S, a, a1 + j).fma(y, s1a);
            s2a = DoubleVector.fromArray(S, a, a2 + j).fma(y, s2a);
            s3a = DoubleVector.fromArray(S, a, a3 + j).fma(y, s3a);
            if (VECTORS > 1) {
                DoubleVector z = DoubleVector.fromArray(S, x, xo + j + L);
                s0b = DoubleVector.fromArray(S, a, a0 + j + L).fma(z, s0b);
                s1b = DoubleVector.fromArray(S, a, a1 + j + L).fma(z, s1b);
                s2b = DoubleVector.fromArray(S, a, a2 + j + L).fma(z, s2b);
                s3b = DoubleVector.fromArray(S, a, a3 + j + L).fma(z, s3b);
            }
        }
        if (2 * L == LANES) {
            s0a.add(s0b).intoArray(lanes, 0);
            s1a.add(s1b).intoArray(lanes, LANES);
            s2a.add(s2b).intoArray(lanes, 2 * LANES);
            s3a.add(s3b).intoArray(lanes, 3 * LANES);
        } else {
            s0a.intoArray(lanes, lane);
            s1a.intoArray(lanes, LANES + lane);
            s2a.intoArray(lanes, 2 * LANES + lane);
            s3a.intoArray(lanes, 3 * LANES + lane);
            if (VECTORS > 1) {
                s0b.intoArray(lanes, lane + L);
                s1b.intoArray(lanes, LANES + lane + L);
                s2b.intoArray(lanes, 2 * LANES + lane + L);
                s3b.intoArray(lanes, 3 * LANES + lane + L);
            }
        }
    }

    private static void both(int n, double[] a, int a0, int step, double[] x, int xo, double[] w, int wo, double[] sum, int so,
            double[] lanes, int lane) {
        int a1 = a0 + step;
        int a2 = a1 + step;
        int a3 = a2 + step;
        DoubleVector w0 = DoubleVector.broadcast(S, w[wo]);
        DoubleVector w1 = DoubleVector.broadcast(S, w[wo + 1]);
        DoubleVector w2 = DoubleVector.broadcast(S, w[wo + 2]);
        DoubleVector w3 = DoubleVector.broadcast(S, w[wo + 3]);
        DoubleVector zero = DoubleVector.zero(S);
        DoubleVector s0a = zero;
        DoubleVector s0b = zero;
        DoubleVector s1a = zero;
        DoubleVector s1b = zero;
        DoubleVector s2a = zero;
        DoubleVector s2b = zero;
        DoubleVector s3a = zero;
        DoubleVector s3b = zero;
        for (int j = 0; j < n; j += LANES) {
            DoubleVector y = DoubleVector.fromArray(S, x, xo + j);
            DoubleVector t = DoubleVector.fromArray(S, sum, so + j);
            DoubleVector p0 = DoubleVector.fromArray(S, a, a0 + j);
            s0a = p0.fma(y, s0a);
            t = p0.fma(w0, t);
            DoubleVector p1 = DoubleVector.fromArray(S, a, a1 + j);
            s1a = p1.fma(y, s1a);
            t = p1.fma(w1, t);
            DoubleVector p2 = DoubleVector.fromArray(S, a, a2 + j);
            s2a = p2.fma(y, s2a);
            t = p2.fma(w2, t);
            DoubleVector p3 = DoubleVector.fromArray(S, a, a3 + j);
            s3a = p3.fma(y, s3a);
            t = p3.fma(w3, t);
            t.intoArray(sum, so + j);
            if (VECTORS > 1) {
                DoubleVector z = DoubleVector.fromArray(S, x, xo + j + L);
                DoubleVector u = DoubleVector.fromArray(S, sum, so + j + L);
                DoubleVector q0 = DoubleVector.fromArray(S, a, a0 + j + L);
                s0b = q0.fma(z, s0b);
                u = q0.fma(w0, u);
                DoubleVector q1 = DoubleVector.fromArray(S, a, a1 + j + L);
                s1b = q1.fma(z, s1b);
                u = q1.fma(w1, u);
                DoubleVector q2 = DoubleVector.fromArray(S, a, a2 + j + L);
                s2b = q2.fma(z, s2b);
                u = q2.fma(w2, u);
                DoubleVector q3 = DoubleVector.fromArray(S, a, a3 + j + L);
                s3b = q3.fma(z, s3b);
                u = q3.fma(w3, u);
                u.intoArray(sum, so + j + L);
            }
        }
        if (2 * L == LANES) {
            s0a.add(s0b).intoArray(lanes, 0);
            s1a.add(s1b).intoArray(lanes, LANES);
            s2a.add(s2b).intoArray(lanes, 2 * LANES);
            s3a.add(s3b).intoArray(lanes, 3 * LANES);
        } else {
            s0a.intoArray(lanes, lane);
            s1a.intoArray(lanes, LANES + lane);
            s2a.intoArray(lanes, 2 * LANES + lane);
            s3a.intoArray(lanes, 3 * LANES + lane);
            if (VECTORS > 1) {
                s0b.intoArray(lanes, lane + L);
                s1b.intoArray(lanes, LANES + lane + L);
                s2b.intoArray(lanes, 2 * LANES + lane + L);
                s3b.intoArray(lanes, 3 * LANES + lane + L);
            }
        }
    }

    /** Adds up the lanes of each row, those of whole vectors first where two vectors have them all. */
    private static void fold(double[] lanes, double[] dots, int to) {
        for (int r = 0; r < 4; r++) {
            int at = r * LANES;
            for (int half = 2 * L == LANES ? L / 2 : LANES / 2; half > 0; half /= 2) {
                for (int i = 0; i < half; i++) {
                    lanes[at + i] += lanes[at + i + half];
                }
            }
            dots[to + r] += lanes[at];
        }
    }
}
