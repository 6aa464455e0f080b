package intarsia.models.stacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.response.Alike;
import intarsia.models.response.Classes;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackingWeightsTest {
    private static final int N = 400;

    private static HeldOutRows rows(ResponseFamily family, double[] truth, double scale) {
        int n = truth.length / family.columns();
        double[] scales = new double[n];
        Arrays.fill(scales, scale);
        return new HeldOutRows(Collections.nCopies(n, family), Arrays.stream(truth).map(y -> y / scale).toArray(), Alike.ones(n), scales,
                new int[n], new int[n]);
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
        boolean binary = kind.equals("binary");
        ResponseFamily family = binary ? ResponseFamily.BINARY : ResponseFamily.CONTINUOUS;
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
                double slope = (family.deviance(truth, i, new double[] {mean + step}, 0)
                        - family.deviance(truth, i, new double[] {mean - step}, 0)) / (2 * step);
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

    /** Of two candidates the weight has a closed form, {@code sum (y - b) (a - b) / sum (a - b)^2}. */
    @Test
    void figuresAreThoseOfTheirFormulas() {
        List<double[]> two = candidates(false, 2);
        RandomStream random = RandomStream.of(7);
        double[] truth = new double[N];
        Arrays.setAll(truth, i -> 0.4 * two.get(0)[i] + 0.6 * two.get(1)[i] + random.nextGaussian());
        double above = 0;
        double below = 0;
        for (int i = 0; i < N; i++) {
            double difference = two.get(0)[i] - two.get(1)[i];
            above += (truth[i] - two.get(1)[i]) * difference;
            below += difference * difference;
        }
        double w = above / below;
        double[] losses = new double[2];
        double mixture = 0;
        double squares = 0;
        for (int i = 0; i < N; i++) {
            double a = truth[i] - two.get(0)[i];
            double b = truth[i] - two.get(1)[i];
            double mixed = w * a + (1 - w) * b;
            losses[0] += a * a / N;
            losses[1] += b * b / N;
            mixture += mixed * mixed / N;
            squares += Math.pow(b * b - mixed * mixed, 2) / N;
        }
        StackingWeights found = StackingWeights.of(rows(ResponseFamily.CONTINUOUS, truth, 1), two);
        double gain = losses[1] - mixture;
        assertThat(found.weights()).containsExactly(new double[] {w, 1 - w}, within(1e-7));
        assertThat(found.losses()).containsExactly(losses, within(1e-12));
        assertThat(found.mixture()).isCloseTo(mixture, within(1e-7));
        assertThat(found.gain()).isCloseTo(gain, within(1e-7));
        assertThat(found.gainError()).isCloseTo(Math.sqrt((squares - gain * gain) / (N - 1)), within(1e-7));
        assertThat(found.gain()).isGreaterThan(found.gainError());
    }

    /** Of two folds each is judged by what the other says; with two candidates that has a closed form. */
    @Test
    void mixingAndPickingAreJudgedOnRowsThatHadNoPartInThem() {
        List<double[]> two = candidates(false, 2);
        RandomStream random = RandomStream.of(7);
        double[] truth = new double[N];
        int[] fold = new int[N];
        Arrays.setAll(fold, i -> i % 2);
        // the first is the better one in fold 0, the second in fold 1
        Arrays.setAll(truth, i -> (fold[i] == 0 ? 0.6 : 0.4) * two.get(0)[i] + (fold[i] == 0 ? 0.4 : 0.6) * two.get(1)[i]
                + 0.3 * random.nextGaussian());
        double[] ones = new double[N];
        Arrays.fill(ones, 1);
        StackingWeights found = StackingWeights.of(new HeldOutRows(Collections.nCopies(N, ResponseFamily.CONTINUOUS), truth, ones, ones,
                new int[N], fold), two);
        double[] above = new double[2];
        double[] below = new double[2];
        for (int i = 0; i < N; i++) {
            double difference = two.get(0)[i] - two.get(1)[i];
            above[fold[i]] += (truth[i] - two.get(1)[i]) * difference;
            below[fold[i]] += difference * difference;
        }
        double mixed = 0;
        double picked = 0;
        for (int i = 0; i < N; i++) {
            double w = above[1 - fold[i]] / below[1 - fold[i]];
            mixed += Math.pow(truth[i] - w * two.get(0)[i] - (1 - w) * two.get(1)[i], 2) / N;
            picked += Math.pow(truth[i] - two.get(fold[i] == 0 ? 1 : 0)[i], 2) / N;
        }
        assertThat(found.mixture()).isCloseTo(mixed, within(1e-7));
        assertThat(found.gain()).isCloseTo(picked - mixed, within(1e-7));
        double all = (above[0] + above[1]) / (below[0] + below[1]);
        assertThat(found.weights()).containsExactly(new double[] {all, 1 - all}, within(1e-7));
    }

    @Test
    void lessThanOnePercentIsDropped() {
        List<double[]> candidates = candidates(false, 3);
        double[] truth = new double[N];
        Arrays.setAll(truth, i -> 0.6 * candidates.get(0)[i] + 0.391 * candidates.get(1)[i] + 0.009 * candidates.get(2)[i]);
        double[] weights = StackingWeights.of(rows(ResponseFamily.CONTINUOUS, truth, 1), candidates).weights();
        assertThat(weights).containsExactly(new double[] {0.6 / 0.991, 0.391 / 0.991, 0}, within(1e-5));
        assertThat(weights[2]).isZero();
        Arrays.setAll(truth, i -> 0.6 * candidates.get(0)[i] + 0.389 * candidates.get(1)[i] + 0.011 * candidates.get(2)[i]);
        assertThat(StackingWeights.of(rows(ResponseFamily.CONTINUOUS, truth, 1), candidates).weights()[2]).isCloseTo(0.011, within(1e-5));
    }

    /** Mixtures of ones are 1 and no mixture of probabilities is above it, whatever the weights and their order. */
    @Test
    void weightsAddUpToOneWithoutRounding() {
        RandomStream random = RandomStream.of(29);
        for (int count : new int[] {1, 2, 3, 7, 14, 150}) {
            for (int trial = 0; trial < 200; trial++) {
                double[] drawn = IntStream.range(0, count).mapToDouble(k -> random.nextDouble()).toArray();
                double total = Arrays.stream(drawn).sum();
                double[] given = Arrays.stream(drawn).map(w -> w / total).toArray();
                double[] weights = StackingWeights.dropped(given);
                List<double[]> ones = new ArrayList<>();
                double forward = 0;
                double backward = 0;
                for (int k = 0; k < count; k++) {
                    ones.add(new double[] {1, 1 - 0x1p-53});
                    forward += weights[k];
                    backward += weights[count - 1 - k];
                    assertThat(weights[k]).isBetween(0.0, 1.0);
                }
                assertThat(forward).isEqualTo(1).isEqualTo(backward);
                assertThat(StackingWeights.mixture(ones, weights)[0]).isEqualTo(1);
                assertThat(StackingWeights.mixture(ones, weights)[1]).isLessThanOrEqualTo(1);
                double kept = Arrays.stream(given).filter(w -> w >= 0.01).sum();
                double[] nearly = Arrays.stream(given).map(w -> kept == 0 ? w : w >= 0.01 ? w / kept : 0).toArray();
                assertThat(weights).containsExactly(nearly, within(count * 0x1p-40));
            }
        }
    }

    @Test
    void theFirstOfEqualsIsTaken() {
        double[] truth = {1, 2, 3, 4};
        double[] off = {1.5, 2.5, 2.5, 3.5};
        HeldOutRows rows = rows(ResponseFamily.CONTINUOUS, truth, 1);
        assertThat(StackingWeights.of(rows, List.of(off, off.clone(), off.clone())).weights()).containsExactly(1, 0, 0);
        // one row has no standard error: the best alone, the first of equals
        HeldOutRows one = rows(ResponseFamily.CONTINUOUS, new double[] {1}, 1);
        StackingWeights best = StackingWeights.of(one, List.of(new double[] {5}, new double[] {2}, new double[] {0}));
        assertThat(best.weights()).containsExactly(0, 1, 0);
        assertThat(best.gainError()).isNaN();
        // two rows: the first one's excess over the best is 0 and 8, whose mean and standard error are 4
        StackingWeights within = StackingWeights.of(rows(ResponseFamily.CONTINUOUS, new double[] {0, 0}, 1),
                List.of(new double[] {1, 3}, new double[] {1, 1}));
        assertThat(within.weights()).as("exactly one standard error is within it").containsExactly(1, 0);
        assertThat(within.gainError()).isZero();
    }

    @Test
    void unitsOfTheResponseDoNotMatter() {
        List<double[]> candidates = candidates(false, 3);
        double[] truth = new double[N];
        Arrays.setAll(truth, i -> 0.5 * candidates.get(0)[i] + 0.5 * candidates.get(2)[i]);
        double[] once = StackingWeights.of(rows(ResponseFamily.CONTINUOUS, truth, 1), candidates).weights();
        HeldOutRows large = rows(ResponseFamily.CONTINUOUS, Arrays.stream(truth).map(y -> y * 1e120).toArray(), 1e120);
        double[] there = StackingWeights.of(large, candidates.stream()
                .map(of -> large.scaled(Arrays.stream(of).map(y -> y * 1e120).toArray())).toList()).weights();
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

    /** Rows of several kinds of response at once: the gradient is equal where weights are positive, and larger elsewhere. */
    @Test
    void predictionsMayBeSeveralNumbers() {
        Classes classes = new Classes(List.of("a", "b", "c"));
        Survival survival = new Survival(List.of(1.0, 2.0));
        RandomStream random = RandomStream.of(17);
        List<ResponseFamily> families = new ArrayList<>();
        List<double[]> candidates = List.of(new double[5 * N], new double[5 * N], new double[5 * N]);
        double[] truth = new double[4 * N];
        for (int i = 0; i < 2 * N; i++) {
            families.add(i < N ? classes : survival);
            for (double[] of : candidates) {
                double[] eta = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
                if (i < N) {
                    classes.respond(eta, 0, ResponseBaseline.NONE, of, 3 * i);
                } else {
                    survival.respond(eta, 0, new ResponseBaseline(List.of(1.0, 2.0), List.of(0.3, 1.0)), of, 3 * N + 2 * (i - N));
                }
            }
            if (i < N) {
                truth[i] = random.nextInt(3);
            } else {
                truth[N + 3 * (i - N)] = 0.5 + random.nextInt(4);
                truth[N + 3 * (i - N) + 1] = random.nextInt(2);
            }
        }
        double[] scales = new double[2 * N];
        Arrays.fill(scales, 1);
        HeldOutRows rows = new HeldOutRows(families, truth, Alike.ones(2 * N), scales, new int[2 * N], new int[2 * N]);
        double[] weights = StackingWeights.simplex(rows, candidates);
        double[] slopes = new double[3];
        for (int k = 0; k < 3; k++) {
            double[] more = weights.clone();
            double[] less = weights.clone();
            more[k] += 1e-5;
            less[k] -= 1e-5;
            slopes[k] = (loss(rows, candidates, more) - loss(rows, candidates, less)) / 2e-5;
        }
        double least = Arrays.stream(slopes).min().orElseThrow();
        for (int k = 0; k < 3; k++) {
            assertThat(weights[k] > 1e-4 ? slopes[k] : least).isCloseTo(least, within(1e-4));
        }
        assertThat(rows.at(new int[] {N + 1, 3}).size()).isEqualTo(2);
        assertThat(rows.at(candidates, new int[] {N + 1, 3}).getFirst()).containsExactly(candidates.getFirst()[3 * N + 2],
                candidates.getFirst()[3 * N + 3], candidates.getFirst()[9], candidates.getFirst()[10], candidates.getFirst()[11]);
    }

    /** What all candidates hold impossible, such as an event where no hazard has a step, tells nothing of their weights. */
    @ParameterizedTest
    @MethodSource("probabilities")
    void whatAllHoldImpossibleHasNoPart(ResponseFamily family) {
        RandomStream random = RandomStream.of(23);
        int width = family.width();
        double[] truth = new double[(N + 5) * family.columns()];
        List<double[]> candidates = List.of(new double[(N + 5) * width], new double[(N + 5) * width], new double[(N + 5) * width]);
        double[] impossible = family == ResponseFamily.BINARY ? new double[] {1} : family instanceof Classes ? new double[] {0, 0.5, 0.5}
                : new double[] {1, 0.5};
        ResponseBaseline baseline = family instanceof Survival ? new ResponseBaseline(List.of(1.0, 2.0), List.of(0.3, 1.0))
                : ResponseBaseline.NONE;
        for (int i = 0; i < N + 5; i++) {
            boolean ordinary = i % 81 > 0;
            int at = i * family.columns();
            if (family instanceof Survival) {
                truth[at] = ordinary ? 0.5 + random.nextInt(4) : 1;
                truth[at + 1] = ordinary ? random.nextInt(2) : 1;
            } else {
                truth[at] = ordinary ? random.nextInt(Math.max(2, width)) : 0;
            }
            for (double[] of : candidates) {
                double[] eta = IntStream.range(0, family.predictors()).mapToDouble(j -> random.nextGaussian()).toArray();
                family.respond(eta, 0, baseline, of, i * width);
                if (!ordinary) {
                    System.arraycopy(impossible, 0, of, i * width, width);
                }
            }
        }
        HeldOutRows rows = rows(family, truth, 1);
        int[] ordinary = IntStream.range(0, N + 5).filter(i -> i % 81 > 0).toArray();
        assertThat(StackingWeights.simplex(rows, candidates)).containsExactly(
                StackingWeights.simplex(rows.at(ordinary), rows.at(candidates, ordinary)), within(1e-7));
    }

    static List<ResponseFamily> probabilities() {
        return List.of(ResponseFamily.BINARY, new Classes(List.of("a", "b", "c")), new Survival(List.of(1.0, 2.0)));
    }

    private static double loss(HeldOutRows rows, List<double[]> candidates, double[] weights) {
        return StackingWeights.mean(StackingWeights.deviances(rows, StackingWeights.mixture(candidates, weights)));
    }
}
