package intarsia.linalg;

/**
 * Powers with a whole exponent, such as those by which Adam and a schedule decay in every step: by repeated squaring of pairs {@code high +
 * low} (Dekker 1971), so that the error is not above one unit in the last place. {@link StrictMath#pow} has the same bits everywhere too,
 * but allocates in a process that has also taken powers of other bases.
 */
public final class WholePower {
    private WholePower() {}

    /**
     * {@code base^exponent}; 1 where the exponent is 0. It takes as many squarings as the exponent has bits, and no memory.
     *
     * @param base     from 0 to 1
     * @param exponent at least 0
     * @throws IllegalArgumentException if either is outside
     */
    public static double of(double base, long exponent) {
        if (!(base >= 0 && base <= 1) || exponent < 0) {
            throw new IllegalArgumentException(base + " to the power of " + exponent + ": needs a base from 0 to 1 and an exponent of at "
                    + "least 0");
        }
        double high = 1;
        double low = 0;
        double square = base;
        double squareLow = 0;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                double product = high * square;
                double rest = Math.fma(high, square, -product) + (high * squareLow + low * square);
                high = product + rest;
                low = rest - (high - product);
            }
            double product = square * square;
            double rest = Math.fma(square, square, -product) + 2 * square * squareLow;
            square = product + rest;
            squareLow = rest - (square - product);
        }
        return high;
    }
}
