package intarsia.models.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Golden values are those of R 4 with survival 3: concordance(), survfit(). */
class SurvivalTest {
    private static final double[] TIME = {5, 3, 3, 8, 1, 6, 6, 2, 9, 4, 7, 7};
    private static final double[] EVENT = {1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0};
    private static final double[] ENTRY = {0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4};
    private static final double[] RISK = {.2, 1.1, .9, -.3, 1.4, .1, .1, .7, -1, .9, .2, -.4};
    private static final Survival FAMILY = new Survival(List.of(2.0, 5.0, 7.0));

    /** After the rows censored at 3, 6 and 7: 8 of 9, 4 of 5 and 2 of 3 are not. */
    private static final double[] G = {8.0 / 9, 8.0 / 9 * 4 / 5, 8.0 / 9 * 4 / 5 * 2 / 3};

    private static double[] truth(boolean entries) {
        return IntStream.range(0, 36).mapToDouble(i -> switch (i % 3) {
            case 0 -> TIME[i / 3];
            case 1 -> EVENT[i / 3];
            default -> entries ? ENTRY[i / 3] : 0;
        }).toArray();
    }

    private static double[] predicted() {
        double[] predicted = new double[36];
        for (int i = 0; i < 12; i++) {
            FAMILY.respond(RISK, i, Alike.baseline(FAMILY, truth(false)), predicted, 3 * i);
        }
        return predicted;
    }

    @Test
    void concordanceIsThatOfR() {
        assertThat(Metric.CONCORDANCE.of(FAMILY, truth(false), predicted())).isCloseTo(0.875, within(1e-14));
        assertThat(Metric.CONCORDANCE.of(FAMILY, truth(true), predicted())).isCloseTo(0.845238095238095, within(1e-14));
        assertThat(Metric.UNO.of(FAMILY, truth(false), predicted())).isCloseTo(0.8802454967317, within(1e-12));
    }

