package intarsia.models.imputation;

import intarsia.models.evaluation.StudentT;

/**
 * One number estimated from each of m completed data sets, pooled by Rubin's rules:
 *
 * <pre>
 * estimate = mean of estimates,   W = mean of their squared standard errors,   B = their variance,   T = W + (1 + 1/m) B
 * r = (1 + 1/m) B / W,   lambda = (1 + 1/m) B / T
 * df = 1 / (1 / a + 1 / b),   a = (m - 1) / lambda^2,   b = (1 - lambda) v (v + 1) / (v + 3)
 * fraction of missing information = (r + 2 / (df + 3)) / (r + 1)
 * </pre>
 *
 * <p>v are the degrees of freedom that complete data would have had. Rubin 1987; Barnard &amp; Rubin 1999.
 *
 * @param estimate the mean
 * @param within   W
 * @param between  B
 * @param total    T
 * @param df       degrees of freedom; infinite where nothing varies and v is infinite
 * @param missing  fraction of missing information, 0 where nothing varies
 */
public record PooledEstimate(double estimate, double within, double between, double total, double df, double missing) {
    /**
     * Pools.
     *
     * @param estimates from each data set, two at least
     * @param variances their squared standard errors
     * @param complete  v, above 0; may be infinite
     */
    public static PooledEstimate of(double[] estimates, double[] variances, double complete) {
        int m = estimates.length;
        if (m < 2 || variances.length != m || !(complete > 0)) {
            throw new IllegalArgumentException(m + " estimates and " + variances.length + " variances with " + complete
                    + " degrees of freedom: as many of both, two at least, and degrees of freedom above 0");
        }
        double mean = 0;
        double within = 0;
        for (int k = 0; k < m; k++) {
            mean += estimates[k] / m;
            within += variances[k] / m;
        }
        double between = 0;
        for (double estimate : estimates) {
            between += (estimate - mean) * (estimate - mean) / (m - 1);
        }
        double added = (1 + 1.0 / m) * between;
        double total = within + added;
        double lambda = total == 0 ? 0 : added / total;
        double old = (m - 1) / (lambda * lambda);
        double observed = complete == Double.POSITIVE_INFINITY ? complete : (1 - lambda) * complete * (complete + 1) / (complete + 3);
        double df = lambda == 0 ? observed : 1 / (1 / old + 1 / observed);
        double r = added / within;
        double missing = added == 0 ? 0 : within == 0 ? 1 : (r + 2 / (df + 3)) / (r + 1);
        return new PooledEstimate(mean, within, between, total, df, missing);
    }

    /** The square root of the total variance. */
    public double standardError() {
        return Math.sqrt(total);
    }

    /** How far an interval that covers with this probability reaches on either side, by Student's t. */
    public double reach(double level) {
        return StudentT.quantile(0.5 + level / 2, df) * standardError();
    }

    /** The two-sided p-value of the hypothesis that it is 0. */
    public double p() {
        return StudentT.twoSided(estimate / standardError(), df);
    }
}
