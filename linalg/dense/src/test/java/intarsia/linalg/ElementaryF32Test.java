package intarsia.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementaryF32Test {
    private static final float INFINITY = Float.POSITIVE_INFINITY;
    /** A prime, so that all mantissas come up; 430 thousand of all 2^32 floats. */
    private static final long STRIDE = Long.getLong("intarsia.elementary.stride", 9973);

    interface FloatFunction {
        float apply(float x);
    }

    /** A function, and the truth about it in double precision, within four units of a double: 10^-8 of one of a float. */
    enum Function {
        EXP(Elementary::exp, Math::exp),
        LOG(Elementary::log, Math::log),
        LOG1P(Elementary::log1p, Math::log1p),
        TANH(Elementary::tanh, Math::tanh),
        SIGMOID(Elementary::sigmoid, ElementaryF32Test::sigmoid),
        SOFTPLUS(Elementary::softplus, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));

        final FloatFunction computed;
        final DoubleUnaryOperator exact;

        Function(FloatFunction computed, DoubleUnaryOperator exact) {
            this.computed = computed;
            this.exact = exact;
        }
    }

    /** An error, and the number that has it. */
    record Worst(double ulps, float at) {
        static Worst of(Worst a, Worst b) {
            return a.ulps >= b.ulps ? a : b;
        }
    }

    /** With a stride of 1 a proof, in a few minutes of each processor. */
    @ParameterizedTest
    @EnumSource
    void staysWithinOneUnitThroughAllFloats(Function f) {
        Worst worst = IntStream.range(0, 1 << 12).parallel().mapToObj(part -> worstOf(f, part)).reduce(new Worst(0, 0), Worst::of);
        System.out.printf("%s: at most %.4f units in the last place, at %s%n", f, worst.ulps, worst.at);
        assertThat(worst.ulps).as("%s at %s", f, worst.at).isPositive().isLessThan(1);
    }

    /** Of the inputs between part 2^20 and (part + 1) 2^20. */
    private static Worst worstOf(Function f, long part) {
        double worst = 0;
        float at = 0;
        long end = (part + 1) << 20;
        for (long bits = Math.ceilDiv(part << 20, STRIDE) * STRIDE; bits < end; bits += STRIDE) {
            float x = Float.intBitsToFloat((int) bits);
            double error = ulpsOff(f.computed.apply(x), f.exact.applyAsDouble(x));
            if (error > worst) {
                worst = error;
                at = x;
            }
        }
        return new Worst(worst, at);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheCanonicalNaN(Function f) {
        float odd = Float.intBitsToFloat(0xFFC1_2345);
        assertThat(Float.floatToRawIntBits(f.computed.apply(odd))).isEqualTo(Float.floatToRawIntBits(Float.NaN));
    }

    @Test
    void followsIeeeAtTheEdges() {
        assertThat(new float[] {Elementary.exp(-INFINITY), Elementary.exp(-103.98f)}).containsOnly(0);
        assertThat(new float[] {Elementary.sigmoid(-INFINITY), Elementary.softplus(-INFINITY)}).containsOnly(0);
        assertThat(new float[] {Elementary.exp(INFINITY), Elementary.exp(88.73f), Elementary.log(INFINITY), Elementary.log1p(INFINITY)})
                .containsOnly(INFINITY);
        assertThat(Elementary.exp(-103.97f)).isEqualTo(Float.MIN_VALUE);
        assertThat(new float[] {Elementary.log(0f), Elementary.log(-0f), Elementary.log1p(-1f)}).containsOnly(-INFINITY);
        assertThat(new float[] {Elementary.log(-1f), Elementary.log1p(-1.5f)}).containsOnly(Float.NaN);
        assertThat(new float[] {Elementary.tanh(INFINITY), -Elementary.tanh(-INFINITY), Elementary.sigmoid(INFINITY)}).containsOnly(1);
    }

    @Test
    void isTheIdentityNearZeroWhereTheTruthIs() {
        for (float x : new float[] {0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 3e-40f, Float.MIN_NORMAL, -1e-30f, 1e-9f}) {
            assertThat(Elementary.tanh(x)).isEqualTo(x);
            assertThat(Elementary.log1p(x)).isEqualTo(x);
        }
    }

    private static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    private static double ulpsOff(float computed, double exact) {
        float nearest = (float) exact;
        if (!Float.isFinite(nearest) || !Float.isFinite(computed)) {
            return Float.compare(nearest, computed) == 0 ? 0 : INFINITY;
        }
        return Math.abs(computed - exact) / Math.ulp(nearest);
    }
}
