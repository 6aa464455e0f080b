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
 * @param losses   of the responses
 * @param features x [N x k], row-major
 * @param columns  k
 * @param y        responses [N]
 * @param weights  w [N]
 * @param offsets  o [N]
 * @param prior    A and a
 * @param factors  f [k]
 * @param l1       weight of the lasso
 */
record BlockProblem(RowLoss losses, double[] features, int columns, double[] y, double[] weights, double[] offsets,
        CoefficientPrior.PriorRows prior, double[] factors, double l1) {
    private static final SolverOptions GAUSSIAN = new SolverOptions(1e-13, 300);
    private static final SolverOptions WORKING = new SolverOptions(1e-10, 300);
    private static final int HALVINGS = 20;

    /** What is done with a block at the numbers where it stands; the numbers that take their place. */
    @FunctionalInterface
    interface Visit {
        double[] at(BlockProblem problem, double[] numbers);
    }

    /** Better than the start, or the start. */
    double[] solve(double[] start) {
        return losses.gaussian() ? gaussian(start) : newton(start);
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
        double[] falls = new double[columns];
        double[] squares = new double[columns];
        double[] eta = linear(theta);
        double[] means = losses.means(eta, 0, eta.length);
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            double weight = losses.whole(weights[i]);
            add(falls, squares, features, i, weight, y[i] - means[i]);
            total += weight;
        }
        double[] lasso = Arrays.stream(factors).map(factor -> l1 * factor).toArray();
        return violation(theta, falls, squares, prior, residual, total, lasso);
    }

    /**
     * The same from sums over rows.
     *
     * @param falls   negative slopes of the loss [k]
     * @param squares weighted squares of the features [k]
     * @param total   W
     * @param lasso   weight of each number
     */
    static double violation(double[] theta, double[] falls, double[] squares, CoefficientPrior.PriorRows prior, double residual,
            double total, double... lasso) {
        for (int i = 0; i < prior.targets().length; i++) {
            add(falls, squares, prior.matrix().doubles(), i, 1, -prior.residual(i, theta));
        }
        double largest = 0;
        for (int j = 0; j < theta.length; j++) {
            double violated = theta[j] == 0 ? Math.max(0, Math.abs(falls[j]) - lasso[j])
                    : Math.abs(lasso[j] * Math.signum(theta[j]) - falls[j]);
            double scale = residual * Math.sqrt(total * squares[j]) + lasso[j];
            largest = Math.max(largest, scale == 0 ? 0 : violated / scale);
        }
        return largest;
    }

    private static void add(double[] falls, double[] squares, double[] rows, int row, double weight, double residual) {
        int columns = falls.length;
        for (int j = 0; j < columns; j++) {
            double x = rows[row * columns + j];
            falls[j] = Math.fma(weight * residual, x, falls[j]);
            squares[j] = Math.fma(weight * x, x, squares[j]);
        }
    }

    private double[] gaussian(double[] start) {
        return minimum(linear(start), GAUSSIAN, start);
    }

    /** Where the quadratic with the objective's slopes and curvatures at eta, and the lasso, are least. */
    private double[] minimum(double[] eta, SolverOptions options, double[] start) {
        return l1 == 0 ? quadratic(start, eta).minimum(start)
                : Glm.fit(working(eta), Penalty.l1(l1), options, 0, start).coefficients();
    }

    /** Falls of the loss and its curvatures at theta, whose linear predictors are eta; those of the prior are added. */
    private BlockQuadratic quadratic(double[] theta, double[] eta) {
        return BlockQuadratic.of(losses, features, columns, y, weights, eta, 0, y.length).with(prior, theta);
    }

    private double[] newton(double[] start) {
        double[] eta = linear(start);
        double[] whole = minimum(eta, WORKING, start);
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
        double[] means = losses.means(eta, 0, n);
        double[] rows = Arrays.copyOf(losses.deviations(features, columns, 0, means), (n + q) * columns);
        System.arraycopy(prior.matrix().doubles(), 0, rows, n * columns, q * columns);
        double[] curvatures = new double[n + q];
        double[] linear = new double[n];
        for (int i = 0; i < n; i++) {
            linear[i] = eta[i] - offsets[i];
        }
        double[] responses = Arrays.copyOf(losses.deviations(linear, 1, 0, means), n + q);
        for (int i = 0; i < n; i++) {
            double curvature = Math.max(BlockQuadratic.LEAST_CURVATURE, losses.curvature(means[i]));
            curvatures[i] = losses.whole(weights[i]) * curvature;
            responses[i] += (y[i] - means[i]) / curvature;
        }
        System.arraycopy(prior.targets(), 0, responses, n, q);
        Arrays.fill(curvatures, n, n + q, 1);
        return GlmProblem.of(Family.GAUSSIAN, Tensor.of(Shape.of(n + q, columns), rows), responses).withWeights(curvatures)
                .withFactors(factors).withoutIntercept();
    }

    private double objective(double[] theta, double[] eta) {
        double sum = losses.sum(y, weights, eta, 0, eta.length) + prior.value(theta);
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

    static double[] between(double[] from, double[] to, double length) {
        double[] between = to.clone();
        for (int j = 0; length < 1 && j < to.length; j++) {
            between[j] = Math.fma(length, to[j] - from[j], from[j]);
        }
        return between;
    }
}
