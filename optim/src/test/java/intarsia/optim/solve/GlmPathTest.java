package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.optim.prox.ElasticNet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Paths of penalties and where they begin. */
class GlmPathTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-13, 20_000);

    @Test
    void aPathStartsAtZeroAndEachSolutionIsThatOfItsOwnFit() {
        RandomStream random = RandomStream.of(6, "path");
        for (Family family : Family.values()) {
            for (int trial = 0; trial < 20; trial++) {
                GlmProblem problem = GlmProblems.random(random, family, trial % 3 == 0, 40, trial % 2 == 0 ? 10 : 60)
                        .withWeights(GlmProblems.uniform(40, 1.0 / 40)).withFactors(GlmProblems.uniform(trial % 2 == 0 ? 10 : 60, 1));
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
}
