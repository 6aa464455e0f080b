package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.models.response.Alike;
import intarsia.models.response.Likelihood;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ARMUL's convex problem against a separate solver; fusion's largest weight; losses by moments and by rows. */
class ConvexPathTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-11, 200_000);

    /**
     * Proximal gradient without acceleration and with a fixed step, as the methods of ARMUL (Duan &amp; Wang 2023) state it, on second
     * moments.
     */
    static double[][] armul(List<EncodedTask> tasks, double[] lambda) {
        int tasksCount = tasks.size();
        int p = tasks.getFirst().width() + 1;
        double[][][] gram = new double[tasksCount][p][p];
        double[][] cross = new double[tasksCount][p];
        double trace = 0;
        for (int r = 0; r < tasksCount; r++) {
            EncodedTask task = tasks.get(r);
            for (int i = 0; i < task.rows(); i++) {
                double[] z = Arrays.copyOf(task.shared()[i], p);
                z[p - 1] = 1;
                for (int a = 0; a < p; a++) {
                    cross[r][a] += z[a] * task.y()[i] / task.rows();
                    for (int b = 0; b < p; b++) {
                        gram[r][a][b] += z[a] * z[b] / task.rows();
                    }
                }
            }
            for (int a = 0; a < p; a++) {
                trace += gram[r][a][a];
            }
        }
        double step = 1 / (2 * trace);
        double[] center = new double[p - 1];
        double[][] deviation = new double[tasksCount][p - 1];
        double[] intercept = new double[tasksCount];
        for (int iteration = 0; iteration < 400_000; iteration++) {
            double[] byCenter = new double[p - 1];
            for (int r = 0; r < tasksCount; r++) {
                double[] slope = new double[p];
                for (int a = 0; a < p; a++) {
                    slope[a] = gram[r][a][p - 1] * intercept[r] - cross[r][a];
                    for (int b = 0; b < p - 1; b++) {
                        slope[a] += gram[r][a][b] * (center[b] + deviation[r][b]);
                    }
                }
                intercept[r] -= step * slope[p - 1];
                double norm = 0;
                for (int a = 0; a < p - 1; a++) {
                    byCenter[a] += slope[a];
                    deviation[r][a] -= step * slope[a];
                    norm += deviation[r][a] * deviation[r][a];
                }
                double kept = Math.max(0, 1 - step * lambda[r] / Math.sqrt(norm));
                for (int a = 0; a < p - 1; a++) {
                    deviation[r][a] *= norm > 0 ? kept : 0;
                }
            }
            for (int a = 0; a < p - 1; a++) {
                center[a] -= step * byCenter[a];
            }
        }
        double[][] found = new double[tasksCount][p];
        for (int r = 0; r < tasksCount; r++) {
            for (int a = 0; a < p - 1; a++) {
                found[r][a] = center[a] + deviation[r][a];
            }
            found[r][p - 1] = intercept[r];
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.4, 0.8})
    void groupIsArmul(double share) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(Likelihood.SQUARED_ERROR, 5, 0.6).stream()
                .map(task -> new EncodedTask(new double[task.rows()][0], task.shared(), task.y(),
                        Alike.ones(task.rows()), Likelihood.SQUARED_ERROR)).toList();
        CoefficientProblem free = new CoefficientProblem(tasks, new Group(), 0, 0, TIGHT);
        CoefficientProblem problem = free.weight(share * free.largestWeight());
        double[] lambda = new double[tasks.size()];
        Arrays.setAll(lambda, problem::lambda);
        double[][] expected = armul(tasks, lambda);
        Coefficients found = problem.solve().coefficients();
        for (int r = 0; r < tasks.size(); r++) {
            assertThat(found.shared()[r]).as("task %d", r).containsExactly(Arrays.copyOf(expected[r], 3), within(1e-6));
            assertThat(found.intercepts()[r]).isCloseTo(expected[r][3], within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SOFTMAX", mode = EnumSource.Mode.EXCLUDE)
    void fusionSharesFromItsLargestWeightOn(Likelihood likelihood) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(likelihood, 4, 0.8);
        for (List<EncodedTask> some : List.of(tasks, tasks.subList(0, 2))) {
            CoefficientProblem problem = new CoefficientProblem(some, new Fusion(), 0, 0.05, new SolverOptions(1e-9, 20_000));
            double largest = problem.largestWeight();
            Coefficients at = problem.weight(1.01 * largest).solve().coefficients();
            Coefficients pooled = problem.weight(Double.POSITIVE_INFINITY).solve().coefficients();
            for (int r = 0; r < some.size(); r++) {
                assertThat(at.shared()[r]).containsExactly(pooled.shared()[0], within(1e-6));
            }
        }
        // For two tasks it is not only enough but needed.
        CoefficientProblem two = new CoefficientProblem(tasks.subList(0, 2), new Fusion(), 0, 0.05, new SolverOptions(1e-9, 20_000));
        Coefficients below = two.weight(0.98 * two.largestWeight()).solve().coefficients();
        assertThat(Vectors.distance(below.shared()[0], below.shared()[1])).isGreaterThan(1e-4);
    }

    /** Convex problems have one solution, whatever the path to it. */
    @Test
    void aPathGivesTheSolutionsOfEachWeight() {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(Likelihood.SQUARED_ERROR, 4, 0.8);
        for (Similarity similarity : List.of(new Group(), new Lasso(), new Ridge())) {
            CoefficientProblem problem = new CoefficientProblem(tasks, similarity, 0, 0.05, TIGHT);
            double start = problem.pathStart();
            List<Double> weights = new DualEncoder.PenaltyWeight.Path(6, 0.01).ratios().stream().map(ratio -> ratio * start).toList();
            CoefficientPath path = CoefficientPath.of(problem, weights);
            assertThat(path.weights()).isEqualTo(weights);
            for (int i = 0; i < weights.size(); i++) {
                Coefficients alone = problem.weight(weights.get(i)).solve().coefficients();
                for (int r = 0; r < tasks.size(); r++) {
                    assertThat(path.solutions().get(i).coefficients().shared()[r]).as("%s at %g", similarity, weights.get(i))
                            .containsExactly(alone.shared()[r], within(1e-6));
                }
            }
        }
    }

    @Test
    void weightsFallInEqualRatios() {
        assertThat(new DualEncoder.PenaltyWeight.Path(3, 0.01).ratios()).satisfiesExactly(a -> assertThat(a).isEqualTo(1),
                a -> assertThat(a).isCloseTo(0.1, within(1e-12)), a -> assertThat(a).isCloseTo(0.01, within(1e-12)));
        assertThatThrownBy(() -> new DualEncoder.PenaltyWeight.Path(1, 0.01)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path of 1 penalty weights down to 0.01 of the largest: needs at least 2 weights and a ratio between 0 and 1");
        assertThatThrownBy(() -> new DualEncoder.PenaltyWeight.Path(5, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DualEncoder.PenaltyWeight.Fixed(Double.POSITIVE_INFINITY))
                .hasMessage("penalty weight Infinity: must be finite and not negative");
    }

    @Test
    void momentsGiveWhatTheRowsGive() {
        EncodedTask task = CoefficientProblemTest.tasks(Likelihood.SQUARED_ERROR, 1, 0.5).getFirst();
        double[] alpha = {0.3, -0.2};
        double[] beta = {0.5, 1, -0.7};
        double[][] slopes = {new double[2], new double[1], new double[3]};
        double value = task.slopes(alpha, 0.4, beta, slopes[0], slopes[1], slopes[2]);
        assertThat(value).isCloseTo(task.loss(alpha, 0.4, beta), within(1e-12));
        double h = 1e-6;
        for (int j = 0; j < 3; j++) {
            double[] up = beta.clone();
            double[] down = beta.clone();
            up[j] += h;
            down[j] -= h;
            assertThat(slopes[2][j]).isCloseTo((task.loss(alpha, 0.4, up) - task.loss(alpha, 0.4, down)) / (2 * h), within(1e-8));
        }
        assertThat(slopes[1][0]).isCloseTo((task.loss(alpha, 0.4 + h, beta) - task.loss(alpha, 0.4 - h, beta)) / (2 * h), within(1e-8));
        double above = task.loss(new double[] {0.3, -0.2 + h}, 0.4, beta);
        double below = task.loss(new double[] {0.3, -0.2 - h}, 0.4, beta);
        assertThat(slopes[0][1]).isCloseTo((above - below) / (2 * h), within(1e-8));
    }

    /** To second order: the same value and slopes at the point, and curvature by differences of slopes. */
    @ParameterizedTest
    @EnumSource(names = {"BERNOULLI", "POISSON", "NEGATIVE_BINOMIAL", "INTERVAL"})
    void aSecondOrderModelTouchesTheLoss(Likelihood likelihood) {
        EncodedTask task = CoefficientProblemTest.tasks(likelihood, 1, 0.5).getFirst();
        double[] alpha = {0.3, -0.2};
        double[] beta = {0.5, 1, -0.7};
        TaskLoss model = task.secondOrder(alpha, 0.4, beta);
        double[] of = new double[6];
        double[] by = new double[6];
        assertThat(slopes(model, alpha, 0.4, beta, by)).isCloseTo(slopes(task, alpha, 0.4, beta, of), within(1e-12));
        assertThat(by).containsExactly(of, within(1e-12));
        double h = 1e-5;
        double[] up = new double[6];
        double[] down = new double[6];
        slopes(task, alpha, 0.4, new double[] {0.5, 1 + h, -0.7}, up);
        slopes(task, alpha, 0.4, new double[] {0.5, 1 - h, -0.7}, down);
        double[] moved = new double[6];
        slopes(model, alpha, 0.4, new double[] {0.5, 2, -0.7}, moved);
        for (int k = 0; k < 6; k++) {
            assertThat(moved[k] - by[k]).isCloseTo((up[k] - down[k]) / (2 * h), within(1e-8));
        }
        EncodedTask gaussian = CoefficientProblemTest.tasks(Likelihood.SQUARED_ERROR, 1, 0.5).getFirst();
        assertThat(gaussian.secondOrder(alpha, 0.4, beta)).isSameAs(gaussian);
    }

    private static double slopes(TaskLoss loss, double[] alpha, double intercept, double[] beta, double[] all) {
        double[] byAlpha = new double[2];
        double[] byIntercept = new double[1];
        double[] byBeta = new double[3];
        double value = loss.slopes(alpha, intercept, beta, byAlpha, byIntercept, byBeta);
        System.arraycopy(QuadraticLoss.joined(byAlpha, byIntercept[0], byBeta), 0, all, 0, 6);
        return value;
    }

    /** Where second moments cost more than rows do, rows are gone through. */
    @Test
    void moreCoefficientsThanRowsAreSolvedToo() {
        List<EncodedTask> wide = CoefficientProblemTest.tasks(Likelihood.BERNOULLI, 3, 0.5).stream()
                .map(task -> new EncodedTask(Arrays.copyOf(task.taskSpecific(), 5), Arrays.copyOf(task.shared(), 5),
                        Arrays.copyOf(task.y(), 5), Alike.ones(5), Likelihood.BERNOULLI)).toList();
        for (EncodedTask task : wide) {
            assertThat(task.secondOrder(new double[2], 0, new double[3])).isSameAs(task);
        }
        CoefficientSolution at = new CoefficientProblem(wide, new Ridge(), 0.1, 0.05, new SolverOptions(1e-6, 20_000)).solve();
        assertThat(at.converged()).isTrue();
        for (int r = 0; r < 3; r++) {
            double[] of = new double[6];
            slopes(wide.get(r), at.coefficients().taskSpecific()[r], at.coefficients().intercepts()[r], at.coefficients().shared()[r], of);
            assertThat(of[2]).as("slope by the intercept").isCloseTo(0, within(1e-5));
        }
    }
}
