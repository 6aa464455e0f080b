package intarsia.models.evaluation;

/** Student's t distribution. */
public final class StudentT {
    /** More degrees of freedom are taken between these and infinity. */
    private static final double MANY = 1e7;
    private static final int MOST_STEPS = 100_000;

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

    /**
     * The same with any number of degrees of freedom above 0, infinitely many too: {@code I(df / (df + t^2); df / 2, 1 / 2)} by its
     * continued fraction, within 1e-12; NaN without a degree of freedom.
     */
    public static double twoSided(double t, double df) {
        if (!(df > 0) || Double.isNaN(t)) {
            return Double.NaN;
        }
        double size = Math.min(Math.abs(t), 1e100);
        if (df > MANY) {
            // what is left of the difference to the normal distribution falls as 1 / df
            double normal = 2 * NormalDistribution.below(-size);
            return normal + (twoSided(size, MANY) - normal) * (MANY / df);
        }
        double tail = df / (df + size * size);
        double rest = size * size / (df + size * size);
        // the fraction converges fast on this side of the mean
        return tail < (df / 2 + 1) / (df / 2 + 2.5) ? beta(tail, rest, df / 2, 0.5, df / 2) : 1 - beta(rest, tail, 0.5, df / 2, df / 2);
    }

    /**
     * The number that is not exceeded with this probability, above 0 and below 1.
     *
     * @param df degrees of freedom, above 0; may be infinite
     */
    public static double quantile(double probability, double df) {
        if (!(probability > 0 && probability < 1) || !(df > 0)) {
            throw new IllegalArgumentException("probability " + probability + " and " + df + " degrees of freedom: need one inside (0, 1), "
                    + "and the other above 0");
        }
        double wanted = 2 * Math.min(probability, 1 - probability);
        double low = 0;
        double high = 1;
        while (twoSided(high, df) > wanted && high < 1e100) {
            high *= 2;
        }
        for (int step = 0; step < 200 && high - low > 1e-14 * high; step++) {
            double middle = 0.5 * (low + high);
            if (twoSided(middle, df) > wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return probability < 0.5 ? -high : high;
    }

    /**
     * The regularized incomplete beta function of x, 1 - x being given too, by Lentz's method (Numerical Recipes 6.4; DLMF 8.17.22).
     *
     * @param other the one of a and b that is not said to be 1/2
     */
    private static double beta(double x, double rest, double a, double b, double other) {
        if (x == 0) {
            return 0;
        }
        double front = StrictMath.exp(a * log(x, rest) + b * log(rest, x) - logBeta(other)) / a;
        double c = 1;
        double d = 1 / atLeast(1 - (a + b) * x / (a + 1));
        double fraction = d;
        for (int k = 1; k < MOST_STEPS; k++) {
            double even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k));
            d = 1 / atLeast(1 + even * d);
            c = atLeast(1 + even / c);
            fraction *= d * c;
            double odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
            d = 1 / atLeast(1 + odd * d);
            c = atLeast(1 + odd / c);
            fraction *= d * c;
            if (Math.abs(d * c - 1) < 1e-15) {
                break;
            }
        }
        return front * fraction;
    }

    private static double log(double x, double rest) {
        return x < 0.5 ? StrictMath.log(x) : StrictMath.log1p(-rest);
    }

    private static double atLeast(double value) {
        return Math.abs(value) < 1e-300 ? 1e-300 : value;
    }

    /** {@code log B(a, 1/2)}, without the difference of large numbers. */
    private static double logBeta(double a) {
        double large = a;
        // log Gamma(a + 1/2) - log Gamma(a): moved to where its series in 1 / a is exact to rounding
        double moved = 0;
        while (large < 20) {
            moved += StrictMath.log(large / (large + 0.5));
            large++;
        }
        double square = 1 / (large * large);
        double ratio = 0.5 * StrictMath.log(large)
                - (1 - square / 24 * (1 - square * 0.3 * (1 - square * 85 / 112))) / (8 * large);
        return 0.5 * StrictMath.log(Math.PI) - ratio - moved;
    }
}
