package intarsia.models.hmb;

import intarsia.models.net.Activation;

/**
 * What is ours in MTL-HMB and not the paper's; {@link HmbNetwork} and {@link JointLearning} have the formulas.
 *
 * @param activation between layers; the paper's is relu
 * @param linear     whether there is a linear path in parallel to the encoders
 * @param ridge      weight of the squared coefficients of a linear path that is learned with the network
 * @param decay      weight of the squared weights of all layers
 * @param columns    weight of a group lasso over what encoders read: their first layers' weights of a column, all 0 or none
 * @param separation what gamma, the orthogonality penalty, weighs; the paper's is orthogonality
 * @param steps      whether imputation and responses are learned one after the other or together
 * @param balance    lambda, what imputation and reconstruction weigh beside the responses where all is learned together
 */
public record Additions(Activation activation, Linear linear, double ridge, double decay, double columns,
        Separation separation, Steps steps, double balance) {
    private static final double BALANCE = 0.1;

    /** With the paper's separation, in two steps. */
    public Additions(Activation activation, Linear linear, double ridge, double decay, double columns) {
        this(activation, linear, ridge, decay, columns, Separation.ORTHOGONALITY, Steps.TWO, BALANCE);
    }

    /** Nothing added: the paper's. */
    public static final Additions NONE = new Additions(Activation.RELU, Linear.NONE, 0, 0, 0);
    /** A smooth activation, and ridge regression in place of a network that does not beat it. */
    public static final Additions DEFAULT = new Additions(Activation.SOFTPLUS, Linear.INSTEAD, 0.1, 0, 0);

    /**
     * The linear path, {@code x (w_c + w_t)}, by which ridge regression, shared, of each task alone, and anything between, is in the model.
     */
    public enum Linear {
        /** There is none: the paper's. */
        NONE,
        /**
         * The network is learned without it, and kept only where it beats {@link LinearPath ridge regression} on validation rows by more
         * than one standard error; else the linear path is the model, and the network's heads are 0.
         */
        INSTEAD,
        /** The same, but that it is learned with the network, from 0, under its own ridge. */
        BESIDE
    }

    /** Checks every number. */
    public Additions {
        if (activation == null || linear == null || separation == null || steps == null) {
            throw new IllegalArgumentException("additions: need an activation, what becomes of the linear path, a separation, and steps");
        }
        notNegative("ridge", ridge);
        notNegative("decay", decay);
        notNegative("columns penalty", columns);
        if (!(balance > 0) || Double.isInfinite(balance)) {
            throw new IllegalArgumentException("balance " + balance + ": must be finite and positive");
        }
    }

    /** With another linear path. */
    public Additions linear(Linear other) {
        return new Additions(activation, other, ridge, decay, columns, separation, steps, balance);
    }

    /** With another group lasso. */
    public Additions columns(double weight) {
        return new Additions(activation, linear, ridge, decay, weight, separation, steps, balance);
    }

    /** With another separation. */
    public Additions separation(Separation other) {
        return new Additions(activation, linear, ridge, decay, columns, other, steps, balance);
    }

    /** With other steps. */
    public Additions steps(Steps other) {
        return new Additions(activation, linear, ridge, decay, columns, separation, other, balance);
    }

    /** With another balance. */
    public Additions balance(double lambda) {
        return new Additions(activation, linear, ridge, decay, columns, separation, steps, lambda);
    }

    /** Without a linear path. */
    Additions withoutLinear() {
        return linear(Linear.NONE);
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + ": must be finite and not negative");
        }
    }
}
