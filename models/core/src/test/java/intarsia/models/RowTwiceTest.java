package intarsia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.TaskTable;
import intarsia.models.response.Metric;
import intarsia.models.response.PlantedTasks;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import intarsia.models.selection.HeldOutLoss;
import intarsia.models.tenmtl.PersonalBaselines;
import intarsia.models.tenmtl.TensorForm;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row of weight 2 is the row twice: in what is estimated, in what is fitted, and in what judges. */
class RowTwiceTest {
    private static final int ROWS = 40;

    static List<ResponseFamily> families() {
        return PlantedTasks.FAMILIES;
    }

    /**
     * What has one minimum, or a closed form. Cox's regression is not here: of tied rows it takes Efron's likelihood, in which, as in R,
     * two rows are not one of weight 2. Nor is MBI, whose imputations count rows alike.
     */
    static Stream<Arguments> convex() {
        Stream<Arguments> all = families().stream().flatMap(family -> Stream.of(new MeanPredictor(), new Regression(3),
                new Regression(0.5, true)).filter(estimator -> !(family instanceof Survival && estimator instanceof Regression))
                .map(estimator -> Arguments.of(estimator, family)));
        Stream<Arguments> personal = PersonalBaselines.keys().stream().filter(key -> !key.contains("tucker") && !key.equals("svd-aso"))
                .flatMap(key -> Stream.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)
                        .map(family -> Arguments.of(PersonalBaselines.of(key, TensorForm.AS_GIVEN), family)));
        return Stream.concat(all, personal);
    }

    private static int times(int row) {
        return 1 + row % 3;
    }

    private static TaskSet weighted(ResponseFamily family) {
        return data(family, false);
    }

    private static TaskSet repeated(ResponseFamily family) {
        return data(family, true);
    }

    private static TaskSet data(ResponseFamily family, boolean repeated) {
        TaskSet.Builder data = TaskSet.builder();
        PlantedTasks.draw(family, ROWS, 0.7).data().tasks().forEach(task -> data.task(task(task, repeated)));
        return data.build();
    }

    private static Task task(Task task, boolean repeated) {
        int[] rows = IntStream.range(0, ROWS).flatMap(row -> IntStream.generate(() -> row).limit(repeated ? times(row) : 1)).toArray();
        int columns = task.family().columns();
        Task.Builder builder = Task.of(task.name(), task.family());
        task.cells().forEach((source, block) -> builder.block(source, Arrays.stream(rows).mapToObj(row -> block[row])
                .toArray(double[][]::new)));
        return builder.weights(Arrays.stream(rows).mapToDouble(row -> repeated ? 1 : times(row)).toArray())
                .response(Arrays.stream(rows).boxed().flatMapToDouble(row -> Arrays.stream(task.response(), row * columns,
                        (row + 1) * columns)).toArray());
    }

    private static double[] predictions(Estimator estimator, TaskSet learned, TaskSet asked) {
        try (Engine engine = Engine.open()) {
            Model model = estimator.fit(new FitContext(engine, DataSplit.all(learned), RandomStream.of(1), Progress.NONE)).orThrow();
            return asked.tasks().stream().flatMapToDouble(task -> Arrays.stream(model.predict(task.name(), Observations.of(task))))
                    .toArray();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("convex")
    void aFitIsTheSame(Estimator estimator, ResponseFamily family) {
        double[] once = predictions(estimator, weighted(family), weighted(family));
        double size = Arrays.stream(once).map(Math::abs).max().orElseThrow();
        assertThat(predictions(estimator, repeated(family), weighted(family))).containsExactly(once, within(1e-6 * size));
        assertThat(predictions(estimator, PlantedTasks.draw(family, ROWS, 0.7).data(), weighted(family)))
                .as("weights are of no use").isNotEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("families")
    void soIsTheEncoding(ResponseFamily family) {
        FeatureEncoding once = FeatureEncoding.of(DataSplit.all(weighted(family)), FeatureEncoding.Scaling.STANDARDIZED);
        FeatureEncoding twice = FeatureEncoding.of(DataSplit.all(repeated(family)), FeatureEncoding.Scaling.STANDARDIZED);
        once.features().forEach((source, features) -> IntStream.range(0, features.size()).forEach(f -> {
            assertThat(features.get(f).moments().mean()).isCloseTo(twice.features().get(source).get(f).moments().mean(), within(1e-12));
            assertThat(features.get(f).moments().scale()).isCloseTo(twice.features().get(source).get(f).moments().scale(), within(1e-12));
        }));
        once.response().forEach((task, response) -> {
            assertThat(response.moments().scale()).isCloseTo(twice.response().get(task).moments().scale(), within(1e-12));
            List<Double> values = twice.response().get(task).baseline().values();
            IntStream.range(0, values.size()).forEach(k -> assertThat(response.baseline().values().get(k)).isCloseTo(values.get(k),
                    within(1e-9)));
        });
    }

    /** Every metric, with ties and rows of several tasks' predictions. */
    @ParameterizedTest
    @MethodSource("families")
    void soAreMetrics(ResponseFamily family) {
        TaskSet once = weighted(family);
        TaskSet twice = repeated(family);
        Map<String, double[]> predicted = new LinkedHashMap<>();
        try (Engine engine = Engine.open()) {
            Model model = new Regression(3).fit(new FitContext(engine, DataSplit.all(once), RandomStream.of(1), Progress.NONE)).orThrow();
            for (TaskSet data : List.of(once, twice)) {
                Task task = data.tasks().getFirst();
                double[] of = model.predict(task.name(), Observations.of(task));
                for (Metric metric : family.metrics()) {
                    predicted.merge(metric.key(), new double[] {metric.of(family, task.response(), task.weights(), of)}, (a, b) ->
                            new double[] {a[0], b[0]});
                }
                predicted.merge("held-out loss", new double[] {HeldOutLoss.of(TaskSplit.all(task), TaskSplit.all(task).train(),
                        model.predict(task.name(), TaskSplit.all(task).observations(TaskSplit.all(task).train())))}, (a, b) ->
                                new double[] {a[0], b[0]});
            }
        }
        predicted.forEach((metric, both) -> assertThat(both[1]).as(metric).isCloseTo(both[0], within(1e-9 * (1 + Math.abs(both[0])))));
    }

    @Test
    void sharesHaveMeanOneAndAWeightIsAboveZero() {
        assertThat(TaskTable.shares(new double[] {3, 1, 2})).containsExactly(1.5, 0.5, 1);
        Source source = Source.of("exam", "a");
        for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Task.continuous("t").block(source, new double[][] {{1}, {2}})
                    .weights(1, weight).response(1, 2)).hasMessageContaining("task 't', row '2': the weight is " + weight);
        }
    }
}
