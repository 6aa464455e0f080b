package intarsia.linalg.simd;

import intarsia.linalg.Elementary;
import jdk.incubator.vector.DoubleVector;

/** The functions of {@link Elementary} on vectors, lane by lane. */
final class VectorElementary64 {
    private VectorElementary64() {}

    private interface Function {
        double of(double x);
    }

    static DoubleVector exp(DoubleVector x) {
        return each(x, Elementary::exp);
    }

    static DoubleVector log(DoubleVector x) {
        return each(x, Elementary::log);
    }

    static DoubleVector log1p(DoubleVector x) {
        return each(x, Elementary::log1p);
    }

    static DoubleVector tanh(DoubleVector x) {
        return each(x, Elementary::tanh);
    }

    static DoubleVector sigmoid(DoubleVector x) {
        return each(x, Elementary::sigmoid);
    }

    static DoubleVector softplus(DoubleVector x) {
        return each(x, Elementary::softplus);
    }

    private static DoubleVector each(DoubleVector x, Function f) {
        double[] lanes = x.toArray();
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = f.of(lanes[i]);
        }
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }
}
