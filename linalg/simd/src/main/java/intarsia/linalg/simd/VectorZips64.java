package intarsia.linalg.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link intarsia.linalg.Binary} over ranges. One short method each, so that it is compiled soon; n is a multiple of the
 * width.
 */
final class VectorZips64 {
    private static final VectorSpecies<Double> S = Width.F64;
    private static final int L = S.length();

    private VectorZips64() {}


    static void add(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xo + i).add(DoubleVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void subtract(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xo + i).sub(DoubleVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void multiply(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xo + i).mul(DoubleVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void divide(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xo + i).div(DoubleVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void max(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xo + i).max(DoubleVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void min(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xo + i).min(DoubleVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
        }
    }

    static void atLeast(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
        DoubleVector zero = DoubleVector.zero(S);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
            zero.blend(1, v.compare(VectorOperators.GE, DoubleVector.fromArray(S, y, yo + i))).intoArray(out, oo + i);
        }
    }
}
