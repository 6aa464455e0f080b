package intarsia.models.baseline;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.models.response.Binomial;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.RowSpace;
import java.util.Arrays;

/**
 * Solves {@code minimize sum_i v_i loss(y_i, o_i + b + x_i' w) + ridge / 2 ||w||^2} by Newton's method from 0, halving steps that do not
 * descend, to a gradient below 1e-8 n; o are offsets, v weights of rows, n the sum of these.
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

    /**
     * Rows to learn from.
     *
     * @param x       n x p
     * @param offsets what is added to each linear predictor; null for none
     */
    record Rows(double[] x, int p, double[] y, double[] offsets, double[] weights) {
        private Rows with(double[] others, int columns) {
            return new Rows(others, columns, y, offsets, weights);
        }
    }

    /** The solution for rows. */
    Solution solve(Rows rows) {
        double[] y = rows.y;
        int p = rows.p;
        if (family == Family.BINOMIAL && Arrays.stream(y).allMatch(value -> value == y[0])) {
            double share = expected(rows);
            double[] coefficients = new double[p + 1];
            coefficients[p] = Elementary.log(share / (1 - share));
            return new Solution(coefficients, true);
        }
        return p > y.length ? inSpan(rows) : newton(rows);
    }

    private static double expected(Rows rows) {
        double[] responses = rows.offsets == null ? rows.y : new double[2 * rows.y.length];
        for (int i = 0; i < rows.y.length && rows.offsets != null; i++) {
            responses[2 * i] = rows.y[i];
            responses[2 * i + 1] = rows.offsets[i];
        }
        return new Binomial(rows.offsets != null).expected(responses, rows.weights)[0];
    }

    private Solution inSpan(Rows rows) {
        int p = rows.p;
        RowSpace space = RowSpace.of(Tensor.of(Shape.of(rows.y.length, p), rows.x));
        int m = space.coordinates().shape().columns();
        Solution inner = newton(rows.with(space.coordinates().doubles(), m));
        Tensor coefficients = space.coefficients(Tensor.of(Shape.of(m, 1), Arrays.copyOf(inner.coefficients, m)));
        double[] w = Arrays.copyOf(coefficients.doubles(), p + 1);
        w[p] = inner.coefficients[m];
        return new Solution(w, inner.converged);
    }

    private Solution newton(Rows rows) {
        int p = rows.p;
        double n = Arrays.stream(rows.weights).sum();
        double[] w = new double[p + 1];
        double objective = objective(rows, w);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[p + 1];
            double[] hessian = new double[(p + 1) * (p + 1)];
            accumulate(rows, w, gradient, hessian);
            if (Arrays.stream(gradient).map(Math::abs).max().orElse(0) <= 1e-8 * n) {
                return new Solution(w, true);
            }
            double[] direction = Cholesky.of(Tensor.of(Shape.of(p + 1, p + 1), hessian)).solve(Tensor.vector(gradient)).doubles();
            double scale = 1;
            double[] next = moved(w, direction, scale);
            double value = objective(rows, next);
            while (value > objective && scale > 1e-10) {
                scale /= 2;
                next = moved(w, direction, scale);
                value = objective(rows, next);
            }
            w = next;
            objective = value;
        }
        return new Solution(w, false);
    }

    private void accumulate(Rows rows, double[] w, double[] gradient, double[] hessian) {
        int p = rows.p;
        double[] z = predictors(rows, w);
        double[] some = new double[AT_ONCE * (p + 1)];
        double[] curvature = new double[AT_ONCE];
        // A few rows at a time: their sums of a line of the Hessian stay in the cache. Every sum takes the rows in their order.
        for (int from = 0; from < z.length; from += AT_ONCE) {
            int count = Math.min(AT_ONCE, z.length - from);
            for (int k = 0; k < count; k++) {
                int i = from + k;
                double mean = family.mean(z[i]);
                curvature[k] = rows.weights[i] * family.curvature(mean);
                double slope = rows.weights[i] * (mean - rows.y[i]);
                System.arraycopy(rows.x, i * p, some, k * (p + 1), p);
                some[k * (p + 1) + p] = 1;
                for (int a = 0; a <= p; a++) {
                    gradient[a] += slope * some[k * (p + 1) + a];
                }
            }
            for (int a = 0; a <= p; a++) {
                for (int k = 0; k < count; k++) {
                    addScaled(some, k * (p + 1), curvature[k] * some[k * (p + 1) + a], hessian, a * (p + 1), a + 1);
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

    private static double[] predictors(Rows rows, double[] w) {
        double[] z = linear(rows.x, rows.y.length, rows.p, w);
        for (int i = 0; i < z.length && rows.offsets != null; i++) {
            z[i] += rows.offsets[i];
        }
        return z;
    }

    private double objective(Rows rows, double[] w) {
        double[] z = predictors(rows, w);
        double value = 0;
        for (int i = 0; i < z.length; i++) {
            value += rows.weights[i] * family.loss(rows.y[i], z[i]);
        }
        for (int a = 0; a < rows.p; a++) {
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
