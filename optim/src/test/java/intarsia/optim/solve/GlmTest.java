package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.Penalty;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlmTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-13, 20_000);

    private static Tensor gaussian(RandomStream random, int rows, int columns) {
        Tensor x = Tensor.zeros(rows, columns);
        for (int i = 0; i < x.size(); i++) {
            x.doubles()[i] = random.nextGaussian();
        }
        return x;
    }

    @Test
    void solutionsSatisfyTheOptimalityConditions() {
        RandomStream random = RandomStream.of(1, "kkt");
        for (Family family : Family.values()) {
            for (int trial = 0; trial < 1000; trial++) {
                boolean plain = trial % 2 == 0;
                GlmProblem problem = GlmProblems.random(random, family, plain, 5 + random.nextInt(30), 1 + random.nextInt(25));
                double share = List.of(1.0, 0.5, 0.95).get(random.nextInt(3));
                double weight = Glm.largestWeight(problem, share, TIGHT) * random.nextDouble(0.02, 1.05);
                ElasticNet penalty = ElasticNet.of(weight, share);
                // logistic losses round at about 1e-12, columns at a condition number of 1e6 and more sooner
                GlmFit fit = Glm.fit(problem, penalty, TIGHT.withTolerance(!plain ? 1e-10 : family == Family.GAUSSIAN ? 1e-13 : 1e-11));
                if (fit.outcome() == Outcome.NO_MINIMUM) {
                    assertThat(family).isEqualTo(Family.BINOMIAL);
                    continue;
                }
                assertThat(fit.outcome()).as("%s trial %s: %s", family, trial, fit).isEqualTo(Outcome.CONVERGED);
                assertThat(GlmProblems.violation(problem, penalty.l1(), penalty.l2(), fit)).as("%s trial %s", family, trial)
                        .isLessThan(plain ? 1e-5 : 5e-5);
            }
        }
    }

    @Test
    void theGapBoundsTheDistanceToTheMinimum() {
        RandomStream random = RandomStream.of(2, "gap");
        for (Family family : Family.values()) {
            for (int trial = 0; trial < 200; trial++) {
                GlmProblem problem = GlmProblems.random(random, family, trial % 2 == 0, 30, 12);
                double[] ones = new double[12];
                Arrays.fill(ones, 1);
                problem = problem.withFactors(ones);
                ElasticNet penalty = ElasticNet.of(0.3 * Glm.largestWeight(problem, 0.7, TIGHT), 0.7);
                GlmFit exact = Glm.fit(problem, penalty, TIGHT);
                for (int limit = 1; limit < 8; limit++) {
                    GlmFit early = Glm.fit(problem, penalty, new SolverOptions(1e-13, limit));
                    double rounding = 1e-12 * Math.max(1, exact.objective());
                    assertThat(early.objective() - exact.objective()).isLessThanOrEqualTo(early.gap() + rounding);
                    assertThat(early.objective()).isGreaterThanOrEqualTo(exact.objective() - exact.gap() - rounding);
                }
            }
        }
    }

    @Test
    void anOrthonormalDesignGivesSoftThresholding() {
        RandomStream random = RandomStream.of(3, "orthonormal");
        for (int trial = 0; trial < 100; trial++) {
            Tensor q = Qr.of(gaussian(random, 20, 6)).q();
            double[] y = gaussian(random, 20, 1).doubles();
            double[] ones = new double[20];
            Arrays.fill(ones, 1);
            GlmProblem problem = GlmProblem.of(Family.GAUSSIAN, q, y).withWeights(ones).withoutIntercept();
            GlmFit fit = Glm.fit(problem, new ElasticNet(0.4, 0.3), TIGHT);
            double[] ols = Matrices.product(q, true, Tensor.of(Shape.of(20, 1), y), false).doubles();
            for (int j = 0; j < 6; j++) {
                assertThat(fit.coefficients()[j]).isCloseTo(ElasticNet.softThreshold(ols[j], 0.4) / 1.3, within(1e-12));
            }
        }
    }

    @Test
    void ridgeAndLeastSquaresHaveTheirClosedForms() {
        RandomStream random = RandomStream.of(4, "closed forms");
        for (int trial = 0; trial < 100; trial++) {
            Tensor x = gaussian(random, 25, 7);
            // the last two columns are nearly dependent: the condition number is about 1e4
            for (int i = 0; i < 25; i++) {
                x.set(x.get(i, 5) + 1e-4 * x.get(i, 6), i, 6);
            }
            double[] y = gaussian(random, 25, 1).doubles();
            GlmProblem problem = GlmProblem.of(Family.GAUSSIAN, x, y).withoutIntercept();
            GlmFit ols = Glm.fit(problem, new ElasticNet(0, 0), new SolverOptions(1e-15, 20_000));
            double[] expected = LeastSquares.of(x, Tensor.vector(y)).solution().doubles();
            Tensor normal = Matrices.gram(x);
            for (int j = 0; j < 7; j++) {
                assertThat(ols.coefficients()[j]).isCloseTo(expected[j], within(1e-6 * (1 + Math.abs(expected[5]))));
                normal.set(normal.get(j, j) + 25 * 0.1, j, j);
            }
            GlmFit ridge = Glm.fit(problem, Penalty.ridge(0.1), TIGHT);
            Tensor closed = Cholesky.of(normal).solve(Matrices.product(x, true, Tensor.of(Shape.of(25, 1), y), false));
            for (int j = 0; j < 7; j++) {
                assertThat(ridge.coefficients()[j]).isCloseTo(closed.at(j), within(1e-6));
            }
        }
    }

    @Test
    void weightsCountRowsAndOffsetsShiftResponses() {
        RandomStream random = RandomStream.of(5, "weights");
        for (Family family : Family.values()) {
            Tensor x = gaussian(random, 12, 4);
            double[] y = {1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0};
            Tensor twice = Tensor.zeros(13, 4);
            System.arraycopy(x.doubles(), 0, twice.doubles(), 0, 48);
            System.arraycopy(x.doubles(), 44, twice.doubles(), 48, 4);
            double[] yTwice = Arrays.copyOf(y, 13);
            double[] ones = new double[13];
            Arrays.fill(ones, 1);
            double[] doubled = Arrays.copyOf(ones, 12);
            doubled[11] = 2;
            ElasticNet penalty = new ElasticNet(0.5, 0.1);
            GlmFit one = Glm.fit(GlmProblem.of(family, x, y).withWeights(doubled), penalty, TIGHT);
            GlmFit other = Glm.fit(GlmProblem.of(family, twice, yTwice).withWeights(ones), penalty, TIGHT);
            assertThat(one.coefficients()).containsExactly(other.coefficients(), within(1e-6));
            assertThat(one.intercept()).isCloseTo(other.intercept(), within(1e-6));
            double[] offsets = new double[12];
            Arrays.fill(offsets, 3);
            GlmFit shifted = Glm.fit(GlmProblem.of(family, x, y).withWeights(doubled).withOffsets(offsets), penalty, TIGHT);
            assertThat(shifted.intercept()).isCloseTo(one.intercept() - 3, within(1e-6));
        }
    }

    @Test
    void aPathStartsAtZeroAndEachSolutionIsThatOfItsOwnFit() {
        RandomStream random = RandomStream.of(6, "path");
        for (Family family : Family.values()) {
            for (int trial = 0; trial < 20; trial++) {
                GlmProblem problem = GlmProblems.random(random, family, trial % 3 == 0, 40, trial % 2 == 0 ? 10 : 60)
                        .withWeights(uniform(40, 1.0 / 40)).withFactors(uniform(trial % 2 == 0 ? 10 : 60, 1));
                double[] weights = Glm.weights(problem, 1, 8, 0.1, TIGHT);
                List<GlmFit> path = Glm.path(problem, 1, weights, TIGHT);
                assertThat(path.getFirst().coefficients()).containsExactly(new double[problem.columns()], within(1e-6));
                assertThat(Glm.fit(problem, ElasticNet.of(weights[0] * 0.99, 1), TIGHT).nonzeros())
                        .as("%s %s %s", family, trial, weights[0]).isPositive();
                for (int k = 0; k < weights.length; k++) {
                    GlmFit alone = Glm.fit(problem, ElasticNet.of(weights[k], 1), TIGHT);
                    assertThat(path.get(k).objective()).isCloseTo(alone.objective(), within(1e-11 * Math.max(1, alone.objective())));
                }
            }
        }
    }

    @Test
    void separableLabelsHaveASolutionWithAPenaltyAndNoneWithout() {
        RandomStream random = RandomStream.of(7, "separable");
        for (int trial = 0; trial < 100; trial++) {
            Tensor x = gaussian(random, 20, 3);
            double[] y = new double[20];
            for (int i = 0; i < 20; i++) {
                y[i] = x.get(i, 0) - 0.5 * x.get(i, 1) > 0 ? 1 : 0;
            }
            y[0] = x.get(0, 0) - 0.5 * x.get(0, 1) > 0 ? 1 : 0;
            GlmProblem problem = GlmProblem.of(Family.BINOMIAL, x, y);
            GlmFit free = Glm.fit(problem, new ElasticNet(0, 0), SolverOptions.DEFAULT);
            assertThat(free.outcome()).isEqualTo(Outcome.NO_MINIMUM);
            assertThat(free.coefficients()).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            if (Arrays.stream(y).distinct().count() == 2) {
                GlmFit held = Glm.fit(problem, Penalty.ridge(1e-3), TIGHT);
                assertThat(held.outcome()).isEqualTo(Outcome.CONVERGED);
                assertThat(GlmProblems.violation(problem, 0, 1e-3, held)).isLessThan(1e-6);
            }
        }
    }

    @Test
    void labelsSeparatedUpToTiesAreRecognized() {
        // x < 0 is 0, x > 0 is 1, and x = 0 is both: the slope runs off, the intercept does not
        Tensor x = Tensor.of(Shape.of(6, 1), -2.0, -1.0, 0.0, 0.0, 1.0, 2.0);
        GlmProblem problem = GlmProblem.of(Family.BINOMIAL, x, 0, 0, 0, 1, 1, 1);
        assertThat(Glm.fit(problem, new ElasticNet(0, 0), SolverOptions.DEFAULT).outcome()).isEqualTo(Outcome.NO_MINIMUM);
        assertThat(Glm.fit(problem, Penalty.l1(1e-3), TIGHT).outcome()).isEqualTo(Outcome.CONVERGED);
        // labels of one kind push the intercept itself
        assertThat(Glm.fit(GlmProblem.of(Family.BINOMIAL, x, 1, 1, 1, 1, 1, 1), Penalty.l1(1), SolverOptions.DEFAULT).outcome())
                .isEqualTo(Outcome.NO_MINIMUM);
        assertThat(Glm.fit(GlmProblem.of(Family.BINOMIAL, x, 1, 1, 1, 1, 1, 1).withoutIntercept(), Penalty.l1(1e-3), TIGHT).outcome())
                .isEqualTo(Outcome.CONVERGED);
    }

    @Test
    void newtonAgreesWithCoordinateDescentOnGaussianResponses() {
        RandomStream random = RandomStream.of(8, "newton");
        for (int trial = 0; trial < 100; trial++) {
            GlmProblem problem = GlmProblems.random(random, Family.GAUSSIAN, trial % 2 == 0, 30, 12);
            ElasticNet penalty = new ElasticNet(0.05, 0.02);
            GlmFit one = Glm.fit(problem, penalty, TIGHT);
            Units units = Units.of(problem);
            GlmFit other = new ProximalNewton(problem, units.l1(penalty), units.l2(penalty), new double[12], 0).fit(TIGHT);
            assertThat(other.objective()).as("%s: %s %s", trial, one, other)
                    .isCloseTo(one.objective(), within(1e-11 * (1 + one.objective())));
        }
    }

    @Test
    void constantAndZeroColumnsGetNothing() {
        Tensor x = Tensor.matrix(new double[][] {{0, 0.1, 1}, {0, 0.1, 2}, {0, 0.1, 3}, {0, 0.1, 5}});
        for (ElasticNet penalty : List.of(new ElasticNet(0, 0), new ElasticNet(1e-3, 0), new ElasticNet(0, 1e-3))) {
            GlmFit fit = Glm.fit(GlmProblem.of(Family.GAUSSIAN, x, 1, 2, 2, 4), penalty, TIGHT);
            assertThat(fit.coefficients()[0]).isZero();
            assertThat(fit.coefficients()[1]).isZero();
            assertThat(fit.coefficients()[2]).isPositive();
            assertThat(fit.outcome()).isEqualTo(Outcome.CONVERGED);
        }
        GlmFit flat = Glm.fit(GlmProblem.of(Family.GAUSSIAN, x, 7, 7, 7, 7), new ElasticNet(0.1, 0), TIGHT);
        assertThat(flat.intercept()).isEqualTo(7);
        assertThat(flat.nonzeros()).isZero();
    }

    @Test
    void errorsSpeak() {
        Tensor x = Tensor.zeros(3, 2);
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("2 response for 3 rows");
        assertThatThrownBy(() -> GlmProblem.of(Family.BINOMIAL, x, 0, 1, 2)).hasMessageContaining("response 2 is 2.0");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2, Double.NaN)).hasMessageContaining("number 2 is NaN");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2, 3).withWeights(0, 0, 0))
                .hasMessageContaining("all 3 weights are 0");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2, 3).withFactors(1, -1))
                .hasMessageContaining("penalty factors: number 1 is -1.0");
        assertThatThrownBy(() -> new SolverOptions(0, 1)).hasMessageContaining("tolerance 0.0");
    }

    private static double[] uniform(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return values;
    }
}