    @Test
    void theCumulativeHazardIsThatOfR() {
        ResponseBaseline found = Alike.baseline(FAMILY, truth(false));
        assertThat(found.at()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
        assertThat(found.values().get(4)).isCloseTo(0.5420995670995672, within(1e-15));
        assertThat(found.values().getLast()).isCloseTo(1.4587662337662337, within(1e-14));
        ResponseBaseline entered = Alike.baseline(FAMILY, truth(true));
        assertThat(entered.values().get(3)).isCloseTo(0.517857142857143, within(1e-14));
        assertThat(entered.values().getLast()).isCloseTo(1.577380952380952, within(1e-14));
    }

    @Test
    void concordanceCountsPairs() {
        RandomStream random = RandomStream.of(4);
        for (int n : new int[] {2, 3, 40}) {
            double[] truth = new double[3 * n];
            double[] predicted = new double[3 * n];
            double[] risk = new double[n];
            for (int i = 0; i < n; i++) {
                truth[3 * i] = 1 + random.nextInt(8);
                truth[3 * i + 1] = random.nextInt(2);
                truth[3 * i + 2] = random.nextInt(3) == 0 ? truth[3 * i] * random.nextDouble() * 0.9 : 0;
                risk[i] = random.nextInt(5);
                FAMILY.respond(risk, i, new ResponseBaseline(List.of(1.0), List.of(0.1)), predicted, 3 * i);
            }
            double right = 0;
            double all = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    boolean later = truth[3 * j] > truth[3 * i] || truth[3 * j] == truth[3 * i] && truth[3 * j + 1] == 0;
                    if (truth[3 * i + 1] == 1 && i != j && later && truth[3 * j + 2] < truth[3 * i]) {
                        all++;
                        right += risk[i] > risk[j] ? 1 : risk[i] == risk[j] ? 0.5 : 0;
                    }
                }
            }
            double found = Metric.CONCORDANCE.of(FAMILY, truth, predicted);
            if (all == 0) {
                assertThat(found).isNaN();
            } else {
                assertThat(found).isCloseTo(right / all, within(1e-14));
            }
        }
    }

    /** By hand; of rows at one time those with an event are gone before others are censored. */
    @Test
    void theBrierScoreCountsCensoredRowsByTheirProbability() {
        double[] predicted = predicted();
        double[] each = new double[3];
        for (int k = 0; k < 3; k++) {
            double time = FAMILY.times().get(k);
            double after = new double[] {1, G[0], G[2]}[k];
            for (int i = 0; i < 12; i++) {
                double s = predicted[3 * i + k];
                double before = TIME[i] <= 3 ? 1 : TIME[i] <= 6 ? G[0] : TIME[i] <= 7 ? G[1] : G[2];
                each[k] += TIME[i] > time ? (1 - s) * (1 - s) / after / 12 : EVENT[i] == 1 ? s * s / before / 12 : 0;
            }
        }
        double expected = (3 * (each[0] + each[1]) / 2 + 2 * (each[1] + each[2]) / 2) / 5;
        assertThat(Metric.INTEGRATED_BRIER.of(FAMILY, truth(false), predicted)).isCloseTo(expected, within(1e-14));
        double[] certain = new double[36];
        for (int i = 0; i < 36; i++) {
            certain[i] = TIME[i / 3] > FAMILY.times().get(i % 3) ? 1 : 0;
        }
        assertThat(Metric.INTEGRATED_BRIER.of(FAMILY, truth(false), certain)).as("who knows is never wrong").isZero();
    }

    /** What a row that is censored last would have had later is not known. */
    @Test
    void theBrierScoreEndsWhereTheLastRowIsCensored() {
        double[] predicted = {0.9, 0.5, 0.4, 0.8, 0.6, 0.3, 0.7, 0.2, 0.1};
        assertThat(Metric.INTEGRATED_BRIER.of(FAMILY, new double[] {2, 1, 0, 5, 1, 0, 5, 0, 0}, predicted)).as("unknown at 5 and 7")
                .isCloseTo((0.81 + 0.04 + 0.09) / 3, within(1e-15));
        assertThat(Metric.INTEGRATED_BRIER.of(FAMILY, new double[] {2, 1, 0, 5, 1, 0, 5, 1, 0}, predicted)).as("known at all times")
                .isCloseTo((3 * ((0.81 + 0.04 + 0.09) / 3 + (0.25 + 0.36 + 0.04) / 3) / 2
                        + 2 * ((0.25 + 0.36 + 0.04) / 3 + (0.16 + 0.09 + 0.01) / 3) / 2) / 5, within(1e-15));
        assertThat(Metric.INTEGRATED_BRIER.of(FAMILY, new double[] {2, 1, 0, 2, 0, 0, 1, 0, 0}, predicted)).isNaN();
    }

    /** With a time at every event the deviance is that of the full likelihood, hazards in whole steps. */
    @Test
    void theDevianceIsTheProbabilityOfWhatWasSeen() {
        double[] predicted = {0.9, 0.6, 0.25};
        assertThat(deviance(predicted, 1, 1, 0)).as("before the first time").isCloseTo(-2 * Math.log(0.1), within(1e-14));
        assertThat(deviance(predicted, 5, 1, 0)).as("at a time").isCloseTo(-2 * Math.log(0.3), within(1e-14));
        assertThat(deviance(predicted, 5.5, 1, 0)).isCloseTo(-2 * Math.log(0.35), within(1e-14));
        assertThat(deviance(predicted, 8, 1, 0)).as("after the last time").isCloseTo(-2 * Math.log(0.25), within(1e-14));
        assertThat(deviance(predicted, 5.5, 0, 0)).as("censored").isCloseTo(-2 * Math.log(0.6), within(1e-14));
        assertThat(deviance(predicted, 1, 0, 0)).as("censored before the first time").isZero();
        assertThat(deviance(predicted, 6, 1, 2)).as("seen from 2 on").isCloseTo(-2 * Math.log(0.35 / 0.9), within(1e-14));
    }

    private static double deviance(double[] predicted, double time, double event, double entry) {
        return FAMILY.deviance(new double[] {time, event, entry}, 0, predicted, 0);
    }

    @Test
    void timesAreDecilesOfEvents() {
        double[] truth = IntStream.range(0, 60).mapToDouble(i -> switch (i % 3) {
            case 0 -> 1 + i / 3;
            case 1 -> 1;
            default -> 0;
        }).toArray();
        assertThat(Survival.of(truth).times()).containsExactly(2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0, 18.0);
        assertThat(Survival.of(new double[] {3, 1, 0, 4, 0, 0}).times()).containsExactly(3.0);
        assertThatThrownBy(() -> Survival.of(new double[] {3, 0, 0})).hasMessageContaining("no row has an event");
        assertThat(FAMILY.predicted()).containsExactly("survival at 2", "survival at 5", "survival at 7");
        // no event in a task: half a one
        assertThat(Alike.baseline(FAMILY, 3, 0, 0, 4, 0, 0)).isEqualTo(new ResponseBaseline(List.of(4.0), List.of(0.25)));
    }

    @Test
    void anEventBeforeAllOthersHasSomeExposure() {
        ResponseBaseline baseline = new ResponseBaseline(List.of(2.0, 3.0), List.of(0.2, 0.5));
        double[] learned = new double[2];
        FAMILY.encode(new double[] {1, 1, 0}, 0, baseline, learned, 0);
        assertThat(learned).containsExactly(1, 0.1);
        FAMILY.encode(new double[] {1, 0, 0}, 0, baseline, learned, 0);
        assertThat(learned).containsExactly(0, 0);
        FAMILY.encode(new double[] {3, 1, 2.5}, 0, baseline, learned, 0);
        assertThat(learned[1]).isCloseTo(0.3, within(1e-15));
    }

    /** A row of enormous risk that enters late leaves the others' hazard as it is, and one that is there makes it 0. */
    @Test
    void risksFarApartDoNotCancel() {
        double[] truth = {1, 1, 0, 2, 1, 0, 3, 0, 0, 9, 1, 5};
        ResponseBaseline found = FAMILY.baseline(truth, Alike.ones(4), new double[] {0, 0, 0, 60});
        assertThat(found.values().get(0)).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(found.values().get(1)).isCloseTo(1.0 / 3 + 1.0 / 2, within(1e-15));
        ResponseBaseline beyond = FAMILY.baseline(truth, Alike.ones(4), new double[] {0, 0, 0, 1e6});
        FAMILY.check(beyond);
        assertThat(beyond.values().get(2)).isEqualTo(beyond.values().get(1));
        assertThatThrownBy(() -> FAMILY.check(new ResponseBaseline(List.of(1.0, 2.0), List.of(0.5, 0.4))))
                .hasMessageContaining("must not fall");
    }

    @Test
    void timesInAnotherUnitGiveTheSameSurvival() {
        double unit = 1024;
        double[] scaled = truth(true);
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= i % 3 == 1 ? 1 : unit;
        }
        Survival family = new Survival(FAMILY.times().stream().map(time -> unit * time).toList());
        assertThat(Alike.expected(family, scaled)).isEqualTo(Alike.expected(FAMILY, truth(true)));
    }

    /** Rows that are alike: events over rows seen, in each interval; what nobody survives has half a survivor. */
    @Test
    void hazardsOfIntervalsAreShares() {
        Survival family = new Survival(List.of(2.0, 5.0, 7.0), true);
        double[] y = {1, 1, 0, 2, 0, 0, 4, 1, 0, 5, 1, 0, 6, 0, 0, 7, 1, 0, 9, 1, 0, 6, 1, 5};
        ResponseBaseline found = family.baseline(y, Alike.ones(8), new double[8]);
        // of 7 rows from the start one dies by 2; of 5 left two by 5; then 7 and, entered at 5, 6, while the row until 9 lives on
        assertThat(found.at()).containsExactly(2.0, 5.0, 7.0);
        double[] survived = new double[3];
        family.respond(new double[1], 0, found, survived, 0);
        assertThat(survived).containsExactly(new double[] {6 / 7.0, 6 / 7.0 * 3 / 5, 6 / 7.0 * 3 / 5 * 1 / 3}, within(1e-12));
        double[] alone = {1, 1, 0};
        double half = family.baseline(alone, Alike.ones(1), new double[1]).values().getFirst();
        assertThat(Math.exp(-half)).as("one event, half a survivor").isCloseTo(1 / 3.0, within(1e-12));
        assertThat(family.baseline(new double[] {1, 0, 0}, Alike.ones(1), new double[1]).values().getLast()).as("half an event")
                .isCloseTo(0.5, within(1e-15));
    }

    /** The hazards are the most probable ones given linear predictors: the likelihood's derivative by each step vanishes. */
    @Test
    void hazardsOfIntervalsAreTheMostProbable() {
        Survival family = new Survival(List.of(1.0, 2.5, 4.0), true);
        double[] y = ResponseFamilyTest.responses(family, 60);
        double[] eta = IntStream.range(0, 60).mapToDouble(i -> Math.sin(i)).toArray();
        double[] weights = IntStream.range(0, 60).mapToDouble(i -> 0.5 + i % 3).toArray();
        List<Double> steps = family.baseline(y, weights, eta).values();
        double least = loss(family, y, weights, eta, steps);
        for (int k = 0; k < 3; k++) {
            for (double factor : new double[] {0.999, 1.001}) {
                double more = (factor - 1) * (steps.get(k) - (k == 0 ? 0 : steps.get(k - 1)));
                int from = k;
                assertThat(loss(family, y, weights, eta, IntStream.range(0, 3).mapToObj(j -> steps.get(j) + (j >= from ? more : 0))
                        .toList()))
                        .isGreaterThan(least);
            }
        }
    }

    private static double loss(Survival family, double[] y, double[] weights, double[] eta, List<Double> steps) {
        ResponseBaseline baseline = new ResponseBaseline(family.times(), steps);
        double sum = 0;
        double[] learned = new double[2];
        for (int i = 0; i < eta.length; i++) {
            family.encode(y, 3 * i, baseline, learned, 0);
            sum += weights[i] * family.likelihood().loss(learned, 0, eta[i]);
        }
        return sum;
    }
}
