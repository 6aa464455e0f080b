package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.BoundModel;
import intarsia.models.Weights;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskFeatures;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.DualEncoder.Encoders;
import intarsia.models.dual.DualEncoder.PenaltyWeight;
import intarsia.models.net.NetworkModel;
import intarsia.models.simulation.SharedCoefficients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fitted model: values that make it again, the same bits from any thread, and nothing that depends on order or unit. */
class DualEncoderModelTest {
    private static final Source FIRST = Source.of("first", "a", "b", "c");
    private static final Source SECOND = Source.of("second", "d", "e");

    static List<Similarity> similarities() {
        return Similarity.all();
    }

    /** Tasks x, y and z; z lacks the second source; column c does not vary in task y. */
    private static List<Task> tasks(UnaryOperator<List<Integer>> rows, DoubleUnaryOperator columnA, DoubleUnaryOperator response) {
        List<Task> tasks = new ArrayList<>();
        for (String name : List.of("x", "y", "z")) {
            RandomStream random = RandomStream.of(7, name);
            double[][] first = new double[50][];
            double[][] second = new double[50][];
            double[] y = new double[50];
            for (int i = 0; i < 50; i++) {
                first[i] = new double[] {random.nextGaussian(), random.nextGaussian(), name.equals("y") ? 0.25 : random.nextGaussian()};
                second[i] = new double[] {random.nextGaussian(), i % 7 == 0 ? Double.NaN : random.nextGaussian()};
                double mean = first[i][0] - 0.5 * first[i][1] + first[i][2] + (name.equals("z") ? 0 : second[i][0]);
                y[i] = response.applyAsDouble(mean + 0.3 * random.nextGaussian());
                first[i][0] = columnA.applyAsDouble(first[i][0]);
            }
            List<Integer> order = rows.apply(new ArrayList<>(IntStream.range(0, 50).boxed().toList()));
            Task.Builder task = Task.continuous(name).rows(order.stream().map(i -> name + i).toList())
                    .block(FIRST, order.stream().map(i -> first[i]).toArray(double[][]::new));
            if (!name.equals("z")) {
                task.block(SECOND, order.stream().map(i -> second[i]).toArray(double[][]::new));
            }
            tasks.add(task.response(order.stream().mapToDouble(i -> y[i]).toArray()));
        }
        return tasks;
    }

    private static TaskSet set(List<Task> tasks) {
        TaskSet.Builder all = TaskSet.builder();
        tasks.forEach(all::task);
        return all.build();
    }

    private static final TaskSet DATA = set(tasks(order -> order, a -> a, y -> y));
    private static final DualEncoder PATH = DualEncoderTest.SMALL.weight(new PenaltyWeight.Path(3, 0.05));

    @ParameterizedTest
    @MethodSource("similarities")
    void settingsAndWeightsMakeItAgain(Similarity similarity) {
        DualEncoderModel model = DualEncoderTest.fit(PATH.similarity(similarity), DATA);
        assertThat(model.state().kind()).isEqualTo("dual-encoder");
        DualEncoderModel again = new DualEncoderModel((DualEncoderModel.Settings) model.state().settings(), model.state().weights());
        assertThat(again).isEqualTo(model);
        for (Task task : DATA.tasks()) {
            assertThat(again.predict(task.name(), Observations.of(task))).isEqualTo(model.predict(task.name(), Observations.of(task)));
        }
        assertThat(model.hyperparameters()).containsEntry("similarity", similarity.key())
                .containsKeys("penalty weight", "ratio to the largest penalty weight");
        assertThat(model.tasks()).containsExactly("x", "y", "z");
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        DualEncoderModel model = DualEncoderTest.fit(DualEncoderTest.SMALL, DATA);
        Weights weights = model.weights();
        refused(model, without(weights, "head/y/own"), "weights 'head/y/own' should be [3x1] and are missing");
        refused(model, without(weights, "centers"), "weights 'centers' hold 0 centers of similarity group");
        refused(model, weights.and("head/y/shared", Tensor.zeros(3, 1)), "weights 'head/y/shared' should be [4x1] and are [3x1]");
        refused(model, weights.and("head/q/own", Tensor.zeros(3, 1)), "weights 'head/q/own' belong to nothing in the model");
        refused(model, weights.and("head/y/intercept", Tensor.vector(Double.NaN)),
                "weights 'head/y/intercept' hold NaN, which is not finite");
        refused(model, weights.and("centers", Tensor.zeros(2, 4)), "weights 'centers' hold 2 centers of similarity group");
        refused(model, weights.and("centers", Tensor.zeros(1, 3)), "weights 'centers' should be [1x4] and are [1x3]");
        DualEncoderModel.Settings of = model.settings();
        for (List<Integer> clusters : List.of(List.<Integer>of(), List.of(0, 0), List.of(0, 0, 1), List.of(0, -1, 0))) {
            assertThatThrownBy(() -> new DualEncoderModel(of.tasks(of.tasks(), clusters, of.trace()), weights))
                    .isInstanceOf(IllegalArgumentException.class).hasMessage("clusters " + clusters + " of 3 tasks with 1 centers");
        }
        assertThatThrownBy(() -> of.tasks(of.tasks(), null, of.trace())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DualEncoderModel.Settings(null, of.weight(), of.ratio(), of.encoders(), of.penalties(), of.warmUp(),
                of.alternation(), of.tasks(), of.clusters(), of.trace())).isInstanceOf(IllegalArgumentException.class);
        DualEncoderModel.Settings deep = new DualEncoderModel.Settings(of.similarity(), of.weight(), of.ratio(),
                new Encoders(8, 1_000_000, 4, 3), of.penalties(), of.warmUp(), of.alternation(), of.tasks(), of.clusters(), of.trace());
        assertThatThrownBy(() -> new DualEncoderModel(deep, weights)).hasMessageStartingWith("depth 1000000 needs more than the ");
    }

