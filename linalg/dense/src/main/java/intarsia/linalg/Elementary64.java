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
        double k = subnormal ? exponent(bits) - SUBNORMAL_EXPONENT : exponent(bits);
        return logReduced(k, fraction(bits), k * LN2_LOW);
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
        double m = fraction(bits);
        double f = Math.fma(lost + lost, scale, m);
        double rest = Math.fma(lost + lost, scale, m - f);
        double k = exponent(bits);
        return withSign(logReduced(k, f, Math.fma(k, LN2_LOW, Math.fma(-rest, f, rest))), x);
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
        double z = r * r;
        double even = Math.fma(Math.fma(Math.fma(z, E8, E6), z, E4), z, E2) * z;
        double odd = Math.fma(Math.fma(Math.fma(Math.fma(z, E9, E7), z, E5), z, E3), z, E1);
        double rest = Math.fma(z, E0, Math.fma(Math.fma(odd, r, even), z, low));
        double s = high + rest;
        double power = power(shifted);
        double v = Math.fma(s, power, power - 0.5);
        double lost = Math.fma(high - s + rest, power, Math.fma(s, power, power - 0.5 - v));
        return withSign(quotient(v, lost), x);
    }

    /**
     * With e^r = (2 + up) / (2 + down), e^-|x| / (1 + e^-|x|) = 2^k n / d, n = 2 + up and d = 2 + down + 2^k n; the remainder of n / d
     * corrects the roundings of both and of the quotient.
     */
    static double sigmoid(double x) {
        if (x != x) {
            return Double.NaN;
        }
        double a = Math.max(-Math.abs(x), EXP_LOW);
        double shifted = Math.fma(a, LOG2_E, SHIFT_RAISED);
        double power = power(shifted) * LOWER;
        double r = reduced(a, shifted - SHIFT_RAISED);
        double c = cothMinusTwo(r);
        double up = c + r;
        double down = c - r;
        double product = Math.fma(power, up, down);
        double d = Math.fma(power, 2, 2) + product;
        double dLow = Math.fma(power, 2, 2 - d) + product;
        double n = up + 2;
        double nLow = 2 - n + up;
        double t = -1 / d;
        double y = n * t;
        double remainder = Math.fma(y, d, n) + Math.fma(y, dLow, nLow);
        y = Math.fma(remainder, t, y) * power;
        return x >= 0 ? 1 + y : -y;
    }

    /**
     * log(1 + e) = y + y^3 P(y^2), e = e^-|x|, y = 2 e / (2 + e). The remainder of e / (1 + e/2) corrects the roundings of e, of the sum
     * and of the quotient; max(x, 0) is added without error.
     */
    static double softplus(double x) {
        if (x != x) {
            return Double.NaN;
        }
        double a = Math.max(-Math.abs(x), EXP_LOW);
        double shifted = Math.fma(a, LOG2_E, SHIFT_RAISED);
        double r = reduced(a, shifted - SHIFT_RAISED);
        double q = Math.fma(secondOrder(r), r, 1);
        double s = Math.fma(q, r, 1);
        double power = power(shifted);
        double e = s * power * LOWER;
        double line = x < 0 ? 0 : x;
        if (a < EXP_ALONE) {
            return line + e;
        }
        double lost = Math.fma(q, r, 1 - s) * power * LOWER;
        double t = 1 / Math.fma(e, 0.5, 1);
        double y = e * t;
        double remainder = Math.fma(lost, t, Math.fma(y * -0.5, e, e - y));
        double low = Math.fma(remainder, t, beyondLinear(y));
        double sum = y + line;
        double back = sum - line;
        return low + (line - (sum - back) + (y - back)) + sum;
    }

    /** v / (1 + v) for a v with a low part; the remainder corrects the roundings of v, of 1 + v and of the quotient. */
    private static double quotient(double v, double low) {
        double d = v + 1;
        double t = 1 / d;
        double y = v * t;
        double back = d - v;
        double lost = v - (d - back) + (1 - back);
        double remainder = Math.fma(-y, lost, Math.fma(-y, d, v));
        return Math.fma(Math.fma(low, t, remainder), t, y);
    }

    /** e^x where it neither overflows nor vanishes; 2^n comes in two factors, so that only the last product rounds to a subnormal. */
    private static double expUnbounded(double x) {
        double shifted = Math.fma(x, LOG2_E, SHIFT_TWICE);
        double r = reduced(x, shifted - SHIFT_TWICE);
        double y = Math.fma(Math.fma(secondOrder(r), r, 1), r, 1);
        long twice = Double.doubleToRawLongBits(shifted);
        long half = twice >>> 1;
        double power = Double.longBitsToDouble(half << MANTISSA_BITS);
        double rest = Double.longBitsToDouble((twice - half) << MANTISSA_BITS);
        return y * power * rest;
    }

    /** x - n ln 2. */
    private static double reduced(double x, double n) {
        return Math.fma(n, -LN2_REST, Math.fma(n, -LN2, x));
    }

    /** The power of two whose exponent stands in the low bits. */
    private static double power(double shifted) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(shifted) << MANTISSA_BITS);
    }

    /** (e^r - 1 - r) / r^2. */
    private static double secondOrder(double r) {
        double z = r * r;
        double even = Math.fma(Math.fma(Math.fma(Math.fma(z, E8, E6), z, E4), z, E2), z, E0);
        double odd = Math.fma(Math.fma(Math.fma(Math.fma(z, E9, E7), z, E5), z, E3), z, E1);
        return Math.fma(odd, r, even);
    }

    /** r coth(r/2) - 2, the even part of numerator and denominator of e^r. */
    private static double cothMinusTwo(double r) {
        double z = r * r;
        return Math.fma(Math.fma(Math.fma(Math.fma(z, C4, C3), z, C2), z, C1), z, C0) * z;
    }

    /** log(1 + e) - y for y = 2 e / (2 + e). */
    private static double beyondLinear(double y) {
        double z = y * y;
        double w = z * z;
        double even = Math.fma(Math.fma(Math.fma(Math.fma(w, A8, A6), w, A4), w, A2), w, A0);
        double odd = Math.fma(Math.fma(Math.fma(Math.fma(w, A9, A7), w, A5), w, A3), w, A1);
        return Math.fma(odd, z, even) * (y * z);
    }

    /** k of 2^k m. */
    private static double exponent(long bits) {
        return Double.longBitsToDouble(bits >>> MANTISSA_BITS | INTEGER_BITS) - BIAS;
    }

    /** m - 1 of 2^k m. */
    private static double fraction(long bits) {
        return Double.longBitsToDouble((bits & MANTISSA) + SQRT_HALF) - 1;
    }

    /**
     * k ln 2 + log(1 + f), from log(1 + f) - f = s (h + z P(z)) - h with s = f / (2 + f), z = s^2, h = f^2 / 2; f - h is kept in two parts.
     * low holds k {@link Coefficients64#LN2_LOW} and what f lacks.
     */
    private static double logReduced(double k, double f, double low) {
        double s = f / (f + 2);
        double z = s * s;
        double w = z * z;
        double even = Math.fma(Math.fma(Math.fma(w, L6, L4), w, L2), w, L0);
        double odd = Math.fma(Math.fma(w, L5, L3), w, L1);
        double half = f * -0.5;
        double g = Math.fma(half, f, f);
        double h = f - g;
        double t = Math.fma(Math.fma(Math.fma(odd, z, even), z, h), s, Math.fma(half, f, h) + low);
        double high = k * LN2_HIGH;
        double sum = high + g;
        double lost = high - sum + g;
        return t + lost + sum;
    }

    private static double withSign(double y, double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) | Double.doubleToRawLongBits(x) & Long.MIN_VALUE);
    }
}
