package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;

/**
 * The quadratic model of a block's loss about theta: {@code loss(theta + d) = loss - falls' d + 1/2 d' H d}, exact for Gaussian responses.
 * It is a sum over rows, and so over individuals: all that a step on what they share needs to know of them.
 *
 * @param hessian H [k x k]
 * @param falls   the negative gradient [k]
 */
record BlockQuadratic(Tensor hessian, double[] falls) {
    /** Keeps weights of saturated rows from vanishing. */
    static final double LEAST_CURVATURE = 1e-9;
    /** A pivot below this share of its diagonal entry says that the equations do not settle all numbers. */
    private static final double DEPENDENT = 1e-12;
    private static final SolverOptions LASSO = new SolverOptions(1e-13, 300);

    /** Of rows {@code from} to {@code to}, whose features [N x k], responses, weights and linear predictors are among these. */
    static BlockQuadratic of(RowLoss losses, double[] features, int columns, double[] y, double[] weights, double[] eta, int from, int to) {
        double[] falls = new double[columns];
        double[] means = losses.means(eta, from, to);
        double[] scaled = losses.deviations(features, columns, from, means);
        for (int n = from; n < to; n++) {
            double mean = means[n - from];
            double weight = losses.whole(weights[n]);
            double fall = weight * (y[n] - mean);
            double root = Math.sqrt(weight * Math.max(LEAST_CURVATURE, losses.curvature(mean)));
            for (int j = 0; j < columns; j++) {
                falls[j] = Math.fma(fall, features[n * columns + j], falls[j]);
                scaled[(n - from) * columns + j] *= root;
            }
        }
        return new BlockQuadratic(Matrices.gram(Tensor.of(Shape.of(to - from, columns), scaled)), falls);
    }

    /** With a sum of squares {@code 1/2 ||A theta - a||^2}. */
    BlockQuadratic with(CoefficientPrior.PriorRows prior, double[] theta) {
        Tensor a = prior.matrix();
        int rows = prior.targets().length;
        int columns = falls.length;
        double[] all = falls.clone();
        for (int i = 0; i < rows; i++) {
            double rest = prior.targets()[i];
            for (int j = 0; j < columns; j++) {
                rest = Math.fma(-a.doubles()[i * columns + j], theta[j], rest);
            }
            for (int j = 0; j < columns; j++) {
                all[j] = Math.fma(rest, a.doubles()[i * columns + j], all[j]);
            }
        }
        if (rows == 0) {
            return new BlockQuadratic(hessian, all);
        }
        double[] sum = Matrices.gram(a).doubles();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += hessian.doubles()[k];
        }
        return new BlockQuadratic(Tensor.of(hessian.shape(), sum), all);
    }

    /** {@code theta + H^-1 falls}; where H does not settle all numbers, the nearest of the minima. O(k^3 / 3), or O(k^3). */
    double[] minimum(double[] theta) {
        int k = theta.length;
        double[] moved = theta.clone();
        if (k > 0) {
            double[] step = cholesky();
            step = step == null ? leastStep() : step;
            for (int j = 0; j < k; j++) {
                moved[j] += step[j];
            }
        }
        return moved;
    }

    private double[] cholesky() {
        Cholesky factorized;
        try {
            factorized = Cholesky.of(hessian);
        } catch (DecompositionException e) {
            return null;
        }
        int k = falls.length;
        for (int j = 0; j < k; j++) {
            double pivot = factorized.lower().get(j, j);
            if (!(pivot * pivot > DEPENDENT * hessian.get(j, j))) {
                return null;
            }
        }
        return factorized.solve(Tensor.of(Shape.of(k, 1), falls)).toDoubles();
    }

    /** The shortest step to a minimum, numbers measured by their own curvatures; none along what has no curvature. */
    private double[] leastStep() {
        int k = falls.length;
        double[] units = units();
        SymmetricEigen eigen = SymmetricEigen.of(scaled(units));
        double[] step = new double[k];
        for (int r = 0; r < k; r++) {
            double along = 0;
            for (int j = 0; j < k; j++) {
                along = Math.fma(eigen.vectors().get(j, r), units[j] * falls[j], along);
            }
            for (int j = 0; j < k && eigen.values().at(r) > DEPENDENT; j++) {
                step[j] += units[j] * eigen.vectors().get(j, r) * along / eigen.values().at(r);
            }
        }
        return step;
    }

    /** {@code 1 / sqrt(H_jj)}; 0 where there is no curvature. */
    private double[] units() {
        double[] units = new double[falls.length];
        for (int j = 0; j < units.length; j++) {
            double unit = 1 / Math.sqrt(hessian.get(j, j));
            units[j] = unit < Double.POSITIVE_INFINITY ? unit : 0;
        }
        return units;
    }

    private Tensor scaled(double[] units) {
        Tensor scaled = hessian.copy();
        for (int k = 0; k < scaled.size(); k++) {
            scaled.doubles()[k] *= units[k / units.length] * units[k % units.length];
        }
        return scaled;
    }

    /** The same with a lasso: coordinate descent on k rows, a root of H. */
    double[] minimum(double[] theta, double l1) {
        if (l1 == 0) {
            return minimum(theta);
        }
        int k = theta.length;
        double[] units = units();
        SymmetricEigen eigen = SymmetricEigen.of(scaled(units));
        double[] rows = new double[k * k];
        double[] targets = new double[k];
        for (int r = 0; r < k; r++) {
            double root = eigen.values().at(r) > DEPENDENT ? Math.sqrt(eigen.values().at(r)) : 0;
            for (int j = 0; j < k && root > 0; j++) {
                double v = eigen.vectors().get(j, r);
                rows[r * k + j] = units[j] == 0 ? 0 : root * v / units[j];
                targets[r] += rows[r * k + j] * theta[j] + v * units[j] * falls[j] / root;
            }
        }
        double[] ones = new double[k];
        Arrays.fill(ones, 1);
        GlmProblem problem = GlmProblem.of(Family.GAUSSIAN, Tensor.of(Shape.of(k, k), rows), targets).withWeights(ones)
                .withoutIntercept();
        return Glm.fit(problem, Penalty.l1(l1), LASSO, 0, theta).coefficients();
    }

    /** How much less the loss is at other numbers. */
    double fall(double[] theta, double[] other) {
        double sum = 0;
        for (int i = 0; i < theta.length; i++) {
            double slope = falls[i];
            for (int j = 0; j < theta.length; j++) {
                slope -= hessian.get(i, j) * (other[j] - theta[j]) / 2;
            }
            sum += slope * (other[i] - theta[i]);
        }
        return sum;
    }
}
