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
        float k = exponent(bits);
        return logReduced(subnormal ? k - SUBNORMAL_EXPONENT : k, fraction(bits));
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
        float f = Math.fma(lost + lost, scale, fraction(bits));
        return withSign(logReduced(exponent(bits), f), x);
    }

    static float tanh(float x) {
        if (x != x) {
            return Float.NaN;
        }
        float a = Math.abs(x);
        return withSign(a < TANH_LOW ? tanhNearZero(a) : a > TANH_HIGH ? 1 : tanhFar(a), x);
    }

    static float sigmoid(float x) {
        if (x != x) {
            return Float.NaN;
        }
        float e = expOfMinus(Math.abs(x));
        float y = mended(e / (e + 1), e);
        return x >= 0 ? 1 - y : y;
    }

    static float softplus(float x) {
        if (x != x) {
            return Float.NaN;
        }
        float e = expOfMinus(Math.abs(x));
        boolean halve = e > SQRT_TWO_MINUS_ONE;
        float f = halve ? Math.fma(e, 0.5f, -0.5f) : e;
        return logReduced(halve ? 1 : 0, f) + (x < 0 ? 0 : x);
    }

    private static float tanhNearZero(float a) {
        float z = a * a;
        float w = z * z;
        float even = Math.fma(Math.fma(w, T4, T2), w, T0);
        float odd = Math.fma(w, T3, T1);
        return Math.fma(Math.fma(odd, z, even), a * z, a);
    }

    /** 1 - 2 / (e^2a + 1), which damps the error of e^2a: one part of ln 2 is enough. */
    private static float tanhFar(float a) {
        float twice = a + a;
        float shifted = Math.fma(twice, LOG2_E, SHIFT);
        float r = Math.fma(shifted - SHIFT, -LN2, twice);
        float e = Math.fma(Math.fma(secondOrder(r), r, 1), r, 1);
        float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_BITS);
        return -2 / Math.fma(e, power, 1) + 1;
    }

    /** e^-a for a &ge; 0. */
    private static float expOfMinus(float a) {
        float x = -a;
        return x < EXP_LOW ? 0 : expUnbounded(x);
    }

    /** e^x where it neither overflows nor vanishes; 2^n comes in two factors, so that only the last product rounds to a subnormal. */
    private static float expUnbounded(float x) {
        float shifted = Math.fma(x, LOG2_E, SHIFT_TWICE);
        float n = shifted - SHIFT_TWICE;
        float r = Math.fma(n, -LN2_REST, Math.fma(n, -LN2, x));
        float y = Math.fma(Math.fma(secondOrder(r), r, 1), r, 1);
        int twice = Float.floatToRawIntBits(shifted);
        int half = twice >>> 1;
        float power = Float.intBitsToFloat(half << MANTISSA_BITS);
        float rest = Float.intBitsToFloat((twice - half) << MANTISSA_BITS);
        return y * power * rest;
    }

    /** (e^r - 1 - r) / r^2. */
    private static float secondOrder(float r) {
        float z = r * r;
        float even = Math.fma(Math.fma(z, E4, E2), z, E0);
        float odd = Math.fma(z, E3, E1);
        return Math.fma(odd, r, even);
    }

    /** y = v / (1 + v), 0 &le; v &le; 1, with the rounding of the sum and of the quotient corrected by their common remainder. */
    private static float mended(float y, float v) {
        return Math.fma(Math.fma(-y, v, v - y), 1 - y, y);
    }

    /** k of 2^k m. */
    private static float exponent(int bits) {
        return Float.intBitsToFloat(bits >>> MANTISSA_BITS | INTEGER_BITS) - BIAS;
    }

    /** m - 1 of 2^k m. */
    private static float fraction(int bits) {
        return Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF) - 1;
    }

    /** k ln 2 + log(1 + f), from log(1 + f) - f = f^2 (f P(f) - 1/2). */
    private static float logReduced(float k, float f) {
        float z = f * f;
        float even = Math.fma(Math.fma(Math.fma(z, L6, L4), z, L2), z, L0);
        float odd = Math.fma(Math.fma(Math.fma(z, L7, L5), z, L3), z, L1);
        float t = Math.fma(Math.fma(odd, f, even), f, -0.5f) * z;
        float high = k * LN2_HIGH;
        float sum = high + f;
        float lost = high - sum + f;
        return Math.fma(k, LN2_LOW, t) + lost + sum;
    }

    private static float withSign(float y, float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) | Float.floatToRawIntBits(x) & Integer.MIN_VALUE);
    }
}
