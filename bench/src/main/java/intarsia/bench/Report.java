package intarsia.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Figures as a page of Markdown tables and a chart of how each goal stands. */
final class Report {
    private static final Set<String> NO_TIMES = Set.of("peak", "allocation", FmaLimit.SUITE);

    private final BenchResults results;
    private final Map<String, MeasurementContext> contexts;

    /**
     * A report.
     *
     * @param results       the figures
     * @param contexts for each suite, where, how and when it was measured
     */
    Report(BenchResults results, Map<String, MeasurementContext> contexts) {
        this.results = results;
        this.contexts = contexts;
    }

    /** Writes {@code README.md} and {@code goals.svg} into a folder. */
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("README.md"), markdown());
        Files.writeString(folder.resolve("goals.svg"), new GoalChart(results).svg());
    }

    private String markdown() {
        StringBuilder page = new StringBuilder("# Measured\n\nWritten by `bench/run`; "
                + "../../docs/performance.md says what the figures mean.\n\n");
        List<String> machines = contexts.values().stream().map(MeasurementContext::machine).distinct().toList();
        machines.forEach(machine -> page.append(machine).append(".\n\n"));
        page.append("Medians over forks, in brackets the spread, (highest - lowest) / median; "
                + "a column / X is how many times as long X takes.\n\n");
        page.append("![Each goal and how far it is reached](goals.svg)\n\n## Goals\n\n");
        page.append("| what | against | to reach | measured | where | reached |\n|---|---|---|---|---|---|\n");
        for (Goal goal : Goal.all()) {
            Optional<Goal.Reached> reached = goal.measure(results);
            page.append(String.format("| %s | %s | %s | %s | %s | %s |%n", goal.what(), goal.against(), goal.wanted(),
                    reached.map(r -> Goal.number(r.value())).orElse(""), reached.map(Goal.Reached::where).orElse("not measured"),
                    reached.map(r -> goal.isReached(r.value()) ? "yes" : "**no**").orElse("")));
        }
        losses(page);
        for (Suite suite : Suite.all()) {
            if (!results.rows(suite.name()).isEmpty()) {
                table(page, suite.name(), suite.title());
            }
        }
        table(page, StartUp.SUITE, "Start-up, whole processes");
        table(page, FmaLimit.SUITE, "Training steps: share of the speed of as many fused multiply-adds on registers");
        table(page, "allocation", "Bytes allocated by a training step, optimizer included, by the thread's own count");
        return page.toString();
    }

    private void losses(StringBuilder page) {
        for (String row : results.rows("loss")) {
            var ours = results.median("loss", row, Intarsia.NAME);
            var theirs = results.median("loss", row, "PyTorch");
            if (ours.isPresent() && theirs.isPresent()) {
                page.append(String.format(Locale.ROOT,
                        "%nLoss of %s after five steps from equal weights: %.9g, in PyTorch %.9g, relative difference %.1e.%n",
                        row, ours.getAsDouble(), theirs.getAsDouble(), Math.abs(ours.getAsDouble() / theirs.getAsDouble() - 1)));
            }
        }
    }

    private void table(StringBuilder page, String suite, String title) {
        if (results.rows(suite).isEmpty()) {
            return;
        }
        List<String> series = new ArrayList<>(results.series(suite));
        List<String> peers = series.stream().filter(name -> !name.equals(Intarsia.NAME) && series.contains(Intarsia.NAME)).toList();
        page.append("\n## ").append(title).append("\n\n").append(when(suite)).append("| |");
        series.forEach(name -> page.append(' ').append(name).append(" |"));
        peers.forEach(name -> page.append(" / ").append(name).append(" |"));
        page.append("\n|---|").append("--:|".repeat(series.size() + peers.size())).append('\n');
        for (String row : results.rows(suite)) {
            page.append("| ").append(row).append(" |");
            series.forEach(name -> page.append(' ').append(cell(suite, row, name)).append(" |"));
            peers.forEach(name -> page.append(' ').append(ratio(suite, row, name)).append(" |"));
            page.append('\n');
        }
    }

    private String when(String suite) {
        MeasurementContext of = contexts.get(suite);
        return of == null ? "" : of.when() + "\n\n";
    }

    private String cell(String suite, String row, String series) {
        List<Double> all = results.all(suite, row, series);
        if (all.isEmpty()) {
            return "";
        }
        double median = results.median(suite, row, series).orElseThrow();
        boolean time = !NO_TIMES.contains(suite);
        String text = time ? time(median) : Goal.number(median);
        if (suite.equals("matmul")) {
            text += ", " + Goal.number(2 * Math.pow(Double.parseDouble(row.substring(row.lastIndexOf(' ') + 1)), 3) / median) + " GF/s";
        }
        double spread = median == 0 ? 0 : 100 * (all.getLast() - all.getFirst()) / median;
        return all.size() == 1 || median == 0 ? text : text + String.format(Locale.ROOT, " (%.0f %%)", spread);
    }

    private String ratio(String suite, String row, String peer) {
        var ours = results.median(suite, row, Intarsia.NAME);
        var theirs = results.median(suite, row, peer);
        return ours.isPresent() && theirs.isPresent() ? Goal.number(theirs.getAsDouble() / ours.getAsDouble()) : "";
    }

    private static String time(double nanos) {
        if (nanos < 1e3) {
            return Goal.number(nanos) + " ns";
        }
        return nanos < 1e6 ? Goal.number(nanos / 1e3) + " µs" : nanos < 1e9 ? Goal.number(nanos / 1e6) + " ms" : Goal.number(nanos / 1e9)
                + " s";
    }
}
