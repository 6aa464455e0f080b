package intarsia.cli;

import intarsia.cli.json.ResultTable;
import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.files.Schema;
import intarsia.models.report.Rounded;
import intarsia.models.response.Count;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many responses prediction sets hold, for people. */
final class CoverageTable {
    private static final int MOST_SHOWN = 12;

    private CoverageTable() {}

    /** Task by task, and their mean; for many tasks the mean alone. Nothing of no tasks. */
    static String text(List<IntervalCoverage> tasks, Schema.Response response) {
        List<IntervalCoverage> judged = tasks.stream().filter(of -> !Double.isNaN(of.share())).toList();
        if (judged.isEmpty()) {
            return "";
        }
        ResponseFamily family = response.family();
        boolean levels = !family.levels().isEmpty() || family.width() == 1 && family.key().equals("binary");
        TextTable table = new TextTable("task", "rows", "covered [95 %]", levels ? "levels in a set"
                : family instanceof Count && family.columns() > 1 ? "median width, one unit of exposure" : "median width");
        for (IntervalCoverage of : judged.size() > MOST_SHOWN ? List.<IntervalCoverage>of() : judged) {
            table.line(of.task(), String.format(Locale.ROOT, "%.0f", of.rows()), percent(of.share()) + " [" + percent(of.interval().low())
                    + ", " + percent(of.interval().high()) + "]", Double.isInfinite(of.size()) ? "no end" : Rounded.of(of.size()));
        }
        if (judged.size() > 1) {
            table.line(judged.size() > MOST_SHOWN ? "all " + judged.size() : "mean", "",
                    percent(judged.stream().mapToDouble(IntervalCoverage::share).average().orElse(Double.NaN)), "");
        }
        return (response.name().isEmpty() ? "" : response.name() + ": ") + percent(judged.getFirst().level()) + " prediction "
                + (levels ? "sets" : "intervals") + " (conformal), responses that lie within [Wilson]\n" + table + "\n";
    }

    /** A line for each task, for programs. */
    static ResultTable of(Map<Schema.Response, List<IntervalCoverage>> coverage, Schema schema) {
        ResultTable table = new ResultTable("response", "task", "level", "rows", "covered", "low", "high");
        coverage.forEach((response, tasks) -> tasks.forEach(of -> table.row(List.of(response.name(), schema.cohort(of.task()), of.level(),
                of.rows(), of.share(), of.interval().low(), of.interval().high()))));
        return table;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
