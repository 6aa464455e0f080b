// Generated from VectorMaps64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The short functions of {@link intarsia.linalg.Unary} over ranges; {@link VectorElementary32} has the others. One method each, so that it
 * is compiled soon; n is a multiple of the width.
 */
final class VectorMaps32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();

    private VectorMaps32() {}


    static void negate(float[] x, int xo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector.fromArray(S, x, xo + i).neg().intoArray(out, oo + i);
        }
    }

    static void abs(float[] x, int xo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector.fromArray(S, x, xo + i).abs().intoArray(out, oo + i);
        }
    }

    static void sign(float[] x, int xo, float[] out, int oo, int n) {
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            FloatVector orNaN = FloatVector.broadcast(S, Float.NaN).blend(zero, v.compare(VectorOperators.EQ, zero));
            orNaN.blend(1, v.compare(VectorOperators.GT, zero)).blend(-1, v.compare(VectorOperators.LT, zero)).intoArray(out, oo + i);
        }
    }

    static void step(float[] x, int xo, float[] out, int oo, int n) {
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < n; i += L) {
            zero.blend(1, FloatVector.fromArray(S, x, xo + i).compare(VectorOperators.GT, zero)).intoArray(out, oo + i);
        }
    }

    static void square(float[] x, int xo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.mul(v).intoArray(out, oo + i);
        }
    }

    static void sqrt(float[] x, int xo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector.fromArray(S, x, xo + i).sqrt().intoArray(out, oo + i);
        }
    }

    static void reciprocal(float[] x, int xo, float[] out, int oo, int n) {
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int i = 0; i < n; i += L) {
            one.div(FloatVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
        }
    }

    /** Numbers of at most 0 become 0, also -0; NaN stays. */
    static void relu(float[] x, int xo, float[] out, int oo, int n) {
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.blend(zero, v.compare(VectorOperators.LE, zero)).intoArray(out, oo + i);
        }
    }

    static void affine(float scale, float shift, float[] x, int xo, float[] out, int oo, int n) {
        FloatVector times = FloatVector.broadcast(S, scale);
        FloatVector plus = FloatVector.broadcast(S, shift);
        for (int i = 0; i < n; i += L) {
            FloatVector.fromArray(S, x, xo + i).fma(times, plus).intoArray(out, oo + i);
        }
    }
}
