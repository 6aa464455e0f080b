// Generated from VectorSums64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import intarsia.linalg.Kernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums in {@link Kernels#LANES} logical lanes, which lie in 2 to 8 vectors at a time, by the width; the narrowest takes two passes. Lane
 * reductions of the Vector API are not used: they leave the order of the additions open.
 *
 * <p>Numbers are added to what has just been loaded, not the other way round: the compiler knows the class of that, but not always of a
 * variable that a loop carries along, and boxes where it does not.
 */
final class VectorSums32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();
    private static final int VECTORS = Math.min(8, Kernels.LANES / L);

    private VectorSums32() {}

    static float sum(float[] x, int xo, int n, float[] lanes) {
        int whole = n - n % Kernels.LANES;
        if (whole == 0) {
            Arrays.fill(lanes, 0);
        } else {
            for (int lane = 0; lane < Kernels.LANES; lane += VECTORS * L) {
                sumLanes(x, xo + lane, whole, lanes, lane);
            }
        }
        for (int i = whole; i < n; i++) {
            lanes[i - whole] += x[xo + i];
        }
        return fold(lanes);
    }

    static float dot(float[] x, int xo, float[] y, int yo, int n, float[] lanes) {
        int whole = n - n % Kernels.LANES;
        if (whole == 0) {
            Arrays.fill(lanes, 0);
        } else {
            for (int lane = 0; lane < Kernels.LANES; lane += VECTORS * L) {
                dotLanes(x, xo + lane, y, yo + lane, whole, lanes, lane);
            }
        }
        for (int i = whole; i < n; i++) {
            lanes[i - whole] = Math.fma(x[xo + i], y[yo + i], lanes[i - whole]);
        }
        return fold(lanes);
    }

    /** Adds rows to n numbers of {@code out}, one row after the other; n is a multiple of the width. */
    static void addRows(float[] x, int xo, int stride, int rows, float[] out, int oo, int n) {
        int j = 0;
        for (; j + 4 * L <= n; j += 4 * L) {
            addFour(x, xo + j, stride, rows, out, oo + j);
        }
        for (; j < n; j += L) {
            addOne(x, xo + j, stride, rows, out, oo + j);
        }
    }

    private static void addFour(float[] x, int xo, int stride, int rows, float[] out, int oo) {
        FloatVector s0 = FloatVector.fromArray(S, out, oo);
        FloatVector s1 = FloatVector.fromArray(S, out, oo + L);
        FloatVector s2 = FloatVector.fromArray(S, out, oo + 2 * L);
        FloatVector s3 = FloatVector.fromArray(S, out, oo + 3 * L);
        for (int i = 0; i < rows; i++) {
            int row = xo + i * stride;
            s0 = FloatVector.fromArray(S, x, row).add(s0);
            s1 = FloatVector.fromArray(S, x, row + L).add(s1);
            s2 = FloatVector.fromArray(S, x, row + 2 * L).add(s2);
            s3 = FloatVector.fromArray(S, x, row + 3 * L).add(s3);
        }
        s0.intoArray(out, oo);
        s1.intoArray(out, oo + L);
        s2.intoArray(out, oo + 2 * L);
        s3.intoArray(out, oo + 3 * L);
    }

    private static void addOne(float[] x, int xo, int stride, int rows, float[] out, int oo) {
        FloatVector sum = FloatVector.fromArray(S, out, oo);
        for (int i = 0; i < rows; i++) {
            sum = FloatVector.fromArray(S, x, xo + i * stride).add(sum);
        }
        sum.intoArray(out, oo);
    }

    private static float fold(float[] lanes) {
        for (int half = Kernels.LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    // The conditions on VECTORS are constant and cost nothing. Vectors are not handed on to another method, which the compiler would box
    // them for whenever it does not inline that.

    private static void sumLanes(float[] x, int xo, int n, float[] out, int oo) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector s0 = zero;
        FloatVector s1 = zero;
        FloatVector s2 = zero;
        FloatVector s3 = zero;
        FloatVector s4 = zero;
        FloatVector s5 = zero;
        FloatVector s6 = zero;
        FloatVector s7 = zero;
        for (int i = xo; i < xo + n; i += Kernels.LANES) {
            s0 = FloatVector.fromArray(S, x, i).add(s0);
            s1 = FloatVector.fromArray(S, x, i + L).add(s1);
            if (VECTORS > 2) {
                s2 = FloatVector.fromArray(S, x, i + 2 * L).add(s2);
                s3 = FloatVector.fromArray(S, x, i + 3 * L).add(s3);
            }
            if (VECTORS > 4) {
                s4 = FloatVector.fromArray(S, x, i + 4 * L).add(s4);
                s5 = FloatVector.fromArray(S, x, i + 5 * L).add(s5);
                s6 = FloatVector.fromArray(S, x, i + 6 * L).add(s6);
                s7 = FloatVector.fromArray(S, x, i + 7 * L).add(s7);
            }
        }
        s0.intoArray(out, oo);
        s1.intoArray(out, oo + L);
        if (VECTORS > 2) {
            s2.intoArray(out, oo + 2 * L);
            s3.intoArray(out, oo + 3 * L);
        }
        if (VECTORS > 4) {
            s4.intoArray(out, oo + 4 * L);
            s5.intoArray(out, oo + 5 * L);
            s6.intoArray(out, oo + 6 * L);
            s7.intoArray(out, oo + 7 * L);
        }
    }

    private static void dotLanes(float[] x, int xo, float[] y, int yo, int n, float[] out, int oo) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector s0 = zero;
        FloatVector s1 = zero;
        FloatVector s2 = zero;
        FloatVector s3 = zero;
        FloatVector s4 = zero;
        FloatVector s5 = zero;
        FloatVector s6 = zero;
        FloatVector s7 = zero;
        for (int i = 0; i < n; i += Kernels.LANES) {
            s0 = FloatVector.fromArray(S, x, xo + i).fma(FloatVector.fromArray(S, y, yo + i), s0);
            s1 = FloatVector.fromArray(S, x, xo + i + L).fma(FloatVector.fromArray(S, y, yo + i + L), s1);
            if (VECTORS > 2) {
                s2 = FloatVector.fromArray(S, x, xo + i + 2 * L).fma(FloatVector.fromArray(S, y, yo + i + 2 * L), s2);
                s3 = FloatVector.fromArray(S, x, xo + i + 3 * L).fma(FloatVector.fromArray(S, y, yo + i + 3 * L), s3);
            }
            if (VECTORS > 4) {
                s4 = FloatVector.fromArray(S, x, xo + i + 4 * L).fma(FloatVector.fromArray(S, y, yo + i + 4 * L), s4);
                s5 = FloatVector.fromArray(S, x, xo + i + 5 * L).fma(FloatVector.fromArray(S, y, yo + i + 5 * L), s5);
                s6 = FloatVector.fromArray(S, x, xo + i + 6 * L).fma(FloatVector.fromArray(S, y, yo + i + 6 * L), s6);
                s7 = FloatVector.fromArray(S, x, xo + i + 7 * L).fma(FloatVector.fromArray(S, y, yo + i + 7 * L), s7);
            }
        }
        s0.intoArray(out, oo);
        s1.intoArray(out, oo + L);
        if (VECTORS > 2) {
            s2.intoArray(out, oo + 2 * L);
            s3.intoArray(out, oo + 3 * L);
        }
        if (VECTORS > 4) {
            s4.intoArray(out, oo + 4 * L);
            s5.intoArray(out, oo + 5 * L);
            s6.intoArray(out, oo + 6 * L);
            s7.intoArray(out, oo + 7 * L);
        }
    }
}
