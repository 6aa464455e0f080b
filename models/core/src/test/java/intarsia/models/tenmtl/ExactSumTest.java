package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against integers of any size. */
class ExactSumTest {
    private static final BigDecimal UNIT = BigDecimal.TWO.pow(80);
    private static final BigInteger ALL = BigInteger.TWO.pow(128);

    private static BigInteger integer(ExactSum sum, int k) {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(sum.high()[k])).shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(sum.low()[k])));
        return unsigned.testBit(127) ? unsigned.subtract(ALL) : unsigned;
    }

    private static BigInteger nearest(double x) {
        return new BigDecimal(x).multiply(UNIT).setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    private static double[] numbers(int n) {
        Random random = new Random(4);
        double[] numbers = new double[n];
        for (int k = 0; k < n; k++) {
            numbers[k] = random.nextGaussian() * Math.scalb(1.0, random.nextInt(140) - 100);
        }
        double[] edges = {0, -0.0, 1, -1, 0x1p-80, 0x1p-81, 0x1p-82, 0x1.8p-81, Double.MIN_VALUE, Double.MIN_NORMAL, 0x1.fffffffffffffp45,
            -0x1.fffffffffffffp45, 0x1p-17, 0x1.0000000000001p-16, 0x1.0000000000001p-28};
        System.arraycopy(edges, 0, numbers, 0, edges.length);
        return numbers;
    }

    @Test
    void numbersAreTheNearestIntegers() {
        double[] numbers = numbers(2000);
        ExactSum sum = new ExactSum(numbers.length);
        sum.add(numbers);
        ExactSum negative = new ExactSum(numbers.length);
        for (int k = 0; k < numbers.length; k++) {
            negative.subtract(k, sum.high()[k], sum.low()[k]);
            // halves away from 0: of the magnitude
            assertThat(integer(sum, k).abs()).as("%s", numbers[k]).isEqualTo(nearest(Math.abs(numbers[k])));
            assertThat(integer(negative, k)).isEqualTo(integer(sum, k).negate());
            double expected = new BigDecimal(integer(sum, k)).divide(UNIT).doubleValue();
            assertThat(sum.doubles()[k]).isEqualTo(expected == 0 ? 0.0 : expected);
        }
    }

    @Test
    void sumsAreExactAndRoundedOnce() {
        double[] numbers = numbers(3000);
        ExactSum up = new ExactSum(1);
        ExactSum down = new ExactSum(1);
        BigInteger expected = BigInteger.ZERO;
        for (int k = 0; k < numbers.length; k++) {
            double small = numbers[k] / 1024;
            up.add(new double[] {small});
            down.add(new double[] {numbers[numbers.length - 1 - k] / 1024});
            expected = expected.add(small < 0 ? nearest(-small).negate() : nearest(small));
        }
        assertThat(up).isEqualTo(down);
        assertThat(integer(up, 0)).isEqualTo(expected);
        assertThat(up.doubles()[0]).isEqualTo(new BigDecimal(expected).divide(UNIT).doubleValue());
        ExactSum twice = up.copy();
        twice.add(up);
        assertThat(integer(twice, 0)).isEqualTo(expected.shiftLeft(1));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (double x : new double[] {0x1p46, -0x1p46, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new ExactSum(1).add(new double[] {x})).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be finite and less than 2^46 in magnitude");
        }
        assertThatThrownBy(() -> new ExactSum(1).add(new double[2])).hasMessage("exact sum of 1 numbers: cannot add 2");
    }
}
