package intarsia.linalg.decomposition;

import intarsia.linalg.Tensor;

/**
 * Numbers divided by a power of two, which is exact, so that the largest magnitude lies between 1 and 2 (of subnormal numbers, below 1): no
 * square of them overflows, and those that vanish do not count. What is found from them is brought back to the unit of the numbers given.
 *
 * @param numbers  the scaled numbers; the tensor given itself where nothing is to be scaled
 * @param exponent of the power of two
 */
public record Scaled(Tensor numbers, int exponent) {
    /** Scales; all numbers must be finite. */
    public static Scaled of(Tensor a) {
        int exponent = exponent(a.doubles());
        return new Scaled(exponent == 0 ? a : times(a, Math.scalb(1.0, -exponent)), exponent);
    }

    /** The scaled numbers in an array of their own. */
    double[] copy() {
        return exponent == 0 ? numbers.toDoubles() : numbers.doubles();
    }

    /**
     * A result of the scaled numbers' unit in the unit of the numbers given.
     *
     * @param what names the operation and the result, for the message
     * @throws DecompositionException if a number of it is more than a double holds
     */
    public Tensor back(String what, Tensor result) {
        Tensor back = exponent == 0 ? result : times(result, Math.scalb(1.0, exponent));
        requireFinite(what, back.doubles());
        return back;
    }

    /** A result of the scaled numbers' unit in the unit of the numbers given; may overflow. */
    public double back(double result) {
        return result * Math.scalb(1.0, exponent);
    }

    /** Refuses a result that is more than doubles hold. */
    static void requireFinite(String what, double[] numbers) {
        for (double v : numbers) {
            if (!Double.isFinite(v)) {
                throw new DecompositionException(what + " is beyond " + Double.MAX_VALUE
                        + ", the largest double; scale the numbers given down");
            }
        }
    }

    /** The exponent of the largest magnitude; 0 if all are 0. Magnitudes are compared as the integers of their bits, in four lanes. */
    static int exponent(double[] numbers) {
        long m0 = 0;
        long m1 = 0;
        long m2 = 0;
        long m3 = 0;
        int i = 0;
        for (; i + 4 <= numbers.length; i += 4) {
            m0 = Math.max(m0, magnitude(numbers[i]));
            m1 = Math.max(m1, magnitude(numbers[i + 1]));
            m2 = Math.max(m2, magnitude(numbers[i + 2]));
            m3 = Math.max(m3, magnitude(numbers[i + 3]));
        }
        for (; i < numbers.length; i++) {
            m0 = Math.max(m0, magnitude(numbers[i]));
        }
        long largest = Math.max(Math.max(m0, m1), Math.max(m2, m3));
        return largest == 0 ? 0 : Math.getExponent(Double.longBitsToDouble(largest));
    }

    private static long magnitude(double v) {
        return Double.doubleToRawLongBits(v) & Long.MAX_VALUE;
    }

    private static Tensor times(Tensor a, double factor) {
        double[] numbers = a.doubles();
        double[] product = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            product[i] = numbers[i] * factor;
        }
        return Tensor.of(a.shape(), product);
    }
}
