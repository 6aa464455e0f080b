package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Ordered levels by proportional odds (McCullagh 1980): {@code P(y_i <= k) = sigmoid(theta_k - x_i' b)} for thresholds theta_0 to theta_K-2
 * in increasing order, so a larger linear predictor means higher levels, and the loss {@code -sum_i w_i log P(y_i)}.
 *
 * <p>A level without rows has probability 0 at the minimum where it lies between others: the thresholds at its sides are equal. At an end
 * its threshold moves away for ever: it is put where no row leaves the level more than exp(-20), and the outcome is
 * {@link SolverOutcome#NO_MINIMUM}.
 *
 * @param predictors x_i [n x p]
 * @param response   y [n], levels from 0 to K - 1
 * @param levels     K, at least 1
 * @param weights    w [n]
 */
public record CumulativeLogit(Tensor predictors, int[] response, int levels, double[] weights) implements LinearModel {
    private static final double IMPROBABLE = 20;

    /** Checks sizes and ranges. */
    public CumulativeLogit {
        LinearModel.check("cumulative logit", predictors, response.length, weights);
        for (int i = 0; i < response.length; i++) {
            if (response[i] < 0 || response[i] >= levels) {
                throw new IllegalArgumentException("cumulative logit: response " + i + " is " + response[i] + "; levels are 0 to "
                        + (levels - 1));
            }
        }
    }

    /** Rows of weight 1/n. */
    public static CumulativeLogit of(Tensor predictors, int levels, int... response) {
        double[] weights = new double[response.length];
        Arrays.fill(weights, 1.0 / response.length);
        return new CumulativeLogit(predictors, response, levels, weights);
    }

    /** Other weights. */
    public CumulativeLogit withWeights(double... other) {
        return new CumulativeLogit(predictors, response, levels, other);
    }

    @Override
    public LinearFit fit(double ridge, SolverOptions options) {
        int[] seen = IntStream.range(0, levels)
                .filter(k -> IntStream.range(0, response.length).anyMatch(i -> response[i] == k && weights[i] > 0)).toArray();
        int[] index = new int[levels];
        for (int k = 0; k < seen.length; k++) {
            index[seen[k]] = k;
        }
        int[] dense = Arrays.stream(response).map(y -> index[y]).toArray();
        return expanded(RidgeNewton.fit(this, new CumulativeLogitLoss(dense, seen.length, weights), ridge, options), seen);
    }

    CumulativeLogitLoss loss() {
        return new CumulativeLogitLoss(response, levels, weights);
    }

    /** The fit with the thresholds of all levels. */
    private LinearFit expanded(LinearFit fit, int[] seen) {
        if (seen.length == levels) {
            return fit;
        }
        double[] eta = fit.predictors(predictors).toDoubles();
        double lowest = IntStream.range(0, eta.length).filter(i -> weights[i] > 0).mapToDouble(i -> eta[i]).min().orElseThrow();
        double highest = IntStream.range(0, eta.length).filter(i -> weights[i] > 0).mapToDouble(i -> eta[i]).max().orElseThrow();
        double[] thresholds = new double[levels - 1];
        for (int k = 0, below = 0; k < thresholds.length; k++) {
            // the threshold above level k is that above the highest level with rows up to k
            below += below < seen.length && seen[below] <= k ? 1 : 0;
            thresholds[k] = below == 0 ? lowest - IMPROBABLE : below == seen.length ? highest + IMPROBABLE : fit.intercepts()[below - 1];
        }
        boolean ends = seen[0] == 0 && seen[seen.length - 1] == levels - 1;
        return new LinearFit(fit.coefficients(), thresholds, fit.objective(), ends ? fit.gap() : Double.POSITIVE_INFINITY, fit.iterations(),
                ends ? fit.outcome() : SolverOutcome.NO_MINIMUM);
    }

    /** The probabilities of the levels [n x K] of rows [n x p]. */
    public static Tensor probabilities(LinearFit fit, Tensor rows) {
        double[] eta = fit.predictors(rows).toDoubles();
        int levels = fit.intercepts().length + 1;
        double[] p = new double[eta.length * levels];
        for (int i = 0; i < eta.length; i++) {
            for (int k = 0; k < levels; k++) {
                double a = k < levels - 1 ? fit.intercepts()[k] - eta[i] : Double.POSITIVE_INFINITY;
                double b = k > 0 ? fit.intercepts()[k - 1] - eta[i] : Double.NEGATIVE_INFINITY;
                // sigmoid(a) - sigmoid(b), without the difference of numbers near 1
                p[i * levels + k] = Elementary.sigmoid(a) * Elementary.sigmoid(-b) * CumulativeLogitLoss.below(a - b);
            }
        }
        return Tensor.of(Shape.of(eta.length, levels), p);
    }
}
