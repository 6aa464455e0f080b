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
        return logReduced(k.blend(k.sub(SUBNORMAL_EXPONENT), subnormal), fraction(bits))
                .blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY))
                .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0.0f))
                .blend(Float.NaN, x.compare(GE, 0.0f).not());
    }

    /** log(1 + x). */
    static FloatVector log1p(FloatVector x) {
        FloatVector u = x.add(1);
        IntVector bits = u.reinterpretAsInts().add(LOG_OFFSET);
        FloatVector lost = x.sub(u.sub(1));
        FloatVector scale = bits.sub(HALF_RECIPROCAL).lanewise(NEG).and(BELOW_TWO).reinterpretAsFloats();
        FloatVector f = lost.add(lost).fma(scale, fraction(bits));
        return logReduced(exponent(bits), f)
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
        FloatVector r = shifted.sub(SHIFT).lanewise(FMA, -LN2, twice);
        FloatVector e = secondOrder(r).lanewise(FMA, r, 1.0f).lanewise(FMA, r, 1.0f);
        FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
        FloatVector upper = FloatVector.broadcast(Width.F32, -2f).div(e.lanewise(FMA, power, 1.0f)).add(1);
        return upper.blend(lower, a.compare(LT, TANH_LOW))
                .blend(1.0f, a.compare(GT, TANH_HIGH))
                .reinterpretAsInts().or(x.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats()
                .blend(Float.NaN, x.compare(NE, x));
    }

    /** 1 / (1 + e^-x). */
    static FloatVector sigmoid(FloatVector x) {
        FloatVector e = expOfMinus(x.abs());
        FloatVector y = e.div(e.add(1));
        FloatVector minus = y.neg();
        y = minus.fma(e, e.sub(y)).fma(minus.add(1), y);
        return y.blend(y.neg().add(1), x.compare(GE, 0.0f)).blend(Float.NaN, x.compare(NE, x));
    }

    /** log(1 + e^x). */
    static FloatVector softplus(FloatVector x) {
        FloatVector e = expOfMinus(x.abs());
        VectorMask<Float> halve = e.compare(GT, SQRT_TWO_MINUS_ONE);
        FloatVector f = e.blend(e.fma(0.5f, -0.5f), halve);
        FloatVector z = f.mul(f);
        FloatVector even = z.fma(L6, L4).lanewise(FMA, z, L2).lanewise(FMA, z, L0);
        FloatVector odd = z.fma(L7, L5).lanewise(FMA, z, L3).lanewise(FMA, z, L1);
        FloatVector t = odd.fma(f, even).lanewise(FMA, f, -0.5f).mul(z);
        FloatVector none = e.sub(e);
        FloatVector high = none.blend(LN2_HIGH, halve);
        FloatVector sum = high.add(f);
        FloatVector lost = high.sub(sum).add(f);
        return t.add(none.blend(LN2_LOW, halve)).add(lost).add(sum)
                .add(x.blend(0.0f, x.compare(LT, 0.0f)))
                .blend(Float.NaN, x.compare(NE, x));
    }

    private static FloatVector tanhNearZero(FloatVector a) {
        FloatVector z = a.mul(a);
        FloatVector w = z.mul(z);
        FloatVector even = w.fma(T4, T2).lanewise(FMA, w, T0);
        FloatVector odd = w.fma(T3, T1);
        return odd.fma(z, even).fma(a.mul(z), a);
    }

    /** e^-a for a &ge; 0. */
    private static FloatVector expOfMinus(FloatVector a) {
        FloatVector x = a.neg();
        return expUnbounded(x).blend(0.0f, x.compare(LT, EXP_LOW));
    }

    /** e^x where it neither overflows nor vanishes. */
    private static FloatVector expUnbounded(FloatVector x) {
        FloatVector shifted = x.fma(LOG2_E, SHIFT_TWICE);
        FloatVector n = shifted.sub(SHIFT_TWICE);
        FloatVector r = n.lanewise(FMA, -LN2_REST, n.lanewise(FMA, -LN2, x));
        FloatVector y = secondOrder(r).lanewise(FMA, r, 1.0f).lanewise(FMA, r, 1.0f);
        IntVector twice = shifted.reinterpretAsInts();
        IntVector half = twice.lanewise(LSHR, 1);
        FloatVector power = half.lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
        FloatVector rest = twice.sub(half).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
        return y.mul(power).mul(rest);
    }

    /** (e^r - 1 - r) / r^2. */
    private static FloatVector secondOrder(FloatVector r) {
        FloatVector z = r.mul(r);
        FloatVector even = z.fma(E4, E2).lanewise(FMA, z, E0);
        FloatVector odd = z.fma(E3, E1);
        return odd.fma(r, even);
    }

    /** k of 2^k m. */
    private static FloatVector exponent(IntVector bits) {
        return bits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsFloats().sub(BIAS);
    }

    /** m - 1 of 2^k m. */
    private static FloatVector fraction(IntVector bits) {
        return bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsFloats().sub(1);
    }

    /** k ln 2 + log(1 + f). */
    private static FloatVector logReduced(FloatVector k, FloatVector f) {
        FloatVector z = f.mul(f);
        FloatVector even = z.fma(L6, L4).lanewise(FMA, z, L2).lanewise(FMA, z, L0);
        FloatVector odd = z.fma(L7, L5).lanewise(FMA, z, L3).lanewise(FMA, z, L1);
        FloatVector t = odd.fma(f, even).lanewise(FMA, f, -0.5f).mul(z);
        FloatVector high = k.mul(LN2_HIGH);
        FloatVector sum = high.add(f);
        FloatVector lost = high.sub(sum).add(f);
        return k.lanewise(FMA, LN2_LOW, t).add(lost).add(sum);
    }
}
