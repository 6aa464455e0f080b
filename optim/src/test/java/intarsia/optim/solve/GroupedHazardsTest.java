package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against R's glm of a line for each row and interval, with a complementary log-log link. */
class GroupedHazardsTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-14, 10_000);
    private static final double[] ENDS = {3, 6, 10};

    /** The interval that a time lies in; 3 beyond the last. */
    private static int place(double time) {
        return (int) Arrays.stream(ENDS).filter(end -> end < time).count();
    }

    private static GroupedHazards table(double... weights) {
        double[] time = Families.column("time");
        double[] event = Families.column("event");
        double[] stratum = Families.column("stratum");
        int n = time.length;
        int[] to = IntStream.range(0, n).map(i -> event[i] == 1 ? place(time[i]) : (int) Arrays.stream(ENDS).filter(end -> end <= time[i])
                .count()).toArray();
        boolean[] events = new boolean[n];
        for (int i = 0; i < n; i++) {
            events[i] = event[i] == 1 && to[i] < ENDS.length;
        }
        return new GroupedHazards(Families.predictors(), new int[n], to, events, ENDS.length,
                Arrays.stream(stratum).mapToInt(s -> (int) s).toArray(), weights);
    }

    private static double[] ones() {
        double[] ones = new double[Families.column("time").length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] all(LinearFit fit) {
        return DoubleStream.concat(DoubleStream.of(fit.intercepts()), DoubleStream.of(fit.coefficients().doubles())).toArray();
    }

    @Test
    void coefficientsAreThoseOfR() {
        LinearFit fit = table(ones()).fit(0, TIGHT);
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        Families.assertGolden("grouped", all(fit));
        Families.assertGolden("grouped-weighted", all(table(Families.column("weight")).fit(0, TIGHT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void derivativesAreThoseOfTheLoss(int p) {
        RandomStream random = RandomStream.of(p, "grouped");
        int n = 25;
        int[] from = IntStream.range(0, n).map(i -> i % 3).toArray();
        int[] to = IntStream.range(0, n).map(i -> i % 3 + random.nextInt(3)).toArray();
        boolean[] events = new boolean[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            events[i] = i % 4 != 0;
            weights[i] = 0.5 + random.nextDouble();
        }
        // a row of each stratum survives everything
        for (int i = 0; i < 2; i++) {
            from[i] = 0;
            to[i] = 6;
            events[i] = false;
        }
        GroupedHazards model = new GroupedHazards(GlmProblems.gaussian(random, n, p), from, to, events, 6,
                IntStream.range(0, n).map(i -> i % 2).toArray(), weights);
        int size = p + model.loss().start().length;
        LinearLosses.assertDerivatives(model.loss(), model.predictors(), GlmProblems.gaussian(random, size, 1).doubles(),
                GlmProblems.gaussian(random, size, 1).doubles());
        LinearFit fit = model.fit(0.5, TIGHT);
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        double[] gradient = new double[size];
        double[] free = Arrays.stream(fit.intercepts()).filter(Double::isFinite).toArray();
        model.loss().derivatives(model.predictors(), fit.predictors(model.predictors()).toDoubles(), free, gradient,
                new double[size * size]);
        for (int j = 0; j < p; j++) {
            gradient[j] += 0.5 * fit.coefficients().at(j);
        }
        assertThat(gradient).as("optimality").containsExactly(new double[size], within(1e-6));
    }

    /** One interval, rows that are alike: d of n have their event, so exp(-exp(a)) = (n - d) / n. */
    @Test
    void aShareInClosedForm() {
        LinearFit fit = new GroupedHazards(Tensor.zeros(4, 0), new int[4], new int[] {0, 1, 1, 1},
                new boolean[] {true, false, false, false},
                2, new int[4], new double[] {1, 1, 1, 1}).fit(0, TIGHT);
        assertThat(Math.exp(-Math.exp(fit.intercepts()[0]))).isCloseTo(0.75, within(1e-10));
        assertThat(fit.intercepts()[1]).as("no event").isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void anIntervalThatNobodySurvivesHasNoMinimum() {
        assertThat(new GroupedHazards(Tensor.zeros(2, 0), new int[2], new int[2], new boolean[] {true, true}, 1, new int[2],
                new double[] {1, 1}).fit(0, TIGHT).outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
    }

    @Test
    void eventsHaveTheDerivativesOfTheirLoss() {
        for (double u : new double[] {1e-12, 1e-6, 1e-5, 2e-5, 0.3, 5, 50}) {
            double h = 1e-4;
            double up = -Math.log(-Math.expm1(-u * Math.exp(h)));
            double down = -Math.log(-Math.expm1(-u * Math.exp(-h)));
            assertThat(GroupedHazards.eventSlope(u)).isCloseTo((down - up) / (2 * h), within(1e-7));
            double bent = (GroupedHazards.eventSlope(u * Math.exp(-h)) - GroupedHazards.eventSlope(u * Math.exp(h))) / (2 * h);
            assertThat(GroupedHazards.eventCurvature(u)).isCloseTo(bent, within(1e-8));
        }
        assertThat(GroupedHazards.eventSlope(0)).isEqualTo(1);
        assertThat(GroupedHazards.eventSlope(1e6)).isZero();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new GroupedHazards(Tensor.zeros(1, 0), new int[1], new int[] {2}, new boolean[] {true}, 2, new int[1],
                new double[] {1})).hasMessageContaining("row 0 survives intervals 0 to before 2, where it has its event");
    }
}
