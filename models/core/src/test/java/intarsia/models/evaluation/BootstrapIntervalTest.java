package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.response.Alike;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapIntervalTest {
    /** Of rows that count alike. */
    private static BootstrapInterval of(Metric metric, ResponseFamily family, double[] truth, double[] predicted, RandomStream random) {
        return BootstrapInterval.of(metric, family, truth, Alike.ones(truth.length), predicted, random);
    }

    /** Accuracy is a share of n rows, whose bootstrap distribution is binomial: its normal interval is known in closed form. */
    @Test
    void ofAShareItIsTheBinomialOne() {
        int n = 400;
        double[] truth = IntStream.range(0, n).mapToDouble(i -> i % 2).toArray();
        double[] predicted = IntStream.range(0, n).mapToDouble(i -> i % 5 == 0 ? 1 - i % 2 : i % 2).toArray();
        BootstrapInterval found = of(Metric.ACCURACY, ResponseFamily.BINARY, truth, predicted, RandomStream.of(1));
        double half = 1.96 * Math.sqrt(0.8 * 0.2 / n);
        assertThat(found.low()).isCloseTo(0.8 - half, within(0.006));
        assertThat(found.high()).isCloseTo(0.8 + half, within(0.006));
    }

    /** Over many samples of a known distribution the interval holds the true value about as often as it says. */
    @Test
    void holdsTheTruthAboutAsOftenAsItSays() {
        int held = 0;
        for (int sample = 0; sample < 200; sample++) {
            RandomStream random = RandomStream.of(sample);
            double[] truth = IntStream.range(0, 60).mapToDouble(i -> random.nextGaussian()).toArray();
            BootstrapInterval found = of(Metric.RMSE, ResponseFamily.CONTINUOUS, truth, new double[60],
                    random.child("bootstrap"));
            held += found.low() <= 1 && found.high() >= 1 ? 1 : 0;
        }
        assertThat(held).isBetween(174, 198);
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        RandomStream random = RandomStream.of(3);
        double[] truth = IntStream.range(0, 50).mapToDouble(i -> i % 3 == 0 ? 1 : 0).toArray();
        double[] predicted = IntStream.range(0, 50).mapToDouble(i -> random.nextDouble()).toArray();
        int[] order = RandomStream.of(4).permutation(50);
        double[] otherTruth = Arrays.stream(order).mapToDouble(i -> truth[i]).toArray();
        double[] otherPredicted = Arrays.stream(order).mapToDouble(i -> predicted[i]).toArray();
        assertThat(of(Metric.AUC, ResponseFamily.BINARY, otherTruth, otherPredicted, RandomStream.of(1)))
                .isEqualTo(of(Metric.AUC, ResponseFamily.BINARY, truth, predicted, RandomStream.of(1)));
    }

    @Test
    void thereIsNoneOfFewRowsOrOneClass() {
        assertThat(of(Metric.RMSE, ResponseFamily.CONTINUOUS, new double[9], new double[9], RandomStream.of(1)).defined())
                .isFalse();
        assertThat(of(Metric.AUC, ResponseFamily.BINARY, new double[30], new double[30], RandomStream.of(1)).defined())
                .isFalse();
        assertThat(of(Metric.RMSE, ResponseFamily.CONTINUOUS, new double[10], new double[10], RandomStream.of(1)))
                .isEqualTo(new BootstrapInterval(0, 0));
        double[] rare = new double[12];
        rare[3] = 1;
        assertThat(of(Metric.AUC, ResponseFamily.BINARY, rare, rare, RandomStream.of(1)))
                .as("resamples without the class are left out")
                .isEqualTo(new BootstrapInterval(1, 1));
    }
}
