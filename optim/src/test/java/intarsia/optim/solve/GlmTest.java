package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlmTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-13, 20_000);

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
                if (fit.outcome() == SolverOutcome.NO_MINIMUM) {
                    assertThat(family).isNotEqualTo(Family.GAUSSIAN);
                    continue;
                }
                assertThat(fit.outcome()).as("%s trial %s: %s", family, trial, fit).isEqualTo(SolverOutcome.CONVERGED);
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

    /** The gap is the objective minus the dual one, at the residuals scaled to be feasible; the dual objective is written out here. */
    @Test
    void theGapIsThatOfTheScaledResiduals() {
        RandomStream random = RandomStream.of(12, "dual");
        for (Family family : Family.values()) {
            for (int trial = 0; trial < 60; trial++) {
                GlmProblem problem = GlmProblems.random(random, family, true, 30, trial % 2 == 0 ? 8 : 40);
                problem = family == Family.GAUSSIAN ? problem : problem.withoutIntercept();
                ElasticNet penalty = ElasticNet.of(0.3 * Glm.largestWeight(problem, 0.7, TIGHT), trial % 3 == 0 ? 0.7 : 1);
                for (int limit = 1; limit < 5; limit++) {
                    SolverOptions options = new SolverOptions(1e-13, limit);
                    GlmFit fit = Glm.fit(problem, penalty, options);
                    assertThat(fit.gap()).isCloseTo(fit.objective() - dualObjective(problem, penalty, fit), within(1e-11));
                }
            }
        }
    }

    private static double dualObjective(GlmProblem problem, ElasticNet penalty, GlmFit fit) {
        double[] eta = Glm.eta(problem, fit);
        double[] c = new double[problem.columns()];
        for (int i = 0; i < eta.length; i++) {
            double u = problem.weights()[i] * (problem.response()[i] - problem.family().mean(eta[i]));
            for (int j = 0; j < c.length; j++) {
                c[j] += u * problem.predictors().get(i, j);
            }
        }
        double scale = penalty.l2() > 0 ? 1 : Math.min(1, penalty.l1() / Arrays.stream(c).map(Math::abs).max().orElseThrow());
        double dual = 0;
        for (int i = 0; i < eta.length; i++) {
            double y = problem.response()[i];
            double v = scale * (problem.family().mean(eta[i]) - y);
            double conjugate = switch (problem.family()) {
                case GAUSSIAN -> v * v / 2 + v * y;
                case BINOMIAL -> xLogX(y + v) + xLogX(1 - y - v);
                case POISSON -> xLogX(y + v) - v - xLogX(y);
            };
            dual += problem.weights()[i] * (v * problem.offsets()[i] - conjugate);
        }
        for (double slope : c) {
            double over = Math.max(0, Math.abs(scale * slope) - penalty.l1());
            dual -= penalty.l2() > 0 ? over * over / (2 * penalty.l2()) : 0;
        }
        return dual;
    }

    private static double xLogX(double x) {
        return x <= 0 ? 0 : x * Math.log(x);
    }

    @Test
    void limitsAndTolerancesAreKept() {
        RandomStream random = RandomStream.of(13, "limits");
        for (Family family : Family.values()) {
            for (int trial = 0; trial < 60; trial++) {
                GlmProblem drawn = GlmProblems.random(random, family, true, 30, trial % 2 == 0 ? 8 : 40);
                double mean = drawn.intercept() ? Arrays.stream(drawn.response()).average().orElseThrow() : 0;
                double nullMean = drawn.intercept() ? mean : 1;
                double nullLoss = switch (family) {
                    case GAUSSIAN -> Arrays.stream(drawn.response()).map(y -> (y - mean) * (y - mean) / 60).sum();
                    case BINOMIAL -> Math.log(2);
                    case POISSON -> Arrays.stream(drawn.response()).map(y -> xLogX(y) - y * Math.log(nullMean) - y + nullMean).sum() / 30;
                };
                // an intercept takes up offsets, however large, and the null model's loss is without them
                GlmProblem problem = family == Family.GAUSSIAN && drawn.intercept() ? drawn.withOffsets(GlmProblems.uniform(30, 1000))
                        : drawn;
                ElasticNet penalty = ElasticNet.of(0.2 * Glm.largestWeight(problem, 1, TIGHT), trial % 3 == 0 ? 0 : 1);
                for (double tolerance : new double[] {1e-2, 1e-3, 1e-4, 1e-5}) {
                    GlmFit fit = Glm.fit(problem, penalty, new SolverOptions(tolerance, 100_000));
                    assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
                    assertThat(fit.gap()).isLessThanOrEqualTo(tolerance * nullLoss * (1 + 1e-9));
                }
                int needed = Glm.fit(problem, penalty, TIGHT.withTolerance(1e-9)).iterations();
                for (int limit = 1; limit <= needed; limit++) {
                    GlmFit fit = Glm.fit(problem, penalty, new SolverOptions(1e-9, limit));
                    // cut short, a round of passes may end in time to be checked, and so converge sooner
                    assertThat(fit.iterations()).isPositive().isLessThanOrEqualTo(limit);
                    assertThat(fit.outcome()).isIn(SolverOutcome.CONVERGED, limit == needed ? SolverOutcome.CONVERGED
                            : SolverOutcome.LIMIT_REACHED);
                    assertThat(fit.outcome() == SolverOutcome.CONVERGED || fit.iterations() == limit).isTrue();
                }
            }
        }
    }

    @Test
    void aFitStartsWhereItIsTold() {
        RandomStream random = RandomStream.of(14, "warm");
        for (Family family : Family.values()) {
            for (int trial = 0; trial < 40; trial++) {
                GlmProblem problem = GlmProblems.random(random, family, trial % 2 == 0, 40, trial % 3 == 0 ? 50 : 8);
                ElasticNet penalty = new ElasticNet(0.05, trial % 4 == 0 ? 0.02 : 0);
                GlmFit cold = Glm.fit(problem, penalty, new SolverOptions(1e-11, 20_000));
                if (cold.outcome() != SolverOutcome.CONVERGED || cold.nonzeros() == 0) {
                    continue;
                }
                GlmFit again = Glm.fit(problem, penalty, new SolverOptions(1e-9, 20_000), cold.intercept(), cold.coefficients());
                assertThat(again.iterations()).as("%s %s", family, trial).isLessThanOrEqualTo(1);
                assertThat(again.objective()).isCloseTo(cold.objective(), within(1e-12 * (1 + cold.objective())));
                if (trial % 2 == 1) {
                    // unpenalized columns that are nearly dependent: their part of the gap is an estimate
                    continue;
                }
                double[] far = GlmProblems.gaussian(random, problem.columns(), 1).doubles();
                GlmFit other = Glm.fit(problem, penalty, new SolverOptions(1e-11, 20_000), 0.5, far);
                assertThat(other.outcome()).isEqualTo(SolverOutcome.CONVERGED);
                assertThat(other.objective()).as("%s %s", family, trial)
                        .isCloseTo(cold.objective(), within(1e-10 * (1 + cold.objective())));
            }
        }
        assertThatThrownBy(() -> Glm.fit(GlmProblem.of(Family.GAUSSIAN, Tensor.zeros(3, 2), 1, 2, 3), new ElasticNet(0, 0), TIGHT, 0,
                new double[3])).hasMessageContaining("3 coefficients for 2 columns");
    }

    /** Where Newton's whole steps would overshoot: the steps are shortened until the objective falls. */
    @Test
    void theObjectiveFallsFromFarAway() {
        RandomStream random = RandomStream.of(15, "far");
        for (int trial = 0; trial < 20; trial++) {
            GlmProblem problem = GlmProblems.random(random, Family.BINOMIAL, true, 40, 6).withoutIntercept();
            ElasticNet penalty = new ElasticNet(0.02, trial % 2 == 0 ? 0.02 : 0);
            double[] start = Arrays.stream(GlmProblems.gaussian(random, 6, 1).doubles()).map(g -> 5 * g).toArray();
            double last = penalty.value(start);
            double[] eta = Glm.eta(problem, new GlmFit(0, start, 0, 0, 0, SolverOutcome.CONVERGED));
            for (int i = 0; i < 40; i++) {
                last += problem.weights()[i] * Family.BINOMIAL.loss(problem.response()[i], eta[i]);
            }
            for (int limit = 1; limit < 12; limit++) {
                GlmFit fit = Glm.fit(problem, penalty, new SolverOptions(1e-9, limit), 0, start);
                assertThat(fit.objective()).as("%s: %s steps", trial, limit).isLessThanOrEqualTo(last * (1 + 1e-12));
                last = fit.objective();
            }
            assertThat(last).isCloseTo(Glm.fit(problem, penalty, TIGHT.withTolerance(1e-11)).objective(), within(1e-8));
        }
    }

    @Test
    void weightsCountRowsAndOffsetsShiftResponses() {
        RandomStream random = RandomStream.of(5, "weights");
        for (Family family : Family.values()) {
            Tensor x = GlmProblems.gaussian(random, 12, 4);
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
    void errorsSpeak() {
        Tensor x = Tensor.zeros(3, 2);
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("2 response for 3 rows");
        assertThatThrownBy(() -> GlmProblem.of(Family.BINOMIAL, x, 0, 1, 2)).hasMessageContaining("response 2 is 2.0");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2, Double.NaN)).hasMessageContaining("number 2 is NaN");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2, 3).withWeights(0, 0, 0))
                .hasMessageContaining("all 3 weights are 0");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2, 3).withFactors(1, -1))
                .hasMessageContaining("penalty factors: number 1 is -1.0; must be finite and not negative");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2, 3).withWeights(1, 1)).hasMessageContaining("2 weights for 3 rows");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2, 3).withOffsets(1, 1, Double.POSITIVE_INFINITY))
                .hasMessageEndingWith("offsets: number 2 is Infinity; must be finite");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, Tensor.matrix(new double[][] {{1, Double.NaN}}), 1))
                .hasMessageContaining("predictors: number 1 is NaN");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, Tensor.zeros(0, 2))).hasMessageContaining("at least one row");
        assertThatThrownBy(() -> new SolverOptions(0, 1)).hasMessageContaining("tolerance 0.0");
    }
}
