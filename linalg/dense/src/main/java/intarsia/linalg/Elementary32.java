package intarsia.linalg;

import static intarsia.linalg.Coefficients32.*;

/** {@link Elementary} in single precision. The vector version has the same operations in the same order; change both or neither. */
final class Elementary32 {
    private Elementary32() {}

    static float exp(float x) {
        if (x != x) {
            return Float.NaN;
        }
        return x > EXP_HIGH ? Float.POSITIVE_INFINITY : x < EXP_LOW ? 0 : expUnbounded(x);
    }

    static float log(float x) {
        if (!(x >= 0)) {
            return Float.NaN;
        }
        if (x == 0 || x == Float.POSITIVE_INFINITY) {
            return x == 0 ? Float.NEGATIVE_INFINITY : x;
        }
        boolean subnormal = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(subnormal ? x * SUBNORMAL_SCALE : x) + LOG_OFFSET;
        float k = subnormal ? exponent(bits) - SUBNORMAL_EXPONENT : exponent(bits);
        return logReduced(k, fraction(bits), k * LN2_LOW);
    }

    static float log1p(float x) {
        if (!(x >= -1)) {
            return Float.NaN;
        }
        if (x == -1 || x == Float.POSITIVE_INFINITY) {
            return x == -1 ? Float.NEGATIVE_INFINITY : x;
        }
        float u = x + 1;
        int bits = Float.floatToRawIntBits(u) + LOG_OFFSET;
        float lost = x - (u - 1);
        float scale = Float.intBitsToFloat(-(bits - HALF_RECIPROCAL) & BELOW_TWO);
        float m = fraction(bits);
        float f = Math.fma(lost + lost, scale, m);
        float rest = Math.fma(lost + lost, scale, m - f);
        float k = exponent(bits);
        return withSign(logReduced(k, f, Math.fma(k, LN2_LOW, Math.fma(-rest, f, rest))), x);
    }

    static float tanh(float x) {
        if (x != x) {
            return Float.NaN;
        }
        float a = Math.abs(x);
        return withSign(a < TANH_LOW ? tanhNearZero(a) : a > TANH_HIGH ? 1 : tanhFar(a), x);
    }

    /**
     * With e^r = (2 + up) / (2 + down), e^-|x| / (1 + e^-|x|) = 2^k n / d, n = 2 + up and d = 2 + down + 2^k n; the remainder of n / d
     * corrects the roundings of both and of the quotient.
     */
    static float sigmoid(float x) {
        if (x != x) {
            return Float.NaN;
        }
        float a = Math.max(-Math.abs(x), EXP_LOW);
        float shifted = Math.fma(a, LOG2_E, SHIFT_RAISED);
        float power = power(shifted) * LOWER;
        float r = reduced(a, shifted - SHIFT_RAISED);
        float c = cothMinusTwo(r);
        float up = c + r;
        float down = c - r;
        float product = Math.fma(power, up, down);
        float d = Math.fma(power, 2, 2) + product;
        float dLow = Math.fma(power, 2, 2 - d) + product;
        float n = up + 2;
        float nLow = 2 - n + up;
        float t = -1 / d;
        float y = n * t;
        float remainder = Math.fma(y, d, n) + Math.fma(y, dLow, nLow);
        y = Math.fma(remainder, t, y) * power;
        return x >= 0 ? 1 + y : -y;
    }

    /**
     * log(1 + e) = y + y^3 P(y^2), e = e^-|x|, y = 2 e / (2 + e). The remainder of e / (1 + e/2) corrects the roundings of e, of the sum
     * and of the quotient; max(x, 0) is added without error.
     */
    static float softplus(float x) {
        if (x != x) {
            return Float.NaN;
        }
        float a = Math.max(-Math.abs(x), EXP_LOW);
        float shifted = Math.fma(a, LOG2_E, SHIFT_RAISED);
        float r = reduced(a, shifted - SHIFT_RAISED);
        float q = Math.fma(secondOrder(r), r, 1);
        float s = Math.fma(q, r, 1);
        float power = power(shifted);
        float e = s * power * LOWER;
        float line = x < 0 ? 0 : x;
        if (a < EXP_ALONE) {
            return line + e;
        }
        float lost = Math.fma(q, r, 1 - s) * power * LOWER;
        float t = 1 / Math.fma(e, 0.5f, 1);
        float y = e * t;
        float remainder = Math.fma(lost, t, Math.fma(y * -0.5f, e, e - y));
        float low = Math.fma(remainder, t, beyondLinear(y));
        float sum = y + line;
        float back = sum - line;
        return low + (line - (sum - back) + (y - back)) + sum;
    }

