package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.models.response.Alike;
import intarsia.models.response.Likelihood;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each similarity against what it means; what all have in common is in {@link SimilarityTest}. */
class CoefficientProblemTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-10, 200_000);
    private static final int WIDTH = 3;
    private static final int SPECIFIC = 2;

    @Test
    void aTaskAloneIsRidgeRegression() {
        EncodedTask task = tasks(Likelihood.SQUARED_ERROR, 1, 0.5).getFirst();
        Coefficients found = new CoefficientProblem(List.of(task), new Group(), 0, 0.05, TIGHT).solve().coefficients();
        int p = SPECIFIC + WIDTH + 1;
        double[] gram = new double[p * p];
        double[] right = new double[p];
        for (int i = 0; i < task.rows(); i++) {
            double[] row = new double[p];
            System.arraycopy(task.taskSpecific()[i], 0, row, 0, SPECIFIC);
            System.arraycopy(task.shared()[i], 0, row, SPECIFIC, WIDTH);
            row[p - 1] = 1;
            for (int a = 0; a < p; a++) {
                right[a] += row[a] * task.y()[i] / task.rows();
                for (int b = 0; b < p; b++) {
                    gram[a * p + b] += row[a] * row[b] / task.rows();
                }
            }
        }
        for (int a = 0; a < SPECIFIC; a++) {
            gram[a * p + a] += 2 * 0.05;
        }
        double[] expected = Cholesky.of(Tensor.of(Shape.of(p, p), gram)).solve(Tensor.vector(right)).doubles();
        assertThat(found.taskSpecific()[0]).containsExactly(new double[] {expected[0], expected[1]}, within(1e-7));
        assertThat(found.shared()[0]).containsExactly(new double[] {expected[2], expected[3], expected[4]}, within(1e-7));
        assertThat(found.intercepts()[0]).isCloseTo(expected[5], within(1e-7));
    }

    @ParameterizedTest
    @EnumSource(names = "SOFTMAX", mode = EnumSource.Mode.EXCLUDE)
    void belowTheLargestWeightTasksDeviate(Likelihood likelihood) {
        List<EncodedTask> tasks = tasks(likelihood, 4, 0.8);
        for (Similarity similarity : List.of(new Group(), new Lasso())) {
            CoefficientProblem problem = new CoefficientProblem(tasks, similarity, 0, 0.05, TIGHT);
            Coefficients below = problem.weight(problem.largestWeight() * 0.99).solve().coefficients();
            double largest = IntStream.range(0, tasks.size()).mapToDouble(below::deviation).max().orElseThrow();
            assertThat(largest).as("%s", similarity).isGreaterThan(1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SOFTMAX", mode = EnumSource.Mode.EXCLUDE)
    void theSolutionOfGroupIsOptimal(Likelihood likelihood) {
        List<EncodedTask> tasks = tasks(likelihood, 5, 0.6);
        CoefficientProblem free = new CoefficientProblem(tasks, new Group(), 0, 0.05, TIGHT);
        CoefficientProblem problem = free.weight(free.largestWeight() / 2);
        Coefficients at = problem.solve().coefficients();
        double[] sum = new double[WIDTH];
        for (int r = 0; r < tasks.size(); r++) {
            double[] byAlpha = new double[SPECIFIC];
            double[] byIntercept = new double[1];
            double[] byBeta = new double[WIDTH];
            tasks.get(r).slopes(at.taskSpecific()[r], at.intercepts()[r], at.shared()[r], byAlpha, byIntercept, byBeta);
            assertThat(byIntercept[0]).isCloseTo(0, within(1e-7));
            for (int j = 0; j < SPECIFIC; j++) {
                assertThat(byAlpha[j] + 2 * 0.05 * at.taskSpecific()[r][j]).isCloseTo(0, within(1e-7));
            }
            if (at.deviation(r) > 1e-9) {
                for (int j = 0; j < WIDTH; j++) {
                    double v = at.shared()[r][j] - at.centers()[0][j];
                    assertThat(byBeta[j] + problem.lambda(r) * v / at.deviation(r)).isCloseTo(0, within(1e-6));
                }
            } else {
                assertThat(Vectors.norm(byBeta)).isLessThanOrEqualTo(problem.lambda(r) + 1e-7);
            }
            Vectors.add(1, byBeta, sum);
        }
        assertThat(Vectors.norm(sum)).as("slope by the center").isLessThan(1e-6);
    }

    @Test
    void aSolverThatIsCutShortSaysSo() {
        List<EncodedTask> tasks = tasks(Likelihood.SQUARED_ERROR, 5, 0.7);
        for (Similarity similarity : List.of(new Group(), new Lasso(), new Ridge(), new Clusters(2))) {
            for (int most : new int[] {2, 10_000}) {
                CoefficientProblem problem = new CoefficientProblem(tasks, similarity, 0.1, 0.05, new SolverOptions(1e-9, most));
                assertThat(problem.solve().converged()).as("%s, %d iterations", similarity, most).isEqualTo(most > 2);
            }
        }
    }

    @Test
    void fusionJoinsTasksThatAreEqual() {
        CoefficientProblem problem = new CoefficientProblem(clustered(), new Fusion(), 1.2, 0.05, new SolverOptions(1e-8, 20_000));
        Coefficients at = problem.solve().coefficients();
        assertThat(Vectors.distance(at.shared()[0], at.shared()[1])).isLessThan(1e-6);
        assertThat(Vectors.distance(at.shared()[2], at.shared()[3])).isLessThan(1e-6);
        assertThat(Vectors.distance(at.shared()[0], at.shared()[2])).isGreaterThan(0.5);
    }

    @Test
    void clustersFindTheTwoKinds() {
        Coefficients at = new CoefficientProblem(clustered(), new Clusters(2), 0.5, 0.05, TIGHT).solve().coefficients();
        assertThat(at.cluster()[0]).isEqualTo(at.cluster()[1]).isNotEqualTo(at.cluster()[2]);
        assertThat(at.cluster()[2]).isEqualTo(at.cluster()[3]);
    }

    @Test
    void lowRankHasItsRankAndIsFreeAtFullRank() {
        List<EncodedTask> tasks = tasks(Likelihood.SQUARED_ERROR, 4, 1);
        Coefficients free = new CoefficientProblem(tasks, new Group(), 0, 0.05, TIGHT).solve().coefficients();
        Coefficients full = new CoefficientProblem(tasks, new LowRank(WIDTH), 0, 0.05, TIGHT).solve().coefficients();
        Coefficients one = new CoefficientProblem(tasks, new LowRank(1), 0, 0.05, TIGHT).solve().coefficients();
        for (int r = 0; r < tasks.size(); r++) {
            assertThat(full.shared()[r]).containsExactly(free.shared()[r], within(1e-6));
            assertThat(Math.abs(Vectors.dot(one.shared()[r], one.shared()[0])))
                    .isCloseTo(Vectors.norm(one.shared()[r]) * Vectors.norm(one.shared()[0]), within(1e-9));
        }
    }

    private static List<EncodedTask> clustered() {
        double[][] betas = {{1, 1, 0}, {1, 1, 0}, {-1, 0, 1}, {-1, 0, 1}};
        List<EncodedTask> tasks = new ArrayList<>();
        for (int r = 0; r < betas.length; r++) {
            tasks.add(task(Likelihood.SQUARED_ERROR, betas[r], 80, RandomStream.of(11, "task/" + r), 0.05));
        }
        return tasks;
    }

    static List<EncodedTask> tasks(Likelihood likelihood, int count, double spread) {
        List<EncodedTask> tasks = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            RandomStream random = RandomStream.of(5, "task/" + r);
            double[] beta = new double[WIDTH];
            for (int j = 0; j < WIDTH; j++) {
                beta[j] = 1 + spread * random.nextGaussian();
            }
            tasks.add(task(likelihood, beta, 40 + 10 * r, random, 0.3));
        }
        return tasks;
    }

    private static EncodedTask task(Likelihood likelihood, double[] beta, int rows, RandomStream random, double noise) {
        double[][] specific = new double[rows][SPECIFIC];
        double[][] shared = new double[rows][WIDTH];
        int columns = likelihood.columns();
        double[] y = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < SPECIFIC; j++) {
                specific[i][j] = random.nextGaussian();
            }
            for (int j = 0; j < WIDTH; j++) {
                shared[i][j] = random.nextGaussian();
            }
            double eta = Vectors.dot(shared[i], beta) + 0.5 * specific[i][0] + 0.2;
            switch (likelihood) {
                case SQUARED_ERROR -> y[i] = eta + noise * random.nextGaussian();
                case BERNOULLI -> y[i] = random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
                case BERNOULLI_WITH_OFFSET -> {
                    y[2 * i + 1] = random.nextGaussian() / 2;
                    y[2 * i] = random.nextDouble() < 1 / (1 + Math.exp(-eta - y[2 * i + 1])) ? 1 : 0;
                }
                case GROUPED -> {
                    double time = -Math.log(1 - random.nextDouble()) * Math.exp(-eta / 2);
                    y[2 * i] = time < 0.5 ? 0 : time < 1.5 ? 0.5 : 1.5;
                    y[2 * i + 1] = time < 0.5 ? 0.5 : time < 1.5 ? 1 : 0;
                }
                case POISSON -> {
                    y[2 * i] = Math.max(0, Math.rint(Math.exp(eta / 2 + random.nextGaussian() / 2)));
                    y[2 * i + 1] = i % 9 == 0 ? 0 : random.nextDouble(0.5, 2);
                }
                case NEGATIVE_BINOMIAL -> {
                    y[3 * i] = Math.max(0, Math.rint(Math.exp(eta / 2 + random.nextGaussian())));
                    y[3 * i + 1] = random.nextDouble(0.5, 2);
                    y[3 * i + 2] = 0.8;
                }
                case INTERVAL -> {
                    double latent = eta + random.nextGaussian();
                    y[2 * i] = latent < 0 ? -1e3 : latent < 1 ? 0 : 1;
                    y[2 * i + 1] = latent < 0 ? 0 : latent < 1 ? 1 : 1e3;
                }
                default -> throw new IllegalArgumentException(likelihood + ": no rows are drawn for it");
            }
        }
        return new EncodedTask(specific, shared, y, Alike.ones(shared.length), likelihood);
    }
}
