package intarsia.models.study;

import intarsia.models.files.Results;
import intarsia.models.report.Figure;
import intarsia.models.report.Page;
import intarsia.models.report.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    /** Copies the lists. */
    public StudyReport {
        summary = List.copyOf(summary);
        figures = List.copyOf(figures);
        tables = List.copyOf(tables);
    }

    /**
     * Writes {@code results.csv} (a row an item, the same bytes whenever the study is done again), {@code timings.csv}, {@code tables.md},
     * {@code figures/} in SVG and PNG, and {@code report.html} with all of it in one file; each file is there whole or not at all.
     *
     * @param command how to make it again
     */
    public void write(Path folder, StudyPlan<?> plan, Measurements measured, String command) {
        List<String> header = new ArrayList<>(Item.Key.COLUMNS);
        header.addAll(plan.columns());
        write(folder, "results.csv", header, measured, row -> row.cells().values());
        List<String> times = new ArrayList<>(Item.Key.COLUMNS);
        times.addAll(Timing.COLUMNS);
        write(folder, "timings.csv", times, measured, row -> row.seconds().cells());
        String origin = origin(plan, measured, command);
        Results.write(folder.resolve("tables.md"), "# " + title + "\n\n" + origin + "\n\n"
                + summary.stream().map(p -> p + "\n\n").collect(Collectors.joining())
                + tables.stream().map(Table::markdown).collect(Collectors.joining("\n")), true);
        for (Figure figure : figures) {
            Results.write(folder.resolve("figures/" + figure.name() + ".svg"), figure.svg(), true);
            Results.write(folder.resolve("figures/" + figure.name() + ".png"), figure.png(), true);
        }
        Results.write(folder.resolve("report.html"), page(origin), true);
    }

    private String page(String origin) {
        Page page = new Page(title).verdict(summary);
        if (!figures.isEmpty()) {
            page.section("Figures").figures(figures);
        }
        page.section("Tables");
        tables.forEach(page::table);
        return page.section("How it was made").paragraph(origin).html();
    }

    private static void write(Path folder, String file, List<String> header, Measurements measured,
            Function<Measurements.Row, List<String>> cells) {
        List<List<String>> rows = new ArrayList<>();
        for (Measurements.Row row : measured.rows()) {
            List<String> all = new ArrayList<>(row.key().cells());
            all.addAll(cells.apply(row));
            rows.add(all);
        }
        Results.write(folder.resolve(file), Results.csv(header, rows), true);
    }

    private static String origin(StudyPlan<?> plan, Measurements measured, String command) {
        int items = plan.items().size();
        return "Made by `" + command + "`: " + plan.replicates() + " replicates, " + plan.terms() + (measured.size() < items
                ? "; " + measured.size() + " of " + items + " items are done, the rest was not reached" : "")
                + (measured.diverged() == 0 ? "" : "; " + measured.diverged() + " items diverged and are left out") + ".";
    }
}
