package intarsia.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementaryTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    /** More digits than the truth is good for; the doubles of smallest exponents have 750. */
    private static final MathContext INPUT = new MathContext(60);
    private static final int POINTS = Integer.getInteger("intarsia.elementary.points", 300);

    /** A function, the truth about it, and where its inputs are worth most. */
    enum Function {
        EXP(Elementary::exp, Exact::exp, -745.2, 709.79),
        LOG(Elementary::log, Exact::log, 0.2, 4),
        LOG1P(Elementary::log1p, Exact::log1p, -1, 4),
        TANH(Elementary::tanh, Exact::tanh, -20, 20),
        SIGMOID(Elementary::sigmoid, Exact::sigmoid, -745.2, 40),
        SOFTPLUS(Elementary::softplus, Exact::softplus, -745.2, 40);

        final DoubleUnaryOperator computed;
        final UnaryOperator<BigDecimal> exact;
        final double low;
        final double high;

        Function(DoubleUnaryOperator computed, UnaryOperator<BigDecimal> exact, double low, double high) {
            this.computed = computed;
            this.exact = exact;
            this.low = low;
            this.high = high;
        }

        boolean defined(double x) {
            return Double.isFinite(x) && (this != LOG || x > 0) && (this != LOG1P || x > -1) && (this != EXP || Math.abs(x) < 800);
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysWithinOneUnitOverTheWholeRange(Function f) {
        double worst = 0;
        double at = 0;
        for (double x : inputs(f).filter(f::defined).toArray()) {
            double error = ulpsOff(f.computed.applyAsDouble(x), f.exact.apply(new BigDecimal(x, INPUT)));
            if (error > worst) {
                worst = error;
                at = x;
            }
        }
        assertThat(worst).as("%s at %s", f, at).isPositive().isLessThan(1);
    }

    @Test
    void followsIeeeAtTheEdges() {
        assertThat(Elementary.exp(-INFINITY)).isEqualTo(0);
        assertThat(Elementary.exp(INFINITY)).isEqualTo(INFINITY);
        assertThat(Elementary.exp(709.79)).isEqualTo(INFINITY);
        assertThat(Elementary.exp(-745.14)).isEqualTo(0);
        assertThat(Elementary.exp(-745.13)).isEqualTo(Double.MIN_VALUE);
        assertThat(Elementary.exp(0.0)).isEqualTo(1);
        assertThat(Elementary.log(1.0)).isEqualTo(0);
        assertThat(new double[] {Elementary.log(0.0), Elementary.log(-0.0), Elementary.log1p(-1.0)}).containsOnly(-INFINITY);
        assertThat(new double[] {Elementary.log(INFINITY), Elementary.log1p(INFINITY), Elementary.softplus(INFINITY)})
                .containsOnly(INFINITY);
        assertThat(new double[] {Elementary.log(-1.0), Elementary.log(-INFINITY), Elementary.log1p(-1.5), Elementary.log1p(-INFINITY)})
                .containsOnly(Double.NaN);
        assertThat(new double[] {Elementary.tanh(INFINITY), Elementary.sigmoid(INFINITY), -Elementary.tanh(-INFINITY)}).containsOnly(1);
        assertThat(new double[] {Elementary.sigmoid(-INFINITY), Elementary.softplus(-INFINITY)}).containsOnly(0);
        assertThat(Elementary.sigmoid(0.0)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheCanonicalNaN(Function f) {
        double odd = Double.longBitsToDouble(0xFFF8_0000_1234_5678L);
        assertThat(Double.doubleToRawLongBits(f.computed.applyAsDouble(odd))).isEqualTo(Double.doubleToRawLongBits(Double.NaN));
    }

    @Test
    void isTheIdentityNearZeroWhereTheTruthIs() {
        for (double x : new double[] {0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, 3e-310, Double.MIN_NORMAL, -1e-300, 1e-17}) {
            assertThat(Elementary.tanh(x)).isEqualTo(x);
            assertThat(Elementary.log1p(x)).isEqualTo(x);
        }
    }

    @Test
    void isSymmetricAndMonotone() {
        RandomStream random = RandomStream.of(5);
        double step = 1e-3;
        for (int i = 0; i < 20_000; i++) {
            double x = random.nextDouble(-30, 30);
            assertThat(Elementary.tanh(-x)).isEqualTo(-Elementary.tanh(x));
            assertThat(Elementary.sigmoid(x) + Elementary.sigmoid(-x)).isEqualTo(1);
            assertThat(Elementary.exp(x + step)).isGreaterThan(Elementary.exp(x));
            assertThat(Elementary.softplus(x + step)).isGreaterThan(Elementary.softplus(x));
            assertThat(Elementary.tanh(x + step)).isGreaterThanOrEqualTo(Elementary.tanh(x));
            assertThat(Elementary.sigmoid(x + step)).isGreaterThanOrEqualTo(Elementary.sigmoid(x));
        }
    }

    /** Every exponent, the range that matters, the neighbors of every fold and breakpoint of the methods, subnormals and extremes. */
    private static DoubleStream inputs(Function f) {
        RandomStream random = RandomStream.of(1, f.name());
        double fold = StrictMath.log(2) / 2;
        DoubleStream folds = DoubleStream.iterate(-2149, n -> n < 2050, n -> n + (Math.abs(n) < 60 ? 1 : 37))
                .map(n -> n * fold).flatMap(ElementaryTest::neighbors);
        DoubleStream breaks = DoubleStream.of(0, 1, -1, 2, Math.sqrt(0.5), Math.sqrt(2), Math.sqrt(2) - 1, Math.sqrt(0.5) - 1,
                        StrictMath.log(3) / 2, StrictMath.log(Math.sqrt(2) - 1), -StrictMath.log(Math.sqrt(2) - 1), 20, 22,
                        -708.4, -744.4, -745.1, 709.7, 0x1p52, 0x1p53, 0x1p-54, Double.MIN_NORMAL, 0x1.7p1022, 0x1p1023, 0x1.6ap1023)
                .flatMap(ElementaryTest::neighbors);
        DoubleStream extremes = DoubleStream.of(Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE);
        return Stream.of(folds, breaks, extremes,
                        draw(POINTS, () -> Double.longBitsToDouble(random.nextLong())),
                        draw(POINTS / 4, () -> Double.longBitsToDouble(random.nextLong() & 0x800F_FFFF_FFFF_FFFFL)),
                        draw(4 * POINTS, () -> random.nextDouble(f.low, f.high)),
                        draw(4 * POINTS, () -> random.nextDouble(-1, 1)),
                        draw(POINTS, () -> random.nextGaussian() * Math.scalb(1.0, -random.nextInt(60))))
                .flatMapToDouble(x -> x);
    }

    private static DoubleStream draw(int count, DoubleSupplier next) {
        return DoubleStream.generate(next).limit(count);
    }

    private static DoubleStream neighbors(double x) {
        return DoubleStream.of(Math.nextDown(x), x, Math.nextUp(x));
    }

    private static double ulpsOff(double computed, BigDecimal exact) {
        double nearest = exact.doubleValue();
        if (Double.isInfinite(nearest) || Double.isInfinite(computed)) {
            return nearest == computed ? 0 : INFINITY;
        }
        BigDecimal error = new BigDecimal(computed).subtract(exact).abs();
        return error.divide(new BigDecimal(Math.ulp(nearest)), MathContext.DECIMAL32).doubleValue();
    }
}
