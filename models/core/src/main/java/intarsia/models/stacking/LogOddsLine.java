package intarsia.models.stacking;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.models.response.LevelResponse;
import intarsia.models.response.ResponseFamily;

/**
 * Probabilities made more or less extreme:
 *
 * <pre>
 * binary            logit p' = intercept + slope logit p     (Platt 1999, on log odds)
 * levels            p'_k ~ p_k^slope                         (temperature 1 / slope: Guo, Pleiss, Sun &amp; Weinberger 2017)
 * </pre>
 *
 * @param intercept a; 0 for levels
 * @param slope     b, above 0: the order of rows and of a row's levels stays as it is
 */
public record LogOddsLine(double intercept, double slope) {
    /** As they are. */
    static final LogOddsLine NONE = new LogOddsLine(0, 1);

    /** Checks. */
    public LogOddsLine {
        if (!Double.isFinite(intercept) || !(slope > 0 && slope < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("recalibration by intercept " + intercept + " and slope " + slope
                    + ": must be finite, the slope above 0");
        }
    }

    /** Whether probabilities of such a family can be changed so. */
    static boolean suits(ResponseFamily family) {
        return family.equals(ResponseFamily.BINARY) || family instanceof LevelResponse;
    }

    /** Changes a prediction in its place. */
    void apply(ResponseFamily family, double[] predicted, int from) {
        if (family.width() == 1) {
            predicted[from] = Elementary.sigmoid(intercept + slope * logit(predicted[from]));
            return;
        }
        double[] changed = powers(predicted, from, family.width());
        System.arraycopy(changed, 0, predicted, from, changed.length);
    }

    /** The same of rows x width predictions in a graph. */
    Node apply(ResponseFamily family, Node predicted) {
        Node log = kept(predicted).log();
        return family.width() > 1 ? log.times(slope).softmax()
                : log.minus(kept(predicted.affine(-1, 1)).log()).affine(slope, intercept).sigmoid();
    }

    private static Node kept(Node p) {
        return p.max(p.graph().constant(ResponseFamily.LEAST));
    }

    private double[] powers(double[] predicted, int from, int levels) {
        double[] powers = new double[levels];
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < levels; k++) {
            powers[k] = slope * log(predicted[from + k]);
            largest = Math.max(largest, powers[k]);
        }
        double sum = 0;
        for (int k = 0; k < levels; k++) {
            powers[k] = Elementary.exp(powers[k] - largest);
            sum += powers[k];
        }
        for (int k = 0; k < levels; k++) {
            powers[k] /= sum;
        }
        return powers;
    }

    /**
     * The deviance of a changed prediction; adds its derivatives by the intercept and by the log of the slope.
     *
     * @param y the response, or the code of its level
     */
    double deviance(ResponseFamily family, double y, double[] predicted, int from, double[] slopes) {
        if (family.width() == 1) {
            double z = logit(predicted[from]);
            double eta = intercept + slope * z;
            double error = 2 * (Elementary.sigmoid(eta) - y);
            slopes[0] += error;
            slopes[1] += error * slope * z;
            return 2 * (y == 1 ? Elementary.softplus(-eta) : Elementary.softplus(eta));
        }
        double[] changed = powers(predicted, from, family.width());
        double mean = 0;
        for (int k = 0; k < changed.length; k++) {
            mean += changed[k] * log(predicted[from + k]);
        }
        slopes[1] -= 2 * slope * (log(predicted[from + (int) y]) - mean);
        return -2 * log(changed[(int) y]);
    }

    private static double log(double p) {
        return Elementary.log(kept(p));
    }

    private static double logit(double p) {
        return Elementary.log(kept(p)) - Elementary.log(kept(1 - p));
    }

    private static double kept(double p) {
        return Math.clamp(p, ResponseFamily.LEAST, 1);
    }
}
