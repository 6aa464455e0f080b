package intarsia.models.gp;

import intarsia.linalg.Elementary;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.solve.Family;

/**
 * The mean response over a normal distribution of the linear predictor, by the trapezoid rule on 65 points within 8 standard deviations:
 * for links as smooth as the logit it is exact to about 1e-8 at deviations up to 5.
 */
final class FamilyMeans {
    private static final int POINTS = 32;
    private static final double WIDTH = 0.25;
    private static final double[] WEIGHTS = weights();

    private FamilyMeans() {}

    private static double[] weights() {
        double[] weights = new double[2 * POINTS + 1];
        double sum = 0;
        for (int k = -POINTS; k <= POINTS; k++) {
            weights[k + POINTS] = Elementary.exp(-0.5 * k * WIDTH * k * WIDTH);
            sum += weights[k + POINTS];
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    /** Whether the mean is the linear predictor itself, so that its variance does not matter. */
    static boolean linear(ResponseFamily family) {
        return family.glm() == Family.GAUSSIAN;
    }

    /** The mean, and the mean of squared means: two numbers. */
    static double[] of(ResponseFamily family, double linear, double variance) {
        double deviation = Math.sqrt(variance);
        double mean = 0;
        double square = 0;
        for (int k = -POINTS; k <= POINTS; k++) {
            double at = family.glm().mean(linear + k * WIDTH * deviation);
            mean = Math.fma(WEIGHTS[k + POINTS], at, mean);
            square = Math.fma(WEIGHTS[k + POINTS] * at, at, square);
        }
        return new double[] {mean, square};
    }
}
