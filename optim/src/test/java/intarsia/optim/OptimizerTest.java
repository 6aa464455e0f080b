package intarsia.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.View;
import intarsia.optim.prox.GroupLasso;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule, transform and proximal step against its formula, written out a second time. */
class OptimizerTest {
    private static final int SIZE = 37;

    /** Two flat vectors and an optimizer at work on them. */
    private static final class Work implements AutoCloseable {
        private final Engine engine;
        private final View values;
        private final View gradients;
        private final OptimizerRun run;

        Work(Optimizer optimizer, Precision precision, double... start) {
            engine = Engine.options().kernels("scalar").precision(precision).open();
            values = View.of(engine.kernels().allocate(start.length));
            gradients = View.of(engine.kernels().allocate(start.length));
            engine.kernels().upload(start, 0, values);
            run = optimizer.bind(engine.kernels(), values, gradients);
        }

        double[] step(double... gradient) {
            engine.kernels().upload(gradient, 0, gradients);
            run.step();
            return read(values);
        }

        double[] read(View view) {
            double[] numbers = new double[view.size()];
            engine.kernels().download(view, numbers, 0);
            return numbers;
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    /** Gradients that change from step to step, as a seed draws them. */
    private static double[] draw(long seed, int step) {
        RandomStream random = RandomStream.of(seed).child("step", step);
        double[] numbers = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            numbers[i] = random.nextGaussian();
        }
        return numbers;
    }

    @ParameterizedTest
    @CsvSource({"F64, 1e-12", "F32, 1e-5"})
    void adamIsAlgorithmOneOfKingmaAndBa(Precision precision, double tolerance) {
        double alpha = 0.01;
        double beta1 = 0.9;
        double beta2 = 0.999;
        double epsilon = 1e-8;
        double[] theta = draw(1, 0);
        double[] m = new double[SIZE];
        double[] v = new double[SIZE];
        try (Work work = new Work(Optimizer.adam(new Schedule.Constant(alpha)), precision, theta)) {
            for (int t = 1; t <= 50; t++) {
                double[] g = draw(2, t);
                double[] actual = work.step(g);
                for (int i = 0; i < SIZE; i++) {
                    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
                    double mHat = m[i] / (1 - Math.pow(beta1, t));
                    double vHat = v[i] / (1 - Math.pow(beta2, t));
                    theta[i] = theta[i] - alpha * mHat / (Math.sqrt(vHat) + epsilon);
                }
                assertThat(actual).as("step %d", t).containsExactly(theta, within(tolerance));
            }
        }
    }

    @Test
    void adamWithOtherConstants() {
        Optimizer optimizer = new Optimizer(List.of(), new Rule.Adam(0, 0, 0.5), new Schedule.Constant(2), null);
        try (Work work = new Work(optimizer, Precision.F64, 1, 1)) {
            assertThat(work.step(3, -1)).containsExactly(new double[] {1 - 2 * 3 / 3.5, 1 + 2 / 1.5}, within(1e-15));
        }
    }

    @Test
    void momentumRemembersGradients() {
        Optimizer optimizer = new Optimizer(List.of(), new Rule.Momentum(0.5), new Schedule.Constant(0.1), null);
        try (Work work = new Work(optimizer, Precision.F64, 1)) {
            assertThat(work.step(2)).containsExactly(new double[] {0.8}, within(1e-15));
            assertThat(work.step(4)).containsExactly(new double[] {0.8 - 0.1 * 5}, within(1e-15));
            assertThat(work.step(0)).containsExactly(new double[] {0.3 - 0.1 * 2.5}, within(1e-15));
        }
    }

    @Test
    void gradientDescentDoesNot() {
        try (Work work = new Work(Optimizer.gradientDescent(new Schedule.Constant(0.25)), Precision.F64, 1, -2)) {
            assertThat(work.step(2, 4)).containsExactly(0.5, -3);
            assertThat(work.step(0, 0)).containsExactly(0.5, -3);
            assertThat(work.run.state().moments()).isEmpty();
        }
    }

