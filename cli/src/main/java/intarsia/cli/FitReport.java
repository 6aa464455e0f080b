package intarsia.cli;

import intarsia.cli.json.ResultTable;
import intarsia.models.Estimator;
import intarsia.models.data.MissingnessPattern;
import intarsia.models.data.Resampling;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.JudgedRows;
import intarsia.models.evaluation.Summary;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Json;
import intarsia.models.files.Results;
import intarsia.models.report.Rounded;
import intarsia.models.report.run.Verdict;
import intarsia.models.response.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a fit found out, for people and for files. */
final class FitReport {
    /** So many tasks are shown one by one; more are summed up for people, and in the files all the same. */
    private static final int MOST_SHOWN = 12;
    private static final String ALL = "all, mean";

    private final String title;
    private final TaskSet tasks;
    private final List<TaskSet> parts;
    private final List<Estimator> methods;
    private final Comparison.Result comparison;
    private final List<Comparison.Score> scores;
    private final Resampling resampling;
    private final int repeats;
    private final List<String> notes;

    FitReport(String title, TaskSet tasks, List<Estimator> methods, Comparison.Result comparison, Resampling resampling,
            List<String> notes) {
        this.title = title;
        this.tasks = tasks;
        this.methods = methods;
        this.comparison = comparison;
        this.parts = tasks.byResponse();
        this.scores = comparison.scores().stream().filter(score ->
                methods.stream().anyMatch(method -> method.key().equals(score.estimator()))).toList();
        this.resampling = resampling;
        this.repeats = comparison.splits();
        this.notes = notes;
    }

    /** {@code metrics.json} and {@code scores.csv}. */
    void write(FolderWriter run) {
        run.write("metrics.json", Json.write(metrics()));
        List<List<String>> rows = new ArrayList<>();
        boolean several = parts.size() > 1;
        for (Comparison.Score score : scores) {
            Task task = tasks.task(score.task());
            List<String> row = new ArrayList<>(List.of(Integer.toString(score.repeat() + 1), score.estimator()));
            row.addAll(several ? List.of(task.about(), task.cohort()) : List.of(task.name()));
            row.addAll(List.of(score.metric().key(), Double.isNaN(score.value()) ? "" : Double.toString(score.value())));
            rows.add(row);
        }
        run.write("scores.csv", Results.csv(several ? List.of("split", "method", "response", "task", "metric", "value")
                : List.of("split", "method", "task", "metric", "value"), rows));
    }

