package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Moments;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.hmb.SharedRidge.Rows;
import intarsia.models.hmb.SharedRidge.Solution;
import intarsia.models.response.Alike;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SharedRidgeTest {
    private static final ResponseFamily CLASSES = new Classes(List.of("A", "B", "C"));
    private static final List<ResponseFamily> FAMILIES = List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, new Count(false),
            new Count(true), new Ordered(List.of("low", "middle", "high")), new Survival(List.of(1.0)), CLASSES,
            new Classes(List.of("yes", "no")));

    /** Tasks of so many rows; those of fewer than three have but one class, level or no event. */
    private static List<Rows> tasks(ResponseFamily family, int p, int... sizes) {
        RandomStream random = RandomStream.of(p, "ridge");
        List<Rows> tasks = new ArrayList<>();
        for (int n : sizes) {
            double[][] x = new double[n][p];
            double[] y = new double[n * family.columns()];
            for (int k = 0; k < n * p; k++) {
                x[k / p][k % p] = random.nextGaussian();
            }
            for (int i = 0; i < n; i++) {
                respond(family, n < 3 ? -9 : 1 + x[i][0] + random.nextGaussian(), random, y, i * family.columns());
            }
            tasks.add(new Rows(family, x, new ResponseEncoding(Moments.NONE, Alike.baseline(family, y)).encode(family, y)));
        }
        return tasks;
    }

    private static void respond(ResponseFamily family, double z, RandomStream random, double[] y, int at) {
        switch (family) {
            case Count(boolean exposure) -> {
                y[at] = Math.max(0, Math.rint(2 * z));
                if (exposure) {
                    y[at + 1] = random.nextDouble(0.5, 2);
                }
            }
            case Survival _ -> {
                y[at] = Math.exp(-z / 2) * random.nextDouble(0.5, 2);
                y[at + 1] = z > -1 ? 1 : 0;
                y[at + 2] = random.nextInt(2) * y[at] / 3;
            }
            case Ordered _ -> y[at] = z > 2 ? 2 : z > 0 ? 1 : 0;
            case Classes(List<String> levels) -> y[at] = z > 2 ? levels.size() - 1 : z > 0 ? 1 : 0;
            default -> y[at] = family == ResponseFamily.BINARY ? (z > 0 ? 1 : 0) : z;
        }
    }

    static Stream<Arguments> ridges() {
        return FAMILIES.stream().flatMap(family -> Stream.of(new SharedRidge(1, 1), new SharedRidge(3, 0.1), new SharedRidge(100, 1),
                new SharedRidge(0.5, 500)).map(ridge -> Arguments.of(family, ridge)));
    }

    /**
     * At the minimum, {@code X_t' slopes + specific w_t = 0}, its sum over tasks is that of {@code shared w_c}, and slopes sum to 0; for
     * each linear predictor.
     */
    @ParameterizedTest
    @MethodSource("ridges")
    void theGradientVanishes(ResponseFamily family, SharedRidge ridge) {
        for (int p : new int[] {1, 4, 30}) {
            requireMinimum(ridge, tasks(family, p, 20, 7, 1), p);
        }
    }

    /** From the minimum of another ridge, its losses are those of the minimum to four digits and more. */
    @ParameterizedTest
    @MethodSource("ridges")
    void nearTheMinimumLossesAreTheMinimums(ResponseFamily family, SharedRidge ridge) {
        List<Rows> tasks = tasks(family, 4, 60, 40);
        List<Solution> from = new SharedRidge(10 * ridge.shared(), 10 * ridge.specific()).solve(tasks, 4);
        List<Solution> minimum = ridge.solve(tasks, 4);
        List<Solution> near = ridge.near(tasks, 4, from);
        for (int t = 0; t < tasks.size(); t++) {
            double[] losses = minimum.get(t).losses(tasks.get(t));
            double mean = Arrays.stream(losses).map(Math::abs).sum() / losses.length;
            assertThat(near.get(t).losses(tasks.get(t))).containsExactly(losses, within(1e-2 * mean));
            assertThat(Arrays.stream(near.get(t).losses(tasks.get(t))).sum()).isCloseTo(Arrays.stream(losses).sum(),
                    within(1e-4 * losses.length * mean));
        }
    }

    private static void requireMinimum(SharedRidge ridge, List<Rows> tasks, int p) {
        List<Solution> solutions = ridge.solve(tasks, p);
        int predictors = tasks.getFirst().predictors();
        double[] common = new double[p * predictors];
        for (int t = 0; t < tasks.size(); t++) {
            Rows rows = tasks.get(t);
            double[] slopes = slopes(rows, solutions.get(t).linear(rows.x()));
            double[] own = new double[p * predictors];
            double[] sums = new double[predictors];
            for (int i = 0; i < slopes.length; i++) {
                sums[i % predictors] += slopes[i];
                for (int f = 0; f < p; f++) {
                    own[f * predictors + i % predictors] += slopes[i] * rows.x()[i / predictors][f];
                }
            }
            for (int f = 0; f < own.length; f++) {
                common[f] += own[f];
                assertThat(own[f] + ridge.specific() * solutions.get(t).specific()[f]).as("task %s, feature %s", t, f)
                        .isCloseTo(0, within(1e-5));
            }
            assertThat(sums).as("intercepts of task %s", t).containsExactly(new double[predictors], within(1e-5));
        }
        for (int f = 0; f < common.length; f++) {
            assertThat(common[f] + ridge.shared() * solutions.getFirst().shared()[f]).as("shared, feature %s", f)
                    .isCloseTo(0, within(1e-5));
        }
    }

    /** Derivatives of the losses by differences, which know nothing of {@link intarsia.models.response.Likelihood#expand}. */
    private static double[] slopes(Rows rows, double[] eta) {
        int predictors = rows.predictors();
        double[] slopes = new double[eta.length];
        for (int i = 0; i < eta.length; i++) {
            int row = i / predictors;
            double[] moved = Arrays.copyOfRange(eta, row * predictors, (row + 1) * predictors);
            int at = row * rows.family().learned();
            double step = 1e-5;
            moved[i % predictors] = eta[i] + step;
            double above = rows.family().likelihood().loss(rows.y(), at, moved, 0, predictors);
            moved[i % predictors] = eta[i] - step;
            slopes[i] = (above - rows.family().likelihood().loss(rows.y(), at, moved, 0, predictors)) / (2 * step);
        }
        return slopes;
    }

    /** Logistic regression and that of two classes are one thing: linear predictors of classes differ by the log odds. */
    @Test
    void twoClassesAreLogisticRegression() {
        List<Rows> binary = tasks(ResponseFamily.BINARY, 4, 20, 15);
        ResponseFamily family = new Classes(List.of("no", "yes"));
        List<Rows> classes = binary.stream().map(rows -> new Rows(family, rows.x(),
                ResponseEncoding.NONE.encode(family, rows.y()))).toList();
        // ||w||^2 of each class is a quarter of that of the log odds, and there are two of them.
        List<Solution> one = new SharedRidge(1, 2).solve(binary, 4);
        List<Solution> two = new SharedRidge(2, 4).solve(classes, 4);
        for (int t = 0; t < 2; t++) {
            double[] odds = one.get(t).linear(binary.get(t).x());
            double[] eta = two.get(t).linear(binary.get(t).x());
            for (int i = 0; i < odds.length; i++) {
                assertThat(eta[2 * i + 1] - eta[2 * i]).isCloseTo(odds[i], within(1e-6));
            }
        }
    }

    /** Tasks of other responses have nothing in common with those of classes. */
    @Test
    void onlyTasksWithLikeResponsesShare() {
        List<Rows> counts = tasks(new Count(true), 4, 20, 15);
        List<Rows> survival = tasks(new Survival(List.of(1.0)), 4, 17);
        List<Rows> classes = tasks(CLASSES, 4, 18, 12);
        SharedRidge ridge = new SharedRidge(1, 2);
        List<Solution> mixed = ridge.solve(List.of(classes.get(0), counts.get(0), survival.get(0), classes.get(1), counts.get(1)), 4);
        List<Solution> single = ridge.solve(List.of(counts.get(0), survival.get(0), counts.get(1)), 4);
        List<Solution> ofClasses = ridge.solve(classes, 4);
        List<Solution> expected = List.of(ofClasses.get(0), single.get(0), single.get(1), ofClasses.get(1), single.get(2));
        for (int t = 0; t < 5; t++) {
            assertThat(mixed.get(t).shared()).isEqualTo(expected.get(t).shared());
            assertThat(mixed.get(t).specific()).isEqualTo(expected.get(t).specific());
            assertThat(mixed.get(t).intercepts()).isEqualTo(expected.get(t).intercepts());
        }
    }

    /** Of rows that are all alike: the mean, log odds and shares; a linear predictor of 0 where a baseline has them. */
    @Test
    void noCoefficientsAreTheTasksMeans() {
        for (ResponseFamily family : FAMILIES) {
            List<Rows> tasks = tasks(family, 2, 25, 13);
            List<Solution> solutions = SharedRidge.NO_COEFFICIENTS.solve(tasks, 2);
            for (int t = 0; t < 2; t++) {
                Rows rows = tasks.get(t);
                double[] eta = solutions.get(t).linear(rows.x());
                for (int k = 0; k < rows.predictors(); k++) {
                    double expected = switch (family) {
                        case Classes _ -> mean(rows, k);
                        case Count _ -> eta[k];
                        case Ordered _, Survival _ -> 0;
                        default -> mean(rows, 0);
                    };
                    double found = switch (family) {
                        case Classes _ -> Math.exp(eta[k]) / Arrays.stream(eta, 0, rows.predictors()).map(Math::exp).sum();
                        default -> family == ResponseFamily.BINARY ? 1 / (1 + Math.exp(-eta[k])) : eta[k];
                    };
                    // a closed form; the others are reached by Newton steps
                    double tolerance = family == ResponseFamily.CONTINUOUS ? 1e-12 : 1e-6;
                    assertThat(found).as("%s, %d", family, k).isCloseTo(expected, within(tolerance));
                }
                if (family instanceof Count) {
                    // overdispersed ones weigh rows by what is expected of them
                    assertThat(IntStream.range(0, rows.count()).mapToDouble(i -> family.likelihood().slope(rows.y(), 3 * i, eta[i])).sum())
                            .as("%s", family).isCloseTo(0, within(1e-6));
                }
            }
        }
    }

    private static double mean(Rows rows, int column) {
        double sum = 0;
        for (int i = 0; i < rows.count(); i++) {
            sum += rows.y()[i * rows.family().learned() + column];
        }
        return sum / rows.count();
    }

    /** A class that no row has, no event, events where nothing was expected: numbers, and none that is not finite. */
    @Test
    void whatWasNeverSeenGivesNumbers() {
        for (ResponseFamily family : FAMILIES) {
            for (Solution solution : new SharedRidge(1, 1).solve(tasks(family, 3, 2, 1, 2), 3)) {
                for (double[] numbers : List.of(solution.shared(), solution.specific(), solution.intercepts())) {
                    assertThat(Arrays.stream(numbers).allMatch(Double::isFinite)).as("%s", family).isTrue();
                }
            }
        }
        Rows impossible = new Rows(new Count(true), new double[][] {{1}, {2}}, new double[] {1, 1e-300, 1, 2, 1e-300, 0x1p-60});
        Solution solution = new SharedRidge(1, 1).solve(List.of(impossible), 1).getFirst();
        assertThat(solution.linear(impossible.x())[0]).isFinite();
    }

    /** Coordinates in the rows' span give the same predictions and the same norm of coefficients. */
    @Test
    void theSpanOfRowsLosesNothing() {
        int p = 30;
        List<Rows> tasks = tasks(ResponseFamily.CONTINUOUS, p, 6, 5);
        double[][] all = tasks.stream().flatMap(task -> Arrays.stream(task.x())).toArray(double[][]::new);
        RowSpan span = RowSpan.of(all);
        assertThat(span.dimension()).isEqualTo(11);
        List<Rows> reduced = tasks.stream().map(task -> new Rows(task.family(),
                span.coordinates(task.x()), task.y())).toList();
        List<Solution> direct = new SharedRidge(2, 3).solve(tasks, p);
        List<Solution> inSpan = new SharedRidge(2, 3).solve(reduced, span.dimension());
        for (int t = 0; t < 2; t++) {
            assertThat(span.coefficients(inSpan.get(t).shared())).containsExactly(direct.get(t).shared(), within(1e-10));
            assertThat(span.coefficients(inSpan.get(t).specific())).containsExactly(direct.get(t).specific(), within(1e-10));
            assertThat(inSpan.get(t).intercepts()).containsExactly(direct.get(t).intercepts(), within(1e-10));
        }
    }

    @Test
    void rowsOfZerosHaveASpanToo() {
        RowSpan span = RowSpan.of(new double[2][5]);
        assertThat(span.coefficients(new double[span.dimension()])).containsExactly(new double[5]);
    }
}
