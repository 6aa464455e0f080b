package intarsia.cli;

import intarsia.models.evaluation.BlockWorth;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Importance;
import intarsia.models.evaluation.Summary;
import intarsia.models.evaluation.TaskAgreement;
import intarsia.models.data.TaskSet;
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
        tasks.tasks().forEach(task -> Importance.of(comparison, estimator, task).forEach(of -> {
            List<String> line = new ArrayList<>(List.of(of.task(), of.change().source(), of.change().column(),
                    of.change().kind().name().toLowerCase(Locale.ROOT)));
            line.addAll(cells(of.rise()));
            importances.add(line);
        }));
        run.write("importance.csv", Results.csv(List.of("task", "source", "column", "change", "rise", "low", "high", "splits"),
                importances));
        run.write("worth.csv", Results.csv(List.of("task", "source", "measured", "rows", "worth", "low", "high"),
                BlockWorth.of(comparison, estimator, tasks.tasks(), tasks.anchors()).stream().map(of -> List.of(of.task(), of.source(),
                        of.measured() ? "yes" : "no", Integer.toString(of.rows()), cell(of.worth()), cell(of.interval().low()),
                        cell(of.interval().high()))).toList()));
        TaskAgreement agreement = TaskAgreement.of(comparison, estimator, tasks.tasks());
        List<List<String>> pairs = new ArrayList<>();
        for (int t = 0; t < agreement.tasks().size(); t++) {
            for (int u = 0; u < t; u++) {
                List<String> line = new ArrayList<>(List.of(agreement.tasks().get(u), agreement.tasks().get(t)));
                line.addAll(cells(agreement.correlation()[t][u]));
                pairs.add(line);
            }
        }
        run.write("agreement.csv", Results.csv(List.of("task", "other", "correlation", "low", "high", "splits"), pairs));
    }

    private static List<String> cells(Summary of) {
        return List.of(cell(of.mean()), cell(of.low()), cell(of.high()), Integer.toString(of.splits()));
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
