package intarsia.models.gp;

import java.util.Arrays;

/**
 * Where the hyperparameters of one output of a block stand in a vector of all: its loading w and its process, which is a Gaussian process
 * of one task over the anchors.
 *
 * @param from    the first
 * @param anchors how many anchors
 */
record OutputIndex(int from, int anchors) {
    private static final int KINDS = KernelKind.values().length;

    /** How many an output has. */
    static int size(int anchors) {
        return 3 + anchors * (KINDS + 1);
    }

    /** What a standard deviation of the block's first component adds to the response's linear predictor. */
    int loading() {
        return from;
    }

    /** The log variance of the noise. */
    int noise() {
        return from + 1;
    }

    /** The log variance of the constant. */
    int constant() {
        return from + 2;
    }

    int weight(int anchor, KernelKind kind) {
        return from + 3 + anchor * (KINDS + 1) + kind.ordinal();
    }

    int length(int anchor) {
        return from + 3 + anchor * (KINDS + 1) + KINDS;
    }

    private HyperparameterIndex own() {
        return new HyperparameterIndex(anchors, new boolean[] {true}, 0);
    }

    /** The hyperparameters of its process: a task-specific part there is not. */
    Hyperparameters process(double[] values) {
        HyperparameterIndex own = own();
        double[] of = new double[own.size()];
        Arrays.fill(of, Double.NEGATIVE_INFINITY);
        of[own.constant(Hyperparameters.SHARED)] = values[constant()];
        for (int a = 0; a < anchors; a++) {
            for (KernelKind kind : KernelKind.values()) {
                of[own.weight(Hyperparameters.SHARED, a, kind)] = values[weight(a, kind)];
            }
            of[own.length(a)] = values[length(a)];
        }
        of[own.noise()] = values[noise()];
        of[own.noise(0)] = 0;
        return new Hyperparameters(own, of);
    }

    /** Adds the derivatives by the hyperparameters of its covariance. */
    void add(double[] process, double[] gradient) {
        HyperparameterIndex own = own();
        gradient[constant()] += process[own.constant(Hyperparameters.SHARED)];
        for (int a = 0; a < anchors; a++) {
            for (KernelKind kind : KernelKind.values()) {
                gradient[weight(a, kind)] += process[own.weight(Hyperparameters.SHARED, a, kind)];
            }
            gradient[length(a)] += process[own.length(a)];
        }
    }
}
