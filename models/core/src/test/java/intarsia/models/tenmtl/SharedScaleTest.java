package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.models.data.Moments;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Moments from sums are those of all numbers, in any unit that doubles have. */
class SharedScaleTest {
    @Test
    void sumsGiveTheMomentsOfAllNumbers() {
        Random random = new Random(2);
        for (double unit : new double[] {1, 1e-300, 1e300, Double.MIN_VALUE * 4, 0x1p-1030, 1e7, 0}) {
            double[] numbers = random.doubles(40, -5, 9).map(x -> Math.rint(x * 16) * unit).toArray();
            Moments expected = Moments.of(numbers);
            double[] told = agreed(numbers);
            double size = Math.max(Arrays.stream(numbers).map(Math::abs).max().orElseThrow(), Double.MIN_NORMAL);
            assertThat(told[0] / size).as("%s", unit).isCloseTo(expected.mean() / size, within(1e-14));
            assertThat(told[1] / size).as("%s", unit).isCloseTo(expected.scale() / size, within(1e-14));
        }
    }

    @Test
    void magnitudesRiseWithNumbers() {
        int before = 0;
        for (int exponent = -1074; exponent < 1024; exponent++) {
            int magnitude = SharedScale.magnitude(Math.scalb(1.0, exponent));
            assertThat(magnitude).isBetween(before, before + 1).isLessThan(SharedScale.MAGNITUDES);
            before = magnitude;
        }
        assertThat(SharedScale.magnitude(-Double.MAX_VALUE)).isEqualTo(SharedScale.MAGNITUDES - 1);
        assertThat(SharedScale.magnitude(0)).isZero();
    }

    /** One feature; each number is an individual's. */
    private static double[] agreed(double... numbers) {
        double[][] found = new double[1][];
        SharedScale.agree(question -> {
            ExactSum sum = new ExactSum(question.answerLength());
            for (double x : numbers) {
                switch (question) {
                    case SharedQuestion.Magnitudes _ -> {
                        double[] counts = new double[2 * SharedScale.MAGNITUDES];
                        counts[SharedScale.magnitude(x)] = 1;
                        counts[SharedScale.MAGNITUDES] = 1;
                        sum.add(counts);
                    }
                    case SharedQuestion.Totals(int[] exponents) -> sum.add(new double[] {1, Math.scalb(x, -exponents[0])});
                    case SharedQuestion.Deviations(int[] exponents, double[] means) -> {
                        double deviation = Math.scalb(x, -exponents[0]) - means[0];
                        sum.add(new double[] {deviation * deviation, 0});
                    }
                    case SharedQuestion.Scales(double[] means, double[] deviations, double _) ->
                        found[0] = new double[] {means[0], deviations[0]};
                    default -> throw new AssertionError(question);
                }
            }
            return sum.doubles();
        }, 1, false);
        return found[0];
    }
}
