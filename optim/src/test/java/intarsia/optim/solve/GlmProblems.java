package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.Arrays;

/** Random problems, and the optimality condition that judges their solutions. */
final class GlmProblems {
    private GlmProblems() {}

    /**
     * n x p Gaussian predictors; unless plain with, at random, duplicated, nearly duplicated, constant, zero, far-off and badly scaled
     * columns; weights, offsets, factors.
     */
    static GlmProblem random(RandomStream random, Family family, boolean plain, int n, int p) {
        Tensor x = Tensor.zeros(n, p);
        double[] y = new double[n];
        double[] signal = new double[n];
        double[] weights = new double[n];
        double[] offsets = new double[n];
        double[] factors = new double[p];
        for (int j = 0; j < p; j++) {
            int kind = plain ? 9 : random.nextInt(10);
            int from = random.nextInt(j + 1);
            for (int i = 0; i < n; i++) {
                double g = random.nextGaussian();
                signal[i] += j == 0 ? g : j == 2 ? -0.7 * g : 0;
                x.set(switch (kind) {
                    case 0 -> x.get(i, from);
                    case 1 -> x.get(i, from) + 1e-4 * g;
                    case 2 -> 0.1;
                    case 3 -> 0;
                    case 4 -> 1000 + g;
                    case 5 -> 30 * g;
                    default -> g;
                }, i, j);
            }
            factors[j] = plain ? 1 : random.nextInt(8) == 0 ? 0 : random.nextDouble(0.2, 2);
        }
        for (int i = 0; i < n; i++) {
            double eta = 0.5 + signal[i];
            y[i] = switch (family) {
                case GAUSSIAN -> eta + random.nextGaussian();
                case BINOMIAL -> random.nextDouble() < Elementary.sigmoid(eta) ? 1 : 0;
                case POISSON -> count(random, Elementary.exp(eta / 2));
            };
            weights[i] = plain ? 1.0 / n : random.nextInt(9) == 0 ? 0 : random.nextDouble(0.1, 2) / n;
            offsets[i] = plain ? 0 : random.nextGaussian() / 2;
        }
        weights[0] = 1.0 / n;
        GlmProblem problem = GlmProblem.of(family, x, y).withWeights(weights).withOffsets(offsets).withFactors(factors);
        return random.nextInt(3) == 0 ? problem.withoutIntercept() : problem;
    }

    /** A Poisson number, by the gaps of its process. */
    static int count(RandomStream random, double mean) {
        int count = 0;
        for (double at = -Math.log(1 - random.nextDouble()); at < mean; at -= Math.log(1 - random.nextDouble())) {
            count++;
        }
        return count;
    }

    /**
     * How far a solution is from satisfying the optimality conditions, each slope by its coordinate's own scale and curvature: for b_j = 0,
     * |c_j| at most l1_j; else {@code c_j = l1_j sign(b_j) + l2_j b_j}; the slope of the intercept is 0.
     */
    static double violation(GlmProblem problem, double l1, double l2, GlmFit fit) {
        double[] eta = Glm.eta(problem, fit);
        double[] u = new double[eta.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = problem.weights()[i] * (problem.response()[i] - problem.family().mean(eta[i]));
        }
        double worst = problem.intercept() ? Math.abs(Arrays.stream(u).sum()) : 0;
        for (int j = 0; j < problem.columns(); j++) {
            double slope = 0;
            double scale = 0;
            for (int i = 0; i < u.length; i++) {
                slope += u[i] * problem.predictors().get(i, j);
                double curvature = Math.max(1, problem.family().curvature(problem.family().mean(eta[i])));
                scale += problem.weights()[i] * curvature * problem.predictors().get(i, j) * problem.predictors().get(i, j);
            }
            double b = fit.coefficients()[j];
            double f = problem.factors()[j];
            double miss = b == 0 ? Math.max(0, Math.abs(slope) - f * l1) : Math.abs(slope - f * l1 * Math.signum(b) - f * l2 * b);
            worst = Math.max(worst, miss / Math.max(1, Math.sqrt(scale)));
        }
        return worst;
    }

    /** Standard normal numbers. */
    static Tensor gaussian(RandomStream random, int rows, int columns) {
        Tensor x = Tensor.zeros(rows, columns);
        for (int i = 0; i < x.size(); i++) {
            x.doubles()[i] = random.nextGaussian();
        }
        return x;
    }

    /** A number n times. */
    static double[] uniform(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return values;
    }
}