    @Test
    void aLongGradientIsClippedToTheNorm() {
        try (Work work = new Work(Optimizer.gradientDescent(new Schedule.Constant(1)).clip(5), Precision.F64, 0, 0, 0)) {
            double[] moved = work.step(30, 0, -40);
            assertThat(moved).containsExactly(new double[] {-3, 0, 4}, within(1e-14));
            double[] gradient = work.read(work.gradients);
            assertThat(Math.sqrt(gradient[0] * gradient[0] + gradient[2] * gradient[2])).isCloseTo(5, within(1e-14));
        }
    }

    @Test
    void aShortGradientIsLeftAloneToTheBit() {
        double[] gradient = {0.1, -0.2, 4.9};
        try (Work work = new Work(Optimizer.gradientDescent(new Schedule.Constant(1)).clip(5), Precision.F64, 0, 0, 0)) {
            work.step(gradient);
            assertThat(work.read(work.gradients)).isEqualTo(gradient);
            work.step(0, 0, 0);
            assertThat(work.read(work.gradients)).containsOnly(0);
        }
    }

    @Test
    void decayPullsTowardsZero() {
        Optimizer optimizer = Optimizer.gradientDescent(new Schedule.Constant(0.5)).with(new Transform.DecayWeights(0.1));
        try (Work work = new Work(optimizer, Precision.F64, 2, -4)) {
            assertThat(work.step(1, 0)).containsExactly(new double[] {2 - 0.5 * (1 + 0.2), -4 + 0.5 * 0.4}, within(1e-15));
        }
    }

    @Test
    void transformsActInTheirOrder() {
        Optimizer clipLast = Optimizer.gradientDescent(new Schedule.Constant(1)).with(new Transform.DecayWeights(1)).clip(1);
        Optimizer clipFirst = Optimizer.gradientDescent(new Schedule.Constant(1)).clip(1).with(new Transform.DecayWeights(1));
        try (Work last = new Work(clipLast, Precision.F64, 10); Work first = new Work(clipFirst, Precision.F64, 10)) {
            assertThat(last.step(5)).containsExactly(new double[] {9}, within(1e-14));
            assertThat(first.step(5)).containsExactly(new double[] {-1}, within(1e-14));
        }
    }

    @Test
    void softThresholdGivesExactZeros() {
        Optimizer optimizer = Optimizer.gradientDescent(new Schedule.Constant(0.5)).then(new ProximalStep.SoftThreshold(1));
        try (Work work = new Work(optimizer, Precision.F64, 0.4, -0.4, 0.5, 2, -2, 0)) {
            double[] moved = work.step(0, 0, 0, 0, 0, 1);
            assertThat(moved).usingComparatorWithPrecision(0.0).containsExactly(0, 0, 0, 1.5, -1.5, 0);
        }
    }

    @Test
    void shrunkRowsAreTheGroupLassosProximalPoint() {
        double[] start = {7, 3, -4, 0.1, 0.2, 0, 0, -7, 5, -1, 2};
        Optimizer optimizer = Optimizer.gradientDescent(new Schedule.Constant(0.5))
                .then(new ProximalStep.ShrinkRows(2, List.of(new ProximalStep.Matrix(1, 3, 2), new ProximalStep.Matrix(8, 1, 3))));
        try (Work work = new Work(optimizer, Precision.F64, start)) {
            double[] expected = start.clone();
            System.arraycopy(new GroupLasso(2, 2).prox(Arrays.copyOfRange(start, 1, 7), 0.5), 0, expected, 1, 6);
            System.arraycopy(new GroupLasso(2, 3).prox(Arrays.copyOfRange(start, 8, 11), 0.5), 0, expected, 8, 3);
            assertThat(work.step(new double[start.length])).containsExactly(expected, within(1e-15));
            assertThat(expected[3]).as("a row that is dropped").isZero();
        }
    }

    @Test
    void nonNegativeStopsAtZero() {
        Optimizer optimizer = Optimizer.gradientDescent(new Schedule.Constant(1)).then(new ProximalStep.SoftThreshold(1))
                .then(new ProximalStep.NonNegative());
        try (Work work = new Work(optimizer, Precision.F64, 1, 1)) {
            assertThat(work.step(3, 0.5)).containsExactly(0, 0.5);
        }
    }

