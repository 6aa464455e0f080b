// What both precisions have in common, and the functions of Unary and Binary under their names.

// x - n ln 2
real reduced(real x, real n) {
    return fma(n, -LN2_REST, fma(n, -LN2, x));
}

// e^x where it neither overflows nor vanishes
real exp_unbounded(real x) {
    real shifted = fma(x, LOG2_E, SHIFT_TWICE);
    real r = reduced(x, shifted - SHIFT_TWICE);
    real y = fma(fma(second_order(r), r, 1), r, 1);
    bits twice = AS_BITS(shifted);
    bits half_of = (bits) ((ubits) twice >> 1);
    real power = AS_REAL(half_of << MANTISSA_BITS);
    real rest = AS_REAL((twice - half_of) << MANTISSA_BITS);
    return y * power * rest;
}

// k of 2^k m
real exponent(bits b) {
    return AS_REAL((bits) ((ubits) b >> MANTISSA_BITS) | INTEGER_BITS) - BIAS;
}

// m - 1 of 2^k m
real fraction(bits b) {
    return AS_REAL((b & MANTISSA) + SQRT_HALF) - 1;
}

real f_EXP(real x) {
    return x != x ? NAN : x > EXP_HIGH ? INFINITY : x < EXP_LOW ? 0 : exp_unbounded(x);
}

real f_LOG(real x) {
    if (!(x >= 0)) {
        return NAN;
    }
    if (x == 0 || x == INFINITY) {
        return x == 0 ? -INFINITY : x;
    }
    bool subnormal = x < LOWEST;
    bits b = AS_BITS(subnormal ? x * SUBNORMAL_SCALE : x) + LOG_OFFSET;
    real k = subnormal ? exponent(b) - SUBNORMAL_EXPONENT : exponent(b);
    return log_reduced(k, fraction(b), k * LN2_LOW);
}

real f_LOG1P(real x) {
    if (!(x >= -1)) {
        return NAN;
    }
    if (x == -1 || x == INFINITY) {
        return x == -1 ? -INFINITY : x;
    }
    real u = x + 1;
    bits b = AS_BITS(u) + LOG_OFFSET;
    real lost = x - (u - 1);
    real scale = AS_REAL(-(b - HALF_RECIPROCAL) & BELOW_TWO);
    real m = fraction(b);
    real f = fma(lost + lost, scale, m);
    real rest = fma(lost + lost, scale, m - f);
    real k = exponent(b);
    real y = log_reduced(k, f, fma(k, LN2_LOW, fma(-rest, f, rest)));
    return AS_REAL(AS_BITS(y) | (AS_BITS(x) & SIGN_BIT));
}

real f_TANH(real x) {
    return f_tanh(x);
}

real f_SIGMOID(real x) {
    if (x != x) {
        return NAN;
    }
    real a = fmax(-fabs(x), (real) EXP_LOW);
    real shifted = fma(a, LOG2_E, SHIFT_RAISED);
    real power = AS_REAL(AS_BITS(shifted) << MANTISSA_BITS) * LOWER;
    real r = reduced(a, shifted - SHIFT_RAISED);
    real c = coth_minus_two(r);
    real up = c + r;
    real down = c - r;
    real product = fma(power, up, down);
    real d = fma(power, 2, 2) + product;
    real d_low = fma(power, 2, 2 - d) + product;
    real n = up + 2;
    real n_low = 2 - n + up;
    real t = -1 / d;
    real y = n * t;
    real remainder = fma(y, d, n) + fma(y, d_low, n_low);
    y = fma(remainder, t, y) * power;
    return x >= 0 ? 1 + y : -y;
}

real f_SOFTPLUS(real x) {
    if (x != x) {
        return NAN;
    }
    real a = fmax(-fabs(x), (real) EXP_LOW);
    real shifted = fma(a, LOG2_E, SHIFT_RAISED);
    real power = AS_REAL(AS_BITS(shifted) << MANTISSA_BITS);
    real r = reduced(a, shifted - SHIFT_RAISED);
    real q = fma(second_order(r), r, 1);
    real s = fma(q, r, 1);
    real e = s * power * LOWER;
    real line = x < 0 ? 0 : x;
    if (a < EXP_ALONE) {
        return line + e;
    }
    real lost = fma(q, r, 1 - s) * power * LOWER;
    real t = 1 / fma(e, HALF, 1);
    real y = e * t;
    real remainder = fma(lost, t, fma(y * -HALF, e, e - y));
    real low = fma(remainder, t, beyond_linear(y));
    real sum = y + line;
    real back = sum - line;
    return low + (line - (sum - back) + (y - back)) + sum;
}

real f_NEGATE(real x) { return -x; }
real f_ABS(real x) { return fabs(x); }
real f_SIGN(real x) { return x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : NAN; }
real f_STEP(real x) { return x > 0 ? 1 : 0; }
real f_SQUARE(real x) { return x * x; }
real f_SQRT(real x) { return sqrt(x); }
real f_RECIPROCAL(real x) { return 1 / x; }
real f_RELU(real x) { return x > 0 || x != x ? x : 0; }

real f_ADD(real x, real y) { return x + y; }
real f_SUBTRACT(real x, real y) { return x - y; }
real f_MULTIPLY(real x, real y) { return x * y; }
real f_DIVIDE(real x, real y) { return x / y; }
// NaN if either is; of two zeros the positive, and the negative
real f_MAX(real x, real y) { return x != x || y != y ? NAN : x == 0 && y == 0 ? x + y : x > y ? x : y; }
real f_MIN(real x, real y) { return x != x || y != y ? NAN : x == 0 && y == 0 ? -(-x - y) : x < y ? x : y; }
real f_AT_LEAST(real x, real y) { return x >= y ? 1 : 0; }
