package intarsia.models.report.run;

import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.data.Task;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.JudgedRows;
import intarsia.models.report.Figure;
import intarsia.models.report.IntervalPlot;
import intarsia.models.report.Page;
import intarsia.models.report.Table;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page of a fitted model on rows that it was not fitted on.
 *
 * @param rows   the name of their file
 * @param run    the name of the model's folder
 * @param parts  what is shown of each response, one at least
 * @param notes  what a person has to know
 * @param origin how it was made
 */
public record EvaluationPage(String rows, String run, List<Part> parts, List<String> notes, Origin origin) {
    /** The name of the model among estimators. */
    public static final String MODEL = "model";

    /**
     * Rows that were changed and predicted again.
     *
     * @param comparison an evaluation for each time
     * @param tasks      the rows with their responses
     */
    public record Changed(Comparison.Result comparison, List<Task> tasks) {}

    /**
     * Rows of a task.
     *
     * @param family of its response
     * @param rows   responses and predictions
     */
    public record Judged(ResponseFamily family, JudgedRows rows) {}

    /**
     * A response.
     *
     * @param response what is predicted
     * @param tasks    each task's rows
     * @param picture  the model's figures beside those of the mean
     * @param axis     what they are, with their unit
     * @param figures  all figures
     * @param changed  the same rows changed and predicted again, by the estimator {@value #MODEL}
     * @param coverage how many responses prediction sets hold; empty where that was not asked
     */
    public record Part(String response, Map<String, Judged> tasks, List<IntervalPlot.Series> picture, String axis, Table figures,
            Changed changed, List<IntervalCoverage> coverage) {
        private ResponseFamily family() {
            return tasks.values().iterator().next().family;
        }

        private int rows() {
            return tasks.values().stream().mapToInt(task -> task.rows.size()).sum();
        }

        private boolean many() {
            return tasks.size() > MethodsSection.MOST_TASKS;
        }

        private void write(Page page, String after) {
            page.section("How well it predicts" + after);
            if (!many()) {
                page.figures(List.of(new IntervalPlot(axis, List.copyOf(tasks.keySet()), picture).figure("tasks", "Task by task: " + axis,
                        "Points: all rows; lines: 95 % percentile bootstrap intervals over rows.",
                        axis + " in " + tasks.size() + " tasks")));
            }
            page.table(figures);
            new CoverageSection(coverage, family(), "Of these rows.").write(page, after);
            List<Figure> pictures = new ArrayList<>();
            Map<String, List<Judged>> shown = new LinkedHashMap<>();
            if (many()) {
                shown.put("all tasks", List.copyOf(tasks.values()));
            } else {
                tasks.forEach((task, judged) -> shown.put(task, List.of(judged)));
            }
            shown.forEach((task, judged) -> pictures.addAll(new TaskFigures(task, response,
                    Map.of("model", judged.stream().map(Judged::rows).toList())).figures(family())));
            if (!pictures.isEmpty()) {
                page.section("Task by task" + after).figures(pictures);
                Table reliability = TaskFigures.reliability(family(), shown.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                        entry -> JudgedRows.joined(entry.getValue().stream().map(Judged::rows).toList()), (a, b) -> a,
                        LinkedHashMap::new)));
                if (reliability != null) {
                    page.table(reliability);
                }
            }
            new DriversSection(changed.comparison, MODEL, changed.tasks, List.of(), "middle 95 % of draws").write(page, after);
        }
    }

    /** As HTML. */
    public String html() {
        String responses = Words.some(parts.stream().map(Part::response).toList());
        Page page = new Page(run + " on " + rows)
                .question("How well does the model of " + run + " predict " + responses + " for these rows, "
                + "whose outcomes are known?");
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tasks", parts.stream().map(part -> Integer.toString(part.tasks.size())).collect(Collectors.joining(", ")));
        facts.put("rows", parts.stream().map(part -> Integer.toString(part.rows())).collect(Collectors.joining(", ")));
        facts.put("response", responses);
        page.facts(facts);
        new NotesSection(notes).write(page);
        parts.forEach(part -> part.write(page, parts.size() == 1 ? "" : ": " + part.response));
        origin.write(page);
        return page.html();
    }
}
