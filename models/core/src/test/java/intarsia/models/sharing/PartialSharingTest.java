package intarsia.models.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.dual.Coefficients;
import intarsia.models.dual.Group;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.net.Training;
import intarsia.models.response.Metric;
import intarsia.models.simulation.SharedCoefficients;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A task that has nothing in common with the others drops out of MTL-HMB's shared head, and only it. */
class PartialSharingTest {
    private static final int OUTLIER = 4;

    private static final TaskSet DATA = new SharedCoefficients(5, 320, 6, 3, 0, 0.2, 0.2, 0, 0.2).draw(RandomStream.of(8));
    private static final DataSplit SPLIT = DataSplit.of(DATA, task -> new TaskSplit(task, IntStream.range(0, 96).toArray(),
            IntStream.range(96, 120).toArray(), IntStream.range(120, 320).toArray()));
    private static final MtlHmb NETWORK = MtlHmb.published().width(12).depth(2)
            .training(Training.PUBLISHED.learningRate(0.005).patience(10).epochs(60));
    private static final PartialSharing SHARING = PartialSharing.of(NETWORK);

    private static FitContext context(Engine engine, long seed) {
        return new FitContext(engine, SPLIT, RandomStream.of(seed), Progress.NONE);
    }

    @Test
    void anOutlierDropsOutAndTheOthersStay() {
        try (Engine engine = Engine.open()) {
            FitContext context = context(engine, 8);
            MtlHmbModel model = NETWORK.fit(context).orThrow();
            PartialSharing.Shared all = SHARING.everything().share(context, model).orThrow();
            PartialSharing.Shared part = SHARING.share(context, model).orThrow();
            for (int t = 0; t < 5; t++) {
                assertThat(all.coefficients().deviation(t)).isCloseTo(0, within(1e-4));
            }
            assertThat(all.ratio()).isEqualTo(1);
            assertThat(all.deviating()).isEmpty();
            for (int t = 0; t < OUTLIER; t++) {
                assertThat(part.coefficients().deviation(t)).as("task %d", t).isZero();
            }
            assertThat(part.ratio()).isLessThan(1);
            assertThat(part.weight()).isCloseTo(part.ratio() * all.weight(), within(1e-12));
            assertThat(part.coefficients().deviation(OUTLIER)).isGreaterThan(0.1);
            assertThat(part.deviating()).containsExactly("task 5");
            assertThat(rmse(part.model())).isLessThan(0.85 * rmse(all.model()));
            headsAreTheCoefficients(part);
            assertThat(SHARING.fit(context).orThrow()).as("as an estimator").isEqualTo(part.model());
        }
    }

    /** Whichever penalty weight validation rows choose, which is up to chance where others have little to gain from sharing. */
    @Test
    void anOutlierIsFarthestFromTheCenter() {
        try (Engine engine = Engine.open()) {
            for (int seed = 1; seed < 4; seed++) {
                FitContext context = context(engine, seed);
                Coefficients at = SHARING.share(context, NETWORK.fit(context).orThrow()).orThrow().coefficients();
                for (int t = 0; t < OUTLIER; t++) {
                    assertThat(at.deviation(t)).as("seed %d, task %d", seed, t).isLessThan(at.deviation(OUTLIER));
                }
            }
        }
    }

    /** What a task has besides the shared head on the shared path is 0 exactly where it shares all. */
    private static void headsAreTheCoefficients(PartialSharing.Shared part) {
        double[] center = part.model().weights().get("network/shared/head/weight").toDoubles();
        for (int t = 0; t < 5; t++) {
            double[] head = part.model().weights().get("network/task/task " + (t + 1) + "/head/weight").toDoubles();
            for (int j = 0; j < center.length; j++) {
                assertThat(center[j] + head[j]).isCloseTo(part.coefficients().shared()[t][j], within(1e-12));
            }
            assertThat(Arrays.stream(head).limit(center.length).allMatch(w -> w == 0)).as("task %d", t).isEqualTo(t != OUTLIER);
        }
    }

    private static double rmse(Predictor model) {
        TaskSplit task = SPLIT.tasks().get(OUTLIER);
        return Metric.RMSE.of(task.responses(task.test()), model.predict(task.task().name(), task.observations(task.test())));
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> new PartialSharing(NETWORK, new Group(), List.of(0.5), 1, 0.1))
                .hasMessage("partial sharing: ratios [0.5] must begin with 1");
        assertThatThrownBy(() -> new PartialSharing(NETWORK, new Group(), List.of(1.0), -1, 0.1))
                .hasMessageContaining("tau -1.0 and ridge 0.1 must be finite and not negative");
    }
}
