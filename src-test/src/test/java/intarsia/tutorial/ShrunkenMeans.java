package intarsia.tutorial;

import intarsia.linalg.Tensor;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Weights;
import intarsia.models.baseline.MeanPredictor.Means;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

// @start region="estimator"
/**
 * Predicts a task's mean, shrunken towards that of all tasks (Efron &amp; Morris 1975):
 * <pre>  m + tau^2 / (tau^2 + s^2 / n_t) (m_t - m)</pre>
 * of task t with n_t rows, s^2 being the variance within tasks, and tau^2 that of the m_t less what
 * rows explain.
 */
public record ShrunkenMeans() implements Estimator {
    @Override
    public String key() {
        return "shrunken-means";
    }

    @Override
    public String name() {
        return "shrunken means";
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return family.equals(ResponseFamily.CONTINUOUS) || family.equals(ResponseFamily.BINARY);
    }

    @Override
    public Outcome<Means> fit(FitContext context) {
        requireLearned(context.split());
        List<TaskSplit> tasks = context.split().tasks();
        List<Moments> moments = tasks.stream().map(Moments::of).toList();
        double rows = moments.stream().mapToDouble(Moments::rows).sum();
        double within = moments.stream().mapToDouble(Moments::squares).sum()
                / Math.max(1, rows - tasks.size());
        double mean = moments.stream().mapToDouble(Moments::mean).average().orElseThrow();
        double spread = moments.stream().mapToDouble(of -> (of.mean - mean) * (of.mean - mean)).sum()
                / Math.max(1, tasks.size() - 1);
        double between = Math.max(0, spread - moments.stream().mapToDouble(of -> within / of.rows)
                .average().orElseThrow());
        Map<String, ResponseFamily> responses = new LinkedHashMap<>();
        Weights weights = Weights.NONE;
        for (int t = 0; t < tasks.size(); t++) {
            Task task = tasks.get(t).task();
            Moments of = moments.get(t);
            double kept = between == 0 ? 0 : between / (between + within / of.rows);
            responses.put(task.name(), task.family());
            weights = weights.and(task.name(), Tensor.vector(mean + kept * (of.mean - mean)));
        }
        return new Outcome.Converged<>(new Means(responses, weights), 1);
    }

    /** A task's rows, their mean, and squares around it; a row of weight 2 counts as two. */
    private record Moments(double rows, double mean, double squares) {
        static Moments of(TaskSplit split) {
            // in an order of their own, whatever the file's
            int[] known = split.trainAndValidation();
            double[] y = split.responses(known);
            double[] weights = split.weights(known);
            double rows = 0;
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                rows += weights[i];
                sum += weights[i] * y[i];
            }
            double squares = 0;
            for (int i = 0; i < y.length; i++) {
                squares += weights[i] * (y[i] - sum / rows) * (y[i] - sum / rows);
            }
            return new Moments(rows, sum / rows, squares);
        }
    }
}
// @end
