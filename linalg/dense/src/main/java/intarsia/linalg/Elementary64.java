package intarsia.linalg;

import static intarsia.linalg.Coefficients64.*;

/** {@link Elementary} in double precision. The vector version has the same operations in the same order; change both or neither. */
final class Elementary64 {
    private Elementary64() {}

    static double exp(double x) {
        if (x != x) {
            return Double.NaN;
        }
        return x > EXP_HIGH ? Double.POSITIVE_INFINITY : x < EXP_LOW ? 0 : expUnbounded(x);
    }

    static double log(double x) {
        if (!(x >= 0)) {
            return Double.NaN;
        }
        if (x == 0 || x == Double.POSITIVE_INFINITY) {
            return x == 0 ? Double.NEGATIVE_INFINITY : x;
        }
        boolean subnormal = x < Double.MIN_NORMAL;
        long bits = Double.doubleToRawLongBits(subnormal ? x * SUBNORMAL_SCALE : x) + LOG_OFFSET;
        double k = exponent(bits);
        return logReduced(subnormal ? k - SUBNORMAL_EXPONENT : k, fraction(bits));
    }

    static double log1p(double x) {
        if (!(x >= -1)) {
            return Double.NaN;
        }
        if (x == -1 || x == Double.POSITIVE_INFINITY) {
            return x == -1 ? Double.NEGATIVE_INFINITY : x;
        }
        double u = x + 1;
        long bits = Double.doubleToRawLongBits(u) + LOG_OFFSET;
        double lost = x - (u - 1);
        double scale = Double.longBitsToDouble(-(bits - HALF_RECIPROCAL) & BELOW_TWO);
        double f = Math.fma(lost + lost, scale, fraction(bits));
        return withSign(logReduced(exponent(bits), f), x);
    }

    static double tanh(double x) {
        if (x != x) {
            return Double.NaN;
        }
        double a = Math.abs(x);
        a = a + a;
        if (a > TANH_HIGH) {
            return withSign(1, x);
        }
        double shifted = Math.fma(a, LOG2_E, SHIFT);
        double n = shifted - SHIFT;
        double high = Math.fma(n, -LN2, a);
        double low = n * -LN2_REST;
        double r = high + low;
        double s = Math.fma(secondOrder(r), r * r, low) + high;
        double power = Double.longBitsToDouble(Double.doubleToRawLongBits(shifted) << MANTISSA_BITS);
        double v = Math.fma(s, power, power - 0.5);
        return withSign(a > LOG_3 ? 1 - 1 / (v + 1) : mended(v / (v + 1), v), x);
    }

    static double sigmoid(double x) {
        if (x != x) {
            return Double.NaN;
        }
        double e = expOfMinus(Math.abs(x));
        double y = mended(e / (e + 1), e);
        return x >= 0 ? 1 - y : y;
    }

    static double softplus(double x) {
        if (x != x) {
            return Double.NaN;
        }
        double e = expOfMinus(Math.abs(x));
        boolean halve = e > SQRT_TWO_MINUS_ONE;
        double f = halve ? Math.fma(e, 0.5, -0.5) : e;
        return logReduced(halve ? 1 : 0, f) + (x < 0 ? 0 : x);
    }

    /** e^-a for a &ge; 0. */
    private static double expOfMinus(double a) {
        double x = -a;
        return x < EXP_LOW ? 0 : expUnbounded(x);
    }

    /** e^x where it neither overflows nor vanishes; 2^n comes in two factors, so that only the last product rounds to a subnormal. */
    private static double expUnbounded(double x) {
        double shifted = Math.fma(x, LOG2_E, SHIFT_TWICE);
        double n = shifted - SHIFT_TWICE;
        double r = Math.fma(n, -LN2_REST, Math.fma(n, -LN2, x));
        double y = Math.fma(Math.fma(secondOrder(r), r, 1), r, 1);
        long twice = Double.doubleToRawLongBits(shifted);
        long half = twice >>> 1;
        double power = Double.longBitsToDouble(half << MANTISSA_BITS);
        double rest = Double.longBitsToDouble((twice - half) << MANTISSA_BITS);
        return y * power * rest;
    }

    /** (e^r - 1 - r) / r^2. */
    private static double secondOrder(double r) {
        double z = r * r;
        double even = Math.fma(Math.fma(Math.fma(Math.fma(z, E8, E6), z, E4), z, E2), z, E0);
        double odd = Math.fma(Math.fma(Math.fma(Math.fma(z, E9, E7), z, E5), z, E3), z, E1);
        return Math.fma(odd, r, even);
    }

    /** y = v / (1 + v), 0 &le; v &le; 1, with the rounding of the sum and of the quotient corrected by their common remainder. */
    private static double mended(double y, double v) {
        return Math.fma(Math.fma(-y, v, v - y), 1 - y, y);
    }

    /** k of 2^k m. */
    private static double exponent(long bits) {
        return Double.longBitsToDouble(bits >>> MANTISSA_BITS | INTEGER_BITS) - BIAS;
    }

    /** m - 1 of 2^k m. */
    private static double fraction(long bits) {
        return Double.longBitsToDouble((bits & MANTISSA) + SQRT_HALF) - 1;
    }

    /** k ln 2 + log(1 + f), from log(1 + f) - f = s (h + z P(z)) - h with s = f / (2 + f), z = s^2, h = f^2 / 2. */
    private static double logReduced(double k, double f) {
        double s = f / (f + 2);
        double z = s * s;
        double w = z * z;
        double even = Math.fma(Math.fma(Math.fma(w, L6, L4), w, L2), w, L0);
        double odd = Math.fma(Math.fma(w, L5, L3), w, L1);
        double h = f * 0.5 * f;
        double t = Math.fma(Math.fma(odd, z, even), z, h) * s - h;
        double high = k * LN2_HIGH;
        double sum = high + f;
        double lost = high - sum + f;
        return Math.fma(k, LN2_LOW, t) + lost + sum;
    }

    private static double withSign(double y, double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) | Double.doubleToRawLongBits(x) & Long.MIN_VALUE);
    }
}
