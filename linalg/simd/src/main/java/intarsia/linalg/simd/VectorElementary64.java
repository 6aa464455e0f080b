package intarsia.linalg.simd;

import static intarsia.linalg.Coefficients64.*;
import static jdk.incubator.vector.VectorOperators.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/**
 * The double-precision functions of {@link intarsia.linalg.Elementary} on vectors of any width: operation for operation the same, so every
 * lane has the bits that the scalar function gives. Free of branches; allocates nothing once compiled.
 *
 * <p>The compiler stops inlining ordinary methods into a loop that has grown past a fixed size, and from there on every vector is boxed. So
 * a loop should call one of these functions, once; helpers are called first, and the code after them is written out.
 */
final class VectorElementary64 {
    private VectorElementary64() {}

    /** e^x. */
    static DoubleVector exp(DoubleVector x) {
        return expUnbounded(x)
                .blend(0.0, x.compare(LT, EXP_LOW))
                .blend(Double.POSITIVE_INFINITY, x.compare(GT, EXP_HIGH))
                .blend(Double.NaN, x.compare(NE, x));
    }

    /** The natural logarithm. */
    static DoubleVector log(DoubleVector x) {
        VectorMask<Double> subnormal = x.compare(LT, Double.MIN_NORMAL);
        LongVector bits = x.blend(x.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsLongs().add(LOG_OFFSET);
        DoubleVector k = exponent(bits);
        return logReduced(k.blend(k.sub(SUBNORMAL_EXPONENT), subnormal), fraction(bits))
                .blend(Double.POSITIVE_INFINITY, x.compare(EQ, Double.POSITIVE_INFINITY))
                .blend(Double.NEGATIVE_INFINITY, x.compare(EQ, 0.0))
                .blend(Double.NaN, x.compare(GE, 0.0).not());
    }

    /** log(1 + x). */
    static DoubleVector log1p(DoubleVector x) {
        DoubleVector u = x.add(1);
        LongVector bits = u.reinterpretAsLongs().add(LOG_OFFSET);
        DoubleVector lost = x.sub(u.sub(1));
        DoubleVector scale = bits.sub(HALF_RECIPROCAL).lanewise(NEG).and(BELOW_TWO).reinterpretAsDoubles();
        DoubleVector f = lost.add(lost).fma(scale, fraction(bits));
        return logReduced(exponent(bits), f)
                .reinterpretAsLongs().or(x.reinterpretAsLongs().and(Long.MIN_VALUE)).reinterpretAsDoubles()
                .blend(Double.POSITIVE_INFINITY, x.compare(EQ, Double.POSITIVE_INFINITY))
                .blend(Double.NEGATIVE_INFINITY, x.compare(EQ, -1.0))
                .blend(Double.NaN, x.compare(GE, -1.0).not());
    }

    /** The hyperbolic tangent. */
    static DoubleVector tanh(DoubleVector x) {
        DoubleVector a = x.abs();
        a = a.add(a);
        DoubleVector shifted = a.fma(LOG2_E, SHIFT);
        DoubleVector n = shifted.sub(SHIFT);
        DoubleVector high = n.lanewise(FMA, -LN2, a);
        DoubleVector low = n.mul(-LN2_REST);
        DoubleVector r = high.add(low);
        DoubleVector s = secondOrder(r).fma(r.mul(r), low).add(high);
        DoubleVector power = shifted.reinterpretAsLongs().lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles();
        DoubleVector v = s.fma(power, power.sub(0.5));
        VectorMask<Double> upper = a.compare(GT, LOG_3);
        DoubleVector y = v.blend(1.0, upper).div(v.add(1));
        DoubleVector minus = y.neg();
        DoubleVector rest = minus.add(1);
        return minus.fma(v, v.sub(y)).fma(rest, y)
                .blend(rest, upper)
                .blend(1.0, a.compare(GT, TANH_HIGH))
                .reinterpretAsLongs().or(x.reinterpretAsLongs().and(Long.MIN_VALUE)).reinterpretAsDoubles()
                .blend(Double.NaN, x.compare(NE, x));
    }

    /** 1 / (1 + e^-x). */
    static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector e = expOfMinus(x.abs());
        DoubleVector y = e.div(e.add(1));
        DoubleVector minus = y.neg();
        y = minus.fma(e, e.sub(y)).fma(minus.add(1), y);
        return y.blend(y.neg().add(1), x.compare(GE, 0.0)).blend(Double.NaN, x.compare(NE, x));
    }

