package intarsia.models.evaluation;

import intarsia.linalg.Elementary;

/** The standard normal distribution. */
public final class NormalDistribution {
    private NormalDistribution() {}

    /**
     * {@code P(Z <= x)}, within 1e-14: by its series below 3, else by a continued fraction (Abramowitz &amp; Stegun
     * 26.2.10, 26.2.14).
     */
    public static double below(double x) {
        double size = Math.min(Math.abs(x), 38);
        double density = Elementary.exp(-size * size / 2) / Math.sqrt(2 * Math.PI);
        double upper;
        if (size < 3) {
            double term = size;
            double sum = size;
            for (int k = 1; Math.abs(term) > 1e-17 * sum; k++) {
                term *= size * size / (2 * k + 1);
                sum += term;
            }
            upper = 0.5 - density * sum;
        } else {
            double fraction = size;
            for (int k = 80; k >= 1; k--) {
                fraction = size + k / fraction;
            }
            upper = density / fraction;
        }
        return x > 0 ? 1 - upper : upper;
    }
}
