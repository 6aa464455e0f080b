package intarsia.linalg.simd;

import static intarsia.linalg.Coefficients32.*;
import static jdk.incubator.vector.VectorOperators.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The single-precision functions of {@link intarsia.linalg.Elementary} over ranges, on vectors of any width: operation for operation the
 * same, so every number has the bits that the scalar function gives. n is a multiple of the width. Free of branches; allocates nothing once
 * compiled.
 *
 * <p>Each function is written out within its loop, without helpers. The compiler inlines the methods of the Vector API wherever they are
 * called, but ordinary methods only until a compilation has grown to a fixed size, and none that has been compiled by itself to much code.
 * A vector that is passed to a method that is not inlined is boxed, for good: which caller was compiled first would decide.
 */
final class VectorElementary32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();

    private VectorElementary32() {}

    /** e^x. */
    static void exp(float[] in, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, in, at + i);
            FloatVector shifted = x.fma(LOG2_E, SHIFT_TWICE);
            FloatVector whole = shifted.sub(SHIFT_TWICE);
            FloatVector r = whole.lanewise(FMA, -LN2_REST, whole.lanewise(FMA, -LN2, x));
            FloatVector z = r.mul(r);
            FloatVector even = z.fma(E4, E2).lanewise(FMA, z, E0);
            FloatVector odd = z.fma(E3, E1);
            FloatVector y = odd.fma(r, even).lanewise(FMA, r, 1.0f).lanewise(FMA, r, 1.0f);
            IntVector twice = shifted.reinterpretAsInts();
            IntVector half = twice.lanewise(LSHR, 1);
            FloatVector power = half.lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
            FloatVector rest = twice.sub(half).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
            y.mul(power).mul(rest)
                    .blend(0.0f, x.compare(LT, EXP_LOW))
                    .blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_HIGH))
                    .blend(Float.NaN, x.compare(NE, x)).intoArray(out, to + i);
        }
    }

    /** The natural logarithm. */
    static void log(float[] in, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, in, at + i);
            VectorMask<Float> subnormal = x.compare(LT, Float.MIN_NORMAL);
            IntVector bits = x.blend(x.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsInts().add(LOG_OFFSET);
            FloatVector k = bits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsFloats().sub(BIAS);
            k = k.blend(k.sub(SUBNORMAL_EXPONENT), subnormal);
            FloatVector f = bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsFloats().sub(1);
            FloatVector low = k.mul(LN2_LOW);
            FloatVector z = f.mul(f);
            FloatVector even = z.fma(L6, L4).lanewise(FMA, z, L2).lanewise(FMA, z, L0);
            FloatVector odd = z.fma(L7, L5).lanewise(FMA, z, L3).lanewise(FMA, z, L1);
            FloatVector t = odd.fma(f, even).lanewise(FMA, f, -0.5f).mul(z);
            FloatVector high = k.mul(LN2_HIGH);
            FloatVector sum = high.add(f);
            FloatVector lost = high.sub(sum).add(f);
            t.add(low).add(lost).add(sum)
                    .blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY))
                    .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0.0f))
                    .blend(Float.NaN, x.compare(GE, 0.0f).not()).intoArray(out, to + i);
        }
    }

    /** log(1 + x). */
    static void log1p(float[] in, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, in, at + i);
            FloatVector u = x.add(1);
            IntVector bits = u.reinterpretAsInts().add(LOG_OFFSET);
            FloatVector k = bits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsFloats().sub(BIAS);
            FloatVector m = bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsFloats().sub(1);
            FloatVector added = x.sub(u.sub(1));
            added = added.add(added);
            FloatVector scale = bits.sub(HALF_RECIPROCAL).lanewise(NEG).and(BELOW_TWO).reinterpretAsFloats();
            FloatVector f = added.fma(scale, m);
            FloatVector rest = added.fma(scale, m.sub(f));
            FloatVector low = k.lanewise(FMA, LN2_LOW, rest.neg().fma(f, rest));
            FloatVector z = f.mul(f);
            FloatVector even = z.fma(L6, L4).lanewise(FMA, z, L2).lanewise(FMA, z, L0);
            FloatVector odd = z.fma(L7, L5).lanewise(FMA, z, L3).lanewise(FMA, z, L1);
            FloatVector t = odd.fma(f, even).lanewise(FMA, f, -0.5f).mul(z);
            FloatVector high = k.mul(LN2_HIGH);
            FloatVector sum = high.add(f);
            FloatVector lost = high.sub(sum).add(f);
            t.add(low).add(lost).add(sum)
                    .reinterpretAsInts().or(x.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats()
                    .blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY))
                    .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, -1.0f))
                    .blend(Float.NaN, x.compare(GE, -1.0f).not()).intoArray(out, to + i);
        }
    }

    /** The hyperbolic tangent. */
    static void tanh(float[] in, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, in, at + i);
            FloatVector a = x.abs();
            FloatVector z = a.mul(a);
            FloatVector w = z.mul(z);
            FloatVector lower = w.fma(T3, T1).fma(z, w.fma(T4, T2).lanewise(FMA, w, T0)).fma(a.mul(z), a);
            FloatVector twice = a.add(a);
            FloatVector shifted = twice.fma(LOG2_E, SHIFT);
            FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
            FloatVector r = shifted.sub(SHIFT).lanewise(FMA, -LN2, twice);
            FloatVector square = r.mul(r);
            FloatVector even = square.fma(E4, E2).lanewise(FMA, square, E0);
            FloatVector s = square.fma(E3, E1).fma(r, even).fma(square, r);
            FloatVector above = power.add(1);
            FloatVector d = s.fma(power, above);
            FloatVector lost = s.fma(power, above.sub(d));
            FloatVector y = FloatVector.broadcast(S, -1).div(d);
            y = y.fma(lost, y.lanewise(FMA, d, 1.0f)).fma(y, y);
            y.lanewise(FMA, 2.0f, 1.0f).blend(lower, a.compare(LT, TANH_LOW))
                    .blend(1.0f, a.compare(GT, TANH_HIGH))
                    .reinterpretAsInts().or(x.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats()
                    .blend(Float.NaN, x.compare(NE, x)).intoArray(out, to + i);
        }
    }

    /** 1 / (1 + e^-x). */
    static void sigmoid(float[] in, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, in, at + i);
            // -|x|, but not below EXP_LOW
            FloatVector a = x.reinterpretAsInts().or(Integer.MIN_VALUE).min(EXP_LOW_BITS).reinterpretAsFloats();
            FloatVector shifted = a.fma(LOG2_E, SHIFT_RAISED);
            FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats().mul(LOWER);
            FloatVector whole = shifted.sub(SHIFT_RAISED);
            FloatVector r = whole.lanewise(FMA, -LN2_REST, whole.lanewise(FMA, -LN2, a));
            FloatVector z = r.mul(r);
            FloatVector c = z.fma(C1, C0).mul(z);
            FloatVector up = c.add(r);
            FloatVector down = c.sub(r);
            FloatVector product = power.fma(up, down);
            FloatVector two = FloatVector.broadcast(S, 2);
            FloatVector d = power.fma(two, two).add(product);
            FloatVector dLow = power.fma(two, two.sub(d)).add(product);
            FloatVector upper = up.add(two);
            FloatVector upperLow = two.sub(upper).add(up);
            FloatVector t = FloatVector.broadcast(S, -1).div(d);
            FloatVector y = upper.mul(t);
            FloatVector remainder = y.fma(d, upper).add(y.fma(dLow, upperLow));
            y = remainder.fma(t, y).mul(power);
            y.neg().blend(y.add(1), x.compare(GE, 0.0f)).blend(Float.NaN, x.compare(NE, x)).intoArray(out, to + i);
        }
    }

    /** log(1 + e^x). */
    static void softplus(float[] in, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, in, at + i);
            // -|x|, but not below EXP_LOW
            FloatVector a = x.reinterpretAsInts().or(Integer.MIN_VALUE).min(EXP_LOW_BITS).reinterpretAsFloats();
            FloatVector shifted = a.fma(LOG2_E, SHIFT_RAISED);
            FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
            FloatVector whole = shifted.sub(SHIFT_RAISED);
            FloatVector r = whole.lanewise(FMA, -LN2_REST, whole.lanewise(FMA, -LN2, a));
            FloatVector z = r.mul(r);
            FloatVector even = z.fma(E4, E2).lanewise(FMA, z, E0);
            FloatVector odd = z.fma(E3, E1);
            FloatVector q = odd.fma(r, even).lanewise(FMA, r, 1.0f);
            FloatVector s = q.lanewise(FMA, r, 1.0f);
            FloatVector one = FloatVector.broadcast(S, 1);
            FloatVector e = s.mul(power).mul(LOWER);
            FloatVector t = one.div(e.fma(0.5f, 1.0f));
            FloatVector y = e.mul(t);
            FloatVector square = y.mul(y);
            FloatVector w = square.mul(square);
            FloatVector evens = w.fma(A2, A0);
            FloatVector odds = w.fma(A3, A1);
            FloatVector cubic = odds.fma(square, evens).mul(y.mul(square));
            FloatVector lost = q.fma(r, one.sub(s)).mul(power).mul(LOWER);
            FloatVector remainder = lost.fma(t, y.mul(-0.5f).fma(e, e.sub(y)));
            FloatVector low = remainder.fma(t, cubic);
            FloatVector line = x.blend(0.0f, x.compare(LT, 0.0f));
            FloatVector sum = y.add(line);
            FloatVector back = sum.sub(line);
            low.add(line.sub(sum.sub(back)).add(y.sub(back))).add(sum)
                    .blend(line.add(e), a.compare(LT, EXP_ALONE))
                    .blend(Float.NaN, x.compare(NE, x)).intoArray(out, to + i);
        }
    }
}
