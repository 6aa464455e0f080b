package intarsia.models.data;

import java.util.Arrays;

/**
 * A mean and a standard deviation: what is subtracted and divided by. A scale of 0 says that the numbers do not vary: all of them encode to
 * 0, and any dense number stands for the mean.
 *
 * @param mean  the mean
 * @param scale the standard deviation; 0 where numbers do not vary
 */
public record Moments(double mean, double scale) {
    /** Numbers as they are. */
    public static final Moments NONE = new Moments(0, 1);
    /** Deviations below this share of the largest number are rounding. */
    private static final double ROUNDING = 0x1p-48;

    /** Checks both, for those that were read from somewhere. */
    public Moments {
        if (!Double.isFinite(mean) || !(scale >= 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("mean " + mean + " and scale " + scale + ": must be finite, the scale not negative");
        }
    }

    /**
     * Of these numbers, in their order, each as if it was there as often as its weight says. They are divided by a power of two first, so
     * that squares neither overflow nor vanish: the result does not depend on the unit. No numbers at all do not vary.
     */
    public static Moments of(double[] values, double[] weights) {
        double all = 0;
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (double weight : weights) {
            all += weight;
        }
        if (largest == 0) {
            return new Moments(0, 0);
        }
        int exponent = Math.getExponent(Math.max(largest, Double.MIN_NORMAL));
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            mean += Math.scalb(values[i], -exponent) / all * weights[i];
        }
        double square = 0;
        for (int i = 0; i < values.length; i++) {
            double deviation = Math.scalb(values[i], -exponent) - mean;
            square += deviation * deviation / all * weights[i];
        }
        double deviation = Math.sqrt(square);
        boolean varies = deviation > ROUNDING * Math.scalb(largest, -exponent);
        return varies ? new Moments(Math.scalb(mean, exponent), Math.scalb(deviation, exponent)) : new Moments(middle(values), 0);
    }

    /** Of numbers that count alike. */
    public static Moments of(double[] values) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return of(values, ones);
    }

    /** A constant's own value, not its rounded mean. */
    private static double middle(double[] values) {
        return values[values.length / 2];
    }

    /** Whether the numbers do not vary. */
    public boolean constant() {
        return scale == 0;
    }

    /** {@code (value - mean) / scale}. */
    public double encode(double value) {
        if (scale == 0) {
            return 0;
        }
        double deviation = value - mean;
        // far beyond what was seen: the difference of two large numbers of opposite sign
        return Double.isInfinite(deviation) ? value / scale - mean / scale : deviation / scale;
    }

    /** {@code mean + scale * dense}. */
    public double decode(double dense) {
        return scale == 0 ? mean : mean + scale * dense;
    }
}
