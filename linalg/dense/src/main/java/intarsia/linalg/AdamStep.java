package intarsia.linalg;

/**
 * The scalars of one Adam step (Kingma &amp; Ba 2015, algorithm 1), set before each run of a command bound to them:
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * p = p - learningRate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * The kernel evaluates it as {@code p = p - size() * m / (sqrt(v) * unbias() + epsilon)}, in that order, so that the bits are equal
 * everywhere.
 */
public final class AdamStep {
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private double size;
    private double unbias;

    /** Scalars with these constants; {@link #set} before the first run. */
    public AdamStep(double beta1, double beta2, double epsilon) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
    }

    /** Sets the learning rate and the number of this step, counted from 1. */
    public void set(double learningRate, long step) {
        size = learningRate / (1 - WholePower.of(beta1, step));
        unbias = 1 / Math.sqrt(1 - WholePower.of(beta2, step));
    }

    /** Decay of the first moment. */
    public double beta1() {
        return beta1;
    }

    /** Decay of the second moment. */
    public double beta2() {
        return beta2;
    }

    /** Added to the denominator. */
    public double epsilon() {
        return epsilon;
    }

    /** {@code learningRate / (1 - beta1^t)}. */
    public double size() {
        return size;
    }

    /** {@code 1 / sqrt(1 - beta2^t)}. */
    public double unbias() {
        return unbias;
    }
}
