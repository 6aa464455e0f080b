package intarsia.models.study;

import java.util.Arrays;
import java.util.Locale;

/**
 * Numbers of like origin, summed up.
 *
 * @param values the numbers
 */
public record Sample(double[] values) {
    /** How many. */
    public int size() {
        return values.length;
    }

    /** Their mean; NaN without numbers. */
    public double mean() {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The standard deviation of a sample, by n - 1; NaN for fewer than two. */
    public double deviation() {
        double mean = mean();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return size() < 2 ? Double.NaN : Math.sqrt(squares / (size() - 1));
    }

    /** The standard error of the mean. */
    public double standardError() {
        return deviation() / Math.sqrt(size());
    }

    /**
     * How far its mean is from another that is known by mean, deviation and size, in standard errors of the difference. Where the other's
     * deviation is not known, this sample's stands in for it.
     */
    public double distance(double otherMean, double otherDeviation, int otherSize) {
        double deviation = Double.isNaN(otherDeviation) ? deviation() : otherDeviation;
        double error = Math.sqrt(standardError() * standardError() + deviation * deviation / otherSize);
        return (mean() - otherMean) / error;
    }

    /**
     * The number that a share p of them does not exceed, linearly between neighbors (type 7 of Hyndman &amp; Fan 1996); NaN without
     * numbers.
     */
    public double quantile(double p) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = p * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** {@code 0.314 (0.126)}. */
    public String text() {
        return size() == 0 ? "" : number(mean()) + (size() < 2 ? "" : " (" + number(deviation()) + ")");
    }

    /** {@code 0.314}; NaN is empty. */
    public static String number(double number) {
        return Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%.3f", number);
    }

    /** {@code +1.2}; NaN is empty. */
    public static String signed(double number) {
        return Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%+.1f", number);
    }
}
