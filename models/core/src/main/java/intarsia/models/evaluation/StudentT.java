package intarsia.models.evaluation;

/** Student's t distribution. */
public final class StudentT {
    private StudentT() {}

    /** {@code P(|T| >= |t|) = I(df / (df + t^2); df / 2, 1 / 2)}; NaN without a degree of freedom. */
    public static double twoSided(double t, int df) {
        if (df < 1 || Double.isNaN(t)) {
            return Double.NaN;
        }
        // its square stays finite; p no longer changes
        double size = Math.min(Math.abs(t), 1e100);
        // I_x(df/2, 1/2) by the recurrence in the degrees of freedom, from the closed forms of 1 and 2 (Abramowitz & Stegun 26.7.3,
        // 26.7.4).
        double cos2 = df / (df + size * size);
        double sin = size / Math.sqrt(df + size * size);
        double sum = 0;
        if (df % 2 == 0) {
            double term = 1;
            for (int k = 0; k < df / 2; k++) {
                sum += term;
                term *= cos2 * (2 * k + 1) / (2 * k + 2);
            }
            return Math.max(0, 1 - sin * sum);
        }
        double theta = StrictMath.atan(size / Math.sqrt(df));
        double term = Math.sqrt(cos2);
        for (int k = 0; k < (df - 1) / 2; k++) {
            sum += term;
            term *= cos2 * (2 * k + 2) / (2 * k + 3);
        }
        return Math.max(0, 1 - 2 / Math.PI * (theta + sin * sum));
    }
}
