package intarsia.models.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.SharedPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.explanation.Explanation.By;
import intarsia.models.gp.MultitaskGp;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts in closed form where the model is linear, and what holds of all. */
class ExplanationTest {
    private static Explanation explained(Model model, String task, Observations rows) {
        return explained(model, task, rows, By.SOURCE);
    }

    private static Explanation explained(Model model, String task, Observations rows, By by) {
        try (Engine engine = Engine.open(); BoundModel bound = model.bind(engine)) {
            return Explanation.of(model, bound, task, rows, by, RandomStream.of(1));
        }
    }

    private static double[] eta(Model model, String task, Observations rows) {
        return model.response(task).linear(model.predict(task, rows));
    }

    private static Observations moved(Observations rows, Source source, int column, double by) {
        Map<Source, double[][]> blocks = new LinkedHashMap<>(rows.blocks());
        blocks.put(source, Arrays.stream(rows.blocks().get(source)).map(double[]::clone).peek(row -> row[column] += by)
                .toArray(double[][]::new));
        return new Observations(rows.rows(), blocks);
    }

    private static double mean(TaskSet data, String task, Source source, int column) {
        return Arrays.stream(data.task(task).cells().get(source)).mapToDouble(row -> row[column]).average().orElseThrow();
    }

    /** {@code beta_j (x_j - mean_j)}, the slopes being what the model says one unit farther; of a source their sum. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLinearModelsPartsAreSlopesTimesDistancesFromTheMean(boolean binary) {
        TaskSet data = Exams.data(120, binary);
        Model model = Regression.DEFAULT.fit(data, 1).orThrow();
        Observations rows = Observations.of(data.task("with"), IntStream.range(0, 9).toArray());
        Explanation bySource = explained(model, "with", rows);
        Explanation byColumn = explained(model, "with", rows, By.COLUMN);
        assertThat(bySource.names()).containsExactly("blood", "exam");
        assertThat(byColumn.names()).containsExactly("blood: iron", "blood: salt", "exam: age", "exam: sex", "exam: spare");
        double[] eta = eta(model, "with", rows);
        for (int s = 0; s < 2; s++) {
            Source source = bySource.sources().get(s);
            double[] sum = new double[rows.size()];
            for (int j = 0; j < source.columns().size(); j++) {
                // A binary cell can be 0 or 1 only: its slope is that between the two.
                boolean twoValued = source.columns().get(j).kind() != Column.Kind.CONTINUOUS;
                double[] up = eta(model, "with", twoValued ? flipped(rows, source, j) : moved(rows, source, j, 0.5));
                double[] right = new double[rows.size()];
                for (int i = 0; i < right.length; i++) {
                    double x = rows.blocks().get(source)[i][j];
                    double slope = (up[i] - eta[i]) / (twoValued ? 1 - 2 * x : 0.5);
                    right[i] = slope * (x - mean(data, "with", source, j));
                    sum[i] += right[i];
                }
                int player = byColumn.names().indexOf(source.name() + ": " + source.columns().get(j).name());
                assertThat(byColumn.own()[player]).as(source.columns().get(j).name()).containsExactly(right, within(1e-9));
            }
            assertThat(bySource.own()[s]).containsExactly(sum, within(1e-9));
            assertThat(bySource.shared()[s]).as("tasks have regressions of their own").containsOnly(0);
        }
        assertThat(bySource.largestError()).isZero();
        assertThat(byColumn.largestError()).isZero();
    }

    /** Eight columns of a process that is not additive: orders are drawn, errors say so, and sums are exact none the less. */
    @Test
    void drawnPartsAddUpAndStateTheirErrors() {
        TaskSet data = Exams.wide(40);
        Model gp = MultitaskGp.options().search(new MultitaskGp.Search(1, 5, 400, 1_000)).fit(data, 1).orThrow();
        Observations rows = Observations.of(data.task("wide"), new int[] {0, 1, 2, 3});
        Explanation parts = explained(gp, "wide", rows, By.COLUMN);
        assertThat(parts.players()).hasSize(8);
        assertThat(parts.largestError()).isPositive();
        for (int i = 0; i < 4; i++) {
            int at = i;
            double sum = parts.baseline()[i] + IntStream.range(0, 8).mapToDouble(player -> parts.part(player, at)).sum();
            assertThat(sum).isCloseTo(parts.prediction()[i], within(1e-9));
            assertThat(parts.error(i)).isLessThanOrEqualTo(parts.largestError());
        }
        try (Engine engine = Engine.open(); BoundModel bound = gp.bind(engine)) {
            CellGame game = new CellGame(data.task("wide").family(), bound, null, "wide", rows, parts.players());
            Shapley exact = Shapley.exact(8, game::worth);
            for (int player = 0; player < 8; player++) {
                for (int i = 0; i < 4; i++) {
                    assertThat(parts.part(player, i)).as("within its error").isCloseTo(exact.values()[player][i],
                            within(6 * parts.error()[player][i] + 1e-9));
                }
            }
        }
    }