    /** log(1 + e^x). */
    static DoubleVector softplus(DoubleVector x) {
        DoubleVector e = expOfMinus(x.abs());
        VectorMask<Double> halve = e.compare(GT, SQRT_TWO_MINUS_ONE);
        DoubleVector f = e.blend(e.fma(0.5, -0.5), halve);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector w = z.mul(z);
        DoubleVector even = w.fma(L6, L4).lanewise(FMA, w, L2).lanewise(FMA, w, L0);
        DoubleVector odd = w.fma(L5, L3).lanewise(FMA, w, L1);
        DoubleVector h = f.mul(0.5).mul(f);
        DoubleVector t = odd.fma(z, even).fma(z, h).mul(s).sub(h);
        DoubleVector none = e.sub(e);
        DoubleVector high = none.blend(LN2_HIGH, halve);
        DoubleVector sum = high.add(f);
        DoubleVector lost = high.sub(sum).add(f);
        return t.add(none.blend(LN2_LOW, halve)).add(lost).add(sum)
                .add(x.blend(0.0, x.compare(LT, 0.0)))
                .blend(Double.NaN, x.compare(NE, x));
    }

    /** e^-a for a &ge; 0. */
    private static DoubleVector expOfMinus(DoubleVector a) {
        DoubleVector x = a.neg();
        return expUnbounded(x).blend(0.0, x.compare(LT, EXP_LOW));
    }

    /** e^x where it neither overflows nor vanishes. */
    private static DoubleVector expUnbounded(DoubleVector x) {
        DoubleVector shifted = x.fma(LOG2_E, SHIFT_TWICE);
        DoubleVector n = shifted.sub(SHIFT_TWICE);
        DoubleVector r = n.lanewise(FMA, -LN2_REST, n.lanewise(FMA, -LN2, x));
        DoubleVector y = secondOrder(r).lanewise(FMA, r, 1.0).lanewise(FMA, r, 1.0);
        LongVector twice = shifted.reinterpretAsLongs();
        LongVector half = twice.lanewise(LSHR, 1);
        DoubleVector power = half.lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles();
        DoubleVector rest = twice.sub(half).lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles();
        return y.mul(power).mul(rest);
    }

    /** (e^r - 1 - r) / r^2. */
    private static DoubleVector secondOrder(DoubleVector r) {
        DoubleVector z = r.mul(r);
        DoubleVector even = z.fma(E8, E6).lanewise(FMA, z, E4).lanewise(FMA, z, E2).lanewise(FMA, z, E0);
        DoubleVector odd = z.fma(E9, E7).lanewise(FMA, z, E5).lanewise(FMA, z, E3).lanewise(FMA, z, E1);
        return odd.fma(r, even);
    }

    /** k of 2^k m. */
    private static DoubleVector exponent(LongVector bits) {
        return bits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsDoubles().sub(BIAS);
    }

    /** m - 1 of 2^k m. */
    private static DoubleVector fraction(LongVector bits) {
        return bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsDoubles().sub(1);
    }

    /** k ln 2 + log(1 + f). */
    private static DoubleVector logReduced(DoubleVector k, DoubleVector f) {
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector w = z.mul(z);
        DoubleVector even = w.fma(L6, L4).lanewise(FMA, w, L2).lanewise(FMA, w, L0);
        DoubleVector odd = w.fma(L5, L3).lanewise(FMA, w, L1);
        DoubleVector h = f.mul(0.5).mul(f);
        DoubleVector t = odd.fma(z, even).fma(z, h).mul(s).sub(h);
        DoubleVector high = k.mul(LN2_HIGH);
        DoubleVector sum = high.add(f);
        DoubleVector lost = high.sub(sum).add(f);
        return k.lanewise(FMA, LN2_LOW, t).add(lost).add(sum);
    }
}