    private static Weights without(Weights weights, String name) {
        Map<String, Tensor> some = new LinkedHashMap<>(weights.tensors());
        some.remove(name);
        return new Weights(some);
    }

    private static void refused(DualEncoderModel model, Weights weights, String message) {
        assertThatThrownBy(() -> new DualEncoderModel(model.settings(), weights)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void rowsThatLackAnAnchorAndUnknownTasksAreRefused() {
        DualEncoderModel model = DualEncoderTest.fit(DualEncoderTest.SMALL, DATA);
        assertThat(model.requiredSources()).containsExactly(FIRST);
        Observations lacking = new Observations(List.of("r"), Map.of(SECOND, new double[][] {{1, 2}}));
        assertThatThrownBy(() -> model.predict("x", lacking)).isInstanceOf(DataException.class)
                .hasMessage("the rows lack source 'first' with columns [a, b, c], which the model needs for every row");
        Observations row = new Observations(List.of("r"), Map.of(FIRST, new double[][] {{1, 2, 3}}));
        assertThatThrownBy(() -> model.predict("w", row)).isInstanceOf(DataException.class)
                .hasMessage("no task 'w'; the model has x, y, z");
        Observations empty = new Observations(List.of("r"),
                Map.of(FIRST, new double[][] {{1, 2, 3}}, SECOND, new double[][] {{Double.NaN, Double.NaN}}));
        assertThat(model.predict("x", row)).as("another source is filled with the task's means").isEqualTo(model.predict("x", empty));
    }

    @Test
    void threadsAndBatchesChangeNoBit() throws InterruptedException {
        DualEncoderModel model = DualEncoderTest.fit(DualEncoderTest.SMALL, DATA);
        Task task = DATA.task("x");
        double[] expected = model.predict("x", Observations.of(task));
        List<double[]> found = Collections.synchronizedList(new ArrayList<>());
        try (Engine engine = Engine.open(); BoundModel bound = model.bind(engine)) {
            List<Thread> threads = IntStream.range(0, 4).mapToObj(t -> Thread.ofPlatform().unstarted(() -> {
                for (int repeat = 0; repeat < 20; repeat++) {
                    found.add(bound.predict("x", Observations.of(task)));
                }
            })).toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            for (int i = 0; i < 5; i++) {
                assertThat(bound.predict("x", Observations.of(task, new int[] {i}))).containsExactly(expected[i]);
            }
        }
        assertThat(found).hasSize(80).allSatisfy(predicted -> assertThat(predicted).isEqualTo(expected));
    }

    @Test
    void noOrderMatters() {
        DualEncoderModel model = DualEncoderTest.fit(PATH, DATA);
        List<Task> permuted = new ArrayList<>();
        for (Task task : tasks(List::reversed, a -> a, y -> y).reversed()) {
            Task.Builder other = Task.continuous(task.name()).rows(task.rows());
            if (task.blocks().containsKey(SECOND)) {
                other.block(Source.of("second", "e", "d"), swapped(task.cells().get(SECOND), 1, 0));
            }
            other.block(Source.of("first", "c", "a", "b"), swapped(task.cells().get(FIRST), 2, 0, 1));
            permuted.add(other.response(task.response()));
        }
        TaskSet data = set(permuted);
        DualEncoderModel other = DualEncoderTest.fit(PATH, data);
        assertThat(other.weights()).isEqualTo(model.weights());
        for (Task task : DATA.tasks()) {
            double[] reversed = other.predict(task.name(), Observations.of(data.task(task.name())));
            double[] predicted = model.predict(task.name(), Observations.of(task));
            for (int i = 0; i < predicted.length; i++) {
                assertThat(reversed[predicted.length - 1 - i]).isEqualTo(predicted[i]);
            }
        }
    }

    private static double[][] swapped(double[][] rows, int... columns) {
        return Arrays.stream(rows).map(row -> Arrays.stream(columns).mapToDouble(c -> row[c]).toArray()).toArray(double[][]::new);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e150, 1e-150, 1e3})
    void unitsDoNotMatter(double unit) {
        DualEncoderModel model = DualEncoderTest.fit(PATH, DATA);
        TaskSet scaled = set(tasks(order -> order, a -> unit * a, y -> y / unit));
        DualEncoderModel other = DualEncoderTest.fit(PATH, scaled);
        for (Task task : DATA.tasks()) {
            double[] expected = model.predict(task.name(), Observations.of(task));
            double[] predicted = other.predict(task.name(), Observations.of(scaled.task(task.name())));
            for (int i = 0; i < expected.length; i++) {
                assertThat(predicted[i] * unit).isCloseTo(expected[i], within(1e-6));
            }
        }
    }

    /** In task y column c does not vary: its encoder does not read it, the shared one does. */
    @Test
    void aTaskSpecificEncoderIgnoresWhatDoesNotVaryInItsTask() {
        for (int depth : new int[] {0, 2}) {
            DualEncoderModel model = DualEncoderTest.fit(DualEncoderTest.SMALL.encoders(new Encoders(8, depth, 4, 3)), DATA);
            NetworkModel network = new NetworkModel(model.settings().tasks().features(), model.settings().network(), model.weights());
            try (Engine engine = Engine.open()) {
                for (int task = 0; task < 2; task++) {
                    double[][] low = network.represent(engine, task, row(-1));
                    double[][] high = network.represent(engine, task, row(5));
                    boolean same = IntStream.range(0, low[0].length).allMatch(k -> low[0][k] == high[0][k]);
                    assertThat(same).as("depth %d, task %d, task-specific", depth, task).isEqualTo(task == 1);
                    assertThat(low[1]).isNotEqualTo(high[1]);
                }
            }
        }
    }

    private static Observations row(double c) {
        return new Observations(List.of("r"), Map.of(FIRST, new double[][] {{0.3, -0.2, c}}, SECOND, new double[][] {{1, 2}}));
    }

    @Test
    void partsAddUpToThePrediction() {
        DualEncoderModel model = DualEncoderTest.fit(DualEncoderTest.SMALL, DATA);
        Coefficients at = model.coefficients();
        NetworkModel network = new NetworkModel(model.settings().tasks().features(), model.settings().network(), model.weights());
        try (Engine engine = Engine.open()) {
            for (int t = 0; t < 3; t++) {
                Task task = DATA.tasks().get(t);
                double[][] parts = network.represent(engine, t, Observations.of(task));
                double[] eta = new double[task.size()];
                for (int i = 0; i < eta.length; i++) {
                    eta[i] = Vectors.dot(Arrays.copyOfRange(parts[0], 3 * i, 3 * i + 3), at.taskSpecific()[t])
                            + Vectors.dot(Arrays.copyOfRange(parts[1], 4 * i, 4 * i + 4), at.shared()[t]) + at.intercepts()[t];
                }
                TaskFeatures features = model.settings().tasks().features(task.name());
                assertThat(model.predict(task.name(), Observations.of(task))).containsExactly(features.respond(eta), within(1e-12));
            }
        }
    }

    @Test
    void singlePrecisionIsCloseToDouble() {
        DataSplit split = DataSplit.random(DATA, 0.2, 0, RandomStream.of(1));
        DualEncoderModel exact = DualEncoderTest.fit(DualEncoderTest.LINEAR, split, 1);
        try (Engine engine = Engine.options().precision(Precision.F32).open()) {
            DualEncoderModel single = DualEncoderTest.LINEAR.fit(DualEncoderTest.context(engine, split, 1)).orThrow();
            assertThat(single.weights().precision()).isEqualTo(Precision.F32);
            Observations rows = Observations.of(DATA.task("x"));
            assertThat(single.predict("x", rows)).containsExactly(exact.predict("x", rows), within(1e-4));
        }
    }

    @Test
    void binaryResponsesArePredictedAsProbabilities() {
        TaskSet.Builder binary = TaskSet.builder();
        for (Task task : new SharedCoefficients(3, 60, 4, 2, 0.3, 0, 0.2, 0.2, 0.3).draw(RandomStream.of(4)).tasks()) {
            Task.Builder other = Task.binary(task.name());
            task.blocks().forEach(other::block);
            binary.task(other.response(Arrays.stream(task.response()).map(y -> y > 0 ? 1 : 0).toArray()));
        }
        TaskSet data = binary.build();
        DualEncoderModel model = DualEncoderTest.fit(PATH, data);
        for (Task task : data.tasks()) {
            assertThat(Arrays.stream(model.predict(task.name(), Observations.of(task)))).allMatch(p -> p > 0 && p < 1);
        }
    }
}
