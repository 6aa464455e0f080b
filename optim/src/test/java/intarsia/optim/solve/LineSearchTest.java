package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.heap.ScalarLoops64;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LineSearchTest {
    /** A search from 0 along the axis, with the steps that were tried. */
    private static final class Search {
        private final DoubleUnaryOperator phi;
        private final DoubleUnaryOperator slope;
        private final List<Double> tried = new ArrayList<>();
        private final LineSearch search;
        private final LineSearch.Result result;

        Search(DoubleUnaryOperator phi, DoubleUnaryOperator slope, double firstStep, int maxEvaluations) {
            this.phi = phi;
            this.slope = slope;
            search = new LineSearch((x, gradient) -> {
                tried.add(x[0]);
                gradient[0] = slope.applyAsDouble(x[0]);
                return phi.applyAsDouble(x[0]);
            }, new double[1], new ScalarLoops64(), maxEvaluations);
            assertThat(search.begin()).isTrue();
            result = search.run(new double[] {1}, firstStep);
            assertThat(search.evaluations()).isEqualTo(tried.size()).isLessThanOrEqualTo(maxEvaluations);
        }

        /** It ended here, with the value and the gradient of this point. */
        void requireEndedAt(LineSearch.Result expected, double step) {
            assertThat(result).isEqualTo(expected);
            assertThat(search.point()).containsExactly(new double[] {step}, within(1e-12));
            assertThat(search.value()).isEqualTo(phi.applyAsDouble(search.point()[0]));
            assertThat(search.gradient()).containsExactly(slope.applyAsDouble(search.point()[0]));
        }

        void requireTried(double... steps) {
            assertThat(tried.stream().mapToDouble(t -> t).toArray()).containsExactly(steps, within(1e-12));
        }
    }

    /** With its local minimum at 3: {@code (t + 2) (t - 3) / 6} is the slope. */
    private static double cubic(double t) {
        return 7 - t - t * t / 12 + t * t * t / 18;
    }

    private static double cubicSlope(double t) {
        return -1 - t / 6 + t * t / 6;
    }

    @Test
    void aCubicIsMinimizedExactly() {
        // from below by extrapolation, from above by interpolation
        for (double firstStep : new double[] {1, 6, 9, 20}) {
            Search search = new Search(LineSearchTest::cubic, LineSearchTest::cubicSlope, firstStep, 100);
            search.requireEndedAt(LineSearch.Result.FOUND, 3);
            search.requireTried(0, firstStep, 3);
        }
    }

    @Test
    void trialsGrowByElevenTenthsToFourTimesTheLast() {
        Search falling = new Search(t -> -t, t -> -1, 1, 5);
        falling.requireTried(0, 1, 5, 21, 85);
        falling.requireEndedAt(LineSearch.Result.LIMIT, 85);
        // a cubic that falls ever more slowly up to 1.01: its minimum is too near the first step
        double b = 0.9495 / 0.0101;
        double a = 0.05 - b;
        Search near = new Search(t -> -t + a * t * t / 2 + b * t * t * t / 3, t -> -1 + a * t + b * t * t, 1, 3);
        near.requireTried(0, 1, 2.1);
        near.requireEndedAt(LineSearch.Result.LIMIT, 1);
    }

    @Test
    void trialsKeepATenthOfTheIntervalFromItsEnds() {
        Search parabola = new Search(t -> (t - 1) * (t - 1), t -> 2 * (t - 1), 100, 100);
        parabola.requireTried(0, 100, 10, 1);
        parabola.requireEndedAt(LineSearch.Result.FOUND, 1);
    }

    @Test
    void anIntervalThatShrinksTooSlowlyIsHalved() {
        // a wall at 5: interpolation takes the smallest steps it may
        Search wall = new Search(t -> t < 5 ? -t : 1e6 * (t - 5) - 5, t -> t < 5 ? -1 : 1e6, 10, 5);
        wall.requireTried(0, 10, 1, 1.9, 5.95);
        wall.requireEndedAt(LineSearch.Result.LIMIT, 1.9);
        Search halved = new Search(wall.phi, wall.slope, 10, 6);
        assertThat(halved.tried.getLast()).as("not halved again").isBetween(1.9 + 0.405, 3.9);
    }

    @Test
    void undefinedStepsAreCutToATenthThenHalfway() {
        DoubleUnaryOperator phi = t -> t < 3 ? -t : Double.NaN;
        new Search(phi, t -> -1, 100, 5).requireTried(0, 100, 10, 1, 5.5);
        new Search(phi, t -> -1, 1, 7).requireTried(0, 1, 5, 3, 2, 2.5, 2.75);
        new Search(t -> -t, t -> t < 3 ? -1 : Double.NaN, 1, 7).requireTried(0, 1, 5, 3, 2, 2.5, 2.75);
    }

    @Test
    void aNarrowValleyIsFoundFromEitherSide() {
        // the slope is -1 before, 1 beyond, and within 0.9 of 0 on a fiftieth around the minimum
        DoubleUnaryOperator phi = t -> Math.sqrt((t - 1) * (t - 1) + 1e-4);
        DoubleUnaryOperator slope = t -> (t - 1) / phi.applyAsDouble(t);
        for (double firstStep : new double[] {1e-3, 0.3, 0.9, 1.1, 1.5, 1.9, 7, 50}) {
            Search search = new Search(phi, slope, firstStep, 100);
            search.requireEndedAt(LineSearch.Result.FOUND, search.tried.getLast());
            assertThat(search.search.value()).isLessThan(phi.applyAsDouble(0) - 0.5);
            assertThat(Math.abs(search.search.gradient()[0])).isLessThanOrEqualTo(-0.9 * slope.applyAsDouble(0));
            assertThat(search.tried).as("from %s: %s", firstStep, search.tried).hasSizeLessThan(12);
        }
    }

    @Test
    void aStepThatFallsTooLittleIsNotTaken() {
        // level at step 1, lower than the start by a share of what its slope promised
        for (double share : new double[] {0.9e-4, 1.1e-4}) {
            Search search = new Search(t -> t == 0 ? 1 : 1 - share, t -> t == 0 ? -1 : 0, 1, 2);
            assertThat(search.result).isEqualTo(share < 1e-4 ? LineSearch.Result.LIMIT : LineSearch.Result.FOUND);
        }
    }

    @Test
    void increasesOfRoundingSizeCountAsNone() {
        // flat at step 1, higher than the start by this share of its value
        for (double start : new double[] {1e-10, 1, 1e10, -1e10}) {
            for (double share : new double[] {5e-15, 5e-14, 1e-3}) {
                double rise = share * Math.abs(start);
                Search search = new Search(t -> t == 0 ? start : start + rise, t -> t == 0 ? -rise : 0, 1, 3);
                assertThat(search.result).as("%s of %s", share, start)
                        .isEqualTo(share < 1e-14 ? LineSearch.Result.FOUND : LineSearch.Result.LIMIT);
            }
        }
    }
}
