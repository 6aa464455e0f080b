package intarsia.models.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Metric;
import intarsia.models.net.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SingleTaskTest {
    private static final Source EXAM = Source.of("exam", "a", "b");
    private static final SingleTask OPTIONS = new SingleTask(16, 2, Training.DEFAULT.learningRate(0.01).epochs(150), SingleTask.DEFAULT.scaling());

    private static TaskSet data() {
        RandomStream random = RandomStream.of(1);
        double[][] x = new double[200][2];
        double[] ring = new double[200];
        double[] distance = new double[200];
        for (int i = 0; i < 200; i++) {
            x[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
            distance[i] = 100 + 10 * (x[i][0] * x[i][0] + x[i][1] * x[i][1]);
            ring[i] = distance[i] > 113 ? 1 : 0;
        }
        return TaskSet.builder().task(Task.binary("ring").block(EXAM, x).response(ring))
                .task(Task.continuous("distance").block(EXAM, x).response(distance)).build();
    }

    @Test
    void learnsWhatNoLineCan() {
        TaskSet data = data();
        List<Split> splits = Split.random(data, 0.2, 0.2, RandomStream.of(2));
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Predictor predictor = OPTIONS.fit(engine, data, splits, RandomStream.of(3), Progress.NONE);
            Predictor line = RidgeRegression.DEFAULT.fit(data, splits);
            assertThat(score(predictor, data, splits, 0, Metric.AUC)).isGreaterThan(0.95).isGreaterThan(score(line, data, splits, 0, Metric.AUC));
            assertThat(score(predictor, data, splits, 1, Metric.RMSE)).isLessThan(0.5 * score(line, data, splits, 1, Metric.RMSE));
            assertThatThrownBy(() -> predictor.predict("other", new Observations(List.of(), Map.of()))).isInstanceOf(DataException.class)
                    .hasMessage("no task 'other'; there are [ring, distance]");
        }
    }

    private static double score(Predictor predictor, TaskSet data, List<Split> splits, int t, Metric metric) {
        Task task = data.tasks().get(t);
        int[] test = splits.get(t).test();
        return metric.of(Arrays.stream(test).mapToDouble(i -> task.response()[i]).toArray(), predictor.predict(task.name(), Observations.of(task, test)));
    }
}