    @Test
    void scheduleReachesTheRule() {
        try (Work work = new Work(Optimizer.gradientDescent(new Schedule.StepDecay(1, 0.5, 2)), Precision.F64, 0)) {
            assertThat(work.step(-1)).containsExactly(1);
            assertThat(work.step(-1)).containsExactly(2);
            assertThat(work.step(-1)).containsExactly(2.5);
            assertThat(work.step(-1)).containsExactly(3);
            assertThat(work.step(-1)).containsExactly(3.25);
            assertThat(work.run.steps()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"F64", "F32"})
    void aRestoredRunGoesOnWithTheSameBits(Precision precision) {
        Optimizer optimizer = Optimizer.adam(new Schedule.StepDecay(0.1, 0.9, 3)).clip(2);
        try (Work whole = new Work(optimizer, precision, draw(1, 0)); Work second = new Work(optimizer, precision, draw(1, 0))) {
            for (int t = 1; t <= 5; t++) {
                whole.step(draw(2, t));
            }
            OptimizerRun.State state = whole.run.state();
            second.engine.kernels().upload(whole.read(whole.values), 0, second.values);
            second.run.restore(state);
            for (int t = 6; t <= 12; t++) {
                assertThat(second.step(draw(2, t))).isEqualTo(whole.step(draw(2, t)));
            }
            assertThat(second.run.state()).isEqualTo(whole.run.state()).isNotEqualTo(state);
        }
    }

    @Test
    void aStateOfAnotherRuleIsRefused() {
        try (Work work = new Work(Optimizer.adam(new Schedule.Constant(1)), Precision.F64, 1)) {
            assertThatThrownBy(() -> work.run.restore(new OptimizerRun.State(3, List.of())))
                    .hasMessage("state has 0 moment vectors, Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8] needs 2");
        }
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new Rule.Adam(1, 0.9, 1e-8)).hasMessage("beta1 1.0: must lie in [0, 1)");
        assertThatThrownBy(() -> new Rule.Adam(0.9, -0.1, 1e-8)).hasMessage("beta2 -0.1: must lie in [0, 1)");
        assertThatThrownBy(() -> new Rule.Adam(0.9, 0.9, 0)).hasMessage("epsilon 0.0: must be positive");
        assertThatThrownBy(() -> new Rule.Momentum(Double.NaN)).hasMessage("momentum NaN: must lie in [0, 1)");
        assertThatThrownBy(() -> new Transform.ClipNorm(0)).hasMessage("clip norm 0.0: must be positive");
        assertThatThrownBy(() -> new Transform.DecayWeights(-1)).hasMessage("weight decay -1.0: must not be negative");
        assertThatThrownBy(() -> new ProximalStep.SoftThreshold(-1)).hasMessage("lasso weight -1.0: must not be negative");
        assertThatThrownBy(() -> new Schedule.Constant(0)).hasMessage("learning rate 0.0: must be positive and finite");
        assertThatThrownBy(() -> new Schedule.StepDecay(Double.POSITIVE_INFINITY, 0.5, 1))
                .hasMessage("learning rate Infinity: must be positive and finite");
        assertThatThrownBy(() -> new Schedule.StepDecay(1, 1.5, 0))
                .hasMessage("step decay by 1.5 every 0 steps: needs a factor in (0, 1] and a period of at least 1");
    }

    @Test
    void stepDecayFollowsItsFormula() {
        Schedule schedule = new Schedule.StepDecay(0.001, 0.95, 200);
        assertThat(schedule.rate(1)).isEqualTo(0.001);
        assertThat(schedule.rate(200)).isEqualTo(0.001);
        assertThat(schedule.rate(201)).isCloseTo(0.00095, within(1e-18));
        assertThat(schedule.rate(401)).isCloseTo(0.001 * 0.95 * 0.95, within(1e-18));
        assertThat(schedule.rate(2001)).isCloseTo(0.001 * Math.pow(0.95, 10), within(1e-18));
        assertThat(new Schedule.Constant(0.3).rate(1_000_000)).isEqualTo(0.3);
    }
}
