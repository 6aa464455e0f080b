package intarsia.models.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.Estimator;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.data.Resampling;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.LeaveOneTaskOut;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.response.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Estimator GP = MultitaskGp.options();
    private static final Estimator MEAN = new MeanPredictor();
    private static final Estimator POOLED = new Regression(1, true);

    private static TaskSet tasks(String... names) {
        TaskSet.Builder tasks = TaskSet.builder();
        for (String name : names) {
            tasks.task(Task.continuous(name).block(Source.of("exam", "x"), new double[3][1]).response(1, 2, 3));
        }
        return tasks.build();
    }

    /** RMSEs of methods, the mean's 1; of some splits, a little apart. */
    private static String sentence(TaskSet tasks, int splits, Map<String, Double> figures, Estimator... methods) {
        List<Comparison.Score> scores = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            for (Task task : tasks.tasks()) {
                scores.add(new Comparison.Score(split, MeanPredictor.KEY, task.name(), Metric.RMSE, 1));
                for (var figure : figures.entrySet()) {
                    scores.add(new Comparison.Score(split, figure.getKey(), task.name(), Metric.RMSE, figure.getValue() + 0.001 * split));
                }
            }
        }
        return new Verdict(tasks, List.of(methods), scores, Resampling.STANDARD).sentence();
    }

    @Test
    void plainRegressionComesFirstWhereItIsCompared() {
        assertThat(sentence(tasks("a", "b"), 10, Map.of("gp", 0.5, "regression", 0.8, POOLED.key(), 0.4), GP, POOLED, Regression.DEFAULT))
                .startsWith("Gaussian process is better than plain regression: RMSE 0.505 against 0.805 where predicting each task's mean "
                        + "has 1, mean over tasks and 10 splits (p < 0.001");
        assertThat(sentence(tasks("a", "b"), 10, Map.of("gp", 0.9, "regression", 0.8), GP, Regression.DEFAULT))
                .contains("is worse than plain");
    }

    @Test
    void withoutItPooledRegressionThenWhatElseIsComparedThenTheMean() {
        assertThat(sentence(tasks("a"), 10, Map.of("gp", 0.5, POOLED.key(), 0.8, "mtl-hmb", 0.7), GP, MtlHmb.options(), POOLED))
                .isEqualTo("Gaussian process is better than pooled regression: RMSE 0.505 against 0.805, mean over 10 splits (p < 0.001, "
                        + "corrected resampled t test)");
        assertThat(sentence(tasks("a"), 10, Map.of("gp", 0.5, "mtl-hmb", 0.7), GP, MtlHmb.options())).contains("is better than MTL-HMB:");
        assertThat(sentence(tasks("a", "b"), 10, Map.of("gp", 0.5), GP))
                .contains("is better than predicting each task's mean: RMSE 0.505 against 1.000, mean over tasks");
        assertThat(sentence(tasks("a", "b"), 10, Map.of("gp", 0.5, "gp-new-task", 0.6), GP, new LeaveOneTaskOut(GP)))
                .as("itself in new tasks is no other model").contains("than predicting each task's mean");
    }

    @Test
    void theModelIsNeverComparedWithItself() {
        assertThat(sentence(tasks("a"), 10, Map.of("regression", 0.5), Regression.DEFAULT))
                .startsWith("plain regression is better than predicting each task's mean: ");
        assertThat(sentence(tasks("a"), 10, Map.of("regression", 0.5, "gp", 0.6), Regression.DEFAULT, GP))
                .startsWith("plain regression is better than Gaussian process: ");
        assertThat(sentence(tasks("a"), 10, Map.of("regression", 0.5), MEAN, Regression.DEFAULT))
                .startsWith("predicting each task's mean is worse than plain regression: RMSE 1.000 against 0.505, mean");
        assertThat(sentence(tasks("a"), 10, Map.of(), MEAN)).as("nothing to compare").isEmpty();
    }

    @Test
    void oneSplitAndNoSplitSayNothingOfChance() {
        assertThat(sentence(tasks("a"), 1, Map.of("gp", 0.5), GP)).isEqualTo(
                "Gaussian process and predicting each task's mean: RMSE 0.500 against 1.000; one split "
                        + "cannot tell a difference from chance");
        assertThat(sentence(tasks("a"), 0, Map.of("gp", 0.5), GP)).isEmpty();
        assertThat(sentence(tasks("a"), 10, Map.of("gp", 0.5, "regression", Double.NaN), GP, Regression.DEFAULT))
                .as("regression is judged nowhere").contains("than predicting each task's mean");
    }
}
