package intarsia.models.study.dual;

import intarsia.models.Estimator;
import intarsia.models.data.DataException;
import intarsia.models.report.Figure;
import intarsia.models.report.LineChart;
import intarsia.models.report.Table;
import intarsia.models.study.Comparisons;
import intarsia.models.study.Item;
import intarsia.models.study.MeanLines;
import intarsia.models.study.Measurements;
import intarsia.models.study.Sample;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.StudyReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The study.
 *
 * @param lines      its lines
 * @param wanted     keys of the methods wanted, or null for all
 * @param replicates how many of each cell of the first line
 * @param xenografts read, or null where there are none
 * @param work       how an item is done
 */
public record DualStudy(List<DualSettings> lines, List<String> wanted, int replicates, Xenografts xenografts, DualWork work) {
    private static final int OTHERS = 5;

    /**
     * The items, and what they depend on.
     *
     * @throws DataException if the methods wanted are in none of the settings
     */
    public StudyPlan<DualData> plan() {
        List<Item<DualData>> items = new ArrayList<>();
        lines.forEach(line -> items.addAll(line.items(replicates, wanted)));
        if (items.isEmpty()) {
            throw new DataException("--methods " + String.join(",", wanted) + ": no setting asked for has any of them; " + lines.stream()
                    .map(line -> line.key() + " has " + String.join(", ", line.methods(null).stream().map(Estimator::key).toList()))
                    .collect(Collectors.joining("; ")));
        }
        return new StudyPlan<>("dual-encoder study 2, seed " + work.seed() + ", " + StudyPlan.arithmetic(work.engine())
                + (xenografts == null ? "" : ", data " + xenografts.digests()), DualWork.COLUMNS, items, work);
    }

    /** What came out. */
    public StudyReport report(Measurements measured) {
        List<String> summary = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        summary.add("The simulations are this project's own: the paper's are not public. Test rows, 400 a task, are seen by no method; 100 "
                + "rows a task are, unless a line says otherwise, a fifth of them to choose and stop by.");
        Comparisons compare = new Comparisons(plan(), measured);
        for (DualSettings line : lines) {
            if (measured.of(line.setting()).size() == 0) {
                continue;
            }
            if (line.setting().at().apply(line.setting().values().getFirst()) instanceof Xenografts) {
                tables.add(new XenograftErrors(line.setting(), line.methods(wanted), measured, work.seed()).table());
                continue;
            }
            if (line.key().equals(DualSettings.PARTIAL)) {
                tables.add(partial(line, measured));
                continue;
            }
            figures.add(figure(line, measured));
            tables.add(compare.means(line.setting(), DualWork.RMSE,
                    "Mean (standard deviation) over replicates of the RMSE on test rows, averaged over tasks. The noise alone is 0.3."));
            tables.add(excess(line, measured));
            if (line.key().equals(DualSettings.DELTA.key())) {
                BetweenExtremes extremes = new BetweenExtremes(line, measured);
                if (extremes.known()) {
                    summary.add(extremes.verdict());
                    tables.add(extremes.table());
                }
            }
            line.methods(wanted).stream().filter(method -> method.key().equals("group")).findFirst()
                    .ifPresent(method -> tables.add(compare.paired(line.setting(), method, DualWork.RMSE)));
        }
        summary.add(xenografts == null ? "The xenografts were skipped: no folder with them was given (--xenografts FOLDER)."
                : "Xenografts: " + xenografts.data().tasks().size() + " drugs, " + xenografts.patients().size()
                        + " patients; left out, having neither block: "
                        + (xenografts.left().isEmpty() ? "none" : String.join(", ", xenografts.left()))
                                + ". A patient is never on both sides of a fold.");
        figures.add(WhatIsShared.figure(work));
        tables.add(compare.effort());
        return new StudyReport("The dual encoder and other methods", summary, figures, tables);
    }

