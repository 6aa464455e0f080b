package intarsia.models.report.run;

import intarsia.models.Estimator;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.data.Resampling;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Summary;
import intarsia.models.report.Figure;
import intarsia.models.report.IntervalPlot;
import intarsia.models.report.Page;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import intarsia.models.response.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * All methods on the same held-out rows: a picture, a table, and the model against each.
 *
 * @param tasks      the tasks
 * @param methods    what was compared, the model first
 * @param comparison what came out
 * @param resampling how rows were split
 * @param response   what is predicted, with its unit
 */
record MethodsSection(TaskSet tasks, List<Estimator> methods, Comparison.Result comparison, Resampling resampling, String response) {
    /** So many tasks are shown one by one. */
    static final int MOST_TASKS = 12;
    private static final int MOST_OPEN = 40;
    static final String QUANTILES = "2.5-97.5 % quantiles over splits";

    /** The compared, and the mean predictor that is always fitted. */
    private List<Estimator> all() {
        List<Estimator> all = new ArrayList<>(methods);
        if (all.stream().noneMatch(method -> method.key().equals(MeanPredictor.KEY))
                && comparison.evaluations().stream().anyMatch(evaluation -> evaluation.estimator().equals(MeanPredictor.KEY))) {
            all.add(new MeanPredictor());
        }
        return all;
    }

    /** Writes it, with this after its heading. */
    void write(Page page, String after) {
        page.section("How well it predicts" + after).paragraph("Every method was fitted and judged on the same splits: " + splits()
                + ". What follows is about rows that the method had not seen.");
        page.figures(List.of(picture()));
        page.table(new Verdict(tasks, methods, comparison.scores(), resampling).differences(all().subList(1, all().size())));
        Table figures = figures();
        if (figures.rows().size() > MOST_OPEN) {
            page.folded(figures);
        } else {
            page.table(figures);
        }
    }

    private String splits() {
        int done = comparison.splits();
        return (done < resampling.splits() ? done + " of " : "") + resampling.describe();
    }

    private List<Task> shown() {
        return tasks.tasks().subList(0, Math.min(MOST_TASKS, tasks.tasks().size()));
    }

    private Figure picture() {
        Metric metric = tasks.tasks().getFirst().family().chosenBy();
        List<String> groups = shown().stream().map(Task::name).toList();
        List<IntervalPlot.Series> series = new ArrayList<>();
        for (Estimator method : all()) {
            List<Summary> of = groups.stream().map(task -> Summary.of(comparison.scores(), method.key(), task, metric)).toList();
            boolean several = comparison.splits() > 1;
            series.add(new IntervalPlot.Series(method.name(), of.stream().mapToDouble(Summary::mean).toArray(),
                    of.stream().mapToDouble(s -> several ? s.low() : Double.NaN).toArray(),
                    of.stream().mapToDouble(s -> several ? s.high() : Double.NaN).toArray()));
        }
        String unit = tasks.tasks().getFirst().family().standardized() ? ", in units of " + response : "";
        return new IntervalPlot(metric.label() + unit, groups, series).figure("methods", "Methods, task by task: " + metric.label(),
                (metric.higherIsBetter() ? "Higher" : "Lower") + " is better. Points: means over splits; lines: " + QUANTILES
                        + ", which are no confidence intervals." + (tasks.tasks().size() > MOST_TASKS ? " The first " + MOST_TASKS + " of "
                                + tasks.tasks().size() + " tasks." : ""), metric.label() + " of " + series.size() + " methods in "
                                        + groups.size() + " tasks, with intervals");
    }

    private Table figures() {
        List<Metric> metrics = tasks.tasks().getFirst().family().metrics();
        List<String> header = new ArrayList<>(List.of("task", "method"));
        metrics.forEach(metric -> header.add(metric.label()));
        List<List<String>> rows = new ArrayList<>();
        for (Task task : shown()) {
            for (Estimator method : all()) {
                List<String> row = new ArrayList<>(List.of(task.name(), method.name()));
                for (Metric metric : metrics) {
                    Summary of = Summary.of(comparison.scores(), method.key(), task.name(), metric);
                    row.add(comparison.splits() == 1 ? Rounded.of(of.mean(), Double.NaN, Double.NaN)
                            : Rounded.of(of.mean(), of.low(), of.high()));
                }
                rows.add(row);
            }
        }
        return new Table("All figures", "Means over splits" + (comparison.splits() == 1 ? "" : " [" + QUANTILES + "]")
                + "; scores.csv has each split's, held-out.csv each row's predictions.", header, rows);
    }
}
