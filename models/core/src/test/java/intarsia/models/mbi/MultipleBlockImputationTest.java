package intarsia.models.mbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MultipleBlockImputationTest {
    private static final Source ANCHOR = Source.of("anchor", "a", "b", "c");
    private static final Source OTHER = Source.of("other", "d", "e");
    private static final double[] TRUTH = {1, -2, 0.5, 1.5, -1};

    private final RandomStream random = RandomStream.of(11);

    private record Rows(double[][] anchor, double[][] other, double[] y) {}

    /** y = 3 + x beta + noise; the hidden source is linear in the anchor, with noise. */
    private Rows rows(int n, double noise) {
        double[][] anchor = new double[n][3];
        double[][] other = new double[n][2];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 3; j++) {
                anchor[i][j] = random.nextGaussian();
            }
            other[i][0] = anchor[i][0] + 0.5 * random.nextGaussian();
            other[i][1] = anchor[i][1] - anchor[i][2] + 0.5 * random.nextGaussian();
            y[i] = 3 + TRUTH[0] * anchor[i][0] + TRUTH[1] * anchor[i][1] + TRUTH[2] * anchor[i][2] + TRUTH[3] * other[i][0]
                    + TRUTH[4] * other[i][1]
                    + noise * random.nextGaussian();
        }
        return new Rows(anchor, other, y);
    }

    private static MbiModel fit(TaskSet data, FeatureEncoding.Scaling scaling) {
        try (Engine engine = Engine.open()) {
            return MultipleBlockImputation.DEFAULT.scaling(scaling)
                    .fit(new FitContext(engine, DataSplit.all(data), RandomStream.of(1), Progress.NONE)).orThrow();
        }
    }

    private static double[] leastSquares(Rows rows) {
        double[][] design = IntStream.range(0, rows.y.length)
                .mapToObj(i -> new double[] {1, rows.anchor[i][0], rows.anchor[i][1], rows.anchor[i][2],
            rows.other[i][0], rows.other[i][1]}).toArray(double[][]::new);
        double[] beta = LeastSquares.of(Tensor.matrix(design), Tensor.vector(rows.y)).solution().doubles();
        return Arrays.stream(design).mapToDouble(x -> IntStream.range(0, 6).mapToDouble(j -> x[j] * beta[j]).sum()).toArray();
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).average().orElseThrow());
    }

    @Test
    void aCompleteTaskAloneIsOrdinaryLeastSquares() {
        Rows rows = rows(80, 0.5);
        TaskSet data = TaskSet.builder().task(Task.continuous("complete").block(ANCHOR, rows.anchor).block(OTHER, rows.other)
                .response(rows.y)).build();
        Model model = fit(data, FeatureEncoding.Scaling.RAW);
        double[] predicted = model.predict("complete", Observations.of(data.tasks().getFirst()));
        // As many functions as coefficients: whatever the weights, the minimum is where all vanish, and SCAD shrinks no large coefficient.
        assertThat(distance(predicted, leastSquares(rows))).isLessThan(1e-3);
    }

    @Test
    void aCompleteGroupAndAnIncompleteOneComeNearTheTruth() {
        Rows complete = rows(150, 0.3);
        Rows incomplete = rows(300, 0.3);
        TaskSet data = TaskSet.builder()
                .task(Task.continuous("complete").block(ANCHOR, complete.anchor).block(OTHER, complete.other).response(complete.y))
                .task(Task.continuous("incomplete").block(ANCHOR, incomplete.anchor).response(incomplete.y)).build();
        Model model = fit(data, FeatureEncoding.Scaling.RAW);
        double[] predicted = model.predict("complete", Observations.of(data.task("complete")));
        double[] reference = leastSquares(complete);
        assertThat(distance(predicted, reference)).isLessThan(0.1);
        // The incomplete task can do no better than what the anchor tells of the hidden source: noise 0.3, and 0.5 sqrt(1.5^2 + 1).
        double[] own = model.predict("incomplete", Observations.of(data.task("incomplete")));
        assertThat(distance(own, incomplete.y)).isCloseTo(Math.sqrt(0.09 + 0.25 * 3.25), within(0.12));
    }

    @Test
    void theScadPenaltyLeavesLargeCoefficientsAlone() {
        assertThat(Scad.slope(0.5, 1)).isEqualTo(1);
        assertThat(Scad.slope(2, 1)).isCloseTo(1.7 / 2.7, within(1e-15));
        assertThat(Scad.slope(3.7, 1)).isZero();
        double[] beta = new Scad(Tensor.matrix(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}), new double[] {5, 5, 0.1})
                .solve(0.2, new double[3])
                .coefficients();
        assertThat(beta).containsExactly(new double[] {5, 5, 0}, within(1e-6));
    }

    @Test
    void refusesBinaryResponses() {
        TaskSet data = TaskSet.builder().task(Task.binary("a").block(ANCHOR, new double[][] {{1, 2, 3}, {4, 5, 6}}).response(0, 1)).build();
        assertThatThrownBy(() -> fit(data, FeatureEncoding.Scaling.RAW))
                .isInstanceOf(DataException.class).hasMessageContaining("does not learn the response of task 'a', which is of kind binary");
    }

    private TaskSet threePatterns() {
        Rows complete = rows(60, 0.3);
        Rows first = rows(50, 0.3);
        Rows second = rows(40, 0.3);
        return TaskSet.builder()
                .task(Task.continuous("complete").block(ANCHOR, complete.anchor).block(OTHER, complete.other).response(complete.y))
                .task(Task.continuous("also").block(ANCHOR, second.anchor).block(OTHER, second.other).response(second.y))
                .task(Task.continuous("incomplete").block(ANCHOR, first.anchor).response(first.y)).build();
    }

    @Test
    void isReadBackFromItsState() {
        TaskSet data = threePatterns();
        MbiModel model = fit(data, FeatureEncoding.Scaling.STANDARDIZED);
        MbiModel.Settings settings = (MbiModel.Settings) model.state().settings();
        MbiModel read = new MbiModel(settings.options(), settings.layout(), settings.encoding(), model.state().weights());
        assertThat(model.weights().tensors().keySet()).containsExactly("imputation/incomplete/0/other", "imputation/incomplete/1/other",
                "coefficients");
        for (Task task : data.tasks()) {
            assertThat(read.predict(task.name(), Observations.of(task))).isEqualTo(model.predict(task.name(), Observations.of(task)));
        }
        assertThatThrownBy(() -> new MbiModel(settings.options(), settings.layout(), settings.encoding(), model.weights()
                .below("imputation")))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("weights 'coefficients' should be [6] and are missing");
        Observations rows = Observations.of(data.task("incomplete"));
        assertThatThrownBy(() -> model.predict("other", rows)).isInstanceOf(DataException.class)
                .hasMessage("no task 'other'; the model has also, complete, incomplete");
        assertThatThrownBy(() -> model.predict("complete", new Observations(List.of("a"), Map.of(OTHER, new double[][] {{1, 2}}))))
                .isInstanceOf(DataException.class).hasMessageStartingWith("the rows lack source 'anchor'");
        Observations lacking = new Observations(rows.rows(), Map.of(ANCHOR, rows.blocks().get(ANCHOR)));
        double[][] means = new double[rows.size()][];
        Arrays.fill(means, IntStream.range(0, 2).mapToDouble(j -> Arrays.stream(data.task("complete").cells().get(OTHER))
                .mapToDouble(row -> row[j])
                .average().orElseThrow()).toArray());
        assertThat(model.predict("complete", lacking)).as("filled with the task's means").containsExactly(model.predict("complete",
                new Observations(rows.rows(), Map.of(ANCHOR, rows.blocks().get(ANCHOR), OTHER, means))), within(1e-9));
        assertThat(model.hyperparameters()).containsKey("nonzero coefficients");
    }

    /** Standardized, a column and the responses in other units give predictions in that unit; no order of tasks changes anything. */
    @Test
    void unitsAndOrderChangeNothing() {
        TaskSet data = threePatterns();
        MbiModel plain = fit(data, FeatureEncoding.Scaling.STANDARDIZED);
        TaskSet.Builder builder = TaskSet.builder();
        for (Task task : List.of(data.task("incomplete"), data.task("complete"), data.task("also"))) {
            Task.Builder scaled = Task.continuous(task.name()).rows(task.rows());
            task.cells().forEach((source, block) -> scaled.block(source,
                    Arrays.stream(block).map(row -> Arrays.stream(row).map(v -> v * 0x1p-500).toArray()).toArray(double[][]::new)));
            builder.task(scaled.response(Arrays.stream(task.response()).map(y -> y * 0x1p400).toArray()));
        }
        TaskSet scaled = builder.build();
        TaskSet named = TaskSet.builder().task(named(data.task("also"))).task(named(data.task("complete")))
                .task(named(data.task("incomplete"))).build();
        MbiModel model = fit(scaled, FeatureEncoding.Scaling.STANDARDIZED);
        for (Task task : data.tasks()) {
            double[] expected = fit(named, FeatureEncoding.Scaling.STANDARDIZED).predict(task.name(), Observations.of(task));
            assertThat(Arrays.stream(model.predict(task.name(), Observations.of(scaled.task(task.name())))).map(y -> y * 0x1p-400)
                    .toArray())
                    .isEqualTo(expected);
            assertThat(distance(expected, plain.predict(task.name(), Observations.of(task)))).as("rows in another order").isLessThan(1e-6);
        }
    }

    private static Task named(Task task) {
        Task.Builder named = Task.continuous(task.name()).rows(task.rows());
        task.blocks().forEach(named::block);
        return named.response(task.response());
    }
}
