package intarsia.models.report.run;

import intarsia.models.Estimator;
import intarsia.models.Finding;
import intarsia.models.baseline.Regression;
import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.data.Resampling;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.ChangedRows;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.JudgedRows;
import intarsia.models.evaluation.TaskAgreement;
import intarsia.models.files.Study;
import intarsia.models.imputation.ImputationQuality;
import intarsia.models.report.Figure;
import intarsia.models.report.Page;
import intarsia.models.report.Table;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of a fit, to lay on the table: what was asked, what was found, on what data, how sure, how it was made.
 *
 * @param study      the study
 * @param methods    what was compared, the model first
 * @param comparison what came out
 * @param resampling how rows were split
 * @param notes      what a person has to know; warnings begin with "warning: "
 * @param findings   what the model says of tasks and columns
 * @param imputation how good the model's imputation is; without columns where it imputes nothing
 * @param origin     how it was made
 */
public record FitPage(Study study, List<Estimator> methods, Comparison.Result comparison, Resampling resampling, List<String> notes,
        List<Finding> findings, ImputationQuality imputation, Origin origin) {
    /** Its name in a folder. */
    public static final String FILE = "report.html";

    /** As HTML. */
    public String html() {
        TaskSet tasks = study.tasks();
        List<Study> each = study.each();
        BlocksMap blocks = new BlocksMap(tasks.missingness());
        Page page = new Page(study.name()).question(question(blocks));
        page.verdict(each.stream().map(of -> new Verdict(of.tasks(), methods, comparison.of(of.tasks()).scores(), resampling)
                .about(each.size() > 1)).filter(verdict -> !verdict.isEmpty()).map(FitPage::sentence).toList());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tasks", Integer.toString(tasks.cohorts().size()));
        facts.put("rows", Integer.toString(tasks.cohorts().stream().mapToInt(Task::size).sum()));
        facts.put("sources", Integer.toString(blocks.pattern().sources().size()));
        facts.put("blocks missing", blocks.missing() + " of " + blocks.all());
        facts.put(each.size() == 1 ? "response" : "responses", study.schema().describe());
        facts.put("kind", each.stream().map(of -> of.schema().response().family().key()).collect(Collectors.joining(", ")));
        facts.put("model", methods.getFirst().name());
        page.facts(facts);
        new NotesSection(notes).write(page);
        page.section("What was measured");
        blocks.figure().ifPresentOrElse(figure -> page.figures(List.of(figure)),
                () -> page.paragraph(blocks.missing() + " of " + blocks.all()
                + " blocks count as missing."));
        for (Study of : each) {
            FitPage one = new FitPage(of, methods, comparison.of(of.tasks()), resampling, notes, findings, imputation, origin);
            String after = each.size() == 1 ? "" : ": " + of.schema().response().describe();
            new MethodsSection(of.tasks(), methods, one.comparison, resampling, of.schema().response().describe()).write(page, after);
            new CoverageSection(IntervalCoverage.nested(one.comparison, methods.getFirst().key(), of.tasks(), IntervalCoverage.LEVEL),
                    of.schema().response().family(), CoverageSection.HELD_OUT).write(page, after);
            one.taskByTask(page, after);
            one.explained(page, after);
        }
        new FindingsSection(findings).write(page);
        new ImputationSection(imputation).write(page);
        origin.write(page, comparison, methods);
        return page.section("Methods, to paste").quotation(new MethodsText(study, methods, comparison, resampling, origin).paragraphs())
                .part("References").list(new MethodsText(study, methods, comparison, resampling, origin).references()).html();
    }

    private String question(BlocksMap blocks) {
        List<String> tasks = study.tasks().cohorts().stream().map(Task::cohort).toList();
        List<String> sources = blocks.pattern().sources().stream().map(Source::name).toList();
        return "How well can " + study.schema().describe() + " be predicted " + (tasks.size() == 1 ? "for " + tasks.getFirst()
                : "in " + tasks.size() + " tasks together (" + Words.some(tasks) + ")") + " from " + Words.some(sources)
                + (blocks.missing() == 0 ? "" : ", when " + blocks.missing() + " of " + blocks.all()
                + " blocks of data were not measured") + "?";
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private Map<String, List<JudgedRows>> rows(List<Task> tasks) {
        Map<String, List<JudgedRows>> rows = new LinkedHashMap<>();
        Stream.of(methods.getFirst().key(), Regression.KEY).distinct().forEach(key -> methods.stream().filter(m -> m.key().equals(key))
                .findFirst().ifPresent(method -> rows.put(method.name(), tasks.stream().map(task -> JudgedRows.of(comparison, key, task))
                        .toList())));
        return rows;
    }

    private void explained(Page page, String after) {
        String model = methods.getFirst().key();
        TaskSet tasks = study.tasks();
        new DriversSection(comparison, model, tasks.tasks(), tasks.anchors(), MethodsSection.QUANTILES
                + (comparison.splits() > ChangedRows.SPLITS ? ", the first " + ChangedRows.SPLITS : "")).write(page, after);
        new AgreementSection(TaskAgreement.of(comparison, model, tasks.tasks())).write(page, after);
    }

    private void taskByTask(Page page, String after) {
        List<Task> tasks = study.tasks().tasks();
        ResponseFamily family = tasks.getFirst().family();
        String response = study.schema().response().describe();
        List<Figure> figures = new ArrayList<>();
        Map<String, JudgedRows> rows = new LinkedHashMap<>();
        if (tasks.size() > MethodsSection.MOST_TASKS) {
            figures.addAll(new TaskFigures("all tasks", response, rows(tasks)).figures(family));
            rows.put("all tasks", JudgedRows.joined(rows(tasks).values().iterator().next()));
        } else {
            for (Task task : tasks) {
                figures.addAll(new TaskFigures(task.name(), response, rows(List.of(task))).figures(task.family()));
                rows.put(task.name(), JudgedRows.of(comparison, methods.getFirst().key(), task));
            }
        }
        Table reliability = TaskFigures.reliability(family, rows);
        if (!figures.isEmpty()) {
            page.section("Task by task" + after).figures(figures);
            if (reliability != null) {
                page.table(reliability);
            }
        }
    }
}
