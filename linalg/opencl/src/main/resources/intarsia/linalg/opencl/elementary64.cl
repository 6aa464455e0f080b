// Elementary64 in OpenCL C, operation by operation; its coefficients come before this as macros.

#define LOWEST DBL_MIN

real second_order(real r) {
    real z = r * r;
    real even = fma(fma(fma(fma(z, E8, E6), z, E4), z, E2), z, E0);
    real odd = fma(fma(fma(fma(z, E9, E7), z, E5), z, E3), z, E1);
    return fma(odd, r, even);
}

// k ln 2 + log(1 + f)
real log_reduced(real k, real f) {
    real s = f / (f + 2);
    real z = s * s;
    real w = z * z;
    real even = fma(fma(fma(w, L6, L4), w, L2), w, L0);
    real odd = fma(fma(w, L5, L3), w, L1);
    real h = f * 0.5 * f;
    real t = fma(fma(odd, z, even), z, h) * s - h;
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
    a = a + a;
    if (a > TANH_HIGH) {
        return copysign((real) 1, x);
    }
    real shifted = fma(a, LOG2_E, SHIFT);
    real n = shifted - SHIFT;
    real high = fma(n, -LN2, a);
    real low = n * -LN2_REST;
    real r = high + low;
    real s = fma(second_order(r), r * r, low) + high;
    real power = AS_REAL(AS_BITS(shifted) << MANTISSA_BITS);
    real v = fma(s, power, power - 0.5);
    return copysign(a > LOG_3 ? 1 - 1 / (v + 1) : mended(v / (v + 1), v), x);
}
