package intarsia.models.stacking;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Candidates that one fold's rows rule out (ours): with weights found on these rows, the mixture m gains too little from a candidate p
 * whatever weight it is given.
 *
 * <pre>
 * largest over v = 1/2, 1/4, ..., 1/64 of   mean_i g_i(v) + 2 se_i g_i(v)   below   1/100 mean_i deviance(m_i)
 * g_i(v) = deviance of row i at m_i less that at m_i + v (p_i - m_i)
 * </pre>
 *
 * A candidate may predict worse than others and yet be worth a weight, where its errors are others; this asks for the latter. For a squared
 * error, and a candidate that has nothing to do with the mixture's errors, the left side is about 4 / n of the mixture's deviance: above
 * 400 rows in a fold nearly all that is useless is ruled out, and that is where fits take long; with fewer, what would harm. What has a
 * weight is never ruled out.
 *
 * @param out     which candidates are ruled out
 * @param losses  the mean deviance of each
 * @param mixture that of the mixture
 */
record Screening(boolean[] out, double[] losses, double mixture) {
    private static final double SHARE = 0.01;
    private static final double ERRORS = 2;
    private static final int HALVINGS = 6;

    /**
     * By the rows of a fold.
     *
     * @param predicted of each candidate the predictions of all rows, scaled
     */
    static Screening of(HeldOutRows rows, List<double[]> predicted) {
        boolean[] out = new boolean[predicted.size()];
        double[] losses = StackingWeights.losses(rows, predicted);
        double[] weights = StackingWeights.dropped(StackingWeights.simplex(rows, predicted));
        double[] mixed = StackingWeights.mixture(predicted, weights);
        double[] deviances = StackingWeights.deviances(rows, mixed);
        double mixture = StackingWeights.mean(deviances);
        for (int k = 0; k < out.length; k++) {
            double[] of = predicted.get(k);
            out[k] = weights[k] == 0 && IntStream.rangeClosed(1, HALVINGS)
                    .allMatch(halving -> most(rows, mixed, deviances, of, Math.scalb(1.0, -halving)) < SHARE * mixture);
        }
        return new Screening(out, losses, mixture);
    }

    /** The most that is to be gained by giving a candidate a weight. */
    private static double most(HeldOutRows rows, double[] mixed, double[] deviances, double[] candidate, double weight) {
        double[] moved = new double[mixed.length];
        Arrays.setAll(moved, j -> mixed[j] + weight * (candidate[j] - mixed[j]));
        double[] gain = StackingWeights.difference(deviances, StackingWeights.deviances(rows, moved));
        double mean = StackingWeights.mean(gain);
        return mean + ERRORS * StackingWeights.standardError(gain, mean);
    }
}
