package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.optim.prox.ElasticNet;
import java.util.ArrayList;
import java.util.List;

/**
 * Generalized linear models with an elastic net. The tolerance of the options is the duality gap relative to the loss of the null model;
 * iterations are passes of coordinate descent for Gaussian responses, and Newton steps otherwise.
 *
 * <p>Duplicated, constant and all-zero columns are welcome (the last two get 0), more columns than rows too. What cannot have a finite
 * solution, such as separable labels without a penalty, ends as {@link SolverOutcome#NO_MINIMUM}. Columns, responses and weights may be in
 * any units: where squares would overflow or vanish, the problem is solved in others. A solution that doubles do not hold is refused.
 */
public final class Glm {
    private Glm() {}

    /** The minimizer, started from zeros; for counts, from their mean. */
    public static GlmFit fit(GlmProblem problem, ElasticNet penalty, SolverOptions options) {
        return fit(problem, penalty, options, ProximalNewton.nullIntercept(problem), new double[problem.columns()]);
    }

    /** The minimizer, started from these coefficients. */
    public static GlmFit fit(GlmProblem problem, ElasticNet penalty, SolverOptions options, double intercept, double[] coefficients) {
        if (coefficients.length != problem.columns()) {
            throw new IllegalArgumentException("glm: a start of " + coefficients.length + " coefficients for " + problem.columns()
                    + " columns");
        }
        Units units = Units.of(problem);
        double[] start = units.start(coefficients);
        return units.back(switch (problem.family()) {
            case GAUSSIAN -> new WeightedLeastSquares(units.problem(), start).fit(units.l1(penalty), units.l2(penalty), options);
            case BINOMIAL, POISSON -> new ProximalNewton(units.problem(), units.l1(penalty), units.l2(penalty), start, intercept)
                    .fit(options);
        });
    }

    /**
     * The solutions for falling weights of {@link ElasticNet#of}, each started from the one before: what one solution costs is mostly paid
     * once.
     *
     * @param l1Share share of the weight that is l1
     * @param weights in the order wanted; falling is fast
     */
    public static List<GlmFit> path(GlmProblem problem, double l1Share, double[] weights, SolverOptions options) {
        List<GlmFit> fits = new ArrayList<>();
        Units units = Units.of(problem);
        WeightedLeastSquares gaussian = problem.family() == Family.GAUSSIAN
                ? new WeightedLeastSquares(units.problem(), new double[problem.columns()]) : null;
        for (double weight : weights) {
            ElasticNet penalty = ElasticNet.of(weight, l1Share);
            if (gaussian != null) {
                fits.add(units.back(gaussian.fit(units.l1(penalty), units.l2(penalty), options)));
            } else if (fits.isEmpty()) {
                fits.add(fit(problem, penalty, options));
            } else {
                GlmFit last = fits.getLast();
                fits.add(fit(problem, penalty, options, last.intercept(), last.coefficients()));
            }
        }
        return fits;
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
