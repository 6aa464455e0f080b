package intarsia.models.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.ObservedNetwork;
import intarsia.models.net.Training;
import intarsia.models.response.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SingleTaskTest {
    private static final Source EXAM = Source.of("exam", "a", "b");
    private static final SingleTask OPTIONS = new SingleTask(16, 2, Training.DEFAULT.learningRate(0.01).epochs(150),
            SingleTask.DEFAULT.scaling());
    private static final TaskSet DATA = data();
    private static final DataSplit SPLIT = DataSplit.random(DATA, 0.2, 0.2, RandomStream.of(2));

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

    private static Outcome<? extends Model> fit(Estimator estimator, DataSplit split) {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            return estimator.fit(new FitContext(engine, split, RandomStream.of(3), Progress.NONE));
        }
    }

    @Test
    void learnsWhatNoLineCan() {
        Model predictor = fit(OPTIONS, SPLIT).orThrow();
        Predictor line = fit(Regression.DEFAULT, SPLIT).orThrow();
        assertThat(score(predictor, "ring", Metric.AUC)).isGreaterThan(0.95).isGreaterThan(score(line, "ring", Metric.AUC));
        assertThat(score(predictor, "distance", Metric.RMSE)).isLessThan(0.5 * score(line, "distance", Metric.RMSE));
        assertThatThrownBy(() -> predictor.predict("other", new Observations(List.of(), Map.of()))).isInstanceOf(DataException.class)
                .hasMessage("no task 'other'; the model has distance, ring");
        assertThatThrownBy(() -> predictor.predict("ring", new Observations(List.of(), Map.of()))).isInstanceOf(DataException.class)
                .hasMessage("the rows lack source 'exam' with columns [a, b], which the model needs for every row");
    }

    private static double score(Predictor predictor, String task, Metric metric) {
        TaskSplit split = SPLIT.task(task);
        return metric.of(split.responses(split.test()), predictor.predict(task, split.observations(split.test())));
    }

    /** Columns are standardized over all tasks; taken as they come, nothing of another task is left. */
    @Test
    void aTaskLearnsTheSameWhateverElseThereIs() {
        SingleTask brief = new SingleTask(16, 2, OPTIONS.training().epochs(3), FeatureEncoding.Scaling.RAW);
        TaskSet alone = TaskSet.builder().task(DATA.task("ring")).build();
        Model both = fit(brief, SPLIT).orThrow();
        Model one = fit(brief, DataSplit.random(alone, 0.2, 0.2, RandomStream.of(2))).orThrow();
        Observations rows = Observations.of(DATA.task("ring"));
        assertThat(one.predict("ring", rows)).isEqualTo(both.predict("ring", rows));
        assertThat(both.tasks()).containsExactly("distance", "ring");
        assertThat(one.tasks()).containsExactly("ring");
    }

    @Test
    void saysHowItEndedAndIsReadBack() {
        assertThat(fit(OPTIONS.epochs(2), SPLIT)).isInstanceOfSatisfying(Outcome.Stopped.class,
                stopped -> assertThat(stopped.why()).isEqualTo("learning ring alone reached its limit of 2 epochs"));
        ObservedNetwork model = (ObservedNetwork) fit(OPTIONS.epochs(2), SPLIT).orThrow();
        SingleTask.Settings settings = (SingleTask.Settings) model.state().settings();
        Model read = new ObservedNetwork(settings.options(), settings.tasks(), model.state().weights());
        Observations rows = Observations.of(DATA.task("ring"));
        assertThat(read.predict("ring", rows)).isEqualTo(model.predict("ring", rows));
        assertThat(Arrays.stream(read.predict("ring", rows)).min().orElseThrow()).isBetween(0.0, 1.0);
        assertThatThrownBy(() -> new ObservedNetwork(new SingleTask(16, 3, OPTIONS.training(), OPTIONS.scaling()), settings.tasks(),
                model.state().weights()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("weights 'task/distance/network/2/")
                .hasMessageContaining("should be");
        assertThatThrownBy(() -> new SingleTask(0, 1, OPTIONS.training(), OPTIONS.scaling()))
                .hasMessage("single task: width 0 and depth 1 must be at least 1, training and scaling given");
    }
}
