package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.optim.prox.Blocks;
import intarsia.optim.prox.Box;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.GroupLasso;
import intarsia.optim.prox.Penalty;
import intarsia.optim.prox.Simplex;
import intarsia.optim.prox.TraceNorm;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProximalGradientTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-10, 50_000);

    /** The loss of a problem without intercept, as a smooth function. */
    private static Objective loss(GlmProblem problem) {
        return (x, gradient) -> {
            double[] eta = Glm.eta(problem, new GlmFit(0, x, 0, 0, 0, SolverOutcome.CONVERGED));
            Arrays.fill(gradient, 0);
            double sum = 0;
            for (int i = 0; i < eta.length; i++) {
                double w = problem.weights()[i];
                sum += w * problem.family().loss(problem.response()[i], eta[i]);
                double slope = w * (problem.family().mean(eta[i]) - problem.response()[i]);
                for (int j = 0; j < x.length; j++) {
                    gradient[j] += slope * problem.predictors().get(i, j);
                }
            }
            return sum;
        };
    }

    private static GlmProblem problem(RandomStream random, Family family) {
        Tensor x = Tensor.zeros(30, 8);
        double[] y = new double[30];
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 8; j++) {
                x.set(random.nextGaussian(), i, j);
            }
            y[i] = family == Family.BINOMIAL ? random.nextInt(2) : x.get(i, 0) + random.nextGaussian();
        }
        return GlmProblem.of(family, x, y).withoutIntercept();
    }

    @Test
    void itAgreesWithTheSolversOfGeneralizedLinearModels() {
        RandomStream random = RandomStream.of(1, "agree");
        for (int trial = 0; trial < 100; trial++) {
            GlmProblem problem = problem(random, Family.values()[trial % 2]);
            ElasticNet penalty = new ElasticNet(random.nextDouble(0, 0.2), random.nextDouble(0, 0.2));
            var minimum = ProximalGradient.minimize(loss(problem), penalty, new double[8], TIGHT);
            GlmFit fit = Glm.fit(problem, penalty, new SolverOptions(1e-13, 10_000));
            assertThat(minimum.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(minimum.point()).containsExactly(fit.coefficients(), within(1e-6));
            assertThat(minimum.objective()).isCloseTo(fit.objective(), within(1e-11));
        }
    }

    @Test
    void aMinimumIsAFixedPointOfTheProximalStep() {
        RandomStream random = RandomStream.of(2, "fixed point");
        for (int trial = 0; trial < 60; trial++) {
            GlmProblem problem = problem(random, Family.values()[trial % 2]);
            for (Penalty penalty : List.of(Penalty.nonnegative(), new Box(-0.1, 0.2), new Simplex(1), new GroupLasso(0.1, 2),
                    new TraceNorm(0.1, 2, 4), Blocks.of(new Blocks.Block(Penalty.none(), 3), new Blocks.Block(Penalty.l1(0.1), 5)))) {
                double[] start = new double[8];
                for (int j = 0; j < 8; j++) {
                    start[j] = random.nextGaussian();
                }
                var minimum = ProximalGradient.minimize(loss(problem), penalty, start, TIGHT);
                assertThat(minimum.outcome()).as("%s", penalty).isEqualTo(SolverOutcome.CONVERGED);
                double[] gradient = new double[8];
                loss(problem).value(minimum.point(), gradient);
                double[] ahead = new double[8];
                for (int j = 0; j < 8; j++) {
                    ahead[j] = minimum.point()[j] - 0.5 * gradient[j];
                }
                assertThat(penalty.prox(ahead, 0.5)).as("%s", penalty).containsExactly(minimum.point(), within(1e-8));
            }
        }
    }

    @Test
    void anIllConditionedLeastSquaresProblemIsSolved() {
        RandomStream random = RandomStream.of(3, "ill-conditioned");
        GlmProblem problem = problem(random, Family.GAUSSIAN);
        for (int i = 0; i < 30; i++) {
            problem.predictors().set(problem.predictors().get(i, 0) + 0.03 * problem.predictors().get(i, 1), i, 1);
        }
        var minimum = ProximalGradient.minimize(loss(problem), Penalty.none(), new double[8], TIGHT);
        double[] expected = LeastSquares.of(problem.predictors(), Tensor.vector(problem.response())).solution().doubles();
        assertThat(minimum.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(minimum.point()).containsExactly(expected, within(1e-5));
    }

    @Test
    void theLimitIsKeptAndTheObjectiveNeverRises() {
        GlmProblem problem = problem(RandomStream.of(4, "limit"), Family.BINOMIAL);
        double last = Double.POSITIVE_INFINITY;
        for (int limit = 1; limit < 40; limit++) {
            var minimum = ProximalGradient.minimize(loss(problem), Penalty.l1(0.01), new double[8], new SolverOptions(1e-14, limit));
            assertThat(minimum.iterations()).isLessThanOrEqualTo(limit);
            assertThat(minimum.objective()).isLessThanOrEqualTo(last * (1 + 1e-14));
            last = minimum.objective();
        }
        int needed = ProximalGradient.minimize(loss(problem), Penalty.l1(0.01), new double[8], SolverOptions.DEFAULT).iterations();
        assertThat(ProximalGradient.minimize(loss(problem), Penalty.l1(0.01), new double[8], new SolverOptions(1e-8, needed)).outcome())
                .isEqualTo(SolverOutcome.CONVERGED);
        assertThat(ProximalGradient.minimize(loss(problem), Penalty.l1(0.01), new double[8], new SolverOptions(1e-8, needed - 1)).outcome())
                .isEqualTo(SolverOutcome.LIMIT_REACHED);
        var at = ProximalGradient.minimize(loss(problem), Penalty.l1(0.01), new double[8], TIGHT);
        assertThat(ProximalGradient.minimize(loss(problem), Penalty.l1(0.01), at.point(), new SolverOptions(1e-6, 5)).outcome())
                .isEqualTo(SolverOutcome.CONVERGED);
    }

    /** {@code sum_i a_i (x_i - i)^2 / 2}. */
    private static Objective quadratic(double... a) {
        return (x, gradient) -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                gradient[i] = a[i] * (x[i] - i);
                sum += gradient[i] * (x[i] - i) / 2;
            }
            return sum;
        };
    }

    @Test
    void theScaleOfTheObjectiveDoesNotMatter() {
        for (double scale : new double[] {1e-100, 1e-12, 1, 1e12, 1e100}) {
            var minimum = ProximalGradient.minimize(quadratic(scale, 2 * scale, 5 * scale), Penalty.l1(scale), new double[] {4, 4, 4},
                    TIGHT);
            assertThat(minimum.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(minimum.residual()).isLessThanOrEqualTo(1e-10 * scale * Math.sqrt(16 + 36 + 100));
            assertThat(minimum.point()).containsExactly(new double[] {0, 0.5, 1.8}, within(1e-9));
        }
    }

    @Test
    void aStartWhereTheLossIsLowestIsLeftForThePenaltysSake() {
        for (double scale : new double[] {1, 1e6}) {
            var minimum = ProximalGradient.minimize(quadratic(scale, scale, scale), Penalty.l1(scale / 4), new double[] {0, 1, 2}, TIGHT);
            assertThat(minimum.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(minimum.point()).containsExactly(new double[] {0, 0.75, 1.75}, within(1e-9));
        }
        var there = ProximalGradient.minimize(quadratic(1, 1, 1), Penalty.none(), new double[] {0, 1, 2}, TIGHT);
        assertThat(there.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(there.point()).containsExactly(0, 1, 2);
    }

    /** Without momentum, steps would be of the order of the condition number, not of its root. */
    @Test
    void accelerationTakesAboutTheRootOfTheConditionNumber() {
        for (double condition : new double[] {1e2, 1e4, 1e6}) {
            double[] a = new double[20];
            for (int i = 0; i < 20; i++) {
                a[i] = Math.pow(condition, -i / 19.0);
            }
            var minimum = ProximalGradient.minimize(quadratic(a), Penalty.none(), new double[20], TIGHT);
            assertThat(minimum.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(minimum.iterations()).as("condition %s", condition).isLessThan((int) (20 * Math.sqrt(condition)));
        }
    }

    @Test
    void aStartOutsideTheConstraintIsBroughtWithinFirst() {
        // -log x + x is not defined at the start
        var minimum = ProximalGradient.minimize((x, gradient) -> {
            gradient[0] = 1 - 1 / x[0];
            return x[0] - Math.log(x[0]);
        }, new Box(0.5, 3), new double[] {-1}, TIGHT);
        assertThat(minimum.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(minimum.point()).containsExactly(new double[] {1}, within(1e-9));
    }

    @Test
    void stepsBeyondWhereTheLossIsDefinedAreShortened() {
        // the first step is as long as the interval
        var minimum = ProximalGradient.minimize((x, gradient) -> {
            gradient[0] = -1 / x[0] + 1 / (3 * (1 - x[0]));
            return -Math.log(x[0]) - Math.log(1 - x[0]) / 3;
        }, Penalty.none(), new double[] {1e-3}, TIGHT);
        assertThat(minimum.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(minimum.point()).containsExactly(new double[] {0.75}, within(1e-6));
    }

    @Test
    void whereNoStepHelpsTheStartIsReturned() {
        double[] start = {3};
        var undefined = ProximalGradient.minimize((x, gradient) -> {
            gradient[0] = 1;
            return x[0] == 3 ? 3 : Double.NaN;
        }, Penalty.none(), start, TIGHT);
        var wrong = ProximalGradient.minimize((x, gradient) -> {
            gradient[0] = -1;
            return x[0];
        }, Penalty.none(), start, TIGHT);
        for (ProximalGradient.Minimum minimum : List.of(undefined, wrong)) {
            assertThat(minimum.outcome()).isEqualTo(SolverOutcome.LIMIT_REACHED);
            assertThat(minimum.point()).containsExactly(3);
            assertThat(minimum.objective()).isEqualTo(3);
        }
    }
}
