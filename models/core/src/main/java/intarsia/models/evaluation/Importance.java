package intarsia.models.evaluation;

import intarsia.models.data.Task;
import intarsia.models.explanation.RowChange;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much worse held-out rows of a task are predicted when they are changed: the metric by which the response's family is judged with the
 * change, less that without it; of responses with a unit as a share of that without it. Each split draws the change anew, with a model of
 * its own: the interval is over models, rows and draws.
 *
 * @param task   the task
 * @param change the change
 * @param rise   of the loss: above 0 where the change makes predictions worse; mean and quantiles over splits
 */
public record Importance(String task, RowChange change, Summary rise) {
    /** Of all changes of a task's rows but those of the task itself, in the order in which they were made. */
    public static List<Importance> of(Comparison.Result comparison, String estimator, Task task) {
        ResponseFamily family = task.family();
        Metric metric = family.chosenBy();
        Map<RowChange, List<Double>> rises = new LinkedHashMap<>();
        for (Evaluation evaluation : comparison.evaluations()) {
            for (Evaluation.HeldOut held : evaluation.heldOut()) {
                if (!evaluation.estimator().equals(estimator) || !held.task().equals(task.name())) {
                    continue;
                }
                for (Evaluation.Changed changed : held.changed()) {
                    if (changed.change().kind() != RowChange.Kind.OTHER_TASK) {
                        int rows = changed.predicted().length / family.width();
                        double[] truth = truth(task, held.rows(), rows);
                        double[] weights = Arrays.stream(held.rows()).limit(rows).mapToDouble(row -> task.weights()[row]).toArray();
                        double before = metric.of(family, truth, weights, Arrays.copyOf(held.predicted(), changed.predicted().length));
                        double rise = (metric.of(family, truth, weights, changed.predicted()) - before) / (family.standardized() ? before
                                : 1);
                        rises.computeIfAbsent(changed.change(), of -> new ArrayList<>()).add(metric.higherIsBetter() ? -rise : rise);
                    }
                }
            }
        }
        List<Importance> all = new ArrayList<>();
        rises.forEach((change, values) -> all.add(new Importance(task.name(), change,
                Summary.of(values.stream().mapToDouble(Double::doubleValue).toArray()))));
        return all;
    }

    /** What rises, with its unit. */
    public static String axis(ResponseFamily family) {
        return "rise of " + family.chosenBy().label() + (family.standardized() ? ", as a share of it" : "");
    }

    /** The responses of the first of some rows. */
    static double[] truth(Task task, int[] rows, int count) {
        int columns = task.family().columns();
        double[] truth = new double[count * columns];
        for (int i = 0; i < count; i++) {
            System.arraycopy(task.response(), rows[i] * columns, truth, i * columns, columns);
        }
        return truth;
    }
}
