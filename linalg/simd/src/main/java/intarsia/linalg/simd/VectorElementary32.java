package intarsia.linalg.simd;

import static intarsia.linalg.Coefficients32.*;
import static jdk.incubator.vector.VectorOperators.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * The single-precision functions of {@link intarsia.linalg.Elementary} on vectors of any width: operation for operation the same, so every
 * lane has the bits that the scalar function gives. Free of branches; allocates nothing once compiled.
 *
 * <p>The compiler stops inlining ordinary methods into a loop that has grown past a fixed size, and from there on every vector is boxed. So
 * a loop should call one of these functions, once; helpers are called first, and the code after them is written out.
 */
final class VectorElementary32 {
    private VectorElementary32() {}

    /** e^x. */
    static FloatVector exp(FloatVector x) {
        return expUnbounded(x)
                .blend(0.0f, x.compare(LT, EXP_LOW))
                .blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_HIGH))
                .blend(Float.NaN, x.compare(NE, x));
    }

    /** The natural logarithm. */
    static FloatVector log(FloatVector x) {
        VectorMask<Float> subnormal = x.compare(LT, Float.MIN_NORMAL);
        IntVector bits = x.blend(x.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsInts().add(LOG_OFFSET);
        FloatVector k = exponent(bits);
        k = k.blend(k.sub(SUBNORMAL_EXPONENT), subnormal);
        return logReduced(k, fraction(bits), k.mul(LN2_LOW))
                .blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY))
                .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0.0f))
                .blend(Float.NaN, x.compare(GE, 0.0f).not());
    }

    /** log(1 + x). */
    static FloatVector log1p(FloatVector x) {
        FloatVector u = x.add(1);
        IntVector bits = u.reinterpretAsInts().add(LOG_OFFSET);
        FloatVector k = exponent(bits);
        FloatVector m = fraction(bits);
        FloatVector lost = x.sub(u.sub(1));
        lost = lost.add(lost);
        FloatVector scale = bits.sub(HALF_RECIPROCAL).lanewise(NEG).and(BELOW_TWO).reinterpretAsFloats();
        FloatVector f = lost.fma(scale, m);
        FloatVector rest = lost.fma(scale, m.sub(f));
        return logReduced(k, f, k.lanewise(FMA, LN2_LOW, rest.neg().fma(f, rest)))
                .reinterpretAsInts().or(x.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats()
                .blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY))
                .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, -1.0f))
                .blend(Float.NaN, x.compare(GE, -1.0f).not());
    }

    /** The hyperbolic tangent. */
    static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector lower = tanhNearZero(a);
        FloatVector twice = a.add(a);
        FloatVector shifted = twice.fma(LOG2_E, SHIFT);
        FloatVector power = power(shifted);
        FloatVector r = shifted.sub(SHIFT).lanewise(FMA, -LN2, twice);
        FloatVector s = secondOrder(r).fma(r.mul(r), r);
        FloatVector above = power.add(1);
        FloatVector d = s.fma(power, above);
        FloatVector lost = s.fma(power, above.sub(d));
        FloatVector y = FloatVector.broadcast(Width.F32, -1).div(d);
        y = y.fma(lost, y.lanewise(FMA, d, 1.0f)).fma(y, y);
        return y.lanewise(FMA, 2.0f, 1.0f).blend(lower, a.compare(LT, TANH_LOW))
                .blend(1.0f, a.compare(GT, TANH_HIGH))
                .reinterpretAsInts().or(x.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats()
                .blend(Float.NaN, x.compare(NE, x));
    }

    /** 1 / (1 + e^-x). */
    static FloatVector sigmoid(FloatVector x) {
        FloatVector a = clamped(x);
        FloatVector shifted = a.fma(LOG2_E, SHIFT_RAISED);
        FloatVector power = power(shifted).mul(LOWER);
        FloatVector r = reduced(a, shifted.sub(SHIFT_RAISED));
        FloatVector c = cothMinusTwo(r);
        FloatVector up = c.add(r);
        FloatVector down = c.sub(r);
        FloatVector product = power.fma(up, down);
        FloatVector two = FloatVector.broadcast(Width.F32, 2);
        FloatVector d = power.fma(two, two).add(product);
        FloatVector dLow = power.fma(two, two.sub(d)).add(product);
        FloatVector n = up.add(two);
        FloatVector nLow = two.sub(n).add(up);
        FloatVector t = FloatVector.broadcast(Width.F32, -1).div(d);
        FloatVector y = n.mul(t);
        FloatVector remainder = y.fma(d, n).add(y.fma(dLow, nLow));
        y = remainder.fma(t, y).mul(power);
        return y.neg().blend(y.add(1), x.compare(GE, 0.0f)).blend(Float.NaN, x.compare(NE, x));
    }

    /** log(1 + e^x). */
    static FloatVector softplus(FloatVector x) {
        FloatVector a = clamped(x);
        FloatVector shifted = a.fma(LOG2_E, SHIFT_RAISED);
        FloatVector power = power(shifted);
        FloatVector r = reduced(a, shifted.sub(SHIFT_RAISED));
        FloatVector q = secondOrder(r).lanewise(FMA, r, 1.0f);
        FloatVector s = q.lanewise(FMA, r, 1.0f);
        FloatVector one = FloatVector.broadcast(Width.F32, 1);
        FloatVector e = s.mul(power).mul(LOWER);
        FloatVector t = one.div(e.fma(0.5f, 1.0f));
        FloatVector y = e.mul(t);
        FloatVector cubic = beyondLinear(y);
        FloatVector lost = q.fma(r, one.sub(s)).mul(power).mul(LOWER);
        FloatVector remainder = lost.fma(t, y.mul(-0.5f).fma(e, e.sub(y)));
        FloatVector low = remainder.fma(t, cubic);
        FloatVector line = x.blend(0.0f, x.compare(LT, 0.0f));
        FloatVector sum = y.add(line);
        FloatVector back = sum.sub(line);
        return low.add(line.sub(sum.sub(back)).add(y.sub(back))).add(sum)
                .blend(line.add(e), a.compare(LT, EXP_ALONE))
                .blend(Float.NaN, x.compare(NE, x));
    }

    private static FloatVector tanhNearZero(FloatVector a) {
        FloatVector z = a.mul(a);
        FloatVector w = z.mul(z);
        FloatVector even = w.fma(T4, T2).lanewise(FMA, w, T0);
        FloatVector odd = w.fma(T3, T1);
        return odd.fma(z, even).fma(a.mul(z), a);
    }

    /** -|x|, but not below {@link intarsia.linalg.Coefficients32#EXP_LOW}. */
    private static FloatVector clamped(FloatVector x) {
        return x.reinterpretAsInts().or(Integer.MIN_VALUE).min(EXP_LOW_BITS).reinterpretAsFloats();
    }

    /** e^x where it neither overflows nor vanishes. */
    private static FloatVector expUnbounded(FloatVector x) {
        FloatVector shifted = x.fma(LOG2_E, SHIFT_TWICE);
        FloatVector r = reduced(x, shifted.sub(SHIFT_TWICE));
        FloatVector y = secondOrder(r).lanewise(FMA, r, 1.0f).lanewise(FMA, r, 1.0f);
        IntVector twice = shifted.reinterpretAsInts();
        IntVector half = twice.lanewise(LSHR, 1);
        FloatVector power = half.lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
        FloatVector rest = twice.sub(half).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
        return y.mul(power).mul(rest);
    }

    /** x - n ln 2. */
    private static FloatVector reduced(FloatVector x, FloatVector n) {
        return n.lanewise(FMA, -LN2_REST, n.lanewise(FMA, -LN2, x));
    }

    /** The power of two whose exponent stands in the low bits. */
    private static FloatVector power(FloatVector shifted) {
        return shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
    }

    /** (e^r - 1 - r) / r^2. */
    private static FloatVector secondOrder(FloatVector r) {
        FloatVector z = r.mul(r);
        FloatVector even = z.fma(E4, E2).lanewise(FMA, z, E0);
        FloatVector odd = z.fma(E3, E1);
        return odd.fma(r, even);
    }

    /** r coth(r/2) - 2. */
    private static FloatVector cothMinusTwo(FloatVector r) {
        FloatVector z = r.mul(r);
        return z.fma(C1, C0).mul(z);
    }

    /** log(1 + e) - y for y = 2 e / (2 + e). */
    private static FloatVector beyondLinear(FloatVector y) {
        FloatVector z = y.mul(y);
        FloatVector w = z.mul(z);
        FloatVector even = w.fma(A2, A0);
        FloatVector odd = w.fma(A3, A1);
        return odd.fma(z, even).mul(y.mul(z));
    }

    /** k of 2^k m. */
    private static FloatVector exponent(IntVector bits) {
        return bits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsFloats().sub(BIAS);
    }

    /** m - 1 of 2^k m. */
    private static FloatVector fraction(IntVector bits) {
        return bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsFloats().sub(1);
    }

    /** k ln 2 + log(1 + f), and low. */
    private static FloatVector logReduced(FloatVector k, FloatVector f, FloatVector low) {
        FloatVector z = f.mul(f);
        FloatVector even = z.fma(L6, L4).lanewise(FMA, z, L2).lanewise(FMA, z, L0);
        FloatVector odd = z.fma(L7, L5).lanewise(FMA, z, L3).lanewise(FMA, z, L1);
        FloatVector t = odd.fma(f, even).lanewise(FMA, f, -0.5f).mul(z);
        FloatVector high = k.mul(LN2_HIGH);
        FloatVector sum = high.add(f);
        FloatVector lost = high.sub(sum).add(f);
        return t.add(low).add(lost).add(sum);
    }
}
