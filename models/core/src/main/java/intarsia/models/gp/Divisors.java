package intarsia.models.gp;

/**
 * What belongs to a source.
 *
 * @param features   p_s, how many features vary
 * @param quantities q_s, how many of them are quantities
 * @param constant   for each task the squared norm of features that do not vary in its training rows
 * @param squares    the same of their squares
 */
record Divisors(int features, int quantities, double[] constant, double[] squares) {
    /** {@code p_s l_s^2}: what squared distances are divided by. */
    double scale(Hyperparameters h, int s) {
        return features * h.length(s) * h.length(s);
    }

    /** What a kernel's product is divided by. */
    double of(KernelKind kind) {
        return switch (kind) {
            case LINEAR -> features;
            case SQUARES -> quantities;
            case QUADRATIC -> (double) features * features;
            case SMOOTH -> 1;
        };
    }
}
