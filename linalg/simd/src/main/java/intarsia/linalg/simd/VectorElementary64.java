package intarsia.linalg.simd;

import static intarsia.linalg.Coefficients64.*;
import static jdk.incubator.vector.VectorOperators.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The double-precision functions of {@link intarsia.linalg.Elementary} over ranges, on vectors of any width: operation for operation the
 * same, so every number has the bits that the scalar function gives. n is a multiple of the width. Free of branches; allocates nothing once
 * compiled.
 *
 * <p>Each function is written out within its loop, without helpers. The compiler inlines the methods of the Vector API wherever they are
 * called, but ordinary methods only until a compilation has grown to a fixed size, and none that has been compiled by itself to much code.
 * A vector that is passed to a method that is not inlined is boxed, for good: which caller was compiled first would decide.
 */
final class VectorElementary64 {
    private static final VectorSpecies<Double> S = Width.F64;
    private static final int L = S.length();

    private VectorElementary64() {}

    /** e^x. */
    static void exp(double[] in, int at, double[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, in, at + i);
            DoubleVector shifted = x.fma(LOG2_E, SHIFT_TWICE);
            DoubleVector whole = shifted.sub(SHIFT_TWICE);
            DoubleVector r = whole.lanewise(FMA, -LN2_REST, whole.lanewise(FMA, -LN2, x));
            DoubleVector z = r.mul(r);
            DoubleVector even = z.fma(E8, E6).lanewise(FMA, z, E4).lanewise(FMA, z, E2).lanewise(FMA, z, E0);
            DoubleVector odd = z.fma(E9, E7).lanewise(FMA, z, E5).lanewise(FMA, z, E3).lanewise(FMA, z, E1);
            DoubleVector y = odd.fma(r, even).lanewise(FMA, r, 1.0).lanewise(FMA, r, 1.0);
            LongVector twice = shifted.reinterpretAsLongs();
            LongVector half = twice.lanewise(LSHR, 1);
            DoubleVector power = half.lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles();
            DoubleVector rest = twice.sub(half).lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles();
            y.mul(power).mul(rest)
                    .blend(0.0, x.compare(LT, EXP_LOW))
                    .blend(Double.POSITIVE_INFINITY, x.compare(GT, EXP_HIGH))
                    .blend(Double.NaN, x.compare(NE, x)).intoArray(out, to + i);
        }
    }

    /** The natural logarithm. */
    static void log(double[] in, int at, double[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, in, at + i);
            VectorMask<Double> subnormal = x.compare(LT, Double.MIN_NORMAL);
            LongVector bits = x.blend(x.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsLongs().add(LOG_OFFSET);
            DoubleVector k = bits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsDoubles().sub(BIAS);
            k = k.blend(k.sub(SUBNORMAL_EXPONENT), subnormal);
            DoubleVector f = bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsDoubles().sub(1);
            DoubleVector low = k.mul(LN2_LOW);
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
            t.add(lost).add(sum)
                    .blend(Double.POSITIVE_INFINITY, x.compare(EQ, Double.POSITIVE_INFINITY))
                    .blend(Double.NEGATIVE_INFINITY, x.compare(EQ, 0.0))
                    .blend(Double.NaN, x.compare(GE, 0.0).not()).intoArray(out, to + i);
        }
    }

    /** log(1 + x). */
    static void log1p(double[] in, int at, double[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, in, at + i);
            DoubleVector u = x.add(1);
            LongVector bits = u.reinterpretAsLongs().add(LOG_OFFSET);
            DoubleVector k = bits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsDoubles().sub(BIAS);
            DoubleVector m = bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsDoubles().sub(1);
            DoubleVector added = x.sub(u.sub(1));
            added = added.add(added);
            DoubleVector scale = bits.sub(HALF_RECIPROCAL).lanewise(NEG).and(BELOW_TWO).reinterpretAsDoubles();
            DoubleVector f = added.fma(scale, m);
            DoubleVector rest = added.fma(scale, m.sub(f));
            DoubleVector low = k.lanewise(FMA, LN2_LOW, rest.neg().fma(f, rest));
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
            t.add(lost).add(sum)
                    .reinterpretAsLongs().or(x.reinterpretAsLongs().and(Long.MIN_VALUE)).reinterpretAsDoubles()
                    .blend(Double.POSITIVE_INFINITY, x.compare(EQ, Double.POSITIVE_INFINITY))
                    .blend(Double.NEGATIVE_INFINITY, x.compare(EQ, -1.0))
                    .blend(Double.NaN, x.compare(GE, -1.0).not()).intoArray(out, to + i);
        }
    }

    /** The hyperbolic tangent. */
    static void tanh(double[] in, int at, double[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, in, at + i);
            DoubleVector a = x.abs();
            a = a.add(a);
            DoubleVector shifted = a.fma(LOG2_E, SHIFT);
            DoubleVector power = shifted.reinterpretAsLongs().lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles();
            DoubleVector whole = shifted.sub(SHIFT);
            DoubleVector high = whole.lanewise(FMA, -LN2, a);
            DoubleVector low = whole.mul(-LN2_REST);
            DoubleVector r = high.add(low);
            DoubleVector z = r.mul(r);
            DoubleVector even = z.fma(E8, E6).lanewise(FMA, z, E4).lanewise(FMA, z, E2).mul(z);
            DoubleVector odd = z.fma(E9, E7).lanewise(FMA, z, E5).lanewise(FMA, z, E3).lanewise(FMA, z, E1);
            DoubleVector rest = z.lanewise(FMA, E0, odd.fma(r, even).fma(z, low));
            DoubleVector s = high.add(rest);
            DoubleVector v = s.fma(power, power.sub(0.5));
            DoubleVector vLow = high.sub(s).add(rest).fma(power, s.fma(power, power.sub(0.5).sub(v)));
            // v / (1 + v), with what v and 1 + v lost
            DoubleVector d = v.add(1);
            DoubleVector one = DoubleVector.broadcast(S, 1);
            DoubleVector t = one.div(d);
            DoubleVector y = v.mul(t);
            DoubleVector minus = y.neg();
            DoubleVector back = d.sub(v);
            DoubleVector lost = v.sub(d.sub(back)).add(one.sub(back));
            DoubleVector remainder = minus.fma(lost, minus.fma(d, v));
            vLow.fma(t, remainder).fma(t, y)
                    .blend(1.0, a.compare(GT, TANH_HIGH))
                    .reinterpretAsLongs().or(x.reinterpretAsLongs().and(Long.MIN_VALUE)).reinterpretAsDoubles()
                    .blend(Double.NaN, x.compare(NE, x)).intoArray(out, to + i);
        }
    }

    /** 1 / (1 + e^-x). */
    static void sigmoid(double[] in, int at, double[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, in, at + i);
            // -|x|, but not below EXP_LOW
            DoubleVector a = x.reinterpretAsLongs().or(Long.MIN_VALUE).min(EXP_LOW_BITS).reinterpretAsDoubles();
            DoubleVector shifted = a.fma(LOG2_E, SHIFT_RAISED);
            DoubleVector power = shifted.reinterpretAsLongs().lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles().mul(LOWER);
            DoubleVector whole = shifted.sub(SHIFT_RAISED);
            DoubleVector r = whole.lanewise(FMA, -LN2_REST, whole.lanewise(FMA, -LN2, a));
            DoubleVector z = r.mul(r);
            DoubleVector c = z.fma(C4, C3).lanewise(FMA, z, C2).lanewise(FMA, z, C1).lanewise(FMA, z, C0).mul(z);
            DoubleVector up = c.add(r);
            DoubleVector down = c.sub(r);
            DoubleVector product = power.fma(up, down);
            DoubleVector two = DoubleVector.broadcast(S, 2);
            DoubleVector d = power.fma(two, two).add(product);
            DoubleVector dLow = power.fma(two, two.sub(d)).add(product);
            DoubleVector upper = up.add(two);
            DoubleVector upperLow = two.sub(upper).add(up);
            DoubleVector t = DoubleVector.broadcast(S, -1).div(d);
            DoubleVector y = upper.mul(t);
            DoubleVector remainder = y.fma(d, upper).add(y.fma(dLow, upperLow));
            y = remainder.fma(t, y).mul(power);
            y.neg().blend(y.add(1), x.compare(GE, 0.0)).blend(Double.NaN, x.compare(NE, x)).intoArray(out, to + i);
        }
    }

    /** log(1 + e^x). */
    static void softplus(double[] in, int at, double[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, in, at + i);
            // -|x|, but not below EXP_LOW
            DoubleVector a = x.reinterpretAsLongs().or(Long.MIN_VALUE).min(EXP_LOW_BITS).reinterpretAsDoubles();
            DoubleVector shifted = a.fma(LOG2_E, SHIFT_RAISED);
            DoubleVector power = shifted.reinterpretAsLongs().lanewise(LSHL, MANTISSA_BITS).reinterpretAsDoubles();
            DoubleVector whole = shifted.sub(SHIFT_RAISED);
            DoubleVector r = whole.lanewise(FMA, -LN2_REST, whole.lanewise(FMA, -LN2, a));
            DoubleVector z = r.mul(r);
            DoubleVector even = z.fma(E8, E6).lanewise(FMA, z, E4).lanewise(FMA, z, E2).lanewise(FMA, z, E0);
            DoubleVector odd = z.fma(E9, E7).lanewise(FMA, z, E5).lanewise(FMA, z, E3).lanewise(FMA, z, E1);
            DoubleVector q = odd.fma(r, even).lanewise(FMA, r, 1.0);
            DoubleVector s = q.lanewise(FMA, r, 1.0);
            DoubleVector one = DoubleVector.broadcast(S, 1);
            DoubleVector e = s.mul(power).mul(LOWER);
            DoubleVector t = one.div(e.fma(0.5, 1.0));
            DoubleVector y = e.mul(t);
            DoubleVector square = y.mul(y);
            DoubleVector w = square.mul(square);
            DoubleVector evens = w.fma(A8, A6).lanewise(FMA, w, A4).lanewise(FMA, w, A2).lanewise(FMA, w, A0);
            DoubleVector odds = w.fma(A9, A7).lanewise(FMA, w, A5).lanewise(FMA, w, A3).lanewise(FMA, w, A1);
            DoubleVector cubic = odds.fma(square, evens).mul(y.mul(square));
            DoubleVector lost = q.fma(r, one.sub(s)).mul(power).mul(LOWER);
            DoubleVector remainder = lost.fma(t, y.mul(-0.5).fma(e, e.sub(y)));
            DoubleVector low = remainder.fma(t, cubic);
            DoubleVector line = x.blend(0.0, x.compare(LT, 0.0));
            DoubleVector sum = y.add(line);
            DoubleVector back = sum.sub(line);
            low.add(line.sub(sum.sub(back)).add(y.sub(back))).add(sum)
                    .blend(line.add(e), a.compare(LT, EXP_ALONE))
                    .blend(Double.NaN, x.compare(NE, x)).intoArray(out, to + i);
        }
    }
}
