package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.Penalty;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Responses that a linear predictor separates: no penalty, no minimum. */
class GlmSeparationTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-13, 20_000);

    @Test
    void separableLabelsHaveASolutionWithAPenaltyAndNoneWithout() {
        RandomStream random = RandomStream.of(7, "separable");
        for (int trial = 0; trial < 100; trial++) {
            Tensor x = GlmProblems.gaussian(random, 20, 3);
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
}
