package intarsia.models.stacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackingWeightsTest {
    private static final int N = 400;

    private static HeldOutRows rows(ResponseFamily family, double[] truth, double scale) {
        double[] scales = new double[truth.length];
        Arrays.fill(scales, scale);
        return new HeldOutRows(Collections.nCopies(truth.length, family), Arrays.stream(truth).map(y -> y / scale).toArray(), scales,
                new int[truth.length], new int[truth.length]);
    }

    /** Candidates whose errors are independent, and responses of 0.3 of the first and 0.7 of the second. */
    private static List<double[]> candidates(boolean binary, int count) {
        RandomStream random = RandomStream.of(5);
        List<double[]> candidates = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] means = new double[N];
            Arrays.setAll(means, i -> binary ? 0.02 + 0.96 * random.nextDouble() : random.nextGaussian());
            candidates.add(means);
        }
        return candidates;
    }

    @ParameterizedTest
    @ValueSource(strings = {"continuous", "binary"})
    void theGradientIsEqualWhereWeightsArePositiveAndLargerElsewhere(String kind) {
        ResponseFamily family = ResponseFamily.of(kind);
        boolean binary = kind.equals("binary");
        List<double[]> candidates = candidates(binary, 6);
        RandomStream random = RandomStream.of(6);
        double[] truth = new double[N];
        Arrays.setAll(truth, i -> {
            double mean = 0.3 * candidates.get(0)[i] + 0.7 * candidates.get(1)[i];
            return binary ? random.nextDouble() < mean ? 1 : 0 : mean + 0.5 * random.nextGaussian();
        });
        HeldOutRows rows = rows(family, truth, 1);
        double[] weights = StackingWeights.simplex(rows, candidates);
        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-9));
        assertThat(weights[0]).isCloseTo(0.3, within(0.12));
        assertThat(weights[1]).isCloseTo(0.7, within(0.12));
        double[] gradient = new double[6];
        for (int i = 0; i < N; i++) {
            double mean = 0;
            for (int k = 0; k < 6; k++) {
                mean += weights[k] * candidates.get(k)[i];
            }
            for (int k = 0; k < 6; k++) {
                double step = 1e-6;
                double slope = (family.deviance(truth[i], mean + step) - family.deviance(truth[i], mean - step)) / (2 * step);
                gradient[k] += slope * candidates.get(k)[i] / N;
            }
        }
        double common = gradient[1];
        for (int k = 0; k < 6; k++) {
            if (weights[k] > 1e-6) {
                assertThat(gradient[k]).as("candidate %d", k).isCloseTo(common, within(1e-5));
            } else {
                assertThat(gradient[k]).as("candidate %d", k).isGreaterThan(common - 1e-5);
            }
        }
    }

    @Test
    void unitsOfTheResponseDoNotMatter() {
        List<double[]> candidates = candidates(false, 3);
        double[] truth = new double[N];
        Arrays.setAll(truth, i -> 0.5 * candidates.get(0)[i] + 0.5 * candidates.get(2)[i]);
        double[] once = StackingWeights.of(rows(ResponseFamily.CONTINUOUS, truth, 1), candidates).weights();
        List<double[]> scaled = candidates.stream().map(of -> Arrays.stream(of).map(y -> y * 1e120).toArray()).toList();
        double[] there = StackingWeights.of(rows(ResponseFamily.CONTINUOUS, Arrays.stream(truth).map(y -> y * 1e120).toArray(), 1e120),
                scaled).weights();
        assertThat(there).containsExactly(once, within(1e-6));
        assertThat(once[0]).isCloseTo(0.5, within(1e-3));
    }

    @Test
    void oneCandidateIsTakenAloneWhereMixingGainsNoMoreThanItsStandardError() {
        RandomStream random = RandomStream.of(8);
        double[] good = new double[N];
        double[] truth = new double[N];
        double[] noise = new double[N];
        for (int i = 0; i < N; i++) {
            good[i] = random.nextGaussian();
            truth[i] = good[i] + 0.3 * random.nextGaussian();
            noise[i] = random.nextGaussian();
        }
        StackingWeights weights = StackingWeights.of(rows(ResponseFamily.CONTINUOUS, truth, 1), List.of(noise, good));
        assertThat(weights.weights()).containsExactly(0, 1);
        assertThat(weights.loss(1)).isLessThan(weights.loss(0));
        assertThat(weights.gain()).isLessThanOrEqualTo(weights.gainError());
    }

    /** What the second knows of the responses is chance. */
    @Test
    void ofTwoThatDifferByChanceTheSimplerIsTaken() {
        RandomStream random = RandomStream.of(9);
        double[] truth = new double[N];
        double[] simple = new double[N];
        double[] other = new double[N];
        for (int i = 0; i < N; i++) {
            truth[i] = random.nextGaussian();
            other[i] = 0.05 * random.nextGaussian();
        }
        StackingWeights weights = StackingWeights.of(rows(ResponseFamily.CONTINUOUS, truth, 1), List.of(simple, other));
        assertThat(weights.weights()).containsExactly(1, 0);
    }

    @Test
    void theFirstIsTakenWhereNothingJudges() {
        assertThat(StackingWeights.of(rows(ResponseFamily.BINARY, new double[0], 1), List.of(new double[0], new double[0])).weights())
                .containsExactly(1, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"continuous", "binary"})
    void theSlopeOfADevianceIsItsDerivative(String kind) {
        ResponseFamily family = ResponseFamily.of(kind);
        for (double y : new double[] {0, 1}) {
            for (double mean : new double[] {0.01, 0.3, 0.5, 0.99}) {
                double step = 1e-7;
                assertThat(family.devianceSlope(y, mean)).isCloseTo(
                        (family.deviance(y, mean + step) - family.deviance(y, mean - step)) / (2 * step), within(1e-5 * (1 + 2 / mean / (1 - mean))));
            }
        }
    }
}
