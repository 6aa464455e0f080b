package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.data.Observations;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.CoefficientPath;
import intarsia.models.dual.Similarity;
import intarsia.models.evaluation.Metric;
import intarsia.models.net.Training;
import intarsia.models.simulation.SharedCoefficients;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A task that has nothing in common with the others drops out of MTL-HMB's shared head, and only it. */
class PartialSharingTest {
    private static final int OUTLIER = 4;

    @Test
    void anOutlierDropsOutAndTheOthersStay() {
        TaskSet data = new SharedCoefficients(5, 320, 6, 3, 0, 0.2, 0.2, 0, 0.2).draw(RandomStream.of(8));
        Split split = new Split(IntStream.range(0, 96).toArray(), IntStream.range(96, 120).toArray(), IntStream.range(120, 320).toArray());
        List<Split> splits = List.of(split, split, split, split, split);
        MtlHmbOptions options = MtlHmb.options().width(12).depth(2).training(Training.PUBLISHED.learningRate(0.005).patience(10).epochs(60));
        try (Engine engine = Engine.open()) {
            MtlHmbModel model = MtlHmb.fit(engine, data, splits, options, RandomStream.of(1), Progress.NONE).orThrow();
            PartialSharing all = fit(engine, model, data, splits, List.of(1.0));
            PartialSharing part = fit(engine, model, data, splits, CoefficientPath.falling(1, 10, 0.01));
            part.model().check();
            for (int t = 0; t < 5; t++) {
                assertThat(all.coefficients().deviation(t)).isCloseTo(0, within(1e-4));
            }
            for (int t = 0; t < OUTLIER; t++) {
                assertThat(part.coefficients().deviation(t)).as("task %d", t).isZero();
            }
            assertThat(part.coefficients().deviation(OUTLIER)).isGreaterThan(0.1);
            assertThat(part.apart()).containsExactly("task 5");
            assertThat(rmse(data, split, OUTLIER, part.model())).isLessThan(0.85 * rmse(data, split, OUTLIER, all.model()));
            headsAreTheCoefficients(part);
        }
    }

    private static PartialSharing fit(Engine engine, MtlHmbModel model, TaskSet data, List<Split> splits, List<Double> shares) {
        return PartialSharing.fit(engine, model, data, splits, new Similarity.Group(), 1, 0.1, shares, RandomStream.of(1), Progress.NONE).orThrow();
    }

    /** What a task has of its own on the shared path is 0 exactly where it has joined. */
    private static void headsAreTheCoefficients(PartialSharing part) {
        double[] center = part.model().weights().get("network/shared/head/weight").toDoubles();
        for (int t = 0; t < 5; t++) {
            double[] head = part.model().weights().get("network/task/task " + (t + 1) + "/head/weight").toDoubles();
            for (int j = 0; j < center.length; j++) {
                assertThat(center[j] + head[j]).isCloseTo(part.coefficients().shared()[t][j], within(1e-12));
            }
            assertThat(Arrays.stream(head).limit(center.length).allMatch(w -> w == 0)).as("task %d", t).isEqualTo(t != OUTLIER);
        }
    }

    private static double rmse(TaskSet data, Split split, int t, Predictor model) {
        Task task = data.tasks().get(t);
        return Metric.RMSE.of(Arrays.stream(split.test()).mapToDouble(i -> task.response()[i]).toArray(),
                model.predict(task.name(), Observations.of(task, split.test())));
    }
}
