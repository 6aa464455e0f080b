package intarsia.models.report.run;

import intarsia.models.evaluation.Summary;
import intarsia.models.evaluation.TaskAgreement;
import intarsia.models.report.HeatMap;
import intarsia.models.report.Page;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How alike the model takes tasks to be.
 *
 * @param agreement of all tasks
 */
record AgreementSection(TaskAgreement agreement) {
    private static final int MOST_OPEN = 24;

    void write(Page page, String after) {
        List<String> tasks = agreement.tasks();
        // What predicts the same for all rows says nothing of tasks.
        if (tasks.size() < 2 || Arrays.stream(agreement.correlation()).flatMap(Arrays::stream).noneMatch(Summary::defined)) {
            return;
        }
        page.section("How alike tasks are" + after).paragraph("The correlation of what the model predicts for the same held-out rows as if "
                + "they were one task's and as if they were another's, on the linear predictor's scale: 1 where tasks are taken to be "
                + "alike but for level and scale. Each split has a model of its own, learned from other rows.");
        double[][] means = Arrays.stream(agreement.correlation()).map(of -> Arrays.stream(of).mapToDouble(Summary::mean).toArray())
                .toArray(double[][]::new);
        page.figures(List.of(new HeatMap(tasks, tasks, means, -1, 1).figure("agreement", "Correlation of tasks' predictions",
                "Means over splits. Blue above 0, red below, white at 0.")));
        List<List<String>> rows = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            for (int u = 0; u < t; u++) {
                Summary of = agreement.correlation()[t][u];
                rows.add(List.of(tasks.get(u), tasks.get(t), of.defined() ? of.splits() > 1 ? Rounded.of(of.mean(), of.low(), of.high())
                        : Rounded.of(of.mean()) : "not defined"));
            }
        }
        Table table = new Table("Pairs of tasks", "Means over splits [" + MethodsSection.QUANTILES + "]; not defined where the model "
                + "predicts the same for all rows.", List.of("task", "and", "correlation"), rows);
        if (rows.size() > MOST_OPEN) {
            page.folded(table);
        } else {
            page.table(table);
        }
    }
}
