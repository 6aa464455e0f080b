package intarsia.linalg.simd;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scalar and vector bits, at the width in use: {@code -Dintarsia.simd.width=512} tries another one. */
class VectorElementaryTest {
    /** A multiple of every vector's length. */
    private static final int POINTS = Integer.getInteger("intarsia.elementary.points", 120_000) / 64 * 64;

    interface FloatFunction {
        float apply(float x);
    }

    interface DoubleLoop {
        void run(double[] in, int at, double[] out, int to, int n);
    }

    interface FloatLoop {
        void run(float[] in, int at, float[] out, int to, int n);
    }

    enum Function {
        EXP(Elementary::exp, VectorElementary64::exp, Elementary::exp, VectorElementary32::exp),
        LOG(Elementary::log, VectorElementary64::log, Elementary::log, VectorElementary32::log),
        LOG1P(Elementary::log1p, VectorElementary64::log1p, Elementary::log1p, VectorElementary32::log1p),
        TANH(Elementary::tanh, VectorElementary64::tanh, Elementary::tanh, VectorElementary32::tanh),
        SIGMOID(Elementary::sigmoid, VectorElementary64::sigmoid, Elementary::sigmoid, VectorElementary32::sigmoid),
        SOFTPLUS(Elementary::softplus, VectorElementary64::softplus, Elementary::softplus, VectorElementary32::softplus);

        final DoubleUnaryOperator scalar64;
        final DoubleLoop vector64;
        final FloatFunction scalar32;
        final FloatLoop vector32;

        Function(DoubleUnaryOperator scalar64, DoubleLoop vector64, FloatFunction scalar32,
                FloatLoop vector32) {
            this.scalar64 = scalar64;
            this.vector64 = vector64;
            this.scalar32 = scalar32;
            this.vector32 = vector32;
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasTheBitsOfTheScalarInDoublePrecision(Function f) {
        double[] x = inputs(f);
        double[] y = new double[x.length];
        f.vector64.run(x, 0, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            long expected = Double.doubleToRawLongBits(f.scalar64.applyAsDouble(x[i]));
            if (Double.doubleToRawLongBits(y[i]) != expected) {
                assertThat(y[i]).as("%s(%s)", f, x[i]).isEqualTo(Double.longBitsToDouble(expected));
                assertThat(Double.doubleToRawLongBits(y[i])).as("bits of %s(%s)", f, x[i]).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasTheBitsOfTheScalarInSinglePrecision(Function f) {
        float[] x = floats(f);
        float[] y = new float[x.length];
        f.vector32.run(x, 0, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            int expected = Float.floatToRawIntBits(f.scalar32.apply(x[i]));
            if (Float.floatToRawIntBits(y[i]) != expected) {
                assertThat(y[i]).as("%s(%s)", f, x[i]).isEqualTo(Float.intBitsToFloat(expected));
                assertThat(Float.floatToRawIntBits(y[i])).as("bits of %s(%s)", f, x[i]).isEqualTo(expected);
            }
        }
    }

    private static double[] inputs(Function f) {
        RandomStream random = RandomStream.of(2, f.name());
        double[] special = {0.0, -0.0, 1, -1, Math.nextDown(1), Math.nextUp(1), Math.nextUp(-1), Math.nextDown(-1), Math.sqrt(0.5),
            Math.sqrt(2), Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, Math.nextDown(Double.MIN_NORMAL), Double.MAX_VALUE,
            -Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN,
            Double.longBitsToDouble(0xFFF8_0000_1234_5678L), 709.78, 709.79, -708.4, -745.13, -745.14, 0x1p1022, 0x1.7p1022, 0x1p1023,
            0x1.7p1023, 0x1p52, 0x1p53, 0x1p54, 0x1p-54, 0.5493061443340549};
        double[] x = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = i < special.length ? special[i] : switch (i % 4) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextGaussian() * 4;
                case 2 -> random.nextGaussian() * Math.scalb(1.0, -random.nextInt(70));
                default -> random.nextDouble(-760, 760);
            };
        }
        return x;
    }

    private static float[] floats(Function f) {
        RandomStream random = RandomStream.of(3, f.name());
        float[] special = {0f, -0f, 1, -1, Math.nextDown(1f), Math.nextUp(1f), Math.nextUp(-1f), Math.nextDown(-1f), 0.70710677f,
            1.4142135f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Math.nextDown(Float.MIN_NORMAL), Float.MAX_VALUE,
            -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
            Float.NaN, Float.intBitsToFloat(0xFFC1_2345), 88.72f, 88.73f,
            -87.3f, -103.97f, -103.98f, 0x1p126f, 0x1.7p126f, 0x1p127f, 0x1.7p127f,
            0x1p23f, 0x1p24f, 0x1p25f, 0x1p-25f, 0.54930615f};
        float[] x = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = i < special.length ? special[i] : switch (i % 4) {
                case 0 -> Float.intBitsToFloat((int) random.nextLong());
                case 1 -> (float) random.nextGaussian() * 4;
                case 2 -> (float) random.nextGaussian() * Math.scalb(1f, -random.nextInt(40));
                default -> (float) random.nextDouble(-110, 110);
            };
        }
        return x;
    }
}
