package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.Trained;
import intarsia.models.Weights;
import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.data.Observations;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.RowEncoder;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskFeatures;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.NetworkEstimator;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskTable;
import intarsia.models.net.Training;
import intarsia.models.simulation.BlockMissing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockImputationTest {
    private final TaskSet data = BlockMissing.twoTasks().rows(20).widths(4, 2).draw(RandomStream.of(1)).data();
    private final DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(2));
    private final BlockImputation means = BlockImputation.columnMeans(split, Scaling.RAW);
    private final Engine engine = Engine.options().kernels("scalar").open();
    private final FitContext context = new FitContext(engine, split, RandomStream.of(3), Progress.NONE);

    @AfterEach
    void close() {
        engine.close();
    }

    private Source source(String name) {
        return data.others().stream().filter(source -> source.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void columnMeansAreThoseOfTrainingRows() {
        Task first = data.task("task 1");
        Task second = data.task("task 2");
        Source hidden = source("source 2");
        double[][] imputed = means.complete(engine, first.name(), Observations.of(first)).get(hidden);
        for (int j = 0; j < 2; j++) {
            int column = j;
            double mean = Arrays.stream(split.task("task 2").train()).mapToDouble(i -> second.cells().get(hidden)[i][column]).average()
                    .orElseThrow();
            for (double[] row : imputed) {
                assertThat(row[j]).isCloseTo(mean, within(1e-12));
            }
        }
        assertThat(means.complete(engine, second.name(), Observations.of(second)).get(hidden)).isDeepEqualTo(second.cells().get(hidden));
        assertThatThrownBy(() -> means.complete(engine, "task 3", Observations.of(first))).isInstanceOf(DataException.class)
                .hasMessage("no task 'task 3'; the model has task 1, task 2");
    }

    /** Rows 1 and 3 lack the source, which their task observes. */
    @Test
    void anImputerFillsTheRowsThatLackItsSourceAndNoOthers() {
        Source hidden = source("source 2");
        BlockImputation sevens = means.with(hidden, (graph, anchor) ->
                graph.constant(7).broadcastTo(Shape.of(anchor.shape().size(0), 2)).plus(anchor.slice(1, 0, 2)));
        Observations rows = Observations.of(data.task("task 2"), new int[] {0, 1, 2, 3});
        double[][] block = rows.blocks().get(hidden).clone();
        block[1] = new double[] {Double.NaN, Double.NaN};
        block[2] = new double[] {Double.NaN, 5};
        block[3] = new double[] {Double.NaN, Double.NaN};
        double[][] anchor = rows.blocks().get(data.anchors().getFirst());
        Observations some = new Observations(rows.rows(), Map.of(data.anchors().getFirst(), anchor, hidden, block));
        Map<Source, double[][]> completed = sevens.complete(engine, "task 2", some);
        assertThat(completed.get(hidden)[0]).containsExactly(block[0]);
        assertThat(completed.get(hidden)[1]).containsExactly(7 + anchor[1][0], 7 + anchor[1][1]);
        assertThat(completed.get(hidden)[2]).as("a single missing cell stays").containsExactly(Double.NaN, 5);
        assertThat(completed.get(hidden)[3]).containsExactly(7 + anchor[3][0], 7 + anchor[3][1]);
        TaskFeatures features = sevens.features().get(1);
        assertThat(features.width()).isEqualTo(8);
        try (RowEncoder encoder = features.bind(engine)) {
            double[] dense = encoder.dense(some);
            assertThat(Arrays.copyOfRange(dense, 8 + 6, 16)).containsExactly(completed.get(hidden)[1]);
            assertThat(Arrays.copyOfRange(dense, 6, 8)).containsExactly(block[0]);
            assertThat(encoder.dense(new Observations(List.of(), Map.of(data.anchors().getFirst(), new double[0][])))).isEmpty();
            assertThatThrownBy(() -> encoder.dense(new Observations(List.of("a"), Map.of()))).isInstanceOf(DataException.class)
                    .hasMessageStartingWith("the rows lack source 'anchor'");
        }
    }

    /** A row without any number in an anchor gets its task's means, in valid cells; a level and a flag are whole. */
    @Test
    void anAnchorsEmptyRowIsFilledWithMeans() {
        Source exam = Source.of("exam", Column.continuous("age"), Column.binary("smoker"), Column.categorical("group", "A", "B"));
        double[][] block = {{1, 1, 1}, {3, 1, 1}, {Double.NaN, Double.NaN, Double.NaN}, {5, 0, 0}};
        TaskSet one = TaskSet.builder().task(Task.continuous("north").block(exam, block).response(1, 2, 3, 4)).build();
        double[][] completed = BlockImputation.columnMeans(DataSplit.all(one), Scaling.STANDARDIZED)
                .complete(engine, "north", Observations.of(one.task("north"))).get(exam);
        assertThat(completed[2]).containsExactly(new double[] {3, 1, 1}, within(1e-15));
        assertThat(completed[0]).isSameAs(block[0]);
    }

    /** Ablations of the paper: a network that imputes nothing itself, on rows completed by step 1; step 2 on column means. */
    @Test
    void anyNetworkLearnsOnCompletedRows() {
        MtlHmb options = MtlHmb.options().width(8).epochs(3).scaling(Scaling.RAW);
        BlockImputation imputed = means;
        for (Source source : data.others()) {
            Trained<BlockImputation.Imputer> trained = Hbi.fit(context.child(source.name()), means, source, options).orThrow();
            assertThat(trained.loss()).isPositive();
            assertThat(trained.steps()).isPositive();
            imputed = imputed.with(source, trained.model());
        }
        List<TaskTable> tables = imputed.tables(engine, split);
        assertThat(tables).allSatisfy(table -> assertThat(table.width()).isEqualTo(8));
        Training training = options.training();
        for (NetworkEstimator network : List.of(new SingleTask(8, 1, training, Scaling.RAW),
                new HardSharing(8, 1, training, Scaling.RAW))) {
            Trained<Weights> trained = network.fit(context, imputed.features(), tables).orThrow();
            readsTheImputedSource(new NetworkModel(imputed.features(), network.network(imputed.features()), trained.model()));
        }
        List<TaskTable> onMeans = means.tables(engine, split);
        NetworkModel third = options.learn(context, means, onMeans).orThrow().model();
        assertThat(third.represent(engine, 0, Observations.of(data.task("task 1")))).hasDimensions(2, 20 * 8);
    }

    private void readsTheImputedSource(NetworkModel model) {
        Observations rows = Observations.of(data.task("task 1"));
        Source hidden = source("source 2");
        Source anchor = data.anchors().getFirst();
        Observations given = new Observations(rows.rows(), Map.of(anchor, rows.blocks().get(anchor), source("source 1"),
                rows.blocks().get(source("source 1")), hidden, Arrays.stream(rows.rows().toArray()).map(row -> new double[] {3, -2})
                .toArray(double[][]::new)));
        try (var bound = model.bind(engine)) {
            assertThat(bound.predict("task 1", rows)).hasSize(20).isNotEqualTo(bound.predict("task 1", given));
            assertThatThrownBy(() -> bound.predict("task 3", rows)).isInstanceOf(DataException.class)
                    .hasMessage("no task 'task 3'; the model has task 1, task 2");
        }
    }

    @Test
    void hardSharingNeedsTheSameFeatures() {
        List<TaskFeatures> features = new ArrayList<>(means.features());
        TaskSplit first = split.tasks().getFirst();
        features.set(0, ObservedFeatures.alone(first.task(), means.encoding()));
        assertThatThrownBy(() -> new HardSharing(8, 2, Training.DEFAULT, Scaling.RAW).fit(context, features, List.of()))
                .hasMessage("hard sharing: features of [task 1: 6, task 2: 8]; tasks that share a trunk must have the same");
        assertThatThrownBy(() -> new HardSharing(8, 0, Training.DEFAULT, Scaling.RAW))
                .hasMessage("hard sharing: width 8 and depth 0 must be at least 1, training and scaling given");
    }
}
