package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.ObservedNetwork;
import intarsia.models.net.Training;
import intarsia.models.simulation.BlockMissing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeterogeneousTransferTest {
    private final TaskSet data = BlockMissing.twoTasks().rows(20).widths(4, 2).draw(RandomStream.of(1)).data();
    private final HeterogeneousTransfer transfer = new HeterogeneousTransfer(MtlHmb.options().width(8).training(Training.DEFAULT.epochs(3))
            .scaling(FeatureEncoding.Scaling.RAW));
    private final Engine engine = Engine.options().kernels("scalar").open();

    @AfterEach
    void close() {
        engine.close();
    }

    private ObservedNetwork fit(TaskSet of) {
        DataSplit split = DataSplit.random(of, 0.2, 0.2, RandomStream.of(2));
        return (ObservedNetwork) transfer.fit(new FitContext(engine, split, RandomStream.of(3), Progress.NONE)).orThrow();
    }

    /** The rows of a task with one block changed. */
    private static Observations changed(Observations rows, String name) {
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        rows.blocks().forEach((source, block) -> blocks.put(source, !source.name().equals(name) ? block
                : Arrays.stream(block).map(row -> Arrays.stream(row).map(v -> v + 1).toArray()).toArray(double[][]::new)));
        return new Observations(rows.rows(), blocks);
    }

    @Test
    void readsTheTasksOwnSourceAndNothingImputed() {
        ObservedNetwork model = fit(data);
        assertThat(model.observed().features()).extracting("width").containsExactly(6, 6);
        Observations rows = Observations.of(data.task("task 1"));
        Observations moved = changed(rows, "source 1");
        assertThat(model.predict("task 1", moved)).isNotEqualTo(model.predict("task 1", rows));
        // The shared representation reads the anchor alone.
        NetworkModel network = new NetworkModel(model.observed().features(), transfer.network(model.observed().features()),
                model.weights());
        double[][] before = network.represent(engine, 0, rows);
        double[][] after = network.represent(engine, 0, moved);
        assertThat(after[0]).isEqualTo(before[0]);
        assertThat(after[1]).isNotEqualTo(before[1]);
    }

    @Test
    void aTaskWithNothingButTheAnchorReadsItTwice() {
        TaskSet more = TaskSet.builder().task(data.task("task 1")).task(data.task("task 2"))
                .task(Task.continuous("bare").block(data.anchors().getFirst(), data.task("task 1").blocks().get(data.anchors().getFirst()))
                        .response(data.task("task 1").response())).build();
        ObservedNetwork model = fit(more);
        assertThat(model.weights().get("task/bare/encoder/0/weight").shape()).hasToString("[4x8]");
        assertThat(model.weights().get("task/task 1/encoder/0/weight").shape()).hasToString("[2x8]");
        assertThat(model.weights().get("shared/encoder/0/weight").shape()).hasToString("[4x8]");
    }

    @Test
    void isReadBackFromItsState() {
        ObservedNetwork model = fit(data);
        HeterogeneousTransfer.Settings settings = (HeterogeneousTransfer.Settings) model.state().settings();
        ObservedNetwork read = new ObservedNetwork(settings.options(), settings.tasks(), model.state().weights());
        Observations rows = Observations.of(data.task("task 2"));
        assertThat(read.predict("task 2", rows)).isEqualTo(model.predict("task 2", rows));
        assertThat(model.state().kind()).isEqualTo("htl");
        assertThat(model.hyperparameters()).containsEntry("width", "8").containsEntry("orthogonality penalty", "0.01");
        assertThatThrownBy(() -> model.predict("task 2", new Observations(List.of("a"), Map.of()))).isInstanceOf(DataException.class)
                .hasMessageStartingWith("the rows lack source 'anchor'");
        assertThatThrownBy(() -> new ObservedNetwork(new HeterogeneousTransfer(settings.options().options().width(9)), settings.tasks(),
                model.state().weights())).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("should be");
    }
}
