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
        text.append(sources()).append('\n');
        text.append("rows held out, mean over ").append(repeats).append(repeats == 1 ? " split" : " random splits [the middle 95 % of them]")
                .append("; * marks the best mean\n");
        List<String> header = new ArrayList<>(List.of("task", "metric"));
        methods.forEach(method -> header.add(method.name()));
        TextTable table = new TextTable(header);
        for (Task task : tasks.tasks()) {
            String name = task.name();
            for (Metric metric : Metric.of(task.responseKind())) {
                List<Summary> summaries = methods.stream().map(m -> Summary.of(scores, m.key(), task.name(), metric)).toList();
                List<String> line = new ArrayList<>(List.of(name, label(metric)));
                summaries.forEach(summary -> line.add(cell(summary, summaries, metric)));
                table.line(line);
                name = "";
            }
        }
        return text.append(table).toString();
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
