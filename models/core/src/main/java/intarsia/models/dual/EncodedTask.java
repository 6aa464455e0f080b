package intarsia.models.dual;

import intarsia.optim.solve.Family;

/**
 * What the encoders make of a task's rows, as the coefficients see it.
 *
 * @param own    S_r(x) [n x d_S]
 * @param shared C(x) [n x d]
 * @param y      responses [n]
 * @param family of the response
 */
public record EncodedTask(double[][] own, double[][] shared, double[] y, Family family) {
    /** Checks the number of rows. */
    public EncodedTask {
        if (y.length == 0 || own.length != y.length || shared.length != y.length) {
            throw new IllegalArgumentException("features of " + own.length + " and " + shared.length + " rows for " + y.length + " responses");
        }
    }

    int rows() {
        return y.length;
    }

    double eta(int i, double[] alpha, double intercept, double[] beta) {
        return Coefficients.dot(own[i], alpha) + Coefficients.dot(shared[i], beta) + intercept;
    }
}
