package intarsia.models.study;

import intarsia.models.files.Results;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a study found, for people.
 *
 * @param title   above everything
 * @param summary paragraphs that say what was found; each is a line of plain text
 * @param figures pictures
 * @param tables  tables
 */
public record StudyReport(String title, List<String> summary, List<Figure> figures, List<Table> tables) {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>%s</title><style>
            body { font: 15px/1.5 sans-serif; max-width: 75em; margin: 2em auto; padding: 0 1em; color: #222 }
            table { border-collapse: collapse; margin: 1em 0 } th, td { padding: .2em .7em; text-align: right; border-bottom: 1px solid #ddd }
            th:nth-child(2), td:nth-child(2) { text-align: left } img { max-width: 100%% } code { background: #f4f4f4; padding: 0 .3em }
            </style></head><body>
            <h1>%s</h1>
            """;

    /** Copies the lists. */
    public StudyReport {
        summary = List.copyOf(summary);
        figures = List.copyOf(figures);
        tables = List.copyOf(tables);
    }

    /**
     * Writes {@code results.csv} (a row an item, the same bytes whenever the study is done again), {@code timings.csv}, {@code tables.md}, {@code figures/}
     * in SVG and PNG, and {@code report.html} with all of it in one file; each file is there whole or not at all.
     *
     * @param command how to make it again
     */
    public void write(Path folder, StudyPlan<?, ?> plan, Measurements measured, String command) {
        List<String> header = new ArrayList<>(Item.Key.COLUMNS);
        header.addAll(plan.columns());
        write(folder, "results.csv", header, measured, row -> row.cells().values());
        List<String> times = new ArrayList<>(Item.Key.COLUMNS);
        times.addAll(Seconds.COLUMNS);
        write(folder, "timings.csv", times, measured, row -> row.seconds().cells());
        List<String> paragraphs = new ArrayList<>(List.of(origin(plan, measured, command)));
        paragraphs.addAll(summary);
        Results.write(folder.resolve("tables.md"), "# " + title + "\n\n" + String.join("\n\n", paragraphs) + "\n\n"
                + tables.stream().map(Table::markdown).collect(Collectors.joining("\n")), true);
        for (Figure figure : figures) {
            Results.write(folder.resolve("figures/" + figure.name() + ".svg"), figure.svg(), true);
            Results.write(folder.resolve("figures/" + figure.name() + ".png"), figure.png(), true);
        }
        Results.write(folder.resolve("report.html"), html(paragraphs), true);
    }

    private static void write(Path folder, String file, List<String> header, Measurements measured,
            java.util.function.Function<Measurements.Row, List<String>> cells) {
        List<List<String>> rows = new ArrayList<>();
        for (Measurements.Row row : measured.rows()) {
            List<String> all = new ArrayList<>(row.key().cells());
            all.addAll(cells.apply(row));
            rows.add(all);
        }
        Results.write(folder.resolve(file), Results.csv(header, rows), true);
    }

    private static String origin(StudyPlan<?, ?> plan, Measurements measured, String command) {
        int items = plan.items().size();
        return "Made by `" + command + "`: " + plan.replicates() + " replicates, " + plan.terms() + (measured.size() < items
                ? "; " + measured.size() + " of " + items + " items are done, the rest was not reached" : "") + ".";
    }

    private String html(List<String> paragraphs) {
        StringBuilder text = new StringBuilder(HEAD.formatted(Table.escaped(title), Table.escaped(title)));
        for (String paragraph : paragraphs) {
            text.append("<p>").append(Table.escaped(paragraph).replaceAll("`([^`]*)`", "<code>$1</code>")).append("</p>\n");
        }
        for (Figure figure : figures) {
            text.append("<figure><h2>").append(Table.escaped(figure.title())).append("</h2><img alt=\"").append(Table.escaped(figure.caption()))
                    .append("\" src=\"data:image/svg+xml;base64,")
                    .append(Base64.getEncoder().encodeToString(figure.svg().getBytes(StandardCharsets.UTF_8)))
                    .append("\"><figcaption>").append(Table.escaped(figure.caption())).append("</figcaption></figure>\n");
        }
        tables.forEach(table -> text.append(table.html()));
        return text.append("</body></html>\n").toString();
    }
}
