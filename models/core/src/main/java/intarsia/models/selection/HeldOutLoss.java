package intarsia.models.selection;

import intarsia.models.Predictor;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Moments;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.TaskTable;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.function.Function;

/**
 * How far predictions are from held-out responses, in one number that does not depend on units: the mean over tasks of the mean deviance of
 * their rows by their weights, that of standardized responses divided by the variance of the task's training responses.
 */
public final class HeldOutLoss {
    private HeldOutLoss() {}

    /** On validation rows; NaN if there are none. */
    public static double validation(Predictor predictor, DataSplit split) {
        return of(predictor, split, TaskSplit::validation);
    }

    /** On chosen rows of every task; tasks without any are left out. */
    public static double of(Predictor predictor, DataSplit split, Function<TaskSplit, int[]> rows) {
        double sum = 0;
        int tasks = 0;
        for (TaskSplit task : split.tasks()) {
            int[] held = rows.apply(task);
            if (held.length > 0) {
                sum += of(task, held, predictor.predict(task.task().name(), task.observations(held)));
                tasks++;
            }
        }
        return sum / tasks;
    }

    /** Of one task's rows, given their predictions. */
    public static double of(TaskSplit task, int[] rows, double[] predicted) {
        return Arrays.stream(rows(task, rows, predicted)).sum() / rows.length;
    }

    /** Of each of a task's rows, given their predictions, times its weight over the rows' mean weight. */
    public static double[] rows(TaskSplit task, int[] rows, double[] predicted) {
        double[] truth = task.responses(rows);
        ResponseFamily family = task.task().family();
        Moments moments = ResponseEncoding.moments(family, task.responses(task.train()), task.weights(task.train()));
        double divisor = moments.constant() ? 1 : moments.scale();
        double[] y = Arrays.stream(truth).map(number -> number / divisor).toArray();
        double[] of = Arrays.stream(predicted).map(number -> number / divisor).toArray();
        double[] shares = TaskTable.shares(task.weights(rows));
        double[] losses = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            losses[i] = shares[i] * family.deviance(y, i * family.columns(), of, i * family.width());
        }
        return losses;
    }
}
