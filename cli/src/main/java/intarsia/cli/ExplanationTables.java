package intarsia.cli;

import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.BlockWorth;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Importance;
import intarsia.models.evaluation.Summary;
import intarsia.models.evaluation.TaskAgreement;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What held-out rows that were changed say of a model, as files: {@code importance.csv}, {@code worth.csv}, {@code agreement.csv}.
 *
 * @param comparison with predictions of changed rows
 * @param estimator  whose
 * @param tasks      the tasks
 */
record ExplanationTables(Comparison.Result comparison, String estimator, TaskSet tasks) {
    void write(FolderWriter run) {
        List<List<String>> importances = new ArrayList<>();
        List<List<String>> worths = new ArrayList<>();
        List<List<String>> pairs = new ArrayList<>();
        for (TaskSet of : tasks.byResponse()) {
            of.tasks().forEach(task -> Importance.of(comparison, estimator, task).forEach(one -> importances.add(line(task,
                    List.of(one.change().source(), one.change().column(), one.change().kind().name().toLowerCase(Locale.ROOT)),
                    cells(one.rise())))));
            BlockWorth.of(comparison, estimator, of.tasks(), of.anchors()).forEach(one -> worths.add(line(of.task(one.task()),
                    List.of(one.source(), one.measured() ? "yes" : "no", Integer.toString(one.rows())),
                    List.of(cell(one.worth()), cell(one.interval().low()), cell(one.interval().high())))));
            TaskAgreement agreement = TaskAgreement.of(comparison, estimator, of.tasks());
            for (int t = 0; t < agreement.tasks().size(); t++) {
                for (int u = 0; u < t; u++) {
                    pairs.add(line(of.tasks().get(u), List.of(of.tasks().get(t).cohort()), cells(agreement.correlation()[t][u])));
                }
            }
        }
        run.write("importance.csv", Results.csv(header("source", "column", "change", "rise", "low", "high", "splits"), importances));
        run.write("worth.csv", Results.csv(header("source", "measured", "rows", "worth", "low", "high"), worths));
        run.write("agreement.csv", Results.csv(header("other", "correlation", "low", "high", "splits"), pairs));
    }

    private List<String> header(String... after) {
        List<String> header = new ArrayList<>(tasks.byResponse().size() > 1 ? List.of("response", "task") : List.of("task"));
        header.addAll(List.of(after));
        return header;
    }

    /** The task first; where there are several responses, as its response and its rows. */
    private static List<String> line(Task task, List<String> about, List<String> numbers) {
        List<String> line = new ArrayList<>(task.about().isEmpty() ? List.of(task.name()) : List.of(task.about(), task.cohort()));
        line.addAll(about);
        line.addAll(numbers);
        return line;
    }

    private static List<String> cells(Summary of) {
        return List.of(cell(of.mean()), cell(of.low()), cell(of.high()), Integer.toString(of.splits()));
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
