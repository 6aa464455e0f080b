// Elementary32 in OpenCL C, operation by operation; its coefficients come before this as macros.

#define LOWEST FLT_MIN

real second_order(real r) {
    real z = r * r;
    real even = fma(fma(z, E4, E2), z, E0);
    real odd = fma(z, E3, E1);
    return fma(odd, r, even);
}

// r coth(r/2) - 2
real coth_minus_two(real r) {
    real z = r * r;
    return fma(z, C1, C0) * z;
}

// log(1 + e) - y for y = 2 e / (2 + e)
real beyond_linear(real y) {
    real z = y * y;
    real w = z * z;
    real even = fma(w, A2, A0);
    real odd = fma(w, A3, A1);
    return fma(odd, z, even) * (y * z);
}

// k ln 2 + log(1 + f), and low
real log_reduced(real k, real f, real low) {
    real z = f * f;
    real even = fma(fma(fma(z, L6, L4), z, L2), z, L0);
    real odd = fma(fma(fma(z, L7, L5), z, L3), z, L1);
    real t = fma(fma(odd, f, even), f, -0.5f) * z;
    real high = k * LN2_HIGH;
    real sum = high + f;
    real lost = high - sum + f;
    return t + low + lost + sum;
}

real f_tanh(real x) {
    if (x != x) {
        return NAN;
    }
    real a = fabs(x);
    if (a < TANH_LOW) {
        real z = a * a;
        real w = z * z;
        real even = fma(fma(w, T4, T2), w, T0);
        real odd = fma(w, T3, T1);
        return copysign(fma(fma(odd, z, even), a * z, a), x);
    }
    if (a > TANH_HIGH) {
        return copysign((real) 1, x);
    }
    real twice = a + a;
    real shifted = fma(twice, LOG2_E, SHIFT);
    real r = fma(shifted - SHIFT, -LN2, twice);
    real s = fma(second_order(r), r * r, r);
    real power = AS_REAL(AS_BITS(shifted) << MANTISSA_BITS);
    real d = fma(s, power, power + 1);
    real lost = fma(s, power, power + 1 - d);
    real y = -1 / d;
    y = fma(fma(y, lost, fma(y, d, 1)), y, y);
    return copysign(fma(y, 2, 1), x);
}
