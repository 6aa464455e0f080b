package intarsia.models.study;

import intarsia.models.files.Results;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What a study found, as files: {@code results.csv} (a row an item, the same bytes whenever the study is done again), {@code timings.csv}, {@code tables.md},
 * {@code figures/} in SVG and PNG, and {@code report.html} with all of it in one file.
 */
public final class StudyReport {
    private final StudyPlan plan;
    private final List<ItemResult> results;
    private final StudyTables tables;
    private final String command;

    /** Of these results; the command is how to make it again. */
    public StudyReport(StudyPlan plan, List<ItemResult> results, String command) {
        this.plan = plan;
        this.results = results;
        this.tables = new StudyTables(plan, results);
        this.command = command;
    }

    /** Writes them into the study's folder; each file is there whole or not at all. */
    public void write(Path folder) {
        Results.write(folder.resolve("results.csv"), Results.csv(ItemResult.COLUMNS, results.stream().map(ItemResult::cells).toList()), true);
        Results.write(folder.resolve("timings.csv"), timings(), true);
        List<Table> all = tables.all();
        Results.write(folder.resolve("tables.md"), "# MTL-HMB beside other methods\n\n" + summary() + "\n\n"
                + all.stream().map(Table::markdown).collect(Collectors.joining("\n")), true);
        List<Figure> figures = figures();
        for (Figure figure : figures) {
            Results.write(folder.resolve("figures/" + figure.name() + ".svg"), figure.svg(), true);
            Results.write(folder.resolve("figures/" + figure.name() + ".png"), figure.png(), true);
        }
        Results.write(folder.resolve("report.html"), html(all, figures), true);
    }

    private String summary() {
        int items = plan.items().size();
        return "Made by `" + command + "`: " + plan.replicates() + " replicates, " + plan.terms() + (results.size() < items
                ? "; " + results.size() + " of " + items + " items are done, the rest was not reached" : "") + ".";
    }

    private String timings() {
        return Results.csv(List.of("setting", "value", "replicate", "method", "seconds"), results.stream()
                .map(r -> List.of(r.key().setting(), Setting.text(r.key().value()), Integer.toString(r.key().replicate()), r.key().method(),
                        String.format(Locale.ROOT, "%.3f", r.seconds()))).toList());
    }

    /** MBI, several times above all others, would leave no room for them. */
    private List<StudyMethod> drawn() {
        return plan.methods().stream().filter(method -> !method.key().equals("mbi")).toList();
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (Setting setting : plan.settings()) {
            add(figures, setting, "", setting.title(), "RMSE averaged over tasks, a box for each method over replicates.",
                    (value, method) -> tables.rmse(setting, value, method));
            if (setting.parameter().equals("T")) {
                add(figures, setting, "-first", "The first task", "RMSE of the first task, the easiest.",
                        (value, method) -> tables.rmse(setting, value, method, 0));
                add(figures, setting, "-last", "The last task", "RMSE of the last task, the hardest.",
                        (value, method) -> tables.rmse(setting, value, method, (int) (double) value - 1));
            }
        }
        plan.settings().stream().filter(setting -> setting.key().equals("B") && results.stream().anyMatch(StudyReport::isRepresented)).findFirst()
                .ifPresent(setting -> figures.add(Representations.figure(plan, setting)));
        return figures;
    }

    private void add(List<Figure> figures, Setting setting, String suffix, String title, String caption,
            BiFunction<Double, StudyMethod, Sample> sample) {
        BoxPlots.chart(setting, drawn(), sample).ifPresent(chart -> figures.add(new Figure(setting.key() + suffix, title, caption, chart)));
    }

    /** Figure 7 needs a fit again, so it is drawn only once there is one to show. */
    private static boolean isRepresented(ItemResult result) {
        return result.key().setting().equals("B") && result.key().method().equals("mtl-hmb");
    }

    private String html(List<Table> all, List<Figure> figures) {
        StringBuilder text = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>MTL-HMB beside other methods</title><style>
                body { font: 15px/1.5 sans-serif; max-width: 75em; margin: 2em auto; padding: 0 1em; color: #222 }
                table { border-collapse: collapse; margin: 1em 0 } th, td { padding: .2em .7em; text-align: right; border-bottom: 1px solid #ddd }
                th:nth-child(2), td:nth-child(2) { text-align: left } img { max-width: 100% } code { background: #f4f4f4; padding: 0 .3em }
                </style></head><body>
                <h1>MTL-HMB beside other methods</h1>
                """);
        text.append("<p>").append(Table.escaped(summary()).replaceFirst("`([^`]*)`", "<code>$1</code>")).append("</p>\n");
        for (Figure figure : figures) {
            text.append("<figure><h2>").append(Table.escaped(figure.title())).append("</h2><img alt=\"").append(Table.escaped(figure.caption()))
                    .append("\" src=\"data:image/svg+xml;base64,")
                    .append(Base64.getEncoder().encodeToString(figure.svg().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .append("\"><figcaption>").append(Table.escaped(figure.caption())).append("</figcaption></figure>\n");
        }
        all.forEach(table -> text.append(table.html()));
        return text.append("</body></html>\n").toString();
    }
}
