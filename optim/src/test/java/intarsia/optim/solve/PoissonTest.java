package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.Penalty;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is particular to counts; what holds for every family is in GlmTest. */
class PoissonTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-13, 20_000);
    private static final ElasticNet NONE = new ElasticNet(0, 0);

    private static GlmProblem counts() {
        return GlmProblem.of(Family.POISSON, Families.predictors(), Families.column("count"));
    }

    private static double[] logExposure() {
        return Arrays.stream(Families.column("exposure")).map(Math::log).toArray();
    }

    @Test
    void coefficientsAreThoseOfR() {
        GlmProblem offset = counts().withOffsets(logExposure());
        assertFit("poisson", counts(), NONE);
        assertFit("poisson-offset", offset, NONE);
        assertFit("poisson-weighted", offset.withWeights(Families.column("weight")), NONE);
    }

    @Test
    void weightedFitsOfTheOtherFamiliesAreThoseOfR() {
        GlmProblem gaussian = GlmProblem.of(Family.GAUSSIAN, Families.predictors(), Families.column("time"));
        assertFit("gaussian-weighted", gaussian.withWeights(Families.column("weight")), NONE);
        GlmProblem binomial = GlmProblem.of(Family.BINOMIAL, Families.predictors(), Families.column("event"));
        assertFit("binomial-weighted", binomial.withWeights(Families.column("weight")), NONE);
    }

    /** Named after the share of l1 and the weight of the penalty. */
    @Test
    void pathsAreThoseOfGlmnet() {
        for (double share : new double[] {1, 0.5}) {
            double[] weights = {0.5, 0.2, 0.05};
            GlmProblem problem = counts().withOffsets(logExposure());
            for (int k = 0; k < 3; k++) {
                GlmFit fit = Glm.path(problem, share, weights, TIGHT.withTolerance(1e-12)).get(k);
                Families.assertGolden("poisson-glmnet-" + (share == 1 ? "1" : "0.5") + "-" + weights[k],
                        Families.joined(fit.intercept(), fit.coefficients()));
            }
        }
    }

    private static void assertFit(String name, GlmProblem problem, ElasticNet penalty) {
        GlmFit fit = Glm.fit(problem, penalty, TIGHT);
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        Families.assertGolden(name, Families.joined(fit.intercept(), fit.coefficients()));
    }

    /** Half the deviance and its derivatives, near its minimum and far away. */
    @Test
    void lossAndDerivativesAreTheFormulas() {
        for (double y : new double[] {0, 1e-3, 0.5, 1, 7, 1e6}) {
            for (double t : new double[] {-30, -2, -0.13, -0.12, -1e-4, 0, 1e-8, 0.1249, 0.1251, 1, 3}) {
                double eta = t + (y == 0 ? 0 : Math.log(y));
                double expected = y == 0 ? Math.exp(eta) : Math.exp(eta) - y - y * t;
                assertThat(Family.POISSON.loss(y, eta)).isCloseTo(expected, within(1e-15 * Math.max(1, y) * (1 + Math.abs(t) * y)));
                double h = 1e-4;
                double slope = (Family.POISSON.loss(y, eta + h) - Family.POISSON.loss(y, eta - h)) / (2 * h);
                double mean = Family.POISSON.mean(eta);
                assertThat(mean - y).isCloseTo(slope, within(1e-8 * (1 + mean + y)));
                double bend = (Family.POISSON.mean(eta + h) - Family.POISSON.mean(eta - h)) / (2 * h);
                assertThat(Family.POISSON.curvature(mean)).isCloseTo(bend, within(1e-8 * (1 + mean)));
            }
        }
        // (1 + 1e-8) e^-1e-8 - 1 = -5e-17: no digit is left of the plain formula
        assertThat(Family.POISSON.loss(1, 1e-8)).isCloseTo(5e-17, within(1e-24));
    }

    @Test
    void ratesWeightedByExposureAreCountsWithOffsets() {
        double[] exposure = Families.column("exposure");
        double[] rates = Families.column("count");
        for (int i = 0; i < rates.length; i++) {
            rates[i] /= exposure[i];
        }
        double[] ones = new double[rates.length];
        Arrays.fill(ones, 1);
        for (ElasticNet penalty : new ElasticNet[] {NONE, new ElasticNet(5, 2)}) {
            GlmFit byRates = Glm.fit(GlmProblem.of(Family.POISSON, Families.predictors(), rates).withWeights(exposure), penalty, TIGHT);
            GlmFit byCounts = Glm.fit(counts().withWeights(ones).withOffsets(logExposure()), penalty, TIGHT);
            assertThat(byRates.coefficients()).containsExactly(byCounts.coefficients(), within(1e-6));
            assertThat(byRates.intercept()).isCloseTo(byCounts.intercept(), within(1e-6));
        }
    }

    /** Rates are as good in events per day as in events per century: only the intercept moves. */
    @Test
    void ratesMayBeInAnyUnit() {
        GlmFit expected = Glm.fit(counts(), new ElasticNet(0, 0), TIGHT);
        for (double unit : new double[] {1e-15, 1e-9, 1e-3, 1e4, 1e9, 1e15}) {
            double[] y = Arrays.stream(Families.column("count")).map(v -> unit * v).toArray();
            GlmFit fit = Glm.fit(GlmProblem.of(Family.POISSON, Families.predictors(), y), NONE, TIGHT);
            assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(fit.coefficients()).containsExactly(expected.coefficients(), within(1e-6));
            assertThat(fit.intercept()).isCloseTo(expected.intercept() + Math.log(unit), within(1e-6));
            assertThat(fit.iterations()).isLessThanOrEqualTo(expected.iterations() + 1);
        }
    }

    @Test
    void groupsHaveTheirMeans() {
        Tensor x = Tensor.matrix(new double[][] {{0}, {0}, {0}, {1}, {1}});
        GlmFit fit = Glm.fit(GlmProblem.of(Family.POISSON, x, 1, 2, 6, 0, 1), NONE, TIGHT);
        assertThat(fit.intercept()).isCloseTo(Math.log(3), within(1e-7));
        assertThat(fit.coefficients()[0]).isCloseTo(Math.log(0.5 / 3), within(1e-7));
        GlmFit same = Glm.fit(GlmProblem.of(Family.POISSON, x, 4, 4, 4, 4, 4), NONE, TIGHT);
        assertThat(same.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(same.coefficients()[0]).isCloseTo(0, within(1e-9));
        GlmFit row = Glm.fit(GlmProblem.of(Family.POISSON, Tensor.matrix(new double[][] {{3}}), 5), NONE, TIGHT);
        assertThat(row.intercept()).isCloseTo(Math.log(5), within(1e-12));
        assertThat(row.coefficients()[0]).isZero();
    }

    /** A group without any event has no finite rate, unless a penalty holds it; where there are no events at all nothing does. */
    @Test
    void groupsWithoutEventsHaveNoMinimum() {
        RandomStream random = RandomStream.of(3, "no events");
        for (int trial = 0; trial < 20; trial++) {
            Tensor x = Tensor.zeros(12, 2);
            double[] y = new double[12];
            for (int i = 0; i < 12; i++) {
                x.set(i % 3 == 0 ? 1 : 0, i, 0);
                x.set(random.nextGaussian(), i, 1);
                y[i] = i % 3 == 0 ? 0 : 1 + random.nextInt(4);
            }
            GlmProblem problem = GlmProblem.of(Family.POISSON, x, y);
            GlmFit free = Glm.fit(problem, NONE, TIGHT);
            assertThat(free.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
            assertThat(Double.isFinite(free.intercept())).isTrue();
            assertThat(free.coefficients()[0]).isNegative().isGreaterThan(-1e6);
            GlmFit held = Glm.fit(problem, Penalty.ridge(1e-3), TIGHT);
            assertThat(held.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(GlmProblems.violation(problem, 0, 1e-3, held)).isLessThan(1e-6);
            GlmFit none = Glm.fit(GlmProblem.of(Family.POISSON, x, new double[12]), Penalty.ridge(1), TIGHT);
            assertThat(none.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
        }
    }

    @Test
    void aStartBeyondTheRangeOfTheExponentialIsReplaced() {
        GlmFit expected = Glm.fit(counts(), Penalty.l1(0.1), TIGHT.withTolerance(1e-11));
        GlmFit fit = Glm.fit(counts(), Penalty.l1(0.1), TIGHT.withTolerance(1e-11), 0, new double[] {900, 0, 900, 0});
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(fit.coefficients()).containsExactly(expected.coefficients(), within(1e-6));
    }

    @Test
    void negativeCountsAreRefused() {
        assertThatThrownBy(() -> GlmProblem.of(Family.POISSON, Tensor.zeros(2, 1), 3, -1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("glm: response 1 is -1.0; a Poisson response is not negative");
    }
}
