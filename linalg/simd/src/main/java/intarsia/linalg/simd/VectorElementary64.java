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
        k = k.blend(k.sub(SUBNORMAL_EXPONENT), subnormal);
        return logReduced(k, fraction(bits), k.mul(LN2_LOW))
                .blend(Double.POSITIVE_INFINITY, x.compare(EQ, Double.POSITIVE_INFINITY))
                .blend(Double.NEGATIVE_INFINITY, x.compare(EQ, 0.0))
                .blend(Double.NaN, x.compare(GE, 0.0).not());
    }

    /** log(1 + x). */
    static DoubleVector log1p(DoubleVector x) {
        DoubleVector u = x.add(1);
        LongVector bits = u.reinterpretAsLongs().add(LOG_OFFSET);
        DoubleVector k = exponent(bits);
        DoubleVector m = fraction(bits);
        DoubleVector lost = x.sub(u.sub(1));
        lost = lost.add(lost);
        DoubleVector scale = bits.sub(HALF_RECIPROCAL).lanewise(NEG).and(BELOW_TWO).reinterpretAsDoubles();
        DoubleVector f = lost.fma(scale, m);
        DoubleVector rest = lost.fma(scale, m.sub(f));
        return logReduced(k, f, k.lanewise(FMA, LN2_LOW, rest.neg().fma(f, rest)))
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
        DoubleVector power = power(shifted);
        DoubleVector n = shifted.sub(SHIFT);
        DoubleVector high = n.lanewise(FMA, -LN2, a);
        DoubleVector low = n.mul(-LN2_REST);
        DoubleVector r = high.add(low);
        DoubleVector z = r.mul(r);
        DoubleVector even = z.fma(E8, E6).lanewise(FMA, z, E4).lanewise(FMA, z, E2).mul(z);
        DoubleVector odd = z.fma(E9, E7).lanewise(FMA, z, E5).lanewise(FMA, z, E3).lanewise(FMA, z, E1);
        DoubleVector rest = z.lanewise(FMA, E0, odd.fma(r, even).fma(z, low));
        DoubleVector s = high.add(rest);
        DoubleVector v = s.fma(power, power.sub(0.5));
        DoubleVector lost = high.sub(s).add(rest).fma(power, s.fma(power, power.sub(0.5).sub(v)));
        return quotient(v, lost)
                .blend(1.0, a.compare(GT, TANH_HIGH))
                .reinterpretAsLongs().or(x.reinterpretAsLongs().and(Long.MIN_VALUE)).reinterpretAsDoubles()
                .blend(Double.NaN, x.compare(NE, x));
    }

    /** 1 / (1 + e^-x). */
    static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector a = clamped(x);
        DoubleVector shifted = a.fma(LOG2_E, SHIFT_RAISED);
        DoubleVector power = power(shifted).mul(LOWER);
        DoubleVector r = reduced(a, shifted.sub(SHIFT_RAISED));
        DoubleVector c = cothMinusTwo(r);
        DoubleVector up = c.add(r);
        DoubleVector down = c.sub(r);
        DoubleVector product = power.fma(up, down);
        DoubleVector two = DoubleVector.broadcast(Width.F64, 2);
        DoubleVector d = power.fma(two, two).add(product);
        DoubleVector dLow = power.fma(two, two.sub(d)).add(product);
        DoubleVector n = up.add(two);
        DoubleVector nLow = two.sub(n).add(up);
        DoubleVector t = DoubleVector.broadcast(Width.F64, -1).div(d);
        DoubleVector y = n.mul(t);
        DoubleVector remainder = y.fma(d, n).add(y.fma(dLow, nLow));
        y = remainder.fma(t, y).mul(power);
        return y.neg().blend(y.add(1), x.compare(GE, 0.0)).blend(Double.NaN, x.compare(NE, x));
    }

    /** log(1 + e^x). */
    static DoubleVector softplus(DoubleVector x) {
        DoubleVector a = clamped(x);
        DoubleVector shifted = a.fma(LOG2_E, SHIFT_RAISED);
        DoubleVector power = power(shifted);
        DoubleVector r = reduced(a, shifted.sub(SHIFT_RAISED));
        DoubleVector q = secondOrder(r).lanewise(FMA, r, 1.0);
        DoubleVector s = q.lanewise(FMA, r, 1.0);
        DoubleVector one = DoubleVector.broadcast(Width.F64, 1);
        DoubleVector e = s.mul(power).mul(LOWER);
        DoubleVector t = one.div(e.fma(0.5, 1.0));
        DoubleVector y = e.mul(t);
        DoubleVector cubic = beyondLinear(y);
        DoubleVector lost = q.fma(r, one.sub(s)).mul(power).mul(LOWER);
        DoubleVector remainder = lost.fma(t, y.mul(-0.5).fma(e, e.sub(y)));
        DoubleVector low = remainder.fma(t, cubic);
        DoubleVector line = x.blend(0.0, x.compare(LT, 0.0));
        DoubleVector sum = y.add(line);
        DoubleVector back = sum.sub(line);
        return low.add(line.sub(sum.sub(back)).add(y.sub(back))).add(sum)
                .blend(line.add(e), a.compare(LT, EXP_ALONE))
                .blend(Double.NaN, x.compare(NE, x));
    }

    /** v / (1 + v) for a v with a low part. */
    private static DoubleVector quotient(DoubleVector v, DoubleVector low) {
        DoubleVector d = v.add(1);
        DoubleVector one = DoubleVector.broadcast(Width.F64, 1);
        DoubleVector t = one.div(d);
        DoubleVector y = v.mul(t);
        DoubleVector minus = y.neg();
        DoubleVector back = d.sub(v);
        DoubleVector lost = v.sub(d.sub(back)).add(one.sub(back));
        DoubleVector remainder = minus.fma(lost, minus.fma(d, v));
        return low.fma(t, remainder).fma(t, y);
    }

    /** -|x|, but not below {@link intarsia.linalg.Coefficients64#EXP_LOW}. */
    private static DoubleVector clamped(DoubleVector x) {
        return x.reinterpretAsLongs().or(Long.MIN_VALUE).min(EXP_LOW_BITS).reinterpretAsDoubles();
    }

    /** e^x where it neither overflows nor vanishes. */
    private static DoubleVector expUnbounded(DoubleVector x) {
        DoubleVector shifted = x.fma(LOG2_E, SHIFT_TWICE);
        DoubleVector r = reduced(x, shifted.sub(SHIFT_TWICE));
        DoubleVector y = secondOrder(r).lanewise(FMA, r, 1.0).lanewise(FMA, r, 1.0);
        LongVector twice = shifted.reinterpretAsLongs();
        LongVector half = twice.lanewise(LSHR, 1);
        DoubleVector power = half.lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles();
        DoubleVector rest = twice.sub(half).lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles();
        return y.mul(power).mul(rest);
    }

    /** x - n ln 2. */
    private static DoubleVector reduced(DoubleVector x, DoubleVector n) {
        return n.lanewise(FMA, -LN2_REST, n.lanewise(FMA, -LN2, x));
    }

    /** The power of two whose exponent stands in the low bits. */
    private static DoubleVector power(DoubleVector shifted) {
        return shifted.reinterpretAsLongs().lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles();
    }

    /** (e^r - 1 - r) / r^2. */
    private static DoubleVector secondOrder(DoubleVector r) {
        DoubleVector z = r.mul(r);
        DoubleVector even = z.fma(E8, E6).lanewise(FMA, z, E4).lanewise(FMA, z, E2).lanewise(FMA, z, E0);
        DoubleVector odd = z.fma(E9, E7).lanewise(FMA, z, E5).lanewise(FMA, z, E3).lanewise(FMA, z, E1);
        return odd.fma(r, even);
    }

    /** r coth(r/2) - 2. */
    private static DoubleVector cothMinusTwo(DoubleVector r) {
        DoubleVector z = r.mul(r);
        return z.fma(C4, C3).lanewise(FMA, z, C2).lanewise(FMA, z, C1).lanewise(FMA, z, C0).mul(z);
    }

    /** log(1 + e) - y for y = 2 e / (2 + e). */
    private static DoubleVector beyondLinear(DoubleVector y) {
        DoubleVector z = y.mul(y);
        DoubleVector w = z.mul(z);
        DoubleVector even = w.fma(A8, A6).lanewise(FMA, w, A4).lanewise(FMA, w, A2).lanewise(FMA, w, A0);
        DoubleVector odd = w.fma(A9, A7).lanewise(FMA, w, A5).lanewise(FMA, w, A3).lanewise(FMA, w, A1);
        return odd.fma(z, even).mul(y.mul(z));
    }

    /** k of 2^k m. */
    private static DoubleVector exponent(LongVector bits) {
        return bits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsDoubles().sub(BIAS);
    }

    /** m - 1 of 2^k m. */
    private static DoubleVector fraction(LongVector bits) {
        return bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsDoubles().sub(1);
    }

    /** k ln 2 + log(1 + f), and low. */
    private static DoubleVector logReduced(DoubleVector k, DoubleVector f, DoubleVector low) {
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector w = z.mul(z);
        DoubleVector even = w.fma(L6, L4).lanewise(FMA, w, L2).lanewise(FMA, w, L0);
        DoubleVector odd = w.fma(L5, L3).lanewise(FMA, w, L1);
        DoubleVector half = f.mul(-0.5);
        DoubleVector g = half.fma(f, f);
        DoubleVector h = f.sub(g);
        DoubleVector t = odd.fma(z, even).fma(z, h).fma(s, half.fma(f, h).add(low));
        DoubleVector high = k.mul(LN2_HIGH);
        DoubleVector sum = high.add(g);
        DoubleVector lost = high.sub(sum).add(g);
        return t.add(lost).add(sum);
    }
}
