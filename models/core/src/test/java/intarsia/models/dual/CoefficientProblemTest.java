package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The limits that must hold, and each similarity against what it means. */
class CoefficientProblemTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-10, 200_000);
    private static final int WIDTH = 3;
    private static final int OWN = 2;

    @ParameterizedTest
    @EnumSource(Family.class)
    void withoutStrengthEveryTaskIsFittedAlone(Family family) {
        List<EncodedTask> tasks = tasks(family, 4, 0.8);
        for (Similarity similarity : List.of(new Similarity.Group(), new Similarity.Lasso(), new Similarity.Ridge(), new Similarity.Fusion())) {
            Coefficients all = new CoefficientProblem(tasks, similarity, 0, 0.05, TIGHT).solve();
            for (int r = 0; r < tasks.size(); r++) {
                Coefficients alone = new CoefficientProblem(List.of(tasks.get(r)), similarity, 0, 0.05, TIGHT).solve();
                assertThat(all.shared()[r]).as("%s, task %d", similarity, r).containsExactly(alone.shared()[0], within(1e-6));
                assertThat(all.own()[r]).containsExactly(alone.own()[0], within(1e-6));
            }
        }
    }

    @Test
    void aTaskAloneIsRidgeRegression() {
        EncodedTask task = tasks(Family.GAUSSIAN, 1, 0.5).getFirst();
        Coefficients found = new CoefficientProblem(List.of(task), new Similarity.Group(), 0, 0.05, TIGHT).solve();
        int p = OWN + WIDTH + 1;
        double[] gram = new double[p * p];
        double[] right = new double[p];
        for (int i = 0; i < task.rows(); i++) {
            double[] row = new double[p];
            System.arraycopy(task.own()[i], 0, row, 0, OWN);
            System.arraycopy(task.shared()[i], 0, row, OWN, WIDTH);
            row[p - 1] = 1;
            for (int a = 0; a < p; a++) {
                right[a] += row[a] * task.y()[i] / task.rows();
                for (int b = 0; b < p; b++) {
                    gram[a * p + b] += row[a] * row[b] / task.rows();
                }
            }
        }
        for (int a = 0; a < OWN; a++) {
            gram[a * p + a] += 2 * 0.05;
        }
        double[] expected = Cholesky.of(Tensor.of(Shape.of(p, p), gram)).solve(Tensor.vector(right)).doubles();
        assertThat(found.own()[0]).containsExactly(new double[] {expected[0], expected[1]}, within(1e-7));
        assertThat(found.shared()[0]).containsExactly(new double[] {expected[2], expected[3], expected[4]}, within(1e-7));
        assertThat(found.intercepts()[0]).isCloseTo(expected[5], within(1e-7));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void fromTheLargestStrengthOnAllShare(Family family) {
        List<EncodedTask> tasks = tasks(family, 4, 0.8);
        for (Similarity similarity : List.of(new Similarity.Group(), new Similarity.Lasso())) {
            CoefficientProblem problem = new CoefficientProblem(tasks, similarity, 0, 0.05, TIGHT);
            double largest = problem.largestStrength();
            Coefficients above = problem.withStrength(largest * 1.001).solve();
            Coefficients pooled = problem.withStrength(Double.POSITIVE_INFINITY).solve();
            for (int r = 0; r < tasks.size(); r++) {
                assertThat(above.shared()[r]).as("%s", similarity).containsExactly(pooled.shared()[0], within(1e-6));
            }
            Coefficients below = problem.withStrength(largest * 0.99).solve();
            assertThat(IntStream.range(0, tasks.size()).mapToDouble(below::deviation).max().orElseThrow()).as("%s", similarity).isGreaterThan(1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void theSolutionOfGroupIsOptimal(Family family) {
        List<EncodedTask> tasks = tasks(family, 5, 0.6);
        CoefficientProblem free = new CoefficientProblem(tasks, new Similarity.Group(), 0, 0.05, TIGHT);
        CoefficientProblem problem = free.withStrength(free.largestStrength() / 2);
        Coefficients at = problem.solve();
        double[] sum = new double[WIDTH];
        for (int r = 0; r < tasks.size(); r++) {
            double[] byAlpha = new double[OWN];
            double[] byIntercept = new double[1];
            double[] byBeta = new double[WIDTH];
            problem.slopes(r, at.own()[r], at.intercepts()[r], at.shared()[r], byAlpha, byIntercept, byBeta);
            assertThat(byIntercept[0]).isCloseTo(0, within(1e-7));
            for (int j = 0; j < OWN; j++) {
                assertThat(byAlpha[j] + 2 * 0.05 * at.own()[r][j]).isCloseTo(0, within(1e-7));
            }
            if (at.deviation(r) > 1e-9) {
                for (int j = 0; j < WIDTH; j++) {
                    double v = at.shared()[r][j] - at.centers()[0][j];
                    assertThat(byBeta[j] + problem.lambda(r) * v / at.deviation(r)).isCloseTo(0, within(1e-6));
                }
            } else {
                assertThat(Coefficients.norm(byBeta)).isLessThanOrEqualTo(problem.lambda(r) + 1e-7);
            }
            CoefficientProblem.add(1, byBeta, sum);
        }
        assertThat(Coefficients.norm(sum)).as("slope by the center").isLessThan(1e-6);
    }

    @Test
    void theOrderOfTasksDoesNotMatter() {
        List<EncodedTask> tasks = tasks(Family.GAUSSIAN, 4, 0.7);
        for (Similarity similarity : List.of(new Similarity.Group(), new Similarity.Lasso(), new Similarity.Ridge(), new Similarity.Fusion(),
                new Similarity.LowRank(2))) {
            Coefficients one = new CoefficientProblem(tasks, similarity, 0.2, 0.05, TIGHT).solve();
            Coefficients other = new CoefficientProblem(tasks.reversed(), similarity, 0.2, 0.05, TIGHT).solve();
            for (int r = 0; r < tasks.size(); r++) {
                assertThat(other.shared()[tasks.size() - 1 - r]).as("%s", similarity).containsExactly(one.shared()[r],
                        within(similarity instanceof Similarity.LowRank ? 2e-5 : 1e-6));
            }
        }
    }

    @Test
    void noSimilarityEndsWorseThanItsStart() {
        List<EncodedTask> tasks = tasks(Family.GAUSSIAN, 5, 0.7);
        for (Similarity similarity : List.of(new Similarity.Group(), new Similarity.Lasso(), new Similarity.Ridge(), new Similarity.Fusion(),
                new Similarity.Clusters(2), new Similarity.LowRank(2))) {
            CoefficientProblem problem = new CoefficientProblem(tasks, similarity, 0.3, 0.05, new SolverOptions(1e-3, 5));
            Coefficients at = problem.solve();
            double before = problem.objective(at);
            for (int round = 0; round < 3; round++) {
                at = problem.solve(at);
                assertThat(problem.objective(at)).as("%s", similarity).isLessThanOrEqualTo(before + 1e-12);
                before = problem.objective(at);
            }
        }
    }

    @Test
    void fusionJoinsTasksThatAreEqual() {
        List<EncodedTask> tasks = clustered();
        CoefficientProblem problem = new CoefficientProblem(tasks, new Similarity.Fusion(), 1.2, 0.05, new SolverOptions(1e-8, 20_000));
        Coefficients at = problem.solve();
        assertThat(Coefficients.distance(at.shared()[0], at.shared()[1])).isLessThan(1e-6);
        assertThat(Coefficients.distance(at.shared()[2], at.shared()[3])).isLessThan(1e-6);
        assertThat(Coefficients.distance(at.shared()[0], at.shared()[2])).isGreaterThan(0.5);
    }

    @Test
    void clustersFindTheTwoKinds() {
        Coefficients at = new CoefficientProblem(clustered(), new Similarity.Clusters(2), 0.5, 0.05, TIGHT).solve();
        assertThat(at.cluster()[0]).isEqualTo(at.cluster()[1]).isNotEqualTo(at.cluster()[2]);
        assertThat(at.cluster()[2]).isEqualTo(at.cluster()[3]);
    }

    @Test
    void lowRankHasItsRankAndIsFreeAtFullRank() {
        List<EncodedTask> tasks = tasks(Family.GAUSSIAN, 4, 1);
        Coefficients free = new CoefficientProblem(tasks, new Similarity.Group(), 0, 0.05, TIGHT).solve();
        Coefficients full = new CoefficientProblem(tasks, new Similarity.LowRank(WIDTH), 0, 0.05, TIGHT).solve();
        Coefficients one = new CoefficientProblem(tasks, new Similarity.LowRank(1), 0, 0.05, TIGHT).solve();
        for (int r = 0; r < tasks.size(); r++) {
            assertThat(full.shared()[r]).containsExactly(free.shared()[r], within(1e-6));
            assertThat(Math.abs(Coefficients.dot(one.shared()[r], one.shared()[0])))
                    .isCloseTo(Coefficients.norm(one.shared()[r]) * Coefficients.norm(one.shared()[0]), within(1e-9));
        }
    }

    private static List<EncodedTask> clustered() {
        double[][] betas = {{1, 1, 0}, {1, 1, 0}, {-1, 0, 1}, {-1, 0, 1}};
        List<EncodedTask> tasks = new ArrayList<>();
        for (int r = 0; r < betas.length; r++) {
            tasks.add(task(Family.GAUSSIAN, betas[r], 80, RandomStream.of(11, "task/" + r), 0.05));
        }
        return tasks;
    }

    static List<EncodedTask> tasks(Family family, int count, double spread) {
        List<EncodedTask> tasks = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            RandomStream random = RandomStream.of(5, "task/" + r);
            double[] beta = new double[WIDTH];
            for (int j = 0; j < WIDTH; j++) {
                beta[j] = 1 + spread * random.nextGaussian();
            }
            tasks.add(task(family, beta, 40 + 10 * r, random, 0.3));
        }
        return tasks;
    }

    private static EncodedTask task(Family family, double[] beta, int rows, RandomStream random, double noise) {
        double[][] own = new double[rows][OWN];
        double[][] shared = new double[rows][WIDTH];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < OWN; j++) {
                own[i][j] = random.nextGaussian();
            }
            for (int j = 0; j < WIDTH; j++) {
                shared[i][j] = random.nextGaussian();
            }
            double eta = Coefficients.dot(shared[i], beta) + 0.5 * own[i][0] + 0.2;
            y[i] = family == Family.GAUSSIAN ? eta + noise * random.nextGaussian() : random.nextDouble() < family.mean(eta) ? 1 : 0;
        }
        return new EncodedTask(own, shared, y, family);
    }
}
