package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CoxTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-13, 200);

    static boolean[] events(double[] zeroOrOne) {
        boolean[] events = new boolean[zeroOrOne.length];
        for (int i = 0; i < events.length; i++) {
            events[i] = zeroOrOne[i] == 1;
        }
        return events;
    }

    static Cox table() {
        return Cox.of(Families.predictors(), Families.column("time"), events(Families.column("event")));
    }

    /** Tied times, entries, strata and weights, one of them 0. */
    private static Cox random(RandomStream random, int n, int p) {
        double[] times = new double[n];
        double[] entries = new double[n];
        boolean[] events = new boolean[n];
        int[] strata = new int[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            times[i] = 1 + random.nextInt(8);
            entries[i] = random.nextInt(2) == 0 ? Double.NEGATIVE_INFINITY : random.nextInt((int) times[i]);
            events[i] = random.nextInt(3) > 0;
            strata[i] = 3 - 2 * random.nextInt(2);
            weights[i] = i == 3 ? 0 : random.nextDouble(0.2, 2);
        }
        return Cox.of(GlmProblems.gaussian(random, n, p), times, events).withEntries(entries).withStrata(strata).withWeights(weights);
    }

    @Test
    void coefficientsAreThoseOfR() {
        double[] weight = Families.column("weight");
        for (Cox.Ties ties : Cox.Ties.values()) {
            String name = "-" + ties.name().toLowerCase(Locale.ROOT);
            Cox plain = table().withTies(ties);
            assertGolden("cox-plain" + name, plain);
            assertGolden("cox-weighted" + name, plain.withWeights(weight));
            assertGolden("cox-entry" + name, plain.withEntries(Families.column("entry")));
            assertGolden("cox-strata" + name, plain.withStrata(Families.whole("stratum")));
            assertGolden("cox-all" + name, plain.withWeights(weight).withEntries(Families.column("entry"))
                    .withStrata(Families.whole("stratum")));
        }
    }

    private static void assertGolden(String name, Cox model) {
        LinearFit fit = model.fit(0, TIGHT);
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        Families.assertGolden(name, fit.coefficients().toDoubles());
    }

    @Test
    void derivativesAreThoseOfTheLoss() {
        RandomStream random = RandomStream.of(1, "cox");
        for (Cox.Ties ties : Cox.Ties.values()) {
            for (int trial = 0; trial < 5; trial++) {
                Cox model = random(random, 30, 3).withTies(ties);
                LinearLosses.assertDerivatives(model.loss(), model.predictors(), GlmProblems.gaussian(random, 3, 1).doubles(),
                        GlmProblems.gaussian(random, 3, 1).doubles());
            }
        }
    }

    /** The partial likelihood written out, row by row. */
    @Test
    void theLossIsThePartialLikelihood() {
        RandomStream random = RandomStream.of(2, "cox");
        for (Cox.Ties ties : Cox.Ties.values()) {
            for (int trial = 0; trial < 20; trial++) {
                Cox model = random(random, 25, 1).withTies(ties);
                double[] eta = GlmProblems.gaussian(random, 25, 1).doubles();
                assertThat(model.loss().value(eta, new double[0])).isCloseTo(written(model, eta), within(1e-10));
            }
        }
    }

    private static double written(Cox m, double[] eta) {
        double sum = 0;
        for (int s : new int[] {1, 3}) {
            for (int t = 1; t <= 8; t++) {
                double risk = 0;
                double dying = 0;
                double weight = 0;
                int deaths = 0;
                for (int i = 0; i < eta.length; i++) {
                    if (m.strata()[i] == s && m.weights()[i] > 0 && m.entries()[i] < t && t <= m.times()[i]) {
                        double r = m.weights()[i] * Math.exp(eta[i]);
                        risk += r;
                        if (m.events()[i] && m.times()[i] == t) {
                            dying += r;
                            weight += m.weights()[i];
                            deaths++;
                            sum -= m.weights()[i] * eta[i];
                        }
                    }
                }
                for (int l = 0; l < deaths; l++) {
                    sum += weight / deaths * Math.log(risk - (m.ties() == Cox.Ties.EFRON ? dying * l / deaths : 0));
                }
            }
        }
        return sum;
    }

    @Test
    void theGradientVanishes() {
        RandomStream random = RandomStream.of(3, "cox");
        for (int[] size : new int[][] {{60, 3}, {12, 30}, {5, 200}, {60, 0}}) {
            for (double ridge : new double[] {1, 1e-2}) {
                Cox model = random(random, size[0], size[1]);
                LinearFit fit = model.fit(ridge, TIGHT);
                assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
                assertThat(LinearLosses.slope(model, model.loss(), ridge, fit)).isLessThan(1e-6);
                assertThat(fit.intercepts()).isEmpty();
            }
        }
    }

    /** Two rows: the second leaves first, with the event; the loss is log(1 + exp(b)), and with ridge sigmoid(b) = -ridge b. */
    @Test
    void twoRowsHaveTheirClosedForm() {
        Tensor x = Tensor.matrix(new double[][] {{1}, {0}});
        Cox model = Cox.of(x, new double[] {2, 1}, new boolean[] {false, true}).withWeights(1, 1);
        double b = model.fit(0.5, TIGHT).coefficients().at(0);
        assertThat(1 / (1 + Math.exp(-b))).isCloseTo(-0.5 * b, within(1e-10));
        assertThat(model.fit(0, SolverOptions.DEFAULT).outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
    }

    @Test
    void weightsRepeatRowsWithBreslowsTiesAndTheOrderOfRowsIsFree() {
        Cox model = random(RandomStream.of(4, "cox"), 25, 3).withTies(Cox.Ties.BRESLOW);
        double[] counts = new double[25];
        int[] repeated = new int[50];
        int size = 0;
        for (int i = 0; i < 25; i++) {
            counts[i] = i % 3;
            for (int k = 0; k < i % 3; k++) {
                repeated[size++] = i;
            }
        }
        double[] weighted = model.withWeights(counts).fit(0.5, TIGHT).coefficients().toDoubles();
        double[] again = rows(model.withWeights(GlmProblems.uniform(25, 1)), Arrays.copyOf(repeated, size)).fit(0.5, TIGHT).coefficients()
                .toDoubles();
        assertThat(again).containsExactly(weighted, within(1e-9));
        for (Cox.Ties ties : Cox.Ties.values()) {
            double[] one = model.withTies(ties).fit(0.5, TIGHT).coefficients().toDoubles();
            double[] other = rows(model.withTies(ties), LinearLosses.shuffled(25)).fit(0.5, TIGHT).coefficients().toDoubles();
            assertThat(other).containsExactly(one, within(1e-12));
        }
    }

    private static Cox rows(Cox of, int... rows) {
        boolean[] events = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            events[i] = of.events()[rows[i]];
        }
        return new Cox(LinearLosses.rows(of.predictors(), rows), LinearLosses.pick(of.times(), rows), events,
                LinearLosses.pick(of.entries(), rows), LinearLosses.pick(of.strata(), rows), of.ties(),
                LinearLosses.pick(of.weights(), rows));
    }

    /** Only the order of times counts, and rows censored before the first event count for nothing. */
    @Test
    void timesCountByTheirOrder() {
        Cox model = random(RandomStream.of(5, "cox"), 30, 3);
        double[] later = Arrays.stream(model.times()).map(t -> t * t * t).toArray();
        double[] entries = Arrays.stream(model.entries()).map(t -> t * t * t).toArray();
        Cox other = Cox.of(model.predictors(), later, model.events()).withEntries(entries).withStrata(model.strata())
                .withWeights(model.weights());
        assertThat(other.fit(0.1, TIGHT).coefficients().toDoubles()).containsExactly(model.fit(0.1, TIGHT).coefficients().toDoubles());
        int[] order = new int[31];
        for (int i = 0; i < 30; i++) {
            order[i] = i;
        }
        Cox more = rows(model, order);
        double[] times = more.times().clone();
        times[30] = 0.5;
        double[] from = more.entries().clone();
        from[30] = 0;
        boolean[] events = more.events().clone();
        events[30] = false;
        Tensor x = more.predictors().copy();
        x.set(100, 30, 0);
        Cox longer = new Cox(x, times, events, from, more.strata(), Cox.Ties.EFRON, more.weights());
        assertThat(longer.fit(0.1, TIGHT).coefficients().toDoubles())
                .containsExactly(model.fit(0.1, TIGHT).coefficients().toDoubles(), within(1e-9));
    }

    @Test
    void noEventsAndOneRow() {
        Tensor x = Tensor.matrix(new double[][] {{1, 2}, {3, 1}, {2, 2}});
        for (double ridge : new double[] {0, 1}) {
            Cox censored = Cox.of(x, new double[] {1, 2, 3}, new boolean[3]);
            LinearFit none = censored.fit(ridge, TIGHT);
            assertThat(none.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(none.coefficients().doubles()).containsOnly(0);
            assertThat(BaselineHazard.of(censored, 0, 0, 0).at(0, 5)).isZero();
            LinearFit one = Cox.of(Tensor.matrix(new double[][] {{1, 2}}), new double[] {4}, new boolean[] {true}).fit(ridge, TIGHT);
            assertThat(one.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(one.coefficients().doubles()).containsOnly(0);
        }
        // everyone at once: with Breslow's ties the loss is that of equal shares
        LinearFit all = Cox.of(x, new double[] {2, 2, 2}, new boolean[] {true, true, true}).withTies(Cox.Ties.BRESLOW).fit(0, TIGHT);
        assertThat(all.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(all.coefficients().doubles()).containsExactly(new double[2], within(1e-12));
    }

    @Test
    void constantAndDuplicateColumns() {
        Cox model = random(RandomStream.of(6, "cox"), 40, 2);
        Tensor x = Tensor.zeros(40, 4);
        for (int i = 0; i < 40; i++) {
            x.set(model.predictors().get(i, 0), i, 0);
            x.set(model.predictors().get(i, 1), i, 1);
            x.set(model.predictors().get(i, 1), i, 2);
            x.set(0.1, i, 3);
        }
        Cox wide = new Cox(x, model.times(), model.events(), model.entries(), model.strata(), model.ties(), model.weights());
        double[] single = model.fit(0, TIGHT).coefficients().toDoubles();
        double[] b = wide.fit(0, TIGHT).coefficients().toDoubles();
        assertThat(b[0]).isCloseTo(single[0], within(1e-8));
        assertThat(b[1] + b[2]).isCloseTo(single[1], within(1e-8));
        assertThat(b[1]).isCloseTo(b[2], within(1e-2));
        assertThat(b[3]).isZero();
    }

    @Test
    void hazardsThatOrderTheEventsHaveNoMinimumWithoutRidge() {
        RandomStream random = RandomStream.of(7, "cox");
        for (int trial = 0; trial < 20; trial++) {
            Tensor x = GlmProblems.gaussian(random, 20, 2);
            double[] times = new double[20];
            boolean[] events = new boolean[20];
            for (int i = 0; i < 20; i++) {
                times[i] = Math.exp(-x.get(i, 0) + 0.3 * x.get(i, 1));
                events[i] = true;
            }
            Cox model = Cox.of(x, times, events);
            LinearFit free = model.fit(0, SolverOptions.DEFAULT);
            assertThat(free.outcome()).as("%s", trial).isEqualTo(SolverOutcome.NO_MINIMUM);
            assertThat(Double.isFinite(free.coefficients().at(0))).isTrue();
            LinearFit held = model.fit(1e-3, TIGHT);
            assertThat(held.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(LinearLosses.slope(model, model.loss(), 1e-3, held)).isLessThan(1e-6);
        }
    }

    /** Linear predictors far below those that have left are still compared with each other. */
    @Test
    void farLinearPredictorsCostNoDigits() {
        Cox model = Cox.of(Tensor.zeros(4, 1), new double[] {1, 2, 3, 4}, new boolean[] {true, true, true, false});
        double actual = model.withWeights(1, 1, 1, 1).loss().value(new double[] {300, 0, -1, -2}, new double[0]);
        double expected = Math.log(1 + Math.exp(-1) + Math.exp(-2)) + Math.log(1 + Math.exp(-1));
        assertThat(actual).isCloseTo(expected, within(1e-12));
    }

    @Test
    void errorsSpeak() {
        Tensor x = Tensor.zeros(2, 1);
        boolean[] events = {true, false};
        assertThatThrownBy(() -> Cox.of(x, new double[] {1, Double.NaN}, events)).hasMessage("cox: time 1 is NaN; must be finite");
        assertThatThrownBy(() -> Cox.of(x, new double[] {1, 2}, events).withEntries(0, 2))
                .hasMessage("cox: row 1 enters at 2.0 and leaves at 2.0; must leave later");
        assertThatThrownBy(() -> Cox.of(x, new double[] {1, 2}, new boolean[1])).hasMessageContaining("1 events");
    }
}