    /** A cell that is not there has no part, whatever the model makes of the others. */
    @ParameterizedTest
    @EnumSource(By.class)
    void aMissingCellHasNoPart(By by) {
        TaskSet data = Exams.wide(40);
        Model model = Regression.DEFAULT.fit(data, 1).orThrow();
        Observations rows = Observations.of(data.task("wide"), new int[] {0, 1});
        double[][] block = Arrays.stream(rows.blocks().get(Exams.WIDE)).map(double[]::clone).toArray(double[][]::new);
        block[1][2] = Double.NaN;
        Explanation parts = explained(model, "wide", new Observations(rows.rows(), Map.of(Exams.WIDE, block)), by);
        assertThat(by == By.SOURCE ? 0 : parts.part(2, 1)).isZero();
        assertThat(parts.part(0, 1)).isNotZero();
    }

    private static Observations flipped(Observations rows, Source source, int column) {
        Map<Source, double[][]> blocks = new LinkedHashMap<>(rows.blocks());
        blocks.put(source, Arrays.stream(rows.blocks().get(source)).map(double[]::clone).peek(row -> row[column] = 1 - row[column])
                .toArray(double[][]::new));
        return new Observations(rows.rows(), blocks);
    }

    @Test
    void whatWasNotMeasuredHasNoPart() {
        TaskSet data = Exams.data(60, true);
        Model model = Regression.DEFAULT.fit(data, 1).orThrow();
        Observations rows = Observations.of(data.task("with"), new int[] {0, 1, 2});
        Map<Source, double[][]> blocks = new LinkedHashMap<>(rows.blocks());
        double[][] blood = rows.blocks().get(Exams.BLOOD).clone();
        blood[1] = new double[] {Double.NaN, Double.NaN};
        blocks.put(Exams.BLOOD, blood);
        Explanation parts = explained(model, "with", new Observations(rows.rows(), blocks));
        assertThat(parts.part(0, 1)).isZero();
        assertThat(parts.part(0, 0)).isNotZero();
        Explanation elsewhere = explained(model, "without", Observations.of(data.task("without"), new int[] {0}));
        assertThat(elsewhere.sources()).as("not in the rows").containsExactly(Exams.EXAM);
    }

    /** Rows explained together have the parts that they have alone, to the bit. */
    @Test
    void aRowsPartsAreItsOwn() {
        TaskSet data = Exams.data(60, true);
        Model model = Regression.POOLED.fit(data, 1).orThrow();
        Observations rows = Observations.of(data.task("with"), new int[] {3, 4, 5});
        Explanation together = explained(model, "with", rows);
        for (int i = 0; i < 3; i++) {
            Explanation alone = explained(model, "with", rows.select(new int[] {i}));
            for (int s = 0; s < 2; s++) {
                assertThat(alone.part(s, 0)).isEqualTo(together.part(s, i));
            }
        }
        assertThat(together.own(0)).as("one regression for all tasks has no own part").isZero();
    }

    /** Of normal responses: the shared function alone, and what is added to it, are both in the sum of kernels. */
    @Test
    void aGaussianProcessIsItsSharedAndItsOwnFunction() {
        TaskSet data = Exams.data(40, false);
        Model gp = MultitaskGp.options().search(new MultitaskGp.Search(1, 20, 400, 1_000)).fit(data, 1).orThrow();
        Task task = data.task("with");
        Observations rows = Observations.of(task, new int[] {0, 1, 2, 3});
        Explanation parts = explained(gp, "with", rows);
        double[] eta = gp.predict("with", rows);
        for (int i = 0; i < 4; i++) {
            double sum = parts.baseline()[i] + parts.shared(i) + parts.own(i);
            assertThat(sum).isCloseTo(eta[i], within(1e-9));
        }
        assertThat(IntStream.range(0, 4).anyMatch(i -> Math.abs(parts.shared(i)) > 0.05)).as("something is shared").isTrue();
        try (Engine engine = Engine.open(); BoundModel bound = gp.bind(engine)) {
            SharedPredictor.Both both = ((SharedPredictor) bound).predictBoth("with", rows);
            assertThat(both.whole()).isEqualTo(eta);
            // The shared function of another task at the same rows is the same function, in that task's unit and level.
            double[] other = ((SharedPredictor) bound).predictBoth("without", rows).shared();
            double[] own = both.shared();
            double scale = (other[1] - other[0]) / (own[1] - own[0]);
            assertThat(other[2] - other[0]).isCloseTo(scale * (own[2] - own[0]), within(1e-9));
            assertThat(other[3] - other[0]).isCloseTo(scale * (own[3] - own[0]), within(1e-9));
        }
        assertThat(List.of(parts.sources().size(), parts.error()[0].length)).containsExactly(2, 4);
    }
}
