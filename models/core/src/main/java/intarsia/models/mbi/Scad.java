package intarsia.models.mbi;

import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOutcome;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * {@code minimize ||b - A beta||^2 / (2 m) + sum_j SCAD(|beta_j|; lambda, 3.7)} (Fan &amp; Li 2001) by local linear approximation (Zou
 * &amp; Li 2008): a few weighted lassos, each with the penalty's slopes at the last solution. The first coefficient, the intercept, is not
 * penalized.
 */
final class Scad {
    private static final double A = 3.7;
    private static final int APPROXIMATIONS = 4;
    private static final double SMALLEST = 1e-4;
    private static final SolverOptions SOLVER = SolverOptions.DEFAULT.withTolerance(1e-7);

    private final GlmProblem problem;
    private final int p;

    Scad(Tensor left, double[] right) {
        p = left.shape().columns();
        problem = GlmProblem.of(Family.GAUSSIAN, left, right).withoutIntercept();
    }

    /**
     * A solution.
     *
     * @param coefficients beta
     * @param converged    whether the last of its lassos did
     */
    record Solution(double[] coefficients, boolean converged) {}

    /** The solution whose criterion is smallest, over falling weights; the last weight is 0. */
    Solution best(int weights, ToDoubleFunction<double[]> criterion) {
        double[] factors = new double[p];
        Arrays.fill(factors, 1, p, 1);
        double[] path = Arrays.copyOf(Glm.weights(problem.withFactors(factors), 1, weights, SMALLEST, SOLVER), weights + 1);
        double[] at = new double[p];
        Solution best = null;
        double smallest = Double.POSITIVE_INFINITY;
        for (double lambda : path) {
            Solution next = solve(lambda, at);
            at = next.coefficients;
            double value = criterion.applyAsDouble(at);
            if (best == null || value < smallest) {
                smallest = value;
                best = next;
            }
        }
        return best;
    }

    Solution solve(double lambda, double[] start) {
        Solution at = new Solution(start, true);
        for (int i = 0; i < (lambda == 0 ? 1 : APPROXIMATIONS); i++) {
            double[] factors = new double[p];
            for (int j = 1; j < p; j++) {
                factors[j] = lambda == 0 ? 0 : slope(Math.abs(at.coefficients[j]), lambda) / lambda;
            }
            GlmFit fit = Glm.fit(problem.withFactors(factors), new ElasticNet(lambda, 0), SOLVER, 0, at.coefficients);
            at = new Solution(fit.coefficients(), fit.outcome() == SolverOutcome.CONVERGED);
        }
        return at;
    }

    /** The derivative of the penalty: lambda near 0, falling to 0 at 3.7 lambda. */
    static double slope(double size, double lambda) {
        return size <= lambda ? lambda : Math.max(0, A * lambda - size) / (A - 1);
    }
}
