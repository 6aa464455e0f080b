package intarsia.models.evaluation;

import intarsia.linalg.Elementary;

/** Quantiles of the standard normal distribution, by Acklam's rational functions (2003): relative error below 1.2e-9. */
public final class NormalQuantile {
    private static final double[] CENTER = {-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690,
            -30.66479806614716, 2.506628277459239};
    private static final double[] BELOW_CENTER = {-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
            -13.28068155288572, 1};
    private static final double[] TAIL = {-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
            4.374664141464968, 2.938163982698783};
    private static final double[] BELOW_TAIL = {0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1};
    private static final double WHERE_TAILS_BEGIN = 0.02425;

    private NormalQuantile() {}

    /** The z with {@code P(Z <= z) = p}, for p above 0 and below 1. */
    public static double of(double p) {
        if (p > 0.5) {
            return -of(1 - p);
        }
        if (p < WHERE_TAILS_BEGIN) {
            double q = Math.sqrt(-2 * Elementary.log(p));
            return polynomial(TAIL, q) / polynomial(BELOW_TAIL, q);
        }
        double q = p - 0.5;
        return q * polynomial(CENTER, q * q) / polynomial(BELOW_CENTER, q * q);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * x + coefficient;
        }
        return sum;
    }
}
