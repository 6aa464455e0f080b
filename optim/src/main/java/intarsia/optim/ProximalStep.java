package intarsia.optim;

/**
 * A step after the update: {@code p = prox_{rate * penalty}(p)}. It sets values to exactly 0 or within bounds, which a gradient step
 * cannot. An {@link Optimizer} has at most one, as its last step.
 */
public sealed interface ProximalStep {
    /** The lasso, {@code weight ||p||_1}: each value moves towards 0 by {@code rate * weight}, and stops there. */
    record SoftThreshold(double weight) implements ProximalStep {
        /** Checks that the weight is not negative. */
        public SoftThreshold {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("lasso weight " + weight + ": must not be negative");
            }
        }
    }

    /** Values below 0 become 0. */
    record NonNegative() implements ProximalStep {}
}
