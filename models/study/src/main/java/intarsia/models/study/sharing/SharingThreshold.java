package intarsia.models.study.sharing;

import intarsia.linalg.RandomStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * From where along a line of heterogeneity sharing no longer helps a method, by replicates r at values v_1 &lt; v_2 &lt; ...:
 *
 * <pre>
 * g(v) = mean over r of log(RMSE alone / RMSE together)
 * threshold = the first v at which g, linear between neighboring values, is not above 0;   infinite where it is above 0 everywhere
 * </pre>
 *
 * Replicates of one number share random numbers along the line, so that whole replicates are drawn with replacement for the interval: the
 * middle 95 % of {@value #RESAMPLES} thresholds (percentile bootstrap, Efron 1979). Ours.
 *
 * @param at   the threshold
 * @param low  the interval's lower end
 * @param high its upper end
 */
record SharingThreshold(double at, double low, double high) {
    private static final int RESAMPLES = 1_000;

    /**
     * Of a method.
     *
     * @param values the line's, ascending
     * @param gains  for each replicate log(RMSE alone / RMSE together) at each value; at least one replicate
     */
    static SharingThreshold of(double[] values, double[][] gains, RandomStream random) {
        double[] drawn = new double[RESAMPLES];
        for (int b = 0; b < RESAMPLES; b++) {
            double[][] sample = new double[gains.length][];
            Arrays.setAll(sample, r -> gains[random.nextInt(gains.length)]);
            drawn[b] = crossing(values, sample);
        }
        Arrays.sort(drawn);
        // whole ranks, since some may be infinite
        int tail = (int) (0.025 * RESAMPLES);
        return new SharingThreshold(crossing(values, gains), drawn[tail], drawn[RESAMPLES - 1 - tail]);
    }

    private static double crossing(double[] values, double[][] gains) {
        double before = 0;
        for (int v = 0; v < values.length; v++) {
            int at = v;
            double gain = Arrays.stream(gains).mapToDouble(replicate -> replicate[at]).sum();
            if (!(gain > 0)) {
                return v == 0 ? values[0] : values[v - 1] + (values[v] - values[v - 1]) * before / (before - gain);
            }
            before = gain;
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Another scale's value where a threshold is, linear between those at the line's values; infinite where the threshold is. */
    static double on(double threshold, double[] values, double[] scale) {
        if (Double.isInfinite(threshold)) {
            return threshold;
        }
        int above = 1;
        while (above < values.length - 1 && values[above] < threshold) {
            above++;
        }
        return values.length == 1 ? scale[0] : scale[above - 1]
                + (scale[above] - scale[above - 1]) * (threshold - values[above - 1]) / (values[above] - values[above - 1]);
    }

    /** {@code 1.32 (1.10 to beyond 4)}. */
    String text(double last) {
        return number(at, last) + " (" + number(low, last) + " to " + number(high, last) + ")";
    }

    /** A number of a scale, or that it is beyond the last. */
    static String number(double value, double last) {
        return Double.isInfinite(value) ? "beyond " + String.format(Locale.ROOT, "%.2f", last) : String.format(Locale.ROOT, "%.2f", value);
    }
}
