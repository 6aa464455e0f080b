package intarsia.optim;

/** An update rule: it turns a gradient into a change of the values. */
public sealed interface Rule {
    /** {@code m = momentum m + g; p = p - rate m}; plain gradient descent at momentum 0. */
    record Momentum(double momentum) implements Rule {
        /** Checks that the momentum lies in [0, 1). */
        public Momentum {
            requireShare("momentum", momentum);
        }
    }

    /** Adam with bias correction (Kingma &amp; Ba 2015, algorithm 1); see {@link intarsia.linalg.AdamStep}. */
    record Adam(double beta1, double beta2, double epsilon) implements Rule {
        /** Checks that the decays lie in [0, 1) and epsilon is positive. */
        public Adam {
            requireShare("beta1", beta1);
            requireShare("beta2", beta2);
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("epsilon " + epsilon + ": must be positive");
            }
        }

        /** With the paper's constants: 0.9, 0.999, 1e-8. */
        public Adam() {
            this(0.9, 0.999, 1e-8);
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " " + value + ": must lie in [0, 1)");
        }
    }
}
