// Elementary64 in OpenCL C, operation by operation; its coefficients come before this as macros.

#define LOWEST DBL_MIN

real second_order(real r) {
    real z = r * r;
    real even = fma(fma(fma(fma(z, E8, E6), z, E4), z, E2), z, E0);
    real odd = fma(fma(fma(fma(z, E9, E7), z, E5), z, E3), z, E1);
    return fma(odd, r, even);
}

// r coth(r/2) - 2
real coth_minus_two(real r) {
    real z = r * r;
    return fma(fma(fma(fma(z, C4, C3), z, C2), z, C1), z, C0) * z;
}

// log(1 + e) - y for y = 2 e / (2 + e)
real beyond_linear(real y) {
    real z = y * y;
    real w = z * z;
    real even = fma(fma(fma(fma(w, A8, A6), w, A4), w, A2), w, A0);
    real odd = fma(fma(fma(fma(w, A9, A7), w, A5), w, A3), w, A1);
    return fma(odd, z, even) * (y * z);
}

// k ln 2 + log(1 + f), and low
real log_reduced(real k, real f, real low) {
    real s = f / (f + 2);
    real z = s * s;
    real w = z * z;
    real even = fma(fma(fma(w, L6, L4), w, L2), w, L0);
    real odd = fma(fma(w, L5, L3), w, L1);
    real half_of = f * -0.5;
    real g = fma(half_of, f, f);
    real h = f - g;
    real t = fma(fma(fma(odd, z, even), z, h), s, fma(half_of, f, h) + low);
    real high = k * LN2_HIGH;
    real sum = high + g;
    real lost = high - sum + g;
    return t + lost + sum;
}

// v / (1 + v) for a v with a low part
real quotient(real v, real low) {
    real d = v + 1;
    real t = 1 / d;
    real y = v * t;
    real back = d - v;
    real lost = v - (d - back) + (1 - back);
    real remainder = fma(-y, lost, fma(-y, d, v));
    return fma(fma(low, t, remainder), t, y);
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
    real z = r * r;
    real even = fma(fma(fma(z, E8, E6), z, E4), z, E2) * z;
    real odd = fma(fma(fma(fma(z, E9, E7), z, E5), z, E3), z, E1);
    real rest = fma(z, E0, fma(fma(odd, r, even), z, low));
    real s = high + rest;
    real power = AS_REAL(AS_BITS(shifted) << MANTISSA_BITS);
    real v = fma(s, power, power - 0.5);
    real lost = fma(high - s + rest, power, fma(s, power, power - 0.5 - v));
    return copysign(quotient(v, lost), x);
}
