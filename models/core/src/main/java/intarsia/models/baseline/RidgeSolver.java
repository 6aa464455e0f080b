package intarsia.models.baseline;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.RowSpace;
import java.util.Arrays;

/**
 * Solves {@code minimize sum_i v_i loss(y_i, b + x_i' w) + ridge / 2 ||w||^2} by Newton's method from 0, halving steps that do not
 * descend, to a gradient below 1e-8 n; v are weights of rows, n their sum.
 *
 * <p>With more features than rows it works in the {@link RowSpace}, so a step costs O(n m^2 + m^3), m the smaller of rows and features.
 *
 * <p>A binary response seen in one class only has no minimum: all coefficients are 0 then, and the intercept is the log odds to expect
 * ({@link ResponseFamily#expected}).
 *
 * @param family of the responses
 * @param ridge  positive
 */
record RidgeSolver(Family family, double ridge) {
    private static final int MOST_STEPS = 100;
    /** So many rows are added to the Hessian at a time. */
    private static final int AT_ONCE = 16;

    /**
     * The minimum.
     *
     * @param coefficients one for each feature, the intercept last
     * @param converged    whether the gradient vanishes there
     */
    record Solution(double[] coefficients, boolean converged) {}

    /** The solution for rows {@code n x p} and responses. */
    Solution solve(double[] x, int p, double[] y, double[] weights) {
        if (family == Family.BINOMIAL && Arrays.stream(y).allMatch(value -> value == y[0])) {
            double share = ResponseFamily.BINARY.expected(y, weights)[0];
            double[] coefficients = new double[p + 1];
            coefficients[p] = Elementary.log(share / (1 - share));
            return new Solution(coefficients, true);
        }
        return p > y.length ? inSpan(x, p, y, weights) : newton(x, p, y, weights);
    }

    private Solution inSpan(double[] x, int p, double[] y, double[] weights) {
        RowSpace space = RowSpace.of(Tensor.of(Shape.of(y.length, p), x));
        int m = space.coordinates().shape().columns();
        Solution inner = newton(space.coordinates().doubles(), m, y, weights);
        Tensor coefficients = space.coefficients(Tensor.of(Shape.of(m, 1), Arrays.copyOf(inner.coefficients, m)));
        double[] w = Arrays.copyOf(coefficients.doubles(), p + 1);
        w[p] = inner.coefficients[m];
        return new Solution(w, inner.converged);
    }

    private Solution newton(double[] x, int p, double[] y, double[] weights) {
        double n = Arrays.stream(weights).sum();
        double[] w = new double[p + 1];
        double objective = objective(x, p, y, weights, w);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[p + 1];
            double[] hessian = new double[(p + 1) * (p + 1)];
            accumulate(x, p, y, weights, w, gradient, hessian);
            if (Arrays.stream(gradient).map(Math::abs).max().orElse(0) <= 1e-8 * n) {
                return new Solution(w, true);
            }
            double[] direction = Cholesky.of(Tensor.of(Shape.of(p + 1, p + 1), hessian)).solve(Tensor.vector(gradient)).doubles();
            double scale = 1;
            double[] next = moved(w, direction, scale);
            double value = objective(x, p, y, weights, next);
            while (value > objective && scale > 1e-10) {
                scale /= 2;
                next = moved(w, direction, scale);
                value = objective(x, p, y, weights, next);
            }
            w = next;
            objective = value;
        }
        return new Solution(w, false);
    }

    private void accumulate(double[] x, int p, double[] y, double[] weights, double[] w, double[] gradient, double[] hessian) {
        double[] z = linear(x, y.length, p, w);
        double[] rows = new double[AT_ONCE * (p + 1)];
        double[] curvature = new double[AT_ONCE];
        // A few rows at a time: their sums of a line of the Hessian stay in the cache. Every sum takes the rows in their order.
        for (int from = 0; from < y.length; from += AT_ONCE) {
            int count = Math.min(AT_ONCE, y.length - from);
            for (int k = 0; k < count; k++) {
                int i = from + k;
                double mean = family.mean(z[i]);
                curvature[k] = weights[i] * family.curvature(mean);
                double slope = weights[i] * (mean - y[i]);
                System.arraycopy(x, i * p, rows, k * (p + 1), p);
                rows[k * (p + 1) + p] = 1;
                for (int a = 0; a <= p; a++) {
                    gradient[a] += slope * rows[k * (p + 1) + a];
                }
            }
            for (int a = 0; a <= p; a++) {
                for (int k = 0; k < count; k++) {
                    addScaled(rows, k * (p + 1), curvature[k] * rows[k * (p + 1) + a], hessian, a * (p + 1), a + 1);
                }
            }
        }
        for (int a = 0; a < p; a++) {
            gradient[a] += ridge * w[a];
            hessian[a * (p + 1) + a] += ridge;
        }
        // Separable labels can leave the intercept without curvature.
        hessian[p * (p + 1) + p] += 1e-10;
    }

    private static void addScaled(double[] from, int at, double factor, double[] to, int place, int count) {
        for (int b = 0; b < count; b++) {
            to[place + b] += factor * from[at + b];
        }
    }

    private double objective(double[] x, int p, double[] y, double[] weights, double[] w) {
        double[] z = linear(x, y.length, p, w);
        double value = 0;
        for (int i = 0; i < y.length; i++) {
            value += weights[i] * family.loss(y[i], z[i]);
        }
        for (int a = 0; a < p; a++) {
            value += 0.5 * ridge * w[a] * w[a];
        }
        return value;
    }

    /** {@code b + x' w} of rows, the intercept last among the coefficients. */
    static double[] linear(double[] x, int rows, int p, double[] w) {
        double[] z = new double[rows];
        for (int i = 0; i < z.length; i++) {
            double sum = w[p];
            for (int j = 0; j < p; j++) {
                sum += x[i * p + j] * w[j];
            }
            z[i] = sum;
        }
        return z;
    }

    private static double[] moved(double[] w, double[] direction, double scale) {
        double[] next = w.clone();
        for (int a = 0; a < next.length; a++) {
            next[a] -= scale * direction[a];
        }
        return next;
    }
}
