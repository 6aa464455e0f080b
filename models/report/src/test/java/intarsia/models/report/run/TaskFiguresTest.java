package intarsia.models.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import intarsia.models.evaluation.JudgedRows;
import intarsia.models.report.Figure;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family shows something of held-out rows. */
class TaskFiguresTest {
    private static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static final List<String> LEVELS = List.of("I", "II", "III");

    static List<ResponseFamily> families() {
        return List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, new Count(false), new Count(true), new Classes(LEVELS),
                new Ordered(LEVELS), new Survival(List.of(1.0, 2.0, 3.0)));
    }

    private static List<Figure> figures(ResponseFamily family, JudgedRows rows) {
        return new TaskFigures("t <b>", "y", Map.of("model", List.of(rows))).figures(family);
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyFamilyHasAPicture(ResponseFamily family) {
        RandomStream random = RandomStream.of(3);
        int n = 60;
        double[] y = new double[n * family.columns()];
        for (int i = 0; i < n; i++) {
            y[i * family.columns()] = family instanceof Survival ? 0.5 + 3 * random.nextDouble() : random.nextInt(2);
            if (family.columns() > 1) {
                y[i * family.columns() + 1] = 1;
            }
        }
        double[] predicted = new double[n * family.width()];
        for (int i = 0; i < n; i++) {
            double[] eta = random.nextGaussian() > 0 ? new double[] {1, 0, 0} : new double[] {-1, 0.5, 0};
            ResponseBaseline baseline = family.baseline(y, ones(n));
            family.respond(eta, 0, baseline, predicted, i * family.width());
        }
        List<Figure> figures = figures(family, JudgedRows.of(family, y, ones(y.length / family.columns()), predicted));
        assertThat(figures).isNotEmpty().allSatisfy(figure -> {
            assertThat(figure.title()).isNotBlank();
            assertThat(figure.caption()).isNotBlank();
            assertThat(figure.svg().contains("<svg")).isTrue();
            assertThat(figure.svg().contains("<b>")).as("names are text").isFalse();
        });
        assertThat(figures(family, JudgedRows.of(family, new double[0], new double[0], new double[0])))
                .as("nothing was held out").isEmpty();
    }

    /** A row of 6 events in 3 years, at a predicted rate of 1.5. */
    @Test
    void eventsAreShownAndNotRates() {
        Figure figure = figures(new Count(true), JudgedRows.of(new Count(true), new double[] {6, 3}, ones(1), new double[] {1.5}))
                .getFirst();
        assertThat(figure.svg()).contains("Observed events against what model predicts");
        assertThat(figure.numbers().rows().getFirst()).startsWith("4.500", "6.000");
    }

    /** By hand: of fifteen rows with risks in order the first five have events at 1, 2, 3, 4 and 5; the third of low risk has none. */
    @Test
    void survivalIsThatOfKaplanAndMeier() {
        Survival family = new Survival(List.of(2.0, 4.0));
        double[] y = new double[45];
        double[] predicted = new double[30];
        for (int i = 0; i < 15; i++) {
            y[3 * i] = i < 5 ? i + 1 : 6;
            y[3 * i + 1] = i < 5 && i != 2 ? 1 : 0;
            predicted[2 * i] = 0.1 + 0.05 * i;
            predicted[2 * i + 1] = 0.05 + 0.05 * i;
        }
        List<List<String>> table = figures(family, JudgedRows.of(family, y, ones(y.length / family.columns()), predicted)).getFirst()
                .numbers().rows();
        assertThat(table).hasSize(6);
        // events at 1 and 2 of five and four, one censored at 3, an event at 4 of two
        assertThat(table.get(4)).startsWith("high risk", "2.000").last().isEqualTo("0.600");
        assertThat(table.get(5)).startsWith("high risk", "4.000").last().isEqualTo("0.300");
        assertThat(table.get(1)).startsWith("low risk", "4.000").last().isEqualTo("1.000");
    }

    /** A row that was held out twice counts once. */
    @Test
    void confusionCountsEachRowOnce() {
        Classes family = new Classes(List.of("a", "b"));
        JudgedRows rows = new JudgedRows(new int[] {0, 1, 0}, new int[] {0, 0, 1}, new double[] {0, 0, 0}, ones(3),
                new double[][] {{0.9, 0.1}, {0.8, 0.2}, {0.3, 0.7}});
        Figure figure = figures(family, rows).getFirst();
        assertThat(figure.numbers().rows().getFirst().toString()).contains("50");
    }
}
