// Generated from VectorZips64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link intarsia.linalg.Binary} over ranges. One short method each, so that it is compiled soon; n is a multiple of the
 * width.
 */
final class VectorZips32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();

    private VectorZips32() {}


    static void add(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector.fromArray(S, x, xo + i).add(FloatVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void subtract(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector.fromArray(S, x, xo + i).sub(FloatVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void multiply(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector.fromArray(S, x, xo + i).mul(FloatVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void divide(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector.fromArray(S, x, xo + i).div(FloatVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void max(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector.fromArray(S, x, xo + i).max(FloatVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void min(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector.fromArray(S, x, xo + i).min(FloatVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void atLeast(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            zero.blend(1, v.compare(VectorOperators.GE, FloatVector.fromArray(S, y, yo + i))).intoArray(out, oo + i);
        }
    }
}