    /** The outlier, the last task, by itself, and how far it and the others are from the center. */
    private Table partial(DualSettings line, Measurements measured) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : line.setting().values()) {
            for (Estimator method : line.methods(wanted)) {
                Measurements of = measured.of(line.setting(), value, method);
                Sample outlier = of.sample(row -> last(row.cells().numbers(DualWork.BY_TASK)));
                Sample others = of.sample(row -> Arrays.stream(row.cells().numbers(DualWork.BY_TASK)).limit(OTHERS).average()
                        .orElse(Double.NaN));
                boolean part = method.key().equals("hmb-part");
                rows.add(List.of(Setting.text(value), method.name(), Integer.toString(of.size()), others.text(), outlier.text(),
                        part ? of.sample(row -> Arrays.stream(row.cells().numbers(DualWork.CHOSEN)).limit(OTHERS).average()
                                .orElse(Double.NaN)).text() : "",
                        part ? of.sample(row -> last(row.cells().numbers(DualWork.CHOSEN))).text() : "",
                        part ? share(of, row -> last(row) > 0 && last(row) == Arrays.stream(row).max().orElse(0)) : "",
                        part ? share(of, row -> last(row) > 0 && Arrays.stream(row).limit(OTHERS).allMatch(d -> d == 0)) : ""));
            }
        }
        return new Table(line.setting().title(), "Mean (standard deviation) over replicates of the RMSE of the five tasks that are alike "
                + "and of the outlier; how far they are from the center of the shared head; in what share of replicates the outlier is the "
                + "farthest (by chance it would be in 0.167), and in what share it alone has dropped out.",
                List.of("n", "method", "replicates", "five alike", "outlier", "distance of the five", "distance of the outlier",
                        "outlier farthest", "outlier alone left out"), rows);
    }

    private static String share(Measurements of, Predicate<double[]> holds) {
        return Sample.number(of.sample(row -> holds.test(row.cells().numbers(DualWork.CHOSEN)) ? 1.0 : 0.0).mean());
    }

    private static double last(double[] numbers) {
        return numbers[numbers.length - 1];
    }

    private Figure figure(DualSettings line, Measurements measured) {
        Setting<DualData> setting = line.setting();
        boolean rates = setting.key().equals("rows") || setting.key().equals("tasks");
        if (!rates) {
            return MeanLines.chart(measured, setting, line.methods(wanted), DualWork.RMSE, "RMSE")
                    .figure(setting.key(), setting.title(), "RMSE averaged over tasks, means over replicates with standard errors.");
        }
        double from = setting.values().getFirst();
        double to = setting.values().getLast();
        Estimator last = line.methods(wanted).getLast();
        double through = measured.of(setting, from, last).sample(DualWork.EXCESS).mean();
        return MeanLines.chart(measured, setting, line.methods(wanted), DualWork.EXCESS, "excess risk").logarithmic()
                .and(LineChart.Line.power("N^-1/2", -0.5, from, to, from, through),
                        LineChart.Line.power("N^-1", -1, from, to, from, through))
                .figure(setting.key(), setting.title(), "Excess risk, the mean squared difference from E[y], on log axes, with N^-1/2 and "
                        + "N^-1 through the dual encoder's first point.");
    }

    private Table excess(DualSettings line, Measurements measured) {
        List<String> header = new ArrayList<>(List.of(line.setting().symbol()));
        line.methods(wanted).forEach(method -> header.add(method.name()));
        List<List<String>> rows = new ArrayList<>();
        for (double value : line.setting().values()) {
            List<String> row = new ArrayList<>(List.of(Setting.text(value)));
            line.methods(wanted).forEach(method -> row.add(measured.of(line.setting(), value, method).sample(DualWork.EXCESS).text()));
            rows.add(row);
        }
        if (line.setting().values().size() > 1 && (line.key().equals("rows") || line.key().equals("tasks"))) {
            List<String> slopes = new ArrayList<>(List.of("slope on log axes"));
            line.methods(wanted).forEach(method -> slopes.add(Sample.number(slope(line.setting(), method, measured))));
            rows.add(slopes);
        }
        return new Table(line.setting().title() + ": excess risk",
                "Mean (standard deviation) over replicates of the mean squared difference from E[y].", header,
                rows);
    }

    /** Of the logarithm of the mean excess risk on that of the value, by least squares. */
    private static double slope(Setting<?> setting, Estimator method, Measurements measured) {
        List<double[]> points = new ArrayList<>();
        for (double value : setting.values()) {
            Sample sample = measured.of(setting, value, method).sample(DualWork.EXCESS);
            if (sample.size() > 0) {
                points.add(new double[] {StrictMath.log(value), StrictMath.log(sample.mean())});
            }
        }
        double x = points.stream().mapToDouble(p -> p[0]).average().orElse(Double.NaN);
        double y = points.stream().mapToDouble(p -> p[1]).average().orElse(Double.NaN);
        return points.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum() / points.stream()
                .mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
    }
}
