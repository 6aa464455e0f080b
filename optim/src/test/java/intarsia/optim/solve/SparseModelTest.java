package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.Penalty;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elastic nets on classes and times to an event. */
class SparseModelTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-11, 5000);

    private static double[] normalized(double[] weights) {
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / total).toArray();
    }

    @Test
    void classesAreThoseOfGlmnet() {
        Multinomial model = Multinomial.of(Families.predictors(), 3, Families.whole("class"))
                .withWeights(normalized(Families.column("weight")));
        double[] weights = {0.1, 0.05, 0.01};
        for (double share : new double[] {1, 0.5}) {
            List<LinearFit> path = model.path(share, weights, TIGHT.withTolerance(share == 1 ? 1e-11 : 1e-13));
            for (int k = 0; k < 3; k++) {
                double[] expected = Families.golden("multinomial-glmnet-" + (share == 1 ? "1" : "0.5") + "-" + weights[k]);
                LinearFit fit = path.get(k);
                assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
                for (int label = 0; label < 3; label++) {
                    assertThat(fit.intercepts()[label]).isCloseTo(expected[5 * label], within(1e-6));
                    for (int j = 0; j < 4; j++) {
                        assertThat(fit.coefficients().get(j, label)).isCloseTo(expected[5 * label + 1 + j], within(1e-6));
                    }
                }
            }
        }
    }

    @Test
    void hazardsAreThoseOfGlmnet() {
        double[] weights = {0.2, 0.1, 0.02};
        for (boolean weighted : new boolean[] {false, true}) {
            Cox model = CoxTest.table().withTies(Cox.Ties.BRESLOW);
            model = weighted ? model.withWeights(normalized(Families.column("weight"))) : model;
            for (double share : new double[] {1, 0.5}) {
                List<LinearFit> path = model.path(share, weights, TIGHT.withTolerance(share == 1 ? 1e-11 : 1e-13));
                for (int k = 0; k < 3; k++) {
                    assertThat(path.get(k).outcome()).isEqualTo(SolverOutcome.CONVERGED);
                    Families.assertGolden("cox-glmnet-" + (weighted ? "weighted-" : "") + (share == 1 ? "1" : "0.5") + "-" + weights[k],
                            path.get(k).coefficients().toDoubles());
                }
            }
        }
    }

    private static SparseModel random(RandomStream random, int trial, int n, int p) {
        Tensor x = GlmProblems.gaussian(random, n, p);
        double[] weights = new double[n];
        int[] y = new int[n];
        double[] times = new double[n];
        boolean[] events = new boolean[n];
        for (int i = 0; i < n; i++) {
            double signal = x.get(i, 0) - 0.7 * x.get(i, p - 1);
            weights[i] = (i == 7 ? 0 : random.nextDouble(0.2, 2)) / n;
            y[i] = i < 3 ? i : signal + random.nextGaussian() > 0.5 ? 2 : random.nextInt(2);
            times[i] = 1 + Math.floor(5 * Math.exp(-0.5 * signal) * -Math.log(1 - random.nextDouble()));
            events[i] = random.nextInt(4) > 0;
            if (p > 3) {
                x.set(x.get(i, 0), i, 1);
                x.set(0.1, i, 2);
            }
        }
        return trial % 2 == 0 ? new Multinomial(x, y, 3, weights) : Cox.of(x, times, events).withWeights(weights)
                .withTies(trial % 4 == 1 ? Cox.Ties.EFRON : Cox.Ties.BRESLOW).withStrata(y);
    }

    private static DenseLoss loss(SparseModel model) {
        return model instanceof Cox cox ? cox.loss() : ((Multinomial) model).loss();
    }

    /** How far the slopes are from the conditions that {@link GlmProblems#violation} states. */
    private static double violation(SparseModel model, ElasticNet penalty, LinearFit fit) {
        double[] b = fit.coefficients().toDoubles();
        double[] slopes = LinearLosses.gradient(model, loss(model), fit);
        double worst = 0;
        for (int a = 0; a < slopes.length; a++) {
            double slope = a < b.length && b[a] != 0 ? slopes[a] + penalty.l1() * Math.signum(b[a]) + penalty.l2() * b[a]
                    : Math.max(0, Math.abs(slopes[a]) - (a < b.length ? penalty.l1() : 0));
            worst = Math.max(worst, Math.abs(slope));
        }
        return worst;
    }

    @Test
    void solutionsSatisfyTheOptimalityConditions() {
        RandomStream random = RandomStream.of(1, "sparse");
        for (int trial = 0; trial < 120; trial++) {
            SparseModel model = random(random, trial, 20 + random.nextInt(40), 1 + random.nextInt(80));
            double share = List.of(1.0, 0.5, 0.9).get(trial % 3);
            ElasticNet penalty = ElasticNet.of(model.largestWeight(share) * random.nextDouble(0.05, 1), share);
            LinearFit fit = model.fit(penalty, TIGHT);
            assertThat(fit.outcome()).as("%s: %s", trial, fit).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(violation(model, penalty, fit)).as("%s", trial).isLessThan(1e-5);
            for (int k = 0; fit.coefficients().shape().rows() > 3 && k < fit.coefficients().shape().columns(); k++) {
                assertThat(fit.coefficients().get(2, k)).as("a constant column").isZero();
            }
        }
    }

    /** So many columns break their condition at first that hazards have a bound of the curvature in each row. */
    @Test
    void manyColumnsAtOnce() {
        RandomStream random = RandomStream.of(6, "sparse");
        for (int trial = 0; trial < 3; trial++) {
            SparseModel model = random(random, trial, 60, 900);
            ElasticNet penalty = ElasticNet.of(0.03 * model.largestWeight(0.5), 0.5);
            LinearFit fit = model.fit(penalty, new SolverOptions(1e-9, 5000));
            assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(violation(model, penalty, fit)).isLessThan(1e-4);
        }
    }

    @Test
    void theGapBoundsTheDistanceToTheMinimum() {
        RandomStream random = RandomStream.of(2, "sparse");
        for (int trial = 0; trial < 40; trial++) {
            SparseModel model = random(random, trial, 40, 20);
            ElasticNet penalty = ElasticNet.of(0.3 * model.largestWeight(0.7), trial % 3 == 0 ? 0.7 : 1);
            LinearFit exact = model.fit(penalty, TIGHT);
            for (int limit = 1; limit < 8; limit++) {
                LinearFit early = model.fit(penalty, new SolverOptions(1e-11, limit));
                assertThat(early.objective() - exact.objective()).isLessThanOrEqualTo(early.gap() + 1e-12);
                assertThat(early.objective()).isGreaterThanOrEqualTo(exact.objective() - exact.gap() - 1e-12);
                assertThat(early.iterations()).isLessThanOrEqualTo(limit);
            }
        }
    }

    @Test
    void aPathStartsAtZeroAndEachSolutionIsThatOfItsOwnFit() {
        RandomStream random = RandomStream.of(3, "sparse");
        for (int trial = 0; trial < 8; trial++) {
            SparseModel model = random(random, trial, 40, trial % 3 == 0 ? 60 : 8);
            double[] weights = model.weights(1, 6, 0.1);
            List<LinearFit> path = model.path(1, weights, TIGHT);
            assertThat(path.getFirst().coefficients().doubles()).containsOnly(0);
            assertThat(Arrays.stream(model.fit(ElasticNet.of(0.99 * weights[0], 1), TIGHT).coefficients().doubles())
                    .anyMatch(b -> b != 0)).isTrue();
            for (int k = 0; k < weights.length; k++) {
                LinearFit alone = model.fit(ElasticNet.of(weights[k], 1), TIGHT);
                assertThat(path.get(k).objective()).isCloseTo(alone.objective(), within(1e-10));
            }
        }
    }

    /** The ridge path by Newton and by rounds of descent is the same. */
    @Test
    void aSmallL1IsNearlyRidge() {
        RandomStream random = RandomStream.of(4, "sparse");
        for (int trial = 0; trial < 4; trial++) {
            SparseModel model = random(random, trial, 40, 6);
            LinearFit ridge = model.fit(Penalty.ridge(0.1), new SolverOptions(1e-13, 100));
            LinearFit nearly = model.fit(new ElasticNet(1e-9, 0.1), TIGHT);
            assertThat(nearly.coefficients().toDoubles()).containsExactly(ridge.coefficients().toDoubles(), within(1e-5));
        }
    }

    @Test
    void twoClassesAreLogisticRegression() {
        RandomStream random = RandomStream.of(5, "sparse");
        Tensor x = GlmProblems.gaussian(random, 50, 6);
        int[] y = new int[50];
        for (int i = 0; i < 50; i++) {
            y[i] = x.get(i, 0) + random.nextGaussian() > 0 ? 1 : 0;
        }
        // the classes' coefficients are opposite: b / 2 each, so the penalty on b is the same
        LinearFit fit = Multinomial.of(x, 2, y).fit(new ElasticNet(0.05, 0.02), TIGHT);
        GlmFit logistic = Glm.fit(GlmProblem.of(Family.BINOMIAL, x, Arrays.stream(y).asDoubleStream().toArray()),
                new ElasticNet(0.05, 0.01), new SolverOptions(1e-11, 1000));
        for (int j = 0; j < 6; j++) {
            assertThat(fit.coefficients().get(j, 1) - fit.coefficients().get(j, 0)).isCloseTo(logistic.coefficients()[j], within(1e-5));
        }
    }

    @Test
    void degenerateData() {
        Tensor x = Tensor.matrix(new double[][] {{1, 2}, {3, 1}, {2, 2}});
        ElasticNet penalty = Penalty.l1(0.1);
        LinearFit censored = Cox.of(x, new double[] {1, 2, 3}, new boolean[3]).fit(penalty, TIGHT);
        assertThat(censored.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(censored.coefficients().doubles()).containsOnly(0);
        LinearFit one = Multinomial.of(x, 3, 1, 1, 1).fit(penalty, TIGHT);
        assertThat(one.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
        assertThat(one.coefficients().doubles()).containsOnly(0);
        LinearFit two = Multinomial.of(x, 3, 2, 0, 2).fit(penalty, TIGHT);
        assertThat(two.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
        assertThat(Multinomial.probabilities(two, x).get(0, 1)).isLessThan(1e-8);
        assertThat(Multinomial.of(Tensor.zeros(4, 0), 2, 0, 0, 0, 1).fit(penalty, TIGHT).intercepts()[0]).isCloseTo(Math.log(3) / 2,
                within(1e-9));
        assertThatThrownBy(() -> Multinomial.of(x, 3, 0, 1, 2).weights(1, 0, 0.1)).hasMessageContaining("count 0");
    }
}
