package intarsia.models.dual;

import static intarsia.models.dual.QuadraticLoss.joined;
import static intarsia.models.dual.Vectors.add;
import static intarsia.models.dual.Vectors.dot;

import intarsia.models.response.Likelihood;
import java.util.Arrays;

/**
 * What the encoders make of a task's rows, as the coefficients see it: S_r(x) [n x d_S], C(x) [n x d] and responses, with the mean loss
 * over rows
 *
 * <pre>
 * L(alpha, b, beta) = (1/n) sum_i w_i loss(y_i, alpha'S_i + beta'C_i + b),   n = sum_i w_i
 * </pre>
 *
 * For a Gaussian response L is a quadratic. Where there are more rows than coefficients, it is taken once from second moments: a value with
 * its slopes then costs O(p^2), p = d_S + 1 + d, instead of O(n p).
 */
public final class EncodedTask implements TaskLoss {
    private final double[][] taskSpecific;
    private final double[][] shared;
    private final double[] y;
    private final double[] weights;
    private final double total;
    private final int columns;
    private final Likelihood likelihood;
    /** L from second moments; null where rows are gone through. */
    private final QuadraticLoss quadratic;

    /**
     * A task's encoded rows; the arrays are kept.
     *
     * @param taskSpecific S_r(x) [n x d_S]
     * @param shared       C(x) [n x d]
     * @param y            responses as they are learned, row after row
     * @param weights      how much each row counts
     * @param likelihood   of the responses; of one linear predictor
     * @throws IllegalArgumentException if the numbers of rows differ or are 0
     */
    public EncodedTask(double[][] taskSpecific, double[][] shared, double[] y, double[] weights, Likelihood likelihood) {
        columns = likelihood.columns();
        if (y.length == 0 || taskSpecific.length * columns != y.length || shared.length * columns != y.length
                || weights.length != shared.length) {
            throw new IllegalArgumentException("features of " + taskSpecific.length + " and " + shared.length + " rows for " + y.length
                    + " numbers of responses, " + columns + " a row");
        }
        this.taskSpecific = taskSpecific;
        this.shared = shared;
        this.y = y;
        this.weights = weights;
        this.total = Arrays.stream(weights).sum();
        this.likelihood = likelihood;
        quadratic = likelihood == Likelihood.SQUARED_ERROR && cheaperByMoments() ? moments() : null;
    }

    private boolean cheaperByMoments() {
        return rows() > taskSpecificWidth() + 1 + width();
    }

    private QuadraticLoss moments() {
        int p = taskSpecificWidth() + 1 + width();
        double[][] gram = new double[p][p];
        double[] cross = new double[p];
        double square = 0;
        for (int i = 0; i < rows(); i++) {
            double[] z = joined(taskSpecific[i], 1, shared[i]);
            for (int a = 0; a < p; a++) {
                add(weights[i] * z[a] / total, z, gram[a]);
            }
            add(weights[i] * y[i] / total, z, cross);
            square += weights[i] * y[i] * y[i];
        }
        return new QuadraticLoss(gram, cross, square / total / 2);
    }

    /**
     * L to second order about a point, where that is cheaper to go on with; else L itself. Of a Gaussian response it is always L itself.
     *
     * <pre>
     * L(x0) + g'(x - x0) + (x - x0)'H(x - x0) / 2,   H = (1/n) sum_i w_i v_i z_i z_i',   z = (S, 1, C), v_i the loss's curvature
     * </pre>
     */
    TaskLoss secondOrder(double[] alpha, double intercept, double[] beta) {
        if (likelihood == Likelihood.SQUARED_ERROR || !cheaperByMoments()) {
            return this;
        }
        double[] x = joined(alpha, intercept, beta);
        double[][] hessian = new double[x.length][x.length];
        double[] gradient = new double[x.length];
        double value = 0;
        for (int i = 0; i < rows(); i++) {
            double[] z = joined(taskSpecific[i], 1, shared[i]);
            double eta = dot(z, x);
            double weight = weights[i] * likelihood.curvature(y, i * columns, eta) / total;
            value += weights[i] * likelihood.loss(y, i * columns, eta) / total;
            add(weights[i] * likelihood.slope(y, i * columns, eta) / total, z, gradient);
            for (int a = 0; a < x.length; a++) {
                for (int b = 0; b <= a; b++) {
                    hessian[a][b] = Math.fma(weight * z[a], z[b], hessian[a][b]);
                }
            }
        }
        for (int a = 0; a < x.length; a++) {
            for (int b = 0; b < a; b++) {
                hessian[b][a] = hessian[a][b];
            }
        }
        double[] curved = Vectors.times(hessian, x);
        return new QuadraticLoss(hessian, Vectors.minus(curved, gradient), value - dot(gradient, x) + dot(curved, x) / 2);
    }

    /** C(x). */
    double[][] shared() {
        return shared;
    }

    /** S_r(x). */
    double[][] taskSpecific() {
        return taskSpecific;
    }

    /** The responses. */
    double[] y() {
        return y;
    }

    /** The same rows with another C(x). */
    EncodedTask withShared(double[][] other) {
        return new EncodedTask(taskSpecific, other, y, weights, likelihood);
    }

    int rows() {
        return shared.length;
    }

    int width() {
        return shared[0].length;
    }

    int taskSpecificWidth() {
        return taskSpecific[0].length;
    }

    /** L, row by row. */
    public double loss(double[] alpha, double intercept, double[] beta) {
        double sum = 0;
        for (int i = 0; i < rows(); i++) {
            sum += weights[i] * likelihood.loss(y, i * columns, eta(i, alpha, intercept, beta));
        }
        return sum / total;
    }

    /** Linear predictors of the rows. */
    public double[] eta(double[] alpha, double intercept, double[] beta) {
        double[] eta = new double[rows()];
        for (int i = 0; i < rows(); i++) {
            eta[i] = eta(i, alpha, intercept, beta);
        }
        return eta;
    }

    @Override
    public double slopes(double[] alpha, double intercept, double[] beta, double[] byAlpha, double[] byIntercept, double[] byBeta) {
        if (quadratic != null) {
            return quadratic.slopes(alpha, intercept, beta, byAlpha, byIntercept, byBeta);
        }
        double sum = 0;
        for (int i = 0; i < rows(); i++) {
            double eta = eta(i, alpha, intercept, beta);
            sum += weights[i] * likelihood.loss(y, i * columns, eta);
            double slope = weights[i] * likelihood.slope(y, i * columns, eta) / total;
            add(slope, taskSpecific[i], byAlpha);
            add(slope, shared[i], byBeta);
            byIntercept[0] += slope;
        }
        return sum / total;
    }

    private double eta(int i, double[] alpha, double intercept, double[] beta) {
        return dot(taskSpecific[i], alpha) + dot(shared[i], beta) + intercept;
    }
}
