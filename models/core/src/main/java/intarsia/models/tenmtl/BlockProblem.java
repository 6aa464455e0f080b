package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;

/**
 * One block with all others held: {@code min_theta sum_n w_n loss(y_n, o_n + x_n' theta) + 1/2 ||A theta - a||^2 + l1 sum_j f_j |theta_j|}.
 * Gaussian responses are solved to the end. Others take one Newton step, a weighted lasso regression of working responses whose last rows
 * are those of A, halved until the objective does not rise: going to the minimum would take several times as long in each
 * sweep and save few sweeps.
 *
 * @param family   of the responses
 * @param features x [N x k], row-major
 * @param columns  k
 * @param y        responses [N]
 * @param weights  w [N]
 * @param offsets  o [N]
 * @param prior    A and a
 * @param factors  f [k]
 * @param l1       weight of the lasso
 */
record BlockProblem(Family family, double[] features, int columns, double[] y, double[] weights, double[] offsets,
        CoefficientPrior.PriorRows prior, double[] factors, double l1) {
    private static final SolverOptions GAUSSIAN = new SolverOptions(1e-13, 300);
    private static final SolverOptions WORKING = new SolverOptions(1e-10, 300);
    private static final int HALVINGS = 20;
    /** Keeps weights of saturated rows from vanishing. */
    private static final double LEAST_CURVATURE = 1e-9;

    /** Better than the start, or the start. */
    double[] solve(double[] start) {
        return family == Family.GAUSSIAN ? gaussian(start) : newton(start);
    }

    /**
     * The largest violation of the first-order conditions at theta (ours). With x_j the column of features and, below it, that of A, g_j
     * the slope of loss and prior, and W the sum of weights:
     *
     * <pre>
     * |g_j + l1 f_j sign theta_j|   where theta_j is not 0, else max(0, |g_j| - l1 f_j),
     *   each over  residual sqrt(W) ||x_j||_w + l1 f_j
     * </pre>
     *
     * <p>Units of features and responses cancel. O(N k).
     *
     * @param residual what residuals are at linear predictor 0, root mean square over all individuals' rows
     */
    double violation(double[] theta, double residual) {
        double[] slopes = new double[columns];
        double[] squares = new double[columns];
        double[] eta = linear(theta);
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            add(slopes, squares, features, i, weights[i], family.mean(eta[i]) - y[i]);
            total += weights[i];
        }
        for (int i = 0; i < prior.targets().length; i++) {
            add(slopes, squares, prior.matrix().doubles(), i, 1, priorResidual(i, theta));
        }
        double largest = 0;
        for (int j = 0; j < columns; j++) {
            double lasso = l1 * factors[j];
            double violated = theta[j] == 0 ? Math.max(0, Math.abs(slopes[j]) - lasso)
                    : Math.abs(slopes[j] + lasso * Math.signum(theta[j]));
            double scale = residual * Math.sqrt(total * squares[j]) + lasso;
            largest = Math.max(largest, scale == 0 ? 0 : violated / scale);
        }
        return largest;
    }

    private void add(double[] slopes, double[] squares, double[] rows, int row, double weight, double residual) {
        for (int j = 0; j < columns; j++) {
            double x = rows[row * columns + j];
            slopes[j] = Math.fma(weight * residual, x, slopes[j]);
            squares[j] = Math.fma(weight * x, x, squares[j]);
        }
    }

    private double priorResidual(int row, double[] theta) {
        double residual = -prior.targets()[row];
        for (int j = 0; j < columns; j++) {
            residual = Math.fma(prior.matrix().doubles()[row * columns + j], theta[j], residual);
        }
        return residual;
    }

    private double[] gaussian(double[] start) {
        return Glm.fit(working(linear(start)), Penalty.l1(l1), GAUSSIAN, 0, start).coefficients();
    }

    private double[] newton(double[] start) {
        double[] eta = linear(start);
        double[] whole = Glm.fit(working(eta), Penalty.l1(l1), WORKING, 0, start).coefficients();
        double[] wholeEta = linear(whole);
        double objective = objective(start, eta);
        double length = 1;
        for (int halving = 0; halving < HALVINGS; halving++, length /= 2) {
            double[] next = between(start, whole, length);
            if (objective(next, between(eta, wholeEta, length)) <= objective) {
                return next;
            }
        }
        return start;
    }

    /** The least-squares problem whose slopes and curvatures at eta are the objective's. */
    private GlmProblem working(double[] eta) {
        int n = y.length;
        int q = prior.targets().length;
        double[] rows = Arrays.copyOf(features, (n + q) * columns);
        System.arraycopy(prior.matrix().doubles(), 0, rows, n * columns, q * columns);
        double[] responses = new double[n + q];
        double[] curvatures = new double[n + q];
        for (int i = 0; i < n; i++) {
            double mean = family.mean(eta[i]);
            double curvature = Math.max(LEAST_CURVATURE, family.curvature(mean));
            curvatures[i] = weights[i] * curvature;
            responses[i] = eta[i] - offsets[i] + (y[i] - mean) / curvature;
        }
        System.arraycopy(prior.targets(), 0, responses, n, q);
        Arrays.fill(curvatures, n, n + q, 1);
        return GlmProblem.of(Family.GAUSSIAN, Tensor.of(Shape.of(n + q, columns), rows), responses).withWeights(curvatures)
                .withFactors(factors).withoutIntercept();
    }

    private double objective(double[] theta, double[] eta) {
        double sum = 0;
        for (int i = 0; i < eta.length; i++) {
            sum += weights[i] * family.loss(y[i], eta[i]);
        }
        for (int i = 0; i < prior.targets().length; i++) {
            double residual = priorResidual(i, theta);
            sum += residual * residual / 2;
        }
        for (int j = 0; j < columns; j++) {
            sum += l1 * factors[j] * Math.abs(theta[j]);
        }
        return sum;
    }

    /** {@code o + x' theta} of every row. */
    private double[] linear(double[] theta) {
        double[] eta = offsets.clone();
        for (int i = 0; i < eta.length; i++) {
            for (int j = 0; j < columns; j++) {
                eta[i] = Math.fma(features[i * columns + j], theta[j], eta[i]);
            }
        }
        return eta;
    }

    private static double[] between(double[] from, double[] to, double length) {
        double[] between = to.clone();
        for (int j = 0; length < 1 && j < to.length; j++) {
            between[j] = Math.fma(length, to[j] - from[j], from[j]);
        }
        return between;
    }
}
