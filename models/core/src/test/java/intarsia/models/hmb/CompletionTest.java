package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import intarsia.models.baseline.HardSharing;
import intarsia.models.data.Encoding;
import intarsia.models.data.Features;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskTable;
import intarsia.models.net.Training;
import intarsia.models.simulation.BlockMissing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionTest {
    private final TaskSet data = BlockMissing.twoTasks().rows(20).widths(4, 2).draw(RandomStream.of(1)).data();
    private final List<Split> splits = Split.random(data, 0.2, 0.2, RandomStream.of(2));
    private final Completion means = Completion.columnMeans(data, splits, Encoding.Scaling.RAW);

    private Source source(String name) {
        return data.others().stream().filter(source -> source.name().equals(name)).findFirst().orElseThrow();
    }

    /** The rows of a task with one block changed. */
    private static Observations changed(Observations rows, Source source) {
        Map<Source, double[][]> blocks = new LinkedHashMap<>(rows.blocks());
        blocks.put(source, Arrays.stream(rows.blocks().get(source)).map(row -> Arrays.stream(row).map(v -> v + 1).toArray()).toArray(double[][]::new));
        return new Observations(rows.rows(), blocks);
    }

    @Test
    void columnMeansAreThoseOfTrainingRows() {
        Task first = data.tasks().getFirst();
        Task second = data.tasks().get(1);
        Source hidden = source("source 2");
        try (Engine engine = Engine.open()) {
            double[][] imputed = means.complete(engine, first.name(), Observations.of(first)).get(hidden);
            for (int j = 0; j < 2; j++) {
                int column = j;
                double mean = Arrays.stream(splits.get(1).train()).mapToDouble(i -> second.blocks().get(hidden)[i][column]).average().orElseThrow();
                for (double[] row : imputed) {
                    assertThat(row[j]).isCloseTo(mean, within(1e-12));
                }
            }
            assertThat(means.complete(engine, second.name(), Observations.of(second)).get(hidden)).isDeepEqualTo(second.blocks().get(hidden));
        }
    }

    @Test
    void anImputerOfOnesOwnIsUsedWhereTheSourceIsMissing() {
        Source hidden = source("source 2");
        Completion sums = means.with(hidden, (engine, anchor) -> {
            double[] imputed = new double[anchor.length / 4 * 2];
            Arrays.fill(imputed, 7);
            return imputed;
        });
        Features features = sums.features(Precision.F64).getFirst();
        double[] dense = features.dense(Observations.of(data.tasks().getFirst()));
        assertThat(features.width()).isEqualTo(8);
        assertThat(Arrays.copyOfRange(dense, 6, 8)).containsExactly(7, 7);
    }

    @Test
    void transferReadsTheTasksOwnSourceAndNothingImputed() {
        List<Features> features = HeterogeneousTransfer.features(data, splits, Encoding.Scaling.RAW);
        assertThat(features).extracting(Features::width).containsExactly(6, 6);
        List<TaskTable> tables = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            tables.add(TaskTable.of(features.get(t), data.tasks().get(t), splits.get(t)));
        }
        MtlHmbOptions options = MtlHmb.options().width(8).training(Training.DEFAULT.epochs(3)).scaling(Encoding.Scaling.RAW);
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            NetworkModel model = HeterogeneousTransfer.fit(engine, data, features, tables, options, RandomStream.of(3), Progress.NONE).orThrow().model();
            Observations rows = Observations.of(data.tasks().getFirst());
            Observations moved = changed(rows, source("source 1"));
            assertThat(model.predict("task 1", moved)).isNotEqualTo(model.predict("task 1", rows));
            // The shared representation reads the anchor alone.
            assertThat(model.represent("task 1", moved).get(0)).isEqualTo(model.represent("task 1", rows).get(0));
            assertThat(model.represent("task 1", moved).get(1)).isNotEqualTo(model.represent("task 1", rows).get(1));
        }
    }

    @Test
    void hardSharingNeedsTheSameFeatures() {
        List<Features> features = new ArrayList<>(HeterogeneousTransfer.features(data, splits, Encoding.Scaling.RAW));
        features.set(1, means.features(Precision.F64).get(1));
        try (Engine engine = Engine.open()) {
            assertThatThrownBy(() -> new HardSharing(8, 2, Training.DEFAULT).fit(engine, features, List.of(), RandomStream.of(1), Progress.NONE))
                    .hasMessage("hard sharing: features of [task 1: 6, task 2: 8]; tasks that share a trunk must have the same");
        }
        assertThatThrownBy(() -> new HardSharing(8, 0, Training.DEFAULT)).hasMessage("hard sharing: width 8 and depth 0 must be at least 1");
    }
}
