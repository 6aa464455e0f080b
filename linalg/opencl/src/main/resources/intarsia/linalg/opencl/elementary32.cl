// Elementary32 in OpenCL C, operation by operation; its coefficients come before this as macros.

#define LOWEST FLT_MIN

real second_order(real r) {
    real z = r * r;
    real even = fma(fma(z, E4, E2), z, E0);
    real odd = fma(z, E3, E1);
    return fma(odd, r, even);
}

// k ln 2 + log(1 + f)
real log_reduced(real k, real f) {
    real z = f * f;
    real even = fma(fma(fma(z, L6, L4), z, L2), z, L0);
    real odd = fma(fma(fma(z, L7, L5), z, L3), z, L1);
    real t = fma(fma(odd, f, even), f, -0.5f) * z;
    real high = k * LN2_HIGH;
    real sum = high + f;
    real lost = high - sum + f;
    return fma(k, LN2_LOW, t) + lost + sum;
}

real mended(real y, real v) {
    return fma(fma(-y, v, v - y), 1 - y, y);
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
    real e = fma(fma(second_order(r), r, 1), r, 1);
    real power = AS_REAL(AS_BITS(shifted) << MANTISSA_BITS);
    return copysign(-2 / fma(e, power, 1) + 1, x);
}
