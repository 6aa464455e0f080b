// Generated from VectorElementary64.java by FloatSources; change that one.
package intarsia.linalg.simd;

import intarsia.linalg.Elementary;
import jdk.incubator.vector.FloatVector;

/** The functions of {@link Elementary} on vectors, lane by lane. */
final class VectorElementary32 {
    private VectorElementary32() {}

    private interface Function {
        float of(float x);
    }

    static FloatVector exp(FloatVector x) {
        return each(x, Elementary::exp);
    }

    static FloatVector log(FloatVector x) {
        return each(x, Elementary::log);
    }

    static FloatVector log1p(FloatVector x) {
        return each(x, Elementary::log1p);
    }

    static FloatVector tanh(FloatVector x) {
        return each(x, Elementary::tanh);
    }

    static FloatVector sigmoid(FloatVector x) {
        return each(x, Elementary::sigmoid);
    }

    static FloatVector softplus(FloatVector x) {
        return each(x, Elementary::softplus);
    }

    private static FloatVector each(FloatVector x, Function f) {
        float[] lanes = x.toArray();
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = f.of(lanes[i]);
        }
        return FloatVector.fromArray(x.species(), lanes, 0);
    }
}
