package intarsia.optim.solve;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;

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

    /**
     * Writes the coefficients' part of both, of a loss with one linear predictor.
     *
     * @param slopes by each row's eta
     * @param bends  twice by it
     * @param mixed  by it and each of c [n x m]
     * @param m      how many c are
     */
    static void products(Tensor x, double[] slopes, double[] bends, double[] mixed, int m, double[] gradient, double[] hessian) {
        int n = slopes.length;
        int p = x.shape().columns();
        double[] right = new double[n * (p + 1 + m)];
        for (int i = 0; i < n; i++) {
            int at = i * (p + 1 + m);
            for (int j = 0; j < p; j++) {
                right[at + j] = bends[i] * x.at(i * p + j);
            }
            System.arraycopy(mixed, i * m, right, at + p, m);
            right[at + p + m] = slopes[i];
        }
        Tensor all = p == 0 ? Tensor.zeros(0, 1) : Matrices.product(x, true, Tensor.of(Shape.of(n, p + 1 + m), right), false);
        int size = p + m;
        for (int j = 0; j < p; j++) {
            gradient[j] = all.get(j, p + m);
            for (int k = 0; k < size; k++) {
                hessian[j * size + k] = all.get(j, k);
                hessian[k * size + j] = all.get(j, k);
            }
        }
    }
}
