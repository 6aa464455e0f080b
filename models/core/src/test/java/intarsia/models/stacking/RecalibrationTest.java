package intarsia.models.stacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.response.Alike;
import intarsia.models.response.Classes;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecalibrationTest {
    private static final List<ResponseFamily> FAMILIES = List.of(ResponseFamily.BINARY, new Classes(List.of("a", "b", "c")),
            new Ordered(List.of("0", "1", "2", "3")));

    private static List<ResponseFamily> families() {
        return FAMILIES;
    }

    /** Rows of two tasks whose probabilities are too extreme: true log odds are so many times those predicted. */
    private record Drawn(HeldOutRows rows, double[] predicted) {
        static Drawn of(ResponseFamily family, int n, double... truth) {
            RandomStream random = RandomStream.of(5, family.key());
            double[] predicted = new double[n * family.width()];
            double[] y = new double[n];
            int[] task = new int[n];
            int[] fold = new int[n];
            for (int i = 0; i < n; i++) {
                task[i] = i % truth.length;
                fold[i] = i / 2 % 5;
                double[] p = new double[Math.max(2, family.width())];
                double sum = 0;
                for (int k = 0; k < p.length; k++) {
                    p[k] = Math.exp(2 * random.nextGaussian());
                    sum += p[k];
                }
                double right = 0;
                for (int k = 0; k < p.length; k++) {
                    p[k] /= sum;
                    right += Math.pow(p[k], truth[task[i]]);
                }
                double u = random.nextDouble() * right;
                while ((u -= Math.pow(p[(int) y[i]], truth[task[i]])) > 0) {
                    y[i]++;
                }
                System.arraycopy(p, p.length - family.width(), predicted, i * family.width(), family.width());
            }
            return new Drawn(new HeldOutRows(Collections.nCopies(n, family), y, Alike.ones(n), new double[n], task, fold), predicted);
        }

        Recalibration recalibration() {
            return Recalibration.of(rows, List.of("a", "b"), learned -> predicted);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void theDevianceAndItsSlopesAreThoseOfTheChangedPrediction(ResponseFamily family) {
        Drawn drawn = Drawn.of(family, 40, 1, 1);
        double step = 1e-6;
        for (int row = 0; row < 40; row++) {
            int at = row * family.width();
            double y = drawn.rows.truth()[row];
            double intercept = family.width() == 1 ? 0.3 : 0;
            double[] slopes = new double[2];
            double of = new LogOddsLine(intercept, 0.7).deviance(family, y, drawn.predicted, at, slopes);
            double[] changed = drawn.predicted.clone();
            new LogOddsLine(intercept, 0.7).apply(family, changed, at);
            assertThat(of).isCloseTo(family.deviance(new double[] {y}, 0, changed, at), within(1e-12 + 1e-12 * of));
            double up = new LogOddsLine(intercept, 0.7 * Math.exp(step)).deviance(family, y, drawn.predicted, at, new double[2]);
            double down = new LogOddsLine(intercept, 0.7 * Math.exp(-step)).deviance(family, y, drawn.predicted, at, new double[2]);
            assertThat(slopes[1]).isCloseTo((up - down) / (2 * step), within(1e-7));
            up = new LogOddsLine(intercept + step, 0.7).deviance(family, y, drawn.predicted, at, new double[2]);
            down = new LogOddsLine(intercept - step, 0.7).deviance(family, y, drawn.predicted, at, new double[2]);
            assertThat(slopes[0]).isCloseTo((up - down) / (2 * step), within(1e-7));
            assertThat(Arrays.stream(changed, at, at + family.width()).sum())
                    .isCloseTo(family.width() == 1 ? changed[at] : 1, within(1e-14));
        }
    }

    /** As a graph, up to rounding; probabilities of 0 and 1 included. */
    @ParameterizedTest
    @MethodSource("families")
    void aGraphChangesThemAsNumbersAre(ResponseFamily family) {
        double[] predicted = Drawn.of(family, 20, 1, 1).predicted;
        Arrays.fill(predicted, 0, family.width(), 0);
        predicted[family.width() - 1] = 1;
        LogOddsLine line = new LogOddsLine(family.width() == 1 ? 0.3 : 0, 0.7);
        Graph graph = new Graph();
        Node changed = line.apply(family, graph.constant(Tensor.of(Shape.of(20, family.width()), predicted)));
        double[] expected = predicted.clone();
        for (int row = 0; row < 20; row++) {
            line.apply(family, expected, row * family.width());
        }
        try (Engine engine = Engine.open()) {
            Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), changed);
            plan.run();
            assertThat(plan.get(changed).doubles()).containsExactly(expected, within(1e-14));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void probabilitiesThatAreTooExtremeAreSetRight(ResponseFamily family) {
        Recalibration found = Drawn.of(family, 4_000, 0.5, 0.5).recalibration();
        assertThat(found.gain()).isGreaterThan(2 * found.error());
        found.tasks().values().forEach(line -> {
            assertThat(line.slope()).isCloseTo(0.5, within(0.06));
            assertThat(line.intercept()).isCloseTo(0, within(0.15));
        });
    }

    @Test
    void eachTaskHasALineOfItsOwnWhereItIsAskedFor() {
        Recalibration found = Drawn.of(ResponseFamily.BINARY, 4_000, 0.3, 1.2).recalibration();
        assertThat(found.tasks().get("a").slope()).isCloseTo(0.3, within(0.1));
        assertThat(found.tasks().get("b").slope()).isCloseTo(1.2, within(0.2));
    }

    @ParameterizedTest
    @MethodSource("families")
    void probabilitiesThatAreRightStayAsTheyAre(ResponseFamily family) {
        Recalibration found = Drawn.of(family, 1_000, 1, 1).recalibration();
        assertThat(found.tasks()).isEmpty();
        assertThat(found.gain()).isLessThan(2 * found.error());
        double[] same = {0.2, 0.3, 0.1, 0.4};
        found.apply(family, "a", same);
        assertThat(same).containsExactly(0.2, 0.3, 0.1, 0.4);
    }

    /** The shrunken minimum: no slope is left. */
    @Test
    void linesAreMinima() {
        Drawn drawn = Drawn.of(ResponseFamily.BINARY, 200, 0.4, 1);
        int[] all = IntStream.range(0, 200).toArray();
        double mean = Arrays.stream(all).mapToDouble(i -> drawn.rows.deviance(i, drawn.predicted)).average().orElseThrow();
        LogOddsLine[] lines = Recalibration.lines(drawn.rows, drawn.predicted, all, 100, 2);
        LogOddsLine common = Recalibration.lines(drawn.rows, drawn.predicted, all, Double.POSITIVE_INFINITY, 2)[0];
        for (int t = 0; t < 2; t++) {
            double[] slopes = new double[2];
            for (int i = t; i < 200; i += 2) {
                lines[t].deviance(ResponseFamily.BINARY, drawn.rows.truth()[i], drawn.predicted, i, slopes);
            }
            double pull = 100.0 / 100 * mean;
            assertThat(slopes[0] / 100 + 2 * pull * (lines[t].intercept() - common.intercept())).isCloseTo(0, within(1e-6));
            assertThat(slopes[1] / 100 + 2 * pull * Math.log(lines[t].slope() / common.slope())).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void oneClassOnlyLeavesFiniteLines() {
        int n = 30;
        HeldOutRows rows = new HeldOutRows(Collections.nCopies(n, ResponseFamily.BINARY), new double[n], Alike.ones(n), new double[n],
                new int[n], IntStream.range(0, n).map(i -> i % 3).toArray());
        double[] predicted = new double[n];
        Recalibration found = Recalibration.of(rows, List.of("a"), learned -> predicted);
        assertThat(found.gain()).isFinite();
        assertThatThrownBy(() -> new LogOddsLine(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quantitiesHaveNoProbabilities() {
        HeldOutRows rows = new HeldOutRows(Collections.nCopies(4, ResponseFamily.CONTINUOUS), new double[4], Alike.ones(4), new double[4],
                new int[4], new int[] {0, 1, 0, 1});
        assertThat(Recalibration.of(rows, List.of("a"), learned -> new double[4])).isEqualTo(Recalibration.NONE);
    }
}
