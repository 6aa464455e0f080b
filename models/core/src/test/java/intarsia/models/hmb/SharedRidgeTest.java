package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.hmb.SharedRidge.Rows;
import intarsia.models.hmb.SharedRidge.Solution;
import intarsia.optim.solve.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedRidgeTest {
    private static List<Rows> tasks(Family family, int p, int... sizes) {
        RandomStream random = RandomStream.of(p, "ridge");
        List<Rows> tasks = new ArrayList<>();
        for (int n : sizes) {
            double[] x = new double[n * p];
            double[] y = new double[n];
            for (int k = 0; k < x.length; k++) {
                x[k] = random.nextGaussian();
            }
            for (int i = 0; i < n; i++) {
                double z = 1 + x[i * p] + random.nextGaussian();
                y[i] = family == Family.GAUSSIAN ? z : z > 0 ? 1 : 0;
            }
            tasks.add(new Rows(family, x, y));
        }
        return tasks;
    }

    /**
     * At the minimum, {@code X_t'(mean - y) + specific w_t = 0}, its sum over tasks is that of {@code shared w_c}, and residuals sum to 0.
     */
    @ParameterizedTest
    @CsvSource({"GAUSSIAN, 1, 1", "GAUSSIAN, 3, 0.1", "GAUSSIAN, 100, 1", "GAUSSIAN, 1, 1000", "BINOMIAL, 1, 1", "BINOMIAL, 10, 0.5",
        "BINOMIAL, 0.5, 500"})
    void theGradientVanishes(Family family, double shared, double specific) {
        for (int p : new int[] {1, 4, 30}) {
            List<Rows> tasks = tasks(family, p, 20, 7, 1);
            Solution solution = new SharedRidge(shared, specific).solve(tasks, p);
            double[] common = new double[p];
            for (int t = 0; t < tasks.size(); t++) {
                Rows rows = tasks.get(t);
                double[] z = solution.linear(t, rows.x());
                double[] own = new double[p];
                double residuals = 0;
                for (int i = 0; i < z.length; i++) {
                    double residual = family.mean(z[i]) - rows.y()[i];
                    residuals += residual;
                    for (int f = 0; f < p; f++) {
                        own[f] += residual * rows.x()[i * p + f];
                    }
                }
                for (int f = 0; f < p; f++) {
                    common[f] += own[f];
                    assertThat(own[f] + specific * solution.specific().get(t)[f]).as("task %s, feature %s", t, f)
                            .isCloseTo(0, within(1e-5));
                }
                assertThat(residuals).as("intercept of task %s", t).isCloseTo(0, within(1e-5));
            }
            for (int f = 0; f < p; f++) {
                assertThat(common[f] + shared * solution.shared()[f]).as("shared, feature %s", f).isCloseTo(0, within(1e-5));
            }
        }
    }

    @Test
    void noCoefficientsAreTheTasksMeans() {
        Solution solution = SharedRidge.NO_COEFFICIENTS.solve(tasks(Family.GAUSSIAN, 2, 5, 3), 2);
        List<Rows> tasks = tasks(Family.GAUSSIAN, 2, 5, 3);
        for (int t = 0; t < 2; t++) {
            double mean = Arrays.stream(tasks.get(t).y()).average().orElseThrow();
            for (double z : solution.linear(t, tasks.get(t).x())) {
                assertThat(z).isCloseTo(mean, within(1e-12));
            }
        }
    }

    /** Coordinates in the rows' span give the same predictions and the same norm of coefficients. */
    @Test
    void theSpanOfRowsLosesNothing() {
        int p = 30;
        List<Rows> tasks = tasks(Family.GAUSSIAN, p, 6, 5);
        double[][] all = tasks.stream().flatMap(task -> Arrays.stream(matrix(task.x(), p))).toArray(double[][]::new);
        RowSpan span = RowSpan.of(all);
        assertThat(span.dimension()).isEqualTo(11);
        List<Rows> reduced = tasks.stream().map(task -> new Rows(task.family(),
                Arrays.stream(span.coordinates(matrix(task.x(), p))).flatMapToDouble(Arrays::stream).toArray(), task.y())).toList();
        Solution direct = new SharedRidge(2, 3).solve(tasks, p);
        Solution inSpan = new SharedRidge(2, 3).solve(reduced, span.dimension());
        assertThat(span.coefficients(inSpan.shared())).containsExactly(direct.shared(), within(1e-10));
        for (int t = 0; t < 2; t++) {
            assertThat(span.coefficients(inSpan.specific().get(t))).containsExactly(direct.specific().get(t), within(1e-10));
        }
        assertThat(inSpan.intercepts()).containsExactly(direct.intercepts(), within(1e-10));
    }

    @Test
    void rowsOfZerosHaveASpanToo() {
        RowSpan span = RowSpan.of(new double[2][5]);
        assertThat(span.coefficients(new double[span.dimension()])).containsExactly(new double[5]);
    }

    private static double[][] matrix(double[] x, int p) {
        double[][] rows = new double[x.length / p][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(x, i * p, (i + 1) * p));
        return rows;
    }
}
