package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ARMUL's convex problem against a solver of its own, paths of strengths, cross-validation. */
class ConvexPathTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-11, 200_000);

    /** Proximal gradient without acceleration and with a fixed step, as the methods of ARMUL (Duan &amp; Wang 2023) state it, on second moments. */
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
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(Family.GAUSSIAN, 5, 0.6).stream()
                .map(task -> new EncodedTask(new double[task.rows()][0], task.shared(), task.y(), Family.GAUSSIAN)).toList();
        CoefficientProblem free = new CoefficientProblem(tasks, new Similarity.Group(), 0, 0, TIGHT);
        CoefficientProblem problem = free.withStrength(share * free.largestStrength());
        double[] lambda = new double[tasks.size()];
        Arrays.setAll(lambda, problem::lambda);
        double[][] expected = armul(tasks, lambda);
        Coefficients found = problem.solve();
        for (int r = 0; r < tasks.size(); r++) {
            assertThat(found.shared()[r]).as("task %d", r).containsExactly(Arrays.copyOf(expected[r], 3), within(1e-6));
            assertThat(found.intercepts()[r]).isCloseTo(expected[r][3], within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void fusionSharesFromItsLargestStrengthOn(Family family) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(family, 4, 0.8);
        for (List<EncodedTask> some : List.of(tasks, tasks.subList(0, 2))) {
            CoefficientProblem problem = new CoefficientProblem(some, new Similarity.Fusion(), 0, 0.05, new SolverOptions(1e-9, 20_000));
            double largest = problem.largestStrength();
            Coefficients at = problem.withStrength(1.01 * largest).solve();
            Coefficients pooled = problem.withStrength(Double.POSITIVE_INFINITY).solve();
            for (int r = 0; r < some.size(); r++) {
                assertThat(at.shared()[r]).containsExactly(pooled.shared()[0], within(1e-6));
            }
        }
        // For two tasks it is not only enough but needed.
        CoefficientProblem two = new CoefficientProblem(tasks.subList(0, 2), new Similarity.Fusion(), 0, 0.05, new SolverOptions(1e-9, 20_000));
        Coefficients below = two.withStrength(0.98 * two.largestStrength()).solve();
        assertThat(Coefficients.distance(below.shared()[0], below.shared()[1])).isGreaterThan(1e-4);
    }

    @Test
    void aPathEndsWhereEachStrengthEndsAlone() {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(Family.GAUSSIAN, 4, 0.8);
        for (Similarity similarity : List.of(new Similarity.Group(), new Similarity.Lasso(), new Similarity.Ridge())) {
            CoefficientProblem problem = new CoefficientProblem(tasks, similarity, 0, 0.05, TIGHT);
            List<Double> strengths = CoefficientPath.falling(problem.pathStart(), 6, 0.01);
            CoefficientPath path = CoefficientPath.of(problem, strengths);
            double apart = -1;
            for (int i = 0; i < strengths.size(); i++) {
                Coefficients alone = problem.withStrength(strengths.get(i)).solve();
                Coefficients onPath = path.solutions().get(i);
                double deviations = 0;
                for (int r = 0; r < tasks.size(); r++) {
                    assertThat(onPath.shared()[r]).as("%s at %g", similarity, strengths.get(i)).containsExactly(alone.shared()[r], within(1e-6));
                    deviations += onPath.deviation(r);
                }
                assertThat(deviations).as("deviations grow as the strength falls").isGreaterThan(apart);
                apart = deviations;
            }
        }
    }

    @Test
    void strengthsFallInEqualRatios() {
        assertThat(CoefficientPath.falling(2, 3, 0.01)).satisfiesExactly(a -> assertThat(a).isEqualTo(2), a -> assertThat(a).isCloseTo(0.2, within(1e-12)),
                a -> assertThat(a).isCloseTo(0.02, within(1e-12)));
        assertThatThrownBy(() -> CoefficientPath.falling(2, 1, 0.01)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CoefficientPath.falling(Double.POSITIVE_INFINITY, 5, 0.01)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void crossValidationSharesWhatIsAlikeAndSeparatesWhatIsNot() {
        CoefficientPath.CrossValidation alike = validated(0);
        CoefficientPath.CrossValidation apart = validated(3);
        assertThat(alike.best()).as("tasks that are alike share").isLessThan(apart.best());
        assertThat(alike.strength()).isGreaterThan(apart.strength() * 4);
        assertThat(apart.loss()[apart.best()]).isLessThan(apart.loss()[0]);
        assertThat(alike.standardError()).hasSize(8).doesNotContain(Double.NaN);
    }

    private static CoefficientPath.CrossValidation validated(double spread) {
        CoefficientProblem problem = new CoefficientProblem(CoefficientProblemTest.tasks(Family.GAUSSIAN, 5, spread), new Similarity.Group(), 0, 0.05,
                new SolverOptions(1e-7, 20_000));
        return CoefficientPath.crossValidate(problem, CoefficientPath.falling(2, 8, 0.001), 5, RandomStream.of(3));
    }

    @Test
    void foldsTakeEveryRowOnce() {
        int[][] folds = Folds.deal(11, 3, RandomStream.of(1));
        assertThat(Arrays.stream(folds).flatMapToInt(Arrays::stream).sorted().toArray()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(Arrays.stream(folds).mapToInt(fold -> fold.length).toArray()).containsExactly(4, 4, 3);
        assertThat(Folds.without(folds, 1)).hasSize(7).doesNotContain(folds[1]);
        assertThatThrownBy(() -> Folds.deal(3, 4, RandomStream.of(1))).hasMessageContaining("4 folds of 3 rows");
    }

    @Test
    void momentsGiveWhatTheRowsGive() {
        EncodedTask task = CoefficientProblemTest.tasks(Family.GAUSSIAN, 1, 0.5).getFirst();
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
        assertThat(slopes[0][1]).isCloseTo((task.loss(new double[] {0.3, -0.2 + h}, 0.4, beta) - task.loss(new double[] {0.3, -0.2 - h}, 0.4, beta))
                / (2 * h), within(1e-8));
    }
}
