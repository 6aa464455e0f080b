package intarsia.models.evaluation;

import intarsia.models.data.Task;
import intarsia.models.explanation.RowChange;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How alike a model takes two tasks to be: the correlation of what it predicts for the same rows as if they were the one's and as if they
 * were the other's, on the linear predictors' scale ({@link ResponseFamily#linear}), over held-out rows of all tasks. It is 1 where rows
 * are put in the same order and distances, whatever each task's level and scale; it asks for predictions only, and so has one form for
 * all models. A task's model reads what the task has: blocks that one of two tasks lacks make them less alike. Ours.
 *
 * <p>Each split has a model of its own, learned from other rows (subsampling: Politis &amp; Romano 1994): quantiles over splits say how
 * sure the similarity is.
 *
 * @param tasks       the tasks
 * @param correlation for each pair its mean and quantiles over splits; undefined of tasks with responses of different kinds
 */
public record TaskAgreement(List<String> tasks, Summary[][] correlation) {
    /** Predictions that vary by less, as a share of their size, vary by rounding only. */
    private static final double VARIES = 1e-12;

    /** Of one estimator and tasks about one response; no tasks where rows were not predicted as other tasks'. */
    public static TaskAgreement of(Comparison.Result comparison, String estimator, List<Task> tasks) {
        double[][][] bySplit = comparison.evaluations().stream().filter(of -> of.estimator().equals(estimator)
                && of.heldOut().stream().anyMatch(held -> held.changed().stream().anyMatch(one -> !one.change().task().isEmpty())))
                .map(of -> correlations(of, tasks)).toArray(double[][][]::new);
        if (bySplit.length == 0) {
            return new TaskAgreement(List.of(), new Summary[0][0]);
        }
        Summary[][] all = new Summary[tasks.size()][tasks.size()];
        for (int t = 0; t < all.length; t++) {
            for (int u = 0; u < all.length; u++) {
                int first = t;
                int second = u;
                all[t][u] = Summary.of(Arrays.stream(bySplit).mapToDouble(of -> of[first][second]).toArray());
            }
        }
        return new TaskAgreement(tasks.stream().map(Task::name).toList(), all);
    }

    private static double[][] correlations(Evaluation evaluation, List<Task> tasks) {
        Map<String, ResponseFamily> families = tasks.stream().collect(Collectors.toMap(Task::name, Task::family));
        Map<String, List<double[]>> as = new HashMap<>();
        evaluation.heldOut().stream().filter(held -> families.containsKey(held.task()))
                .sorted(Comparator.comparing(Evaluation.HeldOut::task)).forEach(held -> {
            List<Evaluation.Changed> others = held.changed().stream()
                    .filter(of -> of.change().kind() == RowChange.Kind.OTHER_TASK).toList();
            int rows = others.isEmpty() ? 0 : others.getFirst().predicted().length
                    / families.get(others.getFirst().change().task()).width();
            others.forEach(of -> as.computeIfAbsent(of.change().task(), name -> new ArrayList<>())
                    .add(families.get(of.change().task()).linear(of.predicted())));
            ResponseFamily own = families.get(held.task());
            as.computeIfAbsent(held.task(), name -> new ArrayList<>())
                    .add(own.linear(Arrays.copyOf(held.predicted(), rows * own.width())));
        });
        double[][] correlations = new double[tasks.size()][tasks.size()];
        for (int t = 0; t < correlations.length; t++) {
            for (int u = 0; u < correlations.length; u++) {
                ResponseFamily first = tasks.get(t).family();
                ResponseFamily second = tasks.get(u).family();
                correlations[t][u] = !first.key().equals(second.key()) || first.predictors() != second.predictors() ? Double.NaN
                        : correlation(joined(as.get(tasks.get(t).name())), joined(as.get(tasks.get(u).name())), first.predictors());
            }
        }
        return correlations;
    }

    private static double[] joined(List<double[]> parts) {
        return parts == null ? new double[0] : parts.stream().flatMapToDouble(DoubleStream::of).toArray();
    }

    /** Of numbers in columns, each centered, all columns together; NaN where either does not vary. */
    static double correlation(double[] x, double[] y, int columns) {
        double[] first = scaled(x);
        double[] second = scaled(y);
        double[] a = centered(first, columns);
        double[] b = centered(second, columns);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < a.length; i++) {
            xx += a[i] * a[i];
            yy += b[i] * b[i];
            xy += a[i] * b[i];
        }
        boolean vary = xx > VARIES * VARIES * squares(first) && yy > VARIES * VARIES * squares(second);
        return vary ? Math.clamp(xy / Math.sqrt(xx) / Math.sqrt(yy), -1, 1) : Double.NaN;
    }

    private static double squares(double[] x) {
        double sum = 0;
        for (double of : x) {
            sum += of * of;
        }
        return sum;
    }

    /** By a power of two, so that squares neither overflow nor vanish. */
    private static double[] scaled(double[] x) {
        double largest = Arrays.stream(x).map(Math::abs).max().orElse(0);
        return Arrays.stream(x).map(of -> Math.scalb(of, -Math.getExponent(Math.max(largest, Double.MIN_NORMAL)))).toArray();
    }

    private static double[] centered(double[] x, int columns) {
        double[] centered = x.clone();
        int rows = x.length / columns;
        for (int k = 0; k < columns; k++) {
            double mean = 0;
            for (int i = 0; i < rows; i++) {
                mean += x[i * columns + k] / rows;
            }
            for (int i = 0; i < rows; i++) {
                centered[i * columns + k] -= mean;
            }
        }
        return centered;
    }
}
