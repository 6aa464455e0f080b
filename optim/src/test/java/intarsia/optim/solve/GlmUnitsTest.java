package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A fit does not depend on the units of columns, response and weights, however large or small those make the numbers. */
class GlmUnitsTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-13, 20_000);
    private static final double[] UNITS = {1e-300, 1e-160, 1e-150, 1e-100, 1e-61, 1e-13, 1e13, 1e61, 1e100, 1e150, 1e160, 1e300};
    private static final int[] EXPONENTS = {-990, -531, -498, -201, -44, 44, 201, 498, 531, 990};

    private static Tensor scaled(Tensor x, IntToDoubleFunction unit) {
        Tensor scaled = x.copy();
        for (int i = 0; i < x.size(); i++) {
            scaled.doubles()[i] *= unit.applyAsDouble(i % x.shape().columns());
        }
        return scaled;
    }

    private static double[] scaled(double[] y, double unit) {
        return Arrays.stream(y).map(v -> v * unit).toArray();
    }

    private static GlmProblem with(GlmProblem of, Tensor predictors) {
        return new GlmProblem(of.family(), predictors, of.response(), of.weights(), of.offsets(), of.factors(), of.intercept());
    }

    private static GlmProblem with(GlmProblem of, double[] response, double[] offsets) {
        return new GlmProblem(of.family(), of.predictors(), response, of.weights(), offsets, of.factors(), of.intercept());
    }

    /** Coefficients, each in its unit, and all else are the same. */
    private static void assertSame(GlmFit actual, GlmFit expected, IntToDoubleFunction unit, double tolerance) {
        assertThat(actual.outcome()).isEqualTo(expected.outcome());
        assertThat(actual.intercept()).isCloseTo(expected.intercept(), within(tolerance * (1 + Math.abs(expected.intercept()))));
        assertThat(actual.objective()).isCloseTo(expected.objective(), within(tolerance * (1 + expected.objective())));
        for (int j = 0; j < expected.coefficients().length; j++) {
            double b = expected.coefficients()[j];
            assertThat(actual.coefficients()[j] * unit.applyAsDouble(j)).as("%s", j).isCloseTo(b, within(tolerance * (1 + Math.abs(b))));
        }
    }

    @Test
    void anyColumnMayBeInAnyUnit() {
        RandomStream random = RandomStream.of(1, "units");
        for (Family family : Family.values()) {
            for (int trial = 0; trial < 12; trial++) {
                GlmProblem problem = GlmProblems.random(random, family, true, 60, 4);
                GlmFit expected = Glm.fit(problem, new ElasticNet(0, 0), TIGHT);
                if (expected.outcome() != SolverOutcome.CONVERGED) {
                    continue;
                }
                int column = random.nextInt(4);
                for (double unit : UNITS) {
                    IntToDoubleFunction units = j -> j == column ? unit : 1;
                    GlmFit actual = Glm.fit(with(problem, scaled(problem.predictors(), units)), new ElasticNet(0, 0), TIGHT);
                    assertSame(actual, expected, units, 1e-9);
                }
                double[] each = {1e-150, 1e150, 1e-7, 1e80};
                GlmFit actual = Glm.fit(with(problem, scaled(problem.predictors(), j -> each[j])), new ElasticNet(0, 0), TIGHT);
                assertSame(actual, expected, j -> each[j], 1e-9);
            }
        }
    }

    /** With penalty factors in the units of the columns the problem is the same; powers of two leave every bit. */
    @Test
    void penaltyFactorsGoWithTheUnits() {
        RandomStream random = RandomStream.of(2, "units");
        for (Family family : Family.values()) {
            for (int[] size : new int[][] {{30, 8}, {10, 25}, {5, 1}}) {
                for (boolean lasso : new boolean[] {true, false}) {
                    GlmProblem problem = GlmProblems.random(random, family, false, size[0], size[1]);
                    ElasticNet penalty = lasso ? new ElasticNet(0.05, 0) : new ElasticNet(0, 0.05);
                    GlmFit expected = Glm.fit(problem, penalty, SolverOptions.DEFAULT);
                    int column = random.nextInt(size[1]);
                    for (int exponent : EXPONENTS) {
                        if (!lasso && Math.abs(exponent) > 500) {
                            // factors would be beyond the range of doubles
                            continue;
                        }
                        double[] factors = problem.factors().clone();
                        factors[column] = Math.scalb(factors[column], lasso ? exponent : 2 * exponent);
                        Tensor x = scaled(problem.predictors(), j -> j == column ? Math.scalb(1.0, exponent) : 1);
                        GlmFit actual = Glm.fit(with(problem, x).withFactors(factors), penalty, SolverOptions.DEFAULT);
                        double[] b = actual.coefficients().clone();
                        b[column] = Math.scalb(b[column], exponent);
                        assertThat(b).containsExactly(expected.coefficients());
                        assertThat(actual.intercept()).isEqualTo(expected.intercept());
                        assertThat(actual.objective()).isEqualTo(expected.objective());
                        assertThat(actual.outcome()).isEqualTo(expected.outcome());
                    }
                }
            }
        }
    }

    @Test
    void theResponseMayBeInAnyUnit() {
        RandomStream random = RandomStream.of(3, "units");
        for (int trial = 0; trial < 10; trial++) {
            GlmProblem problem = GlmProblems.random(random, Family.GAUSSIAN, trial % 2 == 0, 40, trial % 3 == 0 ? 50 : 6);
            ElasticNet penalty = new ElasticNet(0.05, 0.01);
            GlmFit expected = Glm.fit(problem, penalty, SolverOptions.DEFAULT);
            for (int exponent : EXPONENTS) {
                double unit = Math.scalb(1.0, exponent);
                GlmProblem other = with(problem, scaled(problem.response(), unit), scaled(problem.offsets(), unit));
                GlmFit actual = Glm.fit(other, new ElasticNet(0.05 * unit, 0.01), SolverOptions.DEFAULT);
                assertThat(actual.coefficients()).containsExactly(scaled(expected.coefficients(), unit));
                assertThat(actual.intercept()).isEqualTo(expected.intercept() * unit);
                assertThat(actual.objective()).isEqualTo(Math.scalb(expected.objective(), 2 * exponent));
                assertThat(actual.outcome()).isEqualTo(expected.outcome());
                assertThat(Glm.largestWeight(other, 1, SolverOptions.DEFAULT))
                        .isEqualTo(Glm.largestWeight(problem, 1, SolverOptions.DEFAULT) * unit);
            }
        }
    }

    @Test
    void weightsMayBeInAnyUnit() {
        RandomStream random = RandomStream.of(4, "units");
        for (Family family : Family.values()) {
            GlmProblem problem = GlmProblems.random(random, family, false, 30, 6);
            GlmFit expected = Glm.fit(problem, new ElasticNet(0.05, 0.01), SolverOptions.DEFAULT);
            for (int exponent : EXPONENTS) {
                double unit = Math.scalb(1.0, exponent);
                GlmProblem other = problem.withWeights(scaled(problem.weights(), unit));
                GlmFit actual = Glm.fit(other, new ElasticNet(0.05 * unit, 0.01 * unit), SolverOptions.DEFAULT);
                assertThat(actual.coefficients()).containsExactly(expected.coefficients());
                assertThat(actual.objective()).isEqualTo(expected.objective() * unit);
                assertThat(actual.gap()).isEqualTo(expected.gap() * unit);
                assertThat(actual.outcome()).isEqualTo(expected.outcome());
                assertThat(Glm.largestWeight(other, 1, SolverOptions.DEFAULT))
                        .isEqualTo(Glm.largestWeight(problem, 1, SolverOptions.DEFAULT) * unit);
            }
        }
    }

    @Test
    void pathsAreInTheUnitsOfTheirColumns() {
        RandomStream random = RandomStream.of(5, "units");
        for (Family family : Family.values()) {
            GlmProblem problem = GlmProblems.random(random, family, true, 40, 5);
            double[] weights = Glm.weights(problem, 1, 5, 0.1, SolverOptions.DEFAULT);
            List<GlmFit> expected = Glm.path(problem, 1, weights, SolverOptions.DEFAULT);
            for (int exponent : EXPONENTS) {
                double unit = Math.scalb(1.0, exponent);
                GlmProblem other = with(problem, scaled(problem.predictors(), j -> unit));
                double[] scaled = Glm.weights(other, 1, 5, 0.1, SolverOptions.DEFAULT);
                assertThat(scaled).containsExactly(scaled(weights, unit));
                List<GlmFit> actual = Glm.path(other, 1, scaled, SolverOptions.DEFAULT);
                for (int k = 0; k < 5; k++) {
                    assertThat(scaled(actual.get(k).coefficients(), unit)).containsExactly(expected.get(k).coefficients());
                    assertThat(actual.get(k).outcome()).isEqualTo(expected.get(k).outcome());
                }
            }
        }
    }

    @Test
    void constantAndDuplicatedColumnsInAnyUnit() {
        for (double unit : UNITS) {
            Tensor x = Tensor.matrix(new double[][] {{0, 0.1, 1, 1}, {0, 0.1, 2, 2}, {0, 0.1, 3, 3}, {0, 0.1, 5, 5}});
            GlmFit fit = Glm.fit(GlmProblem.of(Family.GAUSSIAN, scaled(x, j -> unit), 1, 2, 2, 4), new ElasticNet(0, 0), TIGHT);
            assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(fit.coefficients()[0]).isZero();
            assertThat(fit.coefficients()[1]).isZero();
            assertThat((fit.coefficients()[2] + fit.coefficients()[3]) * unit).isCloseTo(5.0 / 7, within(1e-12));
        }
    }

    @Test
    void separationIsRecognizedInAnyUnit() {
        for (double unit : UNITS) {
            Tensor x = Tensor.matrix(new double[][] {{-2 * unit}, {-unit}, {unit}, {2 * unit}});
            assertThat(Glm.fit(GlmProblem.of(Family.BINOMIAL, x, 0, 0, 1, 1), new ElasticNet(0, 0), SolverOptions.DEFAULT).outcome())
                    .isEqualTo(SolverOutcome.NO_MINIMUM);
        }
    }

    @Test
    void rowsWithoutWeightDoNotSetTheUnits() {
        RandomStream random = RandomStream.of(6, "units");
        for (Family family : Family.values()) {
            GlmProblem problem = GlmProblems.random(random, family, true, 20, 3);
            double[] weights = problem.weights().clone();
            weights[7] = 0;
            Tensor tiny = scaled(problem.predictors(), j -> 1e-100);
            GlmFit expected = Glm.fit(with(problem.withWeights(weights), tiny), new ElasticNet(0, 0), TIGHT);
            Tensor odd = tiny.copy();
            odd.set(1e300, 7, 1);
            GlmFit actual = Glm.fit(with(problem.withWeights(weights), odd), new ElasticNet(0, 0), TIGHT);
            assertThat(actual.coefficients()).containsExactly(expected.coefficients());
            assertThat(actual.intercept()).isEqualTo(expected.intercept());
        }
    }

    @Test
    void whatADoubleCannotHoldIsRefused() {
        Tensor x = Tensor.matrix(new double[][] {{1e-200}, {2e-200}, {4e-200}});
        assertThatThrownBy(() -> Glm.fit(GlmProblem.of(Family.GAUSSIAN, x, 1e200, 3e200, 2e200), new ElasticNet(0, 0), TIGHT))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("coefficient 0 is beyond");
        Tensor tiny = Tensor.matrix(new double[][] {{1e-300}, {2e-300}, {4e-300}});
        assertThatThrownBy(() -> Glm.fit(GlmProblem.of(Family.GAUSSIAN, tiny, 1, 3, 2), new ElasticNet(0, 0.1), TIGHT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("glm: column 0 is about 1e-300, too small for a ridge of 0.1; multiply the column by a power of ten");
        Tensor ordinary = Tensor.matrix(new double[][] {{1}, {2}, {4}});
        GlmFit large = Glm.fit(GlmProblem.of(Family.GAUSSIAN, ordinary, 1e200, 3e200, 2e200), new ElasticNet(0, 0), TIGHT);
        assertThat(large.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(large.coefficients()[0]).isCloseTo(3e200 / 14, within(1e187));
        assertThat(large.objective()).isInfinite();
    }
}