    private Map<String, Object> metrics() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("splits", repeats);
        metrics.put("design", resampling.describe());
        metrics.put("interval", "2.5-97.5 % quantiles over splits");
        if (parts.size() == 1) {
            metrics.put("tasks", metrics(tasks));
        } else {
            Map<String, Object> byResponse = new LinkedHashMap<>();
            parts.forEach(part -> byResponse.put(part.tasks().getFirst().about(), Map.of("tasks", metrics(part))));
            metrics.put("responses", byResponse);
        }
        return metrics;
    }

    private Map<String, Object> metrics(TaskSet part) {
        Map<String, Object> byTask = new LinkedHashMap<>();
        for (Task task : part.tasks()) {
            Map<String, Object> byMethod = new LinkedHashMap<>();
            for (Estimator method : methods) {
                Map<String, Object> figures = new LinkedHashMap<>();
                for (Metric metric : task.family().metrics()) {
                    Summary summary = Summary.of(scores, method.key(), task.name(), metric);
                    figures.put(metric.key(), summary.defined() ? summary.mean() : null);
                    figures.put(metric.key() + "Interval", summary.defined() ? List.of(summary.low(), summary.high()) : null);
                }
                byMethod.put(method.key(), figures);
            }
            byTask.put(task.cohort(), byMethod);
        }
        return byTask;
    }

    /** The table of a fit that nothing was judged in. */
    static ResultTable noScores() {
        return new ResultTable("response", "task", "method", "metric", "mean", "low", "high");
    }

    /** A line for each task, method and metric, for programs. */
    ResultTable scores() {
        ResultTable table = noScores();
        for (Task task : tasks.tasks()) {
            for (Estimator method : methods) {
                for (Metric metric : task.family().metrics()) {
                    Summary summary = Summary.of(scores, method.key(), task.name(), metric);
                    table.row(List.of(task.about(), task.cohort(), method.key(), metric.key(), summary.mean(), summary.low(),
                            summary.high()));
                }
            }
        }
        return table;
    }

    /** Tables: what each task has, then every metric of the model and the baselines. */
    String text() {
        StringBuilder text = new StringBuilder(title).append("\n\n");
        String verdict = parts.stream().map(part -> new Verdict(part, methods, comparison.of(part).scores(), resampling)
                .about(parts.size() > 1)).filter(sentence -> !sentence.isEmpty()).collect(Collectors.joining("\n"));
        text.append(verdict).append(verdict.isEmpty() ? "" : "\n\n");
        notes.forEach(note -> text.append(note.startsWith("warning: ") ? "" : "note: ").append(note).append('\n'));
        text.append(notes.isEmpty() ? "" : "\n");
        boolean many = tasks.tasks().size() > MOST_SHOWN * parts.size();
        text.append(many ? tasks.tasks().size() + " tasks, " + tasks.tasks().stream().mapToInt(Task::size).sum()
                + " rows; scores.csv has the figures of each\n" : sources()).append('\n');
        text.append("held-out rows, mean over ").append(repeats < resampling.splits() ? repeats + " of " : "").append(resampling.describe())
                .append(repeats == 1 ? "" : " [2.5-97.5 % quantiles over splits]")
                .append("; * marks the best mean\n");
        List<String> header = new ArrayList<>(List.of("task", "metric"));
        methods.forEach(method -> header.add(method.name()));
        TextTable table = new TextTable(header);
        List<Comparison.Score> shown = many ? parts.stream().flatMap(part -> means(part).stream()).toList() : scores;
        for (Task task : many ? parts.stream().map(part -> part.tasks().getFirst()).toList() : tasks.tasks()) {
            String of = many ? all(task) : task.name();
            String name = of;
            for (Metric metric : task.family().metrics()) {
                List<Summary> summaries = methods.stream().map(m -> Summary.of(shown, m.key(), of, metric)).toList();
                List<String> line = new ArrayList<>(List.of(name, metric.label()));
                summaries.forEach(summary -> line.add(cell(summary, summaries, metric)));
                table.line(line);
                name = "";
            }
        }
        return text.append(table).append(confusion()).toString();
    }

    /** Of each response's levels: how often the model took each for each. */
    private String confusion() {
        StringBuilder text = new StringBuilder();
        for (TaskSet part : parts) {
            List<ConfusionTable> all = new ArrayList<>();
            for (Task task : part.tasks()) {
                JudgedRows rows = JudgedRows.of(comparison, methods.getFirst().key(), task);
                if (!task.family().levels().isEmpty() && rows.size() > 0) {
                    all.add(ConfusionTable.of(task.family(), rows.truth(), Arrays.stream(rows.predicted()).flatMapToDouble(Arrays::stream)
                            .toArray()));
                }
            }
            boolean same = part.tasks().stream().map(task -> task.family().levels()).distinct().count() == 1;
            if (!all.isEmpty() && same) {
                String about = part.tasks().getFirst().about();
                text.append('\n').append(about.isEmpty() ? "" : about + ": ").append(methods.getFirst().name())
                        .append(": held-out rows of each level in all tasks and splits, by the most probable one\n")
                        .append(ConfusionTable.sum(all));
            }
        }
        return text.toString();
    }

    /** Each split's means over the tasks where a metric is defined. */
    private List<Comparison.Score> means(TaskSet part) {
        List<Comparison.Score> scores = comparison.of(part).scores();
        List<Comparison.Score> means = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            for (Estimator method : methods) {
                for (Metric metric : part.tasks().getFirst().family().metrics()) {
                    int split = repeat;
                    double mean = scores.stream().filter(s -> s.repeat() == split && s.estimator().equals(method.key())
                            && s.metric() == metric)
                            .mapToDouble(Comparison.Score::value).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
                    means.add(new Comparison.Score(repeat, method.key(), all(part.tasks().getFirst()), metric, mean));
                }
            }
        }
        return means;
    }

    /** What the mean over a response's tasks is called. */
    private static String all(Task one) {
        return one.about().isEmpty() ? ALL : one.about() + ": " + ALL;
    }

    private String sources() {
        MissingnessPattern pattern = tasks.missingness();
        TextTable table = new TextTable("task", "rows", "observed", "missing");
        for (int t = 0; t < pattern.tasks().size(); t++) {
            int task = t;
            table.line(pattern.tasks().get(t), pattern.sizes().get(t).toString(),
                    names(pattern.sources().stream().filter(s -> pattern.observed(task, s)).toList()),
                    names(tasks.others().stream().filter(s -> !pattern.observed(task, s)).toList()));
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
        String interval = repeats == 1 ? "" : " [" + Rounded.of(summary.low()) + ", " + Rounded.of(summary.high()) + "]";
        return Rounded.of(summary.mean()) + interval + (best ? " *" : "");
    }

}
