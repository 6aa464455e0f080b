package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.models.response.Metric;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
    private static final double[] TRUTH = {0, 0, 1, 0, 1, 1};
    private static final double[] P = {0.1, 0.3, 0.3, 0.6, 0.7, 0.9};

    private static double[] ones(int n) {
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        return weights;
    }

    private static double logit(double p) {
        return Elementary.log(p / (1 - p));
    }

    private static double sigmoid(double eta) {
        return 1 / (1 + Elementary.exp(-eta));
    }

    /** Responses drawn from probabilities whose log odds are a + b times those that are said. */
    private static Calibration drawn(int n, double a, double b) {
        RandomStream random = RandomStream.of(7);
        double[] p = IntStream.range(0, n).mapToDouble(i -> 0.02 + 0.96 * random.nextDouble()).toArray();
        double[] truth = Arrays.stream(p).map(value -> random.nextDouble() < sigmoid(a + b * logit(value)) ? 1 : 0).toArray();
        return Calibration.of(truth, p, ones(n));
    }

    /** By hand: 0.3 has one of two, 0.6 none of one, so 0.3 and 0.6 pool to one third; 0.1 has 0, 0.7 and 0.9 have 1. */
    @Test
    void theBrierScoreIsTakenApartAsByHand() {
        Calibration.Brier brier = Calibration.of(TRUTH, P, ones(6)).brier();
        assertThat(brier.score()).isCloseTo((0.01 + 0.09 + 0.49 + 0.36 + 0.09 + 0.01) / 6, within(1e-15));
        assertThat(brier.uncertainty()).isEqualTo(0.25);
        double best = (1.0 / 9 + 4.0 / 9 + 1.0 / 9) / 6;
        assertThat(brier.miscalibration()).isCloseTo(brier.score() - best, within(1e-15));
        assertThat(brier.discrimination()).isCloseTo(0.25 - best, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 33, 1000})
    void itsPartsSumToTheScoreAndAreNotNegative(int n) {
        RandomStream random = RandomStream.of(n);
        double[] p = IntStream.range(0, n).mapToDouble(i -> Math.rint(20 * random.nextDouble()) / 20).toArray();
        double[] truth = Arrays.stream(p).map(value -> random.nextDouble() < value ? 1 : 0).toArray();
        Calibration.Brier brier = Calibration.of(truth, p, ones(n)).brier();
        assertThat(brier.score()).isCloseTo(Metric.BRIER.of(truth, p), within(1e-13));
        assertThat(brier.miscalibration() - brier.discrimination() + brier.uncertainty()).isCloseTo(brier.score(), within(1e-13));
        assertThat(brier.miscalibration()).isGreaterThan(-1e-13);
        assertThat(brier.discrimination()).isGreaterThan(-1e-13);
    }

    @Test
    void interceptAndSlopeAreFoundWithinTheirIntervals() {
        Calibration right = drawn(20_000, 0, 1);
        assertThat(right.slope().low()).isLessThan(1);
        assertThat(right.slope().high()).isGreaterThan(1).isLessThan(1.1);
        Calibration extreme = drawn(20_000, -0.5, 0.6);
        assertThat(0.6).isBetween(extreme.slope().low(), extreme.slope().high());
        assertThat(-0.5).isBetween(extreme.intercept().low(), extreme.intercept().high());
        assertThat(extreme.slope().high()).isLessThan(0.7);
    }

    /** Two probabilities, two shares: the line goes through both, {@code a + b logit(p_k) = logit(share_k)}. */
    @Test
    void theLineThroughTwoProbabilitiesIsExact() {
        double[] p = {0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8};
        Calibration found = Calibration.of(new double[] {1, 0, 0, 0, 1, 1, 0}, p, ones(7));
        double b = (logit(2.0 / 3) - logit(0.25)) / (logit(0.8) - logit(0.2));
        assertThat(found.slope().value()).isCloseTo(b, within(1e-6));
        assertThat(found.intercept().value()).isCloseTo(logit(0.25) - b * logit(0.2), within(1e-6));
        // The variance of a log odds is 1/ones + 1/zeros, that of the slope their sum over the squared distance.
        double half = 1.959963984540054 * Math.sqrt(1 + 1.0 / 3 + 0.5 + 1) / (logit(0.8) - logit(0.2));
        assertThat(found.slope().high() - found.slope().value()).isCloseTo(half, within(1e-5));
    }

    @Test
    void aRowHeldOutTwiceCountsOnce() {
        double[] truth = new double[12];
        double[] p = new double[12];
        double[] halves = new double[12];
        for (int i = 0; i < 12; i++) {
            truth[i] = TRUTH[i / 2];
            p[i] = P[i / 2];
            halves[i] = 0.5;
        }
        Calibration once = Calibration.of(TRUTH, P, ones(6));
        Calibration twice = Calibration.of(truth, p, halves);
        assertThat(twice.brier().score()).isCloseTo(once.brier().score(), within(1e-15));
        assertThat(twice.slope().low()).isCloseTo(once.slope().low(), within(1e-6));
        assertThat(twice.groups()).hasSameSizeAs(once.groups());
        assertThat(twice.groups().getFirst().low()).isCloseTo(once.groups().getFirst().low(), within(1e-15));
    }

    /** Wilson's interval of 3 of 6 is symmetric; its ends solve (share - p)^2 = z^2 p (1 - p) / n. */
    @Test
    void groupsHaveWilsonsIntervals() {
        Calibration.Bin group = Calibration.of(TRUTH, P, ones(6)).groups().getFirst();
        assertThat(group.rows()).isEqualTo(6);
        assertThat(group.observed()).isEqualTo(0.5);
        assertThat(group.low() + group.high()).isCloseTo(1, within(1e-15));
        double z2 = 1.959963984540054 * 1.959963984540054;
        assertThat((0.5 - group.low()) * (0.5 - group.low())).isCloseTo(z2 * group.low() * (1 - group.low()) / 6, within(1e-14));
    }

    @Test
    void groupsHoldAllRowsAndRise() {
        Calibration found = drawn(1_003, 0, 1);
        assertThat(found.groups()).hasSize(10);
        assertThat(found.groups().stream().mapToDouble(Calibration.Bin::rows).sum()).isEqualTo(1_003);
        assertThat(found.groups()).extracting(Calibration.Bin::predicted).isSorted();
        assertThat(found.groups()).allSatisfy(group -> assertThat(group.rows()).isBetween(99.0, 102.0));
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        int[] order = {5, 2, 0, 4, 1, 3};
        Calibration other = Calibration.of(Arrays.stream(order).mapToDouble(i -> TRUTH[i]).toArray(),
                Arrays.stream(order).mapToDouble(i -> P[i]).toArray(), ones(6));
        assertThat(other.brier()).isEqualTo(Calibration.of(TRUTH, P, ones(6)).brier());
    }

    @Test
    void whatRowsDoNotSayIsNotDefined() {
        assertThat(Calibration.of(new double[] {1, 1}, new double[] {0.4, 0.6}, ones(2)).slope().value()).isNaN();
        assertThat(Calibration.of(new double[] {0, 1}, new double[] {0.4, 0.4}, ones(2)).slope().value()).isNaN();
        assertThat(Calibration.of(new double[] {0, 0, 1, 1}, new double[] {0.1, 0.2, 0.8, 0.9}, ones(4)).slope().value()).as("separable")
                .isNaN();
        assertThat(Calibration.of(new double[0], new double[0], ones(0))).isNull();
        assertThat(Calibration.of(new double[] {1}, new double[] {Double.NaN}, ones(1))).isNull();
    }
}
