package intarsia.optim.solve;

import intarsia.linalg.Tensor;

/** A convex loss of linear predictors eta [n x q], row after row, and free parameters c [m]: what {@link RidgeNewton} minimizes. */
interface LinearLoss {
    /** q. */
    int outputs();

    /** c to start from, where eta is 0. */
    double[] start();

    /** How far linear predictors may be apart before doubles fail the loss. */
    default double reach() {
        return Double.POSITIVE_INFINITY;
    }

    /** Whether the loss depends on a row. */
    boolean counts(int row);

    /** The value; infinite where the loss is not defined. */
    double value(double[] eta, double[] c);

    /**
     * Writes the derivatives by {@code B [p x q]}, row after row, and then c, where {@code eta = X B}.
     *
     * @param x        X [n x p]
     * @param gradient [p q + m], zeros
     * @param hessian  [p q + m squared], zeros
     */
    void derivatives(Tensor x, double[] eta, double[] c, double[] gradient, double[] hessian);

    /**
     * Whether the loss falls for ever, or stays, along a direction of eta and c that is not flat everywhere: at no row may it rise by more
     * than the slack times the largest number of the direction.
     */
    boolean recedes(double[] eta, double[] c, double slack);

    /** Corrects c where eta loses these numbers [q] at every row: afterwards the loss is what it was. */
    void absorb(double[] shift, double[] c);
}
