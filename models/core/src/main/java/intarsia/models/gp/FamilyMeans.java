package intarsia.models.gp;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.models.response.Likelihood;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import java.util.stream.IntStream;

/**
 * The mean prediction over a normal distribution of the linear predictor, by the trapezoid rule on 65 points within 8 standard deviations:
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
        return family.likelihood() == Likelihood.SQUARED_ERROR;
    }

    /** Records the mean prediction of rows. */
    static Node record(ResponseFamily family, ResponseBaseline baseline, Node linear, Node variance) {
        Node deviation = variance.sqrt();
        return linear.graph().sum(IntStream.rangeClosed(-POINTS, POINTS).mapToObj(k ->
                family.respond(linear.plus(deviation.times(k * WIDTH)), baseline).times(WEIGHTS[k + POINTS])).toList());
    }

    /** Writes the mean prediction. */
    static void write(ResponseFamily family, ResponseBaseline baseline, double linear, double variance, double[] predicted, int to) {
        double deviation = Math.sqrt(variance);
        double[] eta = new double[1];
        double[] at = new double[family.width()];
        for (int k = -POINTS; k <= POINTS; k++) {
            eta[0] = linear + k * WIDTH * deviation;
            family.respond(eta, 0, baseline, at, 0);
            for (int j = 0; j < at.length; j++) {
                predicted[to + j] = Math.fma(WEIGHTS[k + POINTS], at[j], predicted[to + j]);
            }
        }
    }
}
