package intarsia.optim.solve;

import intarsia.linalg.Tensor;

/** A loss with all its second derivatives: what {@link RidgeNewton} minimizes. */
interface DenseLoss extends LinearLoss {
    /** How far linear predictors may be apart before doubles fail the loss. */
    default double reach() {
        return Double.POSITIVE_INFINITY;
    }

    /** Whether the loss depends on a row. */
    boolean counts(int row);

    /** The value; infinite where the loss is not defined. */
    double value(double[] eta, double[] c);

    /**
     * Writes the derivatives by {@code B [p x q]}, row after row, and then c, where {@code eta = (X B)'}.
     *
     * @param x        X [n x p]
     * @param gradient [p q + m], zeros
     * @param hessian  [p q + m squared], zeros
     */
    void derivatives(Tensor x, double[] eta, double[] c, double[] gradient, double[] hessian);
}
