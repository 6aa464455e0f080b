package intarsia.models.stacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ScreeningTest {
    private final RandomStream random = RandomStream.of(4);

    private double[] numbers(int n, IntToDoubleFunction number) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, number::applyAsDouble);
        return numbers;
    }

    private static Screening screening(ResponseFamily family, double[] truth, double[]... predicted) {
        double[] ones = new double[truth.length];
        Arrays.fill(ones, 1);
        return Screening.of(new HeldOutRows(Collections.nCopies(truth.length, family), truth, ones, ones, new int[truth.length],
                new int[truth.length]), List.of(predicted));
    }

    @Test
    void whatHasNothingToAddIsRuledOutWhereRowsAreMany() {
        for (int n : new int[] {50, 200, 2000}) {
            double[] signal = numbers(n, i -> random.nextGaussian());
            double[] truth = numbers(n, i -> signal[i] + 0.5 * random.nextGaussian());
            Screening screening = screening(ResponseFamily.CONTINUOUS, truth, new double[n], signal);
            assertThat(screening.out()).as("%d rows", n).containsExactly(n == 2000, false);
            assertThat(screening.losses()[1]).isCloseTo(0.25, within(0.1));
            assertThat(screening.mixture()).isLessThanOrEqualTo(screening.losses()[1]);
        }
    }

    /** The second predicts far worse than the first and is worth a tenth of the weight: it knows what the first does not. */
    @Test
    void whatPredictsWorseAndKnowsSomethingElseStays() {
        int n = 4000;
        double[] a = numbers(n, i -> random.nextGaussian());
        double[] b = numbers(n, i -> random.nextGaussian());
        double[] truth = numbers(n, i -> a[i] + 0.2 * b[i] + 0.1 * random.nextGaussian());
        double[] noisy = numbers(n, i -> 2 * b[i]);
        Screening screening = screening(ResponseFamily.CONTINUOUS, truth, a, noisy, numbers(n, i -> 2 * random.nextGaussian()));
        assertThat(screening.out()).containsExactly(false, false, true);
        assertThat(screening.losses()[1]).isGreaterThan(10 * screening.losses()[0]);
    }

    /** With two candidates and all weight on the first, the least squared error along the way to the second has a closed form. */
    @Test
    void theMostToGainIsThatOfItsFormula() {
        int n = 600;
        int out = 0;
        for (int draw = 0; draw < 200; draw++) {
            double[] first = numbers(n, i -> random.nextGaussian());
            double[] truth = numbers(n, i -> first[i] + random.nextGaussian());
            double[] second = numbers(n, i -> first[i] + 0.05 * random.nextGaussian());
            Screening screening = screening(ResponseFamily.CONTINUOUS, truth, first, second);
            boolean[] expected = {false, false};
            double along = 0;
            for (int i = 0; i < n; i++) {
                along += (truth[i] - first[i]) * (second[i] - first[i]);
            }
            if (along <= 0) {
                double most = Double.NEGATIVE_INFINITY;
                for (double v = 0.5; v >= 1.0 / 64; v /= 2) {
                    double sum = 0;
                    double squares = 0;
                    for (int i = 0; i < n; i++) {
                        double moved = truth[i] - first[i] - v * (second[i] - first[i]);
                        double gain = Math.pow(truth[i] - first[i], 2) - moved * moved;
                        sum += gain;
                        squares += gain * gain;
                    }
                    most = Math.max(most, sum / n + 2 * Math.sqrt((squares - sum * sum / n) / (n - 1) / n));
                }
                expected[1] = most < 0.01 * screening.losses()[0];
                out += expected[1] ? 1 : 0;
                assertThat(screening.out()).isEqualTo(expected);
            }
        }
        assertThat(out).isBetween(1, 199);
    }

    @Test
    void probabilitiesAreScreenedByTheirDeviance() {
        int n = 3000;
        double[] sure = numbers(n, i -> random.nextDouble());
        double[] truth = numbers(n, i -> random.nextDouble() < sure[i] ? 1 : 0);
        double[] half = numbers(n, i -> 0.5);
        double[] wrong = numbers(n, i -> 1 - sure[i]);
        assertThat(screening(ResponseFamily.BINARY, truth, half, sure, wrong).out()).containsExactly(true, false, true);
    }

    @Test
    void oneRowRulesNothingOut() {
        assertThat(screening(ResponseFamily.CONTINUOUS, new double[] {0}, new double[] {5}, new double[] {0}).out())
                .containsExactly(false, false);
    }
}
