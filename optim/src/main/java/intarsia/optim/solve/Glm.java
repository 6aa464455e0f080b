package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.optim.prox.ElasticNet;
import java.util.ArrayList;
import java.util.List;

/**
 * Generalized linear models with an elastic net. The tolerance of the options is the duality gap relative to the loss of the null model;
 * iterations are proximal Newton steps.
 *
 * <p>Duplicated, constant and all-zero columns are welcome (the last two get 0), more columns than rows too. What cannot have a finite
 * solution, such as separable labels without a penalty, ends as {@link SolverOutcome#NO_MINIMUM}. Columns, responses and weights may be in
 * any units: where squares would overflow or vanish, the problem is solved in others. A solution that doubles do not hold is refused.
 *
 * {@snippet class="intarsia.tutorial.LassoTutorial" region="path"}
 */
public final class Glm {
    private Glm() {}

    /** The minimizer, started from zeros. */
    public static GlmFit fit(GlmProblem problem, ElasticNet penalty, SolverOptions options) {
        Units units = Units.of(problem);
        return fit(newton(units), units, penalty, options);
    }

    /** The minimizer, started from these coefficients. */
    public static GlmFit fit(GlmProblem problem, ElasticNet penalty, SolverOptions options, double intercept, double[] coefficients) {
        if (coefficients.length != problem.columns()) {
            throw new IllegalArgumentException("glm: a start of " + coefficients.length + " coefficients for " + problem.columns()
                    + " columns");
        }
        Units units = Units.of(problem);
        ProximalNewton newton = newton(units);
        newton.start(units.start(coefficients), problem.intercept() ? new double[] {units.intercept(intercept)} : new double[0]);
        return fit(newton, units, penalty, options);
    }

    /**
     * The solutions for falling weights of {@link ElasticNet#of}, each started from the one before: what one solution costs is mostly paid
     * once.
     *
     * @param l1Share share of the weight that is l1
     * @param weights in the order wanted; falling is fast
     */
    public static List<GlmFit> path(GlmProblem problem, double l1Share, double[] weights, SolverOptions options) {
        Units units = Units.of(problem);
        ProximalNewton newton = newton(units);
        List<GlmFit> fits = new ArrayList<>();
        for (double weight : weights) {
            fits.add(fit(newton, units, ElasticNet.of(weight, l1Share), options));
        }
        return fits;
    }

    private static ProximalNewton newton(Units units) {
        GlmProblem problem = units.problem();
        return new ProximalNewton(new GlmLoss(problem), Design.of(problem.predictors(), problem.weights(), problem.intercept()));
    }

    private static GlmFit fit(ProximalNewton newton, Units units, ElasticNet penalty, SolverOptions options) {
        LinearFit fit = newton.fit(units.l1(penalty), units.l2(penalty), options);
        double intercept = fit.intercepts().length == 1 ? fit.intercepts()[0] : 0;
        return units.back(new GlmFit(intercept, fit.coefficients().doubles(), fit.objective(), fit.gap(), fit.iterations(), fit.outcome()));
    }

    /**
     * Weights from {@link #largestWeight} down to {@code ratio} times it, evenly spaced on a logarithmic scale.
     *
     * @param count how many, at least 1
     * @param ratio of the smallest to the largest, above 0 and at most 1
     */
    public static double[] weights(GlmProblem problem, double l1Share, int count, double ratio, SolverOptions options) {
        if (count < 1 || !(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException("weights: count " + count + " must be at least 1, and ratio " + ratio
                    + " above 0 and at most 1");
        }
        double largest = largestWeight(problem, l1Share, options);
        double[] weights = new double[count];
        for (int k = 0; k < count; k++) {
            weights[k] = k == 0 ? largest : largest * Elementary.exp(Elementary.log(ratio) * k / (count - 1));
        }
        return weights;
    }

    /**
     * The smallest weight at which every penalized coefficient is 0: {@code max_j |c_j| / (share f_j)}, c being the slopes of the model
     * that has only what is not penalized. The share is taken as at least 0.001, as ridge alone never reaches 0.
     */
    public static double largestWeight(GlmProblem given, double l1Share, SolverOptions options) {
        Units units = Units.of(given);
        GlmProblem problem = units.problem();
        double[] held = new double[problem.columns()];
        for (int j = 0; j < held.length; j++) {
            held[j] = problem.factors()[j] > 0 ? Double.MAX_VALUE : 0;
        }
        GlmFit fit = fit(problem.withFactors(held), new ElasticNet(1, 0), options);
        double[] eta = eta(problem, fit);
        double[] slopes = new double[held.length];
        double[] x = problem.predictors().doubles();
        for (int i = 0; i < eta.length; i++) {
            double u = problem.weights()[i] * (problem.response()[i] - problem.family().mean(eta[i]));
            for (int j = 0; j < slopes.length; j++) {
                slopes[j] = Math.fma(u, x[i * slopes.length + j], slopes[j]);
            }
        }
        double largest = 0;
        for (int j = 0; j < slopes.length; j++) {
            largest = problem.factors()[j] > 0 ? Math.max(largest, units.weight(j, Math.abs(slopes[j])) / problem.factors()[j]) : largest;
        }
        return largest / Math.max(l1Share, 1e-3);
    }

    /** The linear predictor of every row, the offsets included. */
    public static double[] eta(GlmProblem problem, GlmFit fit) {
        double[] eta = problem.offsets().clone();
        int p = problem.columns();
        double[] x = problem.predictors().doubles();
        for (int i = 0; i < eta.length; i++) {
            double sum = eta[i] + fit.intercept();
            for (int j = 0; j < p; j++) {
                sum = Math.fma(x[i * p + j], fit.coefficients()[j], sum);
            }
            eta[i] = sum;
        }
        return eta;
    }
}
