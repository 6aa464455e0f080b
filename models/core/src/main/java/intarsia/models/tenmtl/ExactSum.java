package intarsia.models.tenmtl;

import intarsia.linalg.ShapeException;
import java.util.Arrays;

/**
 * A sum of vectors of doubles in fixed point: each number is the nearest multiple of 2^-80, an integer modulo 2^128 in two words. Sums of
 * integers are exact: the result has the same bits however vectors are ordered, grouped or spread over machines, and masks that cancel
 * leave nothing behind. A number is off by at most 2^-81, 4e-25, once; doubles near 1 are off by 1e-16 anyhow.
 *
 * @param high the upper words
 * @param low  the lower words
 */
public record ExactSum(long[] high, long[] low) {
    /** Numbers and sums must stay below this in magnitude. */
    public static final double LIMIT = 0x1p46;
    private static final int FRACTION = 80;
    private static final int WORD = 64;

    /** Checks the lengths. */
    public ExactSum {
        if (high.length != low.length) {
            throw new ShapeException("exact sum: " + high.length + " upper words and " + low.length + " lower ones");
        }
    }

    /** Zeros. */
    public ExactSum(int length) {
        this(new long[length], new long[length]);
    }

    /** How many numbers it has. */
    public int length() {
        return low.length;
    }

    /**
     * Adds a vector.
     *
     * @throws IllegalArgumentException if a number is not finite, or 2^46 or more in magnitude
     */
    public void add(double[] vector) {
        check(vector.length);
        for (int k = 0; k < vector.length; k++) {
            double x = vector[k];
            if (!(Math.abs(x) < LIMIT)) {
                throw new IllegalArgumentException("number " + k + " of " + vector.length + " to be summed is " + x
                        + "; must be finite and less than 2^46 in magnitude");
            }
            long bits = Double.doubleToRawLongBits(x);
            int exponent = Math.max(1, (int) (bits >>> 52 & 0x7ff));
            long mantissa = (bits & 0xfffffffffffffL) | (Math.abs(x) >= Double.MIN_NORMAL ? 0x10000000000000L : 0);
            int shift = exponent - 1075 + FRACTION;
            long upper = 0;
            long lower;
            if (shift >= WORD) {
                upper = mantissa << shift - WORD;
                lower = 0;
            } else if (shift > 0) {
                upper = mantissa >>> WORD - shift;
                lower = mantissa << shift;
            } else if (shift > -WORD) {
                lower = shift == 0 ? mantissa : (mantissa >>> -shift) + (mantissa >>> -shift - 1 & 1);
            } else {
                lower = 0;
            }
            if (bits < 0) {
                lower = -lower;
                upper = ~upper + (lower == 0 ? 1 : 0);
            }
            add(k, upper, lower);
        }
    }

    /** Adds another sum, modulo 2^128. */
    public void add(ExactSum other) {
        check(other.length());
        for (int k = 0; k < low.length; k++) {
            add(k, other.high[k], other.low[k]);
        }
    }

    /** Adds an integer modulo 2^128 to one number. */
    public void add(int k, long upper, long lower) {
        low[k] += lower;
        high[k] += upper + (Long.compareUnsigned(low[k], lower) < 0 ? 1 : 0);
    }

    /** Subtracts an integer modulo 2^128 from one number. */
    public void subtract(int k, long upper, long lower) {
        add(k, ~upper + (lower == 0 ? 1 : 0), -lower);
    }

    /** A copy. */
    public ExactSum copy() {
        return new ExactSum(high.clone(), low.clone());
    }

    /** The nearest doubles. */
    public double[] doubles() {
        double[] sums = new double[low.length];
        for (int k = 0; k < sums.length; k++) {
            boolean negative = high[k] < 0;
            long lower = negative ? -low[k] : low[k];
            long upper = negative ? ~high[k] + (lower == 0 ? 1 : 0) : high[k];
            // 62 leading bits, the last of them set where any bit was lost: as good for rounding as all
            int zeros = upper == 0 ? WORD + Long.numberOfLeadingZeros(lower) : Long.numberOfLeadingZeros(upper);
            int drop = 2 * WORD - zeros - 62;
            long top = drop <= 0 ? lower : drop >= WORD ? upper >>> drop - WORD : upper << WORD - drop | lower >>> drop;
            boolean lost = drop > 0 && (drop >= WORD ? lower != 0 || drop > WORD && upper << 2 * WORD - drop != 0
                    : lower << WORD - drop != 0);
            double magnitude = Math.scalb((double) (lost ? top | 1 : top), Math.max(0, drop) - FRACTION);
            sums[k] = negative ? -magnitude : magnitude;
        }
        return sums;
    }

    private void check(int length) {
        if (length != low.length) {
            throw new ShapeException("exact sum of " + low.length + " numbers: cannot add " + length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExactSum(long[] upper, long[] lower) && Arrays.equals(high, upper) && Arrays.equals(low, lower);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(high) + Arrays.hashCode(low);
    }
}
