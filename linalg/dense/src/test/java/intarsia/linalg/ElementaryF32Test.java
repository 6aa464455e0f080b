package intarsia.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementaryF32Test {
    private static final float INFINITY = Float.POSITIVE_INFINITY;
    /** A prime, so that all mantissas come up; 430 thousand of all 2^32 floats. */
    private static final int STRIDE = Integer.getInteger("intarsia.elementary.stride", 9973);

    interface FloatFunction {
        float apply(float x);
    }

    /** A function, the truth about it in double precision, and the error stated for it. */
    enum Function {
        EXP(Elementary::exp, StrictMath::exp, 1),
        LOG(Elementary::log, StrictMath::log, 1),
        LOG1P(Elementary::log1p, StrictMath::log1p, 1.6),
        TANH(Elementary::tanh, StrictMath::tanh, 1.8),
        SIGMOID(Elementary::sigmoid, x -> x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 1 / (1 + StrictMath.exp(-x)), 1.6),
        SOFTPLUS(Elementary::softplus, x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))), 1.9);

        final FloatFunction computed;
        final DoubleUnaryOperator exact;
        final double ulps;

        Function(FloatFunction computed, DoubleUnaryOperator exact, double ulps) {
            this.computed = computed;
            this.exact = exact;
            this.ulps = ulps;
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysWithinTheStatedErrorThroughAllFloats(Function f) {
        double worst = 0;
        float at = 0;
        for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
            float x = Float.intBitsToFloat((int) bits);
            double error = ulpsOff(f.computed.apply(x), f.exact.applyAsDouble(x));
            if (error > worst) {
                worst = error;
                at = x;
            }
        }
        assertThat(worst).as("%s at %s", f, at).isPositive().isLessThan(f.ulps);
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

    private static double ulpsOff(float computed, double exact) {
        float nearest = (float) exact;
        if (!Float.isFinite(nearest) || !Float.isFinite(computed)) {
            return Float.compare(nearest, computed) == 0 ? 0 : INFINITY;
        }
        return Math.abs(computed - exact) / Math.ulp(nearest);
    }
}
