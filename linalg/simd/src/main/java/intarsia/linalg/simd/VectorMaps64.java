package intarsia.linalg.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The short functions of {@link intarsia.linalg.Unary} over ranges; {@link VectorElementary64} has the others. One method each, so that it
 * is compiled soon; n is a multiple of the width.
 */
final class VectorMaps64 {
    private static final VectorSpecies<Double> S = Width.F64;
    private static final int L = S.length();

    private VectorMaps64() {}


    static void negate(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xo + i).neg().intoArray(out, oo + i);
        }
    }

    static void abs(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xo + i).abs().intoArray(out, oo + i);
        }
    }

    static void sign(double[] x, int xo, double[] out, int oo, int n) {
        DoubleVector zero = DoubleVector.zero(S);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
            DoubleVector orNaN = DoubleVector.broadcast(S, Double.NaN).blend(zero, v.compare(VectorOperators.EQ, zero));
            orNaN.blend(1, v.compare(VectorOperators.GT, zero)).blend(-1, v.compare(VectorOperators.LT, zero)).intoArray(out, oo + i);
        }
    }

    static void step(double[] x, int xo, double[] out, int oo, int n) {
        DoubleVector zero = DoubleVector.zero(S);
        for (int i = 0; i < n; i += L) {
            zero.blend(1, DoubleVector.fromArray(S, x, xo + i).compare(VectorOperators.GT, zero)).intoArray(out, oo + i);
        }
    }

    static void square(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
            v.mul(v).intoArray(out, oo + i);
        }
    }

    static void sqrt(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xo + i).sqrt().intoArray(out, oo + i);
        }
    }

    static void reciprocal(double[] x, int xo, double[] out, int oo, int n) {
        DoubleVector one = DoubleVector.broadcast(S, 1);
        for (int i = 0; i < n; i += L) {
            one.div(DoubleVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
        }
    }

    /** Numbers of at most 0 become 0, also -0; NaN stays. */
    static void relu(double[] x, int xo, double[] out, int oo, int n) {
        DoubleVector zero = DoubleVector.zero(S);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
            v.blend(zero, v.compare(VectorOperators.LE, zero)).intoArray(out, oo + i);
        }
    }

    static void affine(double scale, double shift, double[] x, int xo, double[] out, int oo, int n) {
        DoubleVector times = DoubleVector.broadcast(S, scale);
        DoubleVector plus = DoubleVector.broadcast(S, shift);
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xo + i).fma(times, plus).intoArray(out, oo + i);
        }
    }
}
