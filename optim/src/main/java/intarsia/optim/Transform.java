package intarsia.optim;

/** A transform of the gradient before the update rule. */
public sealed interface Transform {
    /** Scales the whole gradient down to this Euclidean norm if it is longer (Pascanu et al. 2013). */
    record ClipNorm(double norm) implements Transform {
        /** Checks that the norm is positive. */
        public ClipNorm {
            if (!(norm > 0)) {
                throw new IllegalArgumentException("clip norm " + norm + ": must be positive");
            }
        }
    }

    /** Adds {@code weight * value}: the gradient of {@code weight / 2 * ||values||^2}. */
    record DecayWeights(double weight) implements Transform {
        /** Checks that the weight is not negative. */
        public DecayWeights {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("weight decay " + weight + ": must not be negative");
            }
        }
    }
}
