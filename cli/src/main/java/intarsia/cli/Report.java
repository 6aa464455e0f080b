package intarsia.cli;

import intarsia.models.data.Presence;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Method;
import intarsia.models.evaluation.Metric;
import intarsia.models.evaluation.Summary;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Json;
import intarsia.models.files.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a fit found out, for people and for files. */
final class Report {
    /** So many tasks are shown one by one; more are summed up for people, and in the files all the same. */
    private static final int MOST_SHOWN = 12;
    private static final String ALL = "all, mean";

    private final String title;
    private final TaskSet tasks;
    private final List<Method> methods;
    private final List<Comparison.Score> scores;
    private final int repeats;

    Report(String title, TaskSet tasks, List<Method> methods, List<Comparison.Score> scores, int repeats) {
        this.title = title;
        this.tasks = tasks;
        this.methods = methods;
        this.scores = scores;
        this.repeats = repeats;
    }

    /** {@code metrics.json} and {@code scores.csv}. */
    void write(FolderWriter run) {
        run.write("metrics.json", Json.write(metrics()));
        List<List<String>> rows = new ArrayList<>();
        for (Comparison.Score score : scores) {
            rows.add(List.of(Integer.toString(score.repeat() + 1), score.method(), score.task(), score.metric().key(),
                    Double.isNaN(score.value()) ? "" : Double.toString(score.value())));
        }
        run.write("scores.csv", Results.csv(List.of("split", "method", "task", "metric", "value"), rows));
    }

    private Map<String, Object> metrics() {
        Map<String, Object> byTask = new LinkedHashMap<>();
        for (Task task : tasks.tasks()) {
            Map<String, Object> byMethod = new LinkedHashMap<>();
            for (Method method : methods) {
                Map<String, Object> figures = new LinkedHashMap<>();
                for (Metric metric : Metric.of(task.responseKind())) {
                    Summary summary = Summary.of(scores, method.key(), task.name(), metric);
                    figures.put(metric.key(), summary.defined() ? summary.mean() : null);
                    figures.put(metric.key() + "Interval", summary.defined() ? List.of(summary.low(), summary.high()) : null);
                }
                byMethod.put(method.key(), figures);
            }
            byTask.put(task.name(), byMethod);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("splits", repeats);
        all.put("interval", "the middle 95 % of splits");
        all.put("tasks", byTask);
        return all;
    }

    /** Tables: what each task has, then every metric beside the simpler methods'. */
    String text() {
        StringBuilder text = new StringBuilder(title).append("\n\n");
        boolean many = tasks.tasks().size() > MOST_SHOWN;
        text.append(many ? tasks.tasks().size() + " tasks, " + tasks.tasks().stream().mapToInt(Task::size).sum()
                + " rows; scores.csv has the figures of each\n" : sources()).append('\n');
        text.append("rows held out, mean over ").append(repeats).append(repeats == 1 ? " split" : " random splits [the middle 95 % of them]")
                .append("; * marks the best mean\n");
        List<String> header = new ArrayList<>(List.of("task", "metric"));
        methods.forEach(method -> header.add(method.name()));
        TextTable table = new TextTable(header);
        List<Comparison.Score> shown = many ? means() : scores;
        for (Task task : many ? tasks.tasks().subList(0, 1) : tasks.tasks()) {
            String of = many ? ALL : task.name();
            String name = of;
            for (Metric metric : Metric.of(task.responseKind())) {
                List<Summary> summaries = methods.stream().map(m -> Summary.of(shown, m.key(), of, metric)).toList();
                List<String> line = new ArrayList<>(List.of(name, label(metric)));
                summaries.forEach(summary -> line.add(cell(summary, summaries, metric)));
                table.line(line);
                name = "";
            }
        }
        return text.append(table).toString();
    }

    /** Each split's means over the tasks where a metric is defined. */
    private List<Comparison.Score> means() {
        List<Comparison.Score> means = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            for (Method method : methods) {
                for (Metric metric : Metric.of(tasks.tasks().getFirst().responseKind())) {
                    int split = repeat;
                    double mean = scores.stream().filter(s -> s.repeat() == split && s.method().equals(method.key()) && s.metric() == metric)
                            .mapToDouble(Comparison.Score::value).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
                    means.add(new Comparison.Score(repeat, method.key(), ALL, metric, mean));
                }
            }
        }
        return means;
    }

    private String sources() {
        Presence presence = tasks.presence();
        TextTable table = new TextTable("task", "rows", "observed", "missing");
        for (int t = 0; t < presence.tasks().size(); t++) {
            int task = t;
            table.line(presence.tasks().get(t), presence.sizes().get(t).toString(),
                    names(presence.sources().stream().filter(s -> presence.observed(task, s)).toList()),
                    names(tasks.others().stream().filter(s -> !presence.observed(task, s)).toList()));
        }
        return table.toString();
    }

    private static String names(List<Source> sources) {
        return sources.isEmpty() ? "nothing" : sources.stream().map(Source::name).collect(Collectors.joining(", "));
    }

    private String cell(Summary summary, List<Summary> all, Metric metric) {
        if (!summary.defined()) {
            return "not defined";
        }
        boolean best = all.stream().filter(Summary::defined)
                .allMatch(other -> metric.higherIsBetter() ? summary.mean() >= other.mean() : summary.mean() <= other.mean());
        String interval = repeats == 1 ? "" : String.format(" [%.3f, %.3f]", summary.low(), summary.high());
        return String.format("%.3f%s%s", summary.mean(), interval, best ? " *" : "");
    }

    private static String label(Metric metric) {
        return switch (metric) {
            case AUC -> "AUC";
            case LOG_LOSS -> "log loss";
            case ACCURACY -> "accuracy";
            case RMSE -> "RMSE";
        };
    }
}
