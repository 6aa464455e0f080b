package intarsia.models.gp;

import intarsia.linalg.Elementary;
import intarsia.models.response.Likelihood;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.List;

/**
 * Responses with their distributions: what a Gaussian process needs of a family is the likelihood of one linear predictor, with two
 * derivatives.
 *
 * @param tasks    for each row its task
 * @param values   the responses as they are learned, row after row
 * @param weights  how much each row counts: a row of weight 2 is two with the same linear predictor
 * @param families of the tasks
 * @param at       where each row's response begins; last where they end
 */
record Responses(int[] tasks, double[] values, double[] weights, List<ResponseFamily> families, int[] at) {
    /** The least variance of noise, as a share of the response's variance. */
    static final double LEAST_NOISE = 1e-6;
    private static final double LOG_TWO_PI = 1.8378770664093453;
    private static final double LEAST_CURVATURE = 0x1p-40;
    private static final double STEP = 0x1p-8;

    Responses(int[] tasks, double[] values, double[] weights, List<ResponseFamily> families) {
        this(tasks, values, weights, families, new int[tasks.length + 1]);
        for (int i = 0; i < tasks.length; i++) {
            at[i + 1] = at[i] + families.get(tasks[i]).learned();
        }
    }

    int size() {
        return tasks.length;
    }

    /** Those of some rows. */
    Responses select(int[] rows) {
        return new Responses(Arrays.stream(rows).map(row -> tasks[row]).toArray(),
                Arrays.stream(rows).boxed().flatMapToDouble(row -> Arrays.stream(values, at[row], at[row + 1])).toArray(),
                Arrays.stream(rows).mapToDouble(row -> weights[row]).toArray(), families);
    }

    private Likelihood likelihood(int row) {
        return families.get(tasks[row]).likelihood();
    }

    /** Whether a task's responses have noise of unknown variance. */
    boolean[] noisy() {
        boolean[] noisy = new boolean[families.size()];
        for (int t = 0; t < noisy.length; t++) {
            noisy[t] = families.get(t).standardized();
        }
        return noisy;
    }

    /** For each task the variance of its noise, 1 where the family has none. */
    double[] noise(Hyperparameters h) {
        boolean[] noisy = noisy();
        double[] noise = new double[noisy.length];
        for (int t = 0; t < noise.length; t++) {
            noise[t] = noisy[t] ? LEAST_NOISE + h.noise(t) : 1;
        }
        return noise;
    }

    /** The log-likelihood of linear predictors. */
    double logLikelihood(double[] f, double[] noise) {
        double sum = 0;
        for (int i = 0; i < f.length; i++) {
            sum += logLikelihood(i, f[i], noise);
        }
        return sum;
    }

    /** A row's log-likelihood. */
    double logLikelihood(int i, double f, double[] noise) {
        int t = tasks[i];
        return -loss(i, f) / noise[t]
                - (families.get(t).standardized() ? weights[i] * 0.5 * (LOG_TWO_PI + Elementary.log(noise[t])) : 0);
    }

    /** A row's loss without noise: the likelihood's own, times the row's weight. */
    double loss(int i, double f) {
        return weights[i] * likelihood(i).loss(values, at[i], f);
    }

    /** The derivative of a row's log-likelihood. */
    double slope(int i, double f, double[] noise) {
        return -weights[i] * likelihood(i).slope(values, at[i], f) / noise[tasks[i]];
    }

    /** Minus the second derivative of a row's log-likelihood. */
    double curvature(int i, double f, double[] noise) {
        return weights[i] * Math.max(LEAST_CURVATURE, likelihood(i).curvature(values, at[i], f) / noise[tasks[i]]);
    }

    /** The derivative of the curvature, by a difference of fourth order: exact to about 1e-11. */
    double curvatureSlope(int i, double f, double[] noise) {
        if (likelihood(i) == Likelihood.SQUARED_ERROR) {
            return 0;
        }
        return (8 * (curvature(i, f + STEP, noise) - curvature(i, f - STEP, noise))
                - (curvature(i, f + 2 * STEP, noise) - curvature(i, f - 2 * STEP, noise))) / (12 * STEP);
    }
}
