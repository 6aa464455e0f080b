package intarsia.autodiff;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;

/** How a parameter begins. A value; drawing it takes the random stream of the parameter's own path. */
public sealed interface Init {
    /** Every number the same. */
    record Fill(double value) implements Init {}

    /** Independent normal numbers with mean 0. */
    record Normal(double standardDeviation) implements Init {}

    /** Independent uniform numbers in [-bound, bound). */
    record Uniform(double bound) implements Init {}

    /** All zeros. */
    static Init zeros() {
        return new Fill(0);
    }

    /** Normal with variance 2 / fanIn, for layers followed by relu (He et al. 2015). */
    static Init heNormal(int fanIn) {
        return new Normal(Math.sqrt(2.0 / Math.max(1, fanIn)));
    }

    /** Uniform with bound sqrt(6 / (fanIn + fanOut)) (Glorot &amp; Bengio 2010). */
    static Init glorotUniform(int fanIn, int fanOut) {
        return new Uniform(Math.sqrt(6.0 / Math.max(1, fanIn + fanOut)));
    }

    /** Uniform with bound 1 / sqrt(fanIn): what common libraries give a linear layer's weights and biases unless told otherwise. */
    static Init fanInUniform(int fanIn) {
        return new Uniform(1 / Math.sqrt(Math.max(1, fanIn)));
    }

    /** An F64 tensor begun this way. */
    default Tensor draw(Shape shape, RandomStream random) {
        double[] values = new double[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (this) {
                case Fill(double value) -> value;
                case Normal(double standardDeviation) -> standardDeviation * random.nextGaussian();
                case Uniform(double bound) -> random.nextDouble(-bound, bound);
            };
        }
        return Tensor.of(shape, values);
    }
}
