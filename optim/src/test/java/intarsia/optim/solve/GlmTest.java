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
                if (fit.outcome() == SolverOutcome.NO_MINIMUM) {
                    assertThat(family).isEqualTo(Family.BINOMIAL);
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
                double[] l1 = uniform(problem.columns(), penalty.l1());
                double[] l2 = uniform(problem.columns(), penalty.l2());
                for (int limit = 1; limit < 5; limit++) {
                    SolverOptions options = new SolverOptions(1e-13, limit);
                    GlmFit fit = Glm.fit(problem, penalty, options);
                    assertThat(fit.gap()).isCloseTo(fit.objective() - dualObjective(problem, penalty, fit), within(1e-11));
                    if (!problem.intercept()) {
                        GlmFit newton = new ProximalNewton(problem, l1, l2, new double[l1.length], 0).fit(options);
                        assertThat(newton.gap()).isCloseTo(newton.objective() - dualObjective(problem, penalty, newton), within(1e-11));
                    }
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
            double conjugate = problem.family() == Family.GAUSSIAN ? v * v / 2 + v * y : xLogX(y + v) + xLogX(1 - y - v);
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
                double nullLoss = family == Family.BINOMIAL ? Math.log(2)
                        : Arrays.stream(drawn.response()).map(y -> (y - mean) * (y - mean) / 60).sum();
                // an intercept takes up offsets, however large, and the null model's loss is without them
                GlmProblem problem = family == Family.GAUSSIAN && drawn.intercept() ? drawn.withOffsets(uniform(30, 1000)) : drawn;
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
                double[] far = gaussian(random, problem.columns(), 1).doubles();
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
            double[] start = Arrays.stream(gaussian(random, 6, 1).doubles()).map(g -> 5 * g).toArray();
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

    /** Two columns that differ by a hundred thousandth of the signal: no single slope shows what both together explain. */
    @Test
    void leastSquaresIsFoundThoughEverySlopeIsSmall() {
        double[] common = {1, 1, -1, -1, 1, 1, -1, -1};
        double[] signal = {1, -1, 1, -1, 1, -1, 1, -1};
        Tensor x = Tensor.zeros(8, 2);
        for (int i = 0; i < 8; i++) {
            x.set(common[i], i, 0);
            x.set(common[i] + 1e-5 * signal[i], i, 1);
        }
        GlmFit exact = Glm.fit(GlmProblem.of(Family.GAUSSIAN, x, signal), new ElasticNet(0, 0), SolverOptions.DEFAULT);
        assertThat(exact.objective()).isCloseTo(0, within(1e-8));
        assertThat(exact.coefficients()[1]).isCloseTo(1e5, within(1.0));
        Tensor third = Tensor.zeros(8, 3);
        for (int i = 0; i < 8; i++) {
            System.arraycopy(x.doubles(), 2 * i, third.doubles(), 3 * i, 2);
            third.set(i, i, 2);
        }
        GlmProblem free = GlmProblem.of(Family.GAUSSIAN, third, signal).withFactors(0, 0, 1);
        assertThat(Glm.fit(free, Penalty.l1(0.5), SolverOptions.DEFAULT).objective()).isCloseTo(0, within(1e-8));
        // three of four labels follow the signal: the log-odds are log 3
        GlmProblem labels = GlmProblem.of(Family.BINOMIAL, x, 1, 0, 1, 0, 1, 0, 0, 1);
        GlmFit fit = Glm.fit(labels, new ElasticNet(0, 0), SolverOptions.DEFAULT);
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(fit.objective()).isLessThan(0.6);
        assertThat(GlmProblems.violation(labels, 0, 0, fit)).isLessThan(1e-6);
    }

    @Test
    void dependentColumnsReachTheLeastSquaresLoss() {
        RandomStream random = RandomStream.of(16, "dependent");
        for (int trial = 0; trial < 30; trial++) {
            Tensor base = gaussian(random, 60, 3);
            Tensor mix = gaussian(random, 3, 12);
            Tensor x = Matrices.product(base, false, mix, false);
            double[] y = gaussian(random, 60, 1).doubles();
            GlmFit fit = Glm.fit(GlmProblem.of(Family.GAUSSIAN, x, y).withoutIntercept(), new ElasticNet(0, 0), TIGHT);
            double[] expected = LeastSquares.of(base, Tensor.vector(y)).solution().doubles();
            double loss = 0;
            for (int i = 0; i < 60; i++) {
                double r = y[i] - base.get(i, 0) * expected[0] - base.get(i, 1) * expected[1] - base.get(i, 2) * expected[2];
                loss += r * r / 120;
            }
            assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(fit.objective()).isCloseTo(loss, within(1e-11));
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
    void theLargestWeightIsTheSmallestThatLeavesNothing() {
        RandomStream random = RandomStream.of(17, "largest");
        for (Family family : Family.values()) {
            for (int trial = 0; trial < 20; trial++) {
                double share = List.of(1.0, 0.5, 0.1).get(trial % 3);
                GlmProblem problem = GlmProblems.random(random, family, true, 40, 5).withFactors(0.5, 0, 1, 2, 3);
                double largest = Glm.largestWeight(problem, share, TIGHT);
                double[] at = Glm.fit(problem, ElasticNet.of(largest * 1.001, share), TIGHT).coefficients();
                assertThat(at[1]).isNotZero();
                assertThat(new double[] {at[0], at[2], at[3], at[4]}).containsExactly(0, 0, 0, 0);
                assertThat(Glm.fit(problem, ElasticNet.of(largest * 0.999, share), TIGHT).nonzeros()).isGreaterThan(1);
            }
        }
    }

    @Test
    void weightsAreEvenlySpacedOnALogarithmicScale() {
        GlmProblem problem = GlmProblems.random(RandomStream.of(18, "weights"), Family.GAUSSIAN, true, 40, 5);
        double largest = Glm.largestWeight(problem, 1, TIGHT);
        double[] weights = Glm.weights(problem, 1, 5, 1e-4, TIGHT);
        for (int k = 0; k < 5; k++) {
            assertThat(weights[k]).isCloseTo(largest * Math.pow(0.1, k), within(1e-14));
        }
        assertThat(Glm.weights(problem, 1, 1, 0.1, TIGHT)).containsExactly(largest);
        assertThat(Glm.weights(problem, 1, 3, 1, TIGHT)).containsExactly(largest, largest, largest);
        assertThatThrownBy(() -> Glm.weights(problem, 1, 0, 0.1, TIGHT)).hasMessageContaining("count 0");
        assertThatThrownBy(() -> Glm.weights(problem, 1, 3, 0, TIGHT)).hasMessageContaining("ratio 0.0");
        assertThatThrownBy(() -> Glm.weights(problem, 1, 3, 1.1, TIGHT)).hasMessageContaining("ratio 1.1");
    }

    @Test
    void oneRowAndNoColumns() {
        GlmFit row = Glm.fit(GlmProblem.of(Family.GAUSSIAN, Tensor.matrix(new double[][] {{2, 3}}), 7), new ElasticNet(0, 0), TIGHT);
        assertThat(row.intercept()).isEqualTo(7);
        assertThat(row.nonzeros()).isZero();
        GlmFit mean = Glm.fit(GlmProblem.of(Family.GAUSSIAN, Tensor.zeros(3, 0), 1, 2, 6), new ElasticNet(0, 0), TIGHT);
        assertThat(mean.intercept()).isCloseTo(3, within(1e-15));
        assertThat(mean.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        GlmFit odds = Glm.fit(GlmProblem.of(Family.BINOMIAL, Tensor.zeros(4, 0), 1, 1, 1, 0), new ElasticNet(0, 0), TIGHT);
        assertThat(odds.intercept()).isCloseTo(Math.log(3), within(1e-7));
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
            assertThat(free.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
            assertThat(free.coefficients()).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            if (Arrays.stream(y).distinct().count() == 2) {
                GlmFit held = Glm.fit(problem, Penalty.ridge(1e-3), TIGHT);
                assertThat(held.outcome()).isEqualTo(SolverOutcome.CONVERGED);
                assertThat(GlmProblems.violation(problem, 0, 1e-3, held)).isLessThan(1e-6);
            }
        }
    }

    @Test
    void labelsSeparatedUpToTiesAreRecognized() {
        // x < 0 is 0, x > 0 is 1, and x = 0 is both: the slope runs off, the intercept does not
        Tensor x = Tensor.of(Shape.of(6, 1), -2.0, -1.0, 0.0, 0.0, 1.0, 2.0);
        GlmProblem problem = GlmProblem.of(Family.BINOMIAL, x, 0, 0, 0, 1, 1, 1);
        assertThat(Glm.fit(problem, new ElasticNet(0, 0), SolverOptions.DEFAULT).outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
        assertThat(Glm.fit(problem, Penalty.l1(1e-3), TIGHT).outcome()).isEqualTo(SolverOutcome.CONVERGED);
        // labels of one kind push the intercept itself
        assertThat(Glm.fit(GlmProblem.of(Family.BINOMIAL, x, 1, 1, 1, 1, 1, 1), Penalty.l1(1), SolverOptions.DEFAULT).outcome())
                .isEqualTo(SolverOutcome.NO_MINIMUM);
        assertThat(Glm.fit(GlmProblem.of(Family.BINOMIAL, x, 1, 1, 1, 1, 1, 1).withoutIntercept(), Penalty.l1(1e-3), TIGHT).outcome())
                .isEqualTo(SolverOutcome.CONVERGED);
    }

    @Test
    void labelsSeparatedUpToRoundingHaveNoSolutionUnlessTheExceptionsWeighEnough() {
        // -1e-8 is a 1: it holds the slope only once the others' loss is below its own rise
        Tensor x = Tensor.of(Shape.of(3, 1), -1.0, 1.0, -1e-8);
        GlmProblem problem = GlmProblem.of(Family.BINOMIAL, x, 0, 1, 1).withoutIntercept();
        GlmFit run = Glm.fit(problem.withWeights(1, 1, 1), new ElasticNet(0, 0), SolverOptions.DEFAULT.withTolerance(1e-13));
        assertThat(run.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
        assertThat(run.gap()).isInfinite();
        int steps = run.iterations();
        assertThat(steps).isGreaterThan(5);
        assertThat(Glm.fit(problem.withWeights(1, 1, 1), new ElasticNet(0, 0), new SolverOptions(1e-13, steps)).outcome())
                .isEqualTo(SolverOutcome.NO_MINIMUM);
        assertThat(Glm.fit(problem.withWeights(1, 1, 1), new ElasticNet(0, 0), new SolverOptions(1e-13, steps - 1)).outcome())
                .isEqualTo(SolverOutcome.LIMIT_REACHED);
        // 2 mean(-b) = 1e6 1e-8 / 2
        GlmFit held = Glm.fit(problem.withWeights(1, 1, 1e6), new ElasticNet(0, 0), SolverOptions.DEFAULT.withTolerance(1e-13));
        assertThat(held.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(held.coefficients()[0]).isCloseTo(Math.log(1 / 0.0025 - 1), within(0.01));
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
            assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        }
        // constant up to rounding, in step with the response
        double ulp = Math.ulp(1.0);
        Tensor nearly = Tensor.matrix(new double[][] {{1}, {1 + ulp}, {1 + ulp}, {1 + 2 * ulp}});
        assertThat(Glm.fit(GlmProblem.of(Family.GAUSSIAN, nearly, 1, 2, 2, 4), new ElasticNet(0, 0), TIGHT).coefficients()[0]).isZero();
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
                .hasMessageContaining("penalty factors: number 1 is -1.0; must be finite and not negative");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2, 3).withWeights(1, 1)).hasMessageContaining("2 weights for 3 rows");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, x, 1, 2, 3).withOffsets(1, 1, Double.POSITIVE_INFINITY))
                .hasMessageEndingWith("offsets: number 2 is Infinity; must be finite");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, Tensor.matrix(new double[][] {{1, Double.NaN}}), 1))
                .hasMessageContaining("predictors: number 1 is NaN");
        assertThatThrownBy(() -> GlmProblem.of(Family.GAUSSIAN, Tensor.zeros(0, 2))).hasMessageContaining("at least one row");
        assertThatThrownBy(() -> new SolverOptions(0, 1)).hasMessageContaining("tolerance 0.0");
    }

    private static double[] uniform(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return values;
    }
}