    private static float tanhNearZero(float a) {
        float z = a * a;
        float w = z * z;
        float even = Math.fma(Math.fma(w, T4, T2), w, T0);
        float odd = Math.fma(w, T3, T1);
        return Math.fma(Math.fma(odd, z, even), a * z, a);
    }

    /** 1 - 2 / d with d = 1 + e^2a in two parts. The quotient damps the error of e^2a, so one part of ln 2 is enough. */
    private static float tanhFar(float a) {
        float twice = a + a;
        float shifted = Math.fma(twice, LOG2_E, SHIFT);
        float r = Math.fma(shifted - SHIFT, -LN2, twice);
        float s = Math.fma(secondOrder(r), r * r, r);
        float power = power(shifted);
        float d = Math.fma(s, power, power + 1);
        float lost = Math.fma(s, power, power + 1 - d);
        float y = -1 / d;
        y = Math.fma(Math.fma(y, lost, Math.fma(y, d, 1)), y, y);
        return Math.fma(y, 2, 1);
    }

    /** e^x where it neither overflows nor vanishes; 2^n comes in two factors, so that only the last product rounds to a subnormal. */
    private static float expUnbounded(float x) {
        float shifted = Math.fma(x, LOG2_E, SHIFT_TWICE);
        float r = reduced(x, shifted - SHIFT_TWICE);
        float y = Math.fma(Math.fma(secondOrder(r), r, 1), r, 1);
        int twice = Float.floatToRawIntBits(shifted);
        int half = twice >>> 1;
        float power = Float.intBitsToFloat(half << MANTISSA_BITS);
        float rest = Float.intBitsToFloat((twice - half) << MANTISSA_BITS);
        return y * power * rest;
    }

    /** x - n ln 2. */
    private static float reduced(float x, float n) {
        return Math.fma(n, -LN2_REST, Math.fma(n, -LN2, x));
    }

    /** The power of two whose exponent stands in the low bits. */
    private static float power(float shifted) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_BITS);
    }

    /** (e^r - 1 - r) / r^2. */
    private static float secondOrder(float r) {
        float z = r * r;
        float even = Math.fma(Math.fma(z, E4, E2), z, E0);
        float odd = Math.fma(z, E3, E1);
        return Math.fma(odd, r, even);
    }

    /** r coth(r/2) - 2, the even part of numerator and denominator of e^r. */
    private static float cothMinusTwo(float r) {
        float z = r * r;
        return Math.fma(z, C1, C0) * z;
    }

    /** log(1 + e) - y for y = 2 e / (2 + e). */
    private static float beyondLinear(float y) {
        float z = y * y;
        float w = z * z;
        float even = Math.fma(w, A2, A0);
        float odd = Math.fma(w, A3, A1);
        return Math.fma(odd, z, even) * (y * z);
    }

    /** k of 2^k m. */
    private static float exponent(int bits) {
        return Float.intBitsToFloat(bits >>> MANTISSA_BITS | INTEGER_BITS) - BIAS;
    }

    /** m - 1 of 2^k m. */
    private static float fraction(int bits) {
        return Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF) - 1;
    }

    /** k ln 2 + log(1 + f), from log(1 + f) - f = f^2 (f P(f) - 1/2); low holds k {@link Coefficients32#LN2_LOW} and what f lacks. */
    private static float logReduced(float k, float f, float low) {
        float z = f * f;
        float even = Math.fma(Math.fma(Math.fma(z, L6, L4), z, L2), z, L0);
        float odd = Math.fma(Math.fma(Math.fma(z, L7, L5), z, L3), z, L1);
        float t = Math.fma(Math.fma(odd, f, even), f, -0.5f) * z;
        float high = k * LN2_HIGH;
        float sum = high + f;
        float lost = high - sum + f;
        return t + low + lost + sum;
    }

    private static float withSign(float y, float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) | Float.floatToRawIntBits(x) & Integer.MIN_VALUE);
    }
}
