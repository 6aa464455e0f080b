package intarsia.models.report.run;

import intarsia.models.Predictor;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.explanation.PartialDependence;
import intarsia.models.explanation.RowChange;
import intarsia.models.report.Figure;
import intarsia.models.report.LineChart;
import intarsia.models.report.Page;
import intarsia.models.report.Table;
import intarsia.models.report.Rounded;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How predictions go with single columns: partial dependence, and of single rows. Columns are those along which predictions change most.
 *
 * @param tasks each task's rows; of each at most {@value #MOST_ROWS} are asked about
 * @param bound the model on an engine
 */
record DependenceSection(Map<String, ExplanationPage.OfTask> tasks, Predictor bound) {
    private static final int MOST_ROWS = 12;
    private static final int MOST_TASKS = 6;
    private static final int MOST_CURVES = 8;
    private static final int SHOWN = 4;

    /** A column in a task. */
    private record Of(String task, ResponseFamily family, Observations rows, PartialDependence along) {
        String column() {
            return column(along).name();
        }

        double range() {
            return IntStream.range(0, family.predictors()).mapToDouble(along::range).max().orElse(0);
        }

        /** The linear predictor that changes most. */
        int steepest() {
            return IntStream.range(0, family.predictors()).boxed().max(Comparator.comparingDouble(along::range)).orElse(0);
        }

        static Column column(PartialDependence along) {
            return along.source().columns().get(along.column());
        }
    }

    /** What is said of its heading comes after it. */
    void write(Page page, String after) {
        List<Of> all = new ArrayList<>();
        tasks.entrySet().stream().limit(MOST_TASKS).forEach(task -> along(task.getKey(), task.getValue(), all));
        Map<String, Double> ranges = all.stream().collect(Collectors.groupingBy(Of::column, Collectors.averagingDouble(Of::range)));
        List<String> steepest = ranges.entrySet().stream().filter(of -> of.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey())).limit(SHOWN)
                .map(Map.Entry::getKey).toList();
        if (steepest.isEmpty()) {
            return;
        }
        page.section("How predictions go with columns" + after).paragraph("Rows are predicted with other values of one column, the rest as "
                + "it is: the mean over rows (partial dependence), and single rows (individual conditional expectation). Where columns "
                + "depend on each other, this asks about rows that there may be none of. It says how the model goes, not what causes "
                + "what.");
        for (String column : steepest) {
            List<Of> of = all.stream().filter(one -> one.column().equals(column)).toList();
            if (Of.column(of.getFirst().along).kind() == Column.Kind.CONTINUOUS) {
                page.figures(List.of(means(column, of), curves(column, of)));
            } else {
                page.table(levels(column, of));
            }
        }
    }

    private void along(String task, ExplanationPage.OfTask of, List<Of> to) {
        Observations rows = of.rows().size() <= MOST_ROWS ? of.rows() : of.rows().select(IntStream.range(0, MOST_ROWS).toArray());
        List<Source> sources = of.parts().sources();
        if (sources.stream().mapToInt(source -> source.columns().size()).sum() > RowChange.MOST) {
            return;
        }
        sources.forEach(source -> IntStream.range(0, source.columns().size()).forEach(column -> {
            PartialDependence along = PartialDependence.of(bound, of.parts().family(), task, rows, source, column);
            if (along.grid().length > 1) {
                to.add(new Of(task, of.parts().family(), rows, along));
            }
        }));
    }

    private static double[] values(Of of, double[] curve) {
        int predictors = of.family.predictors();
        return IntStream.range(0, of.along.grid().length).mapToDouble(g -> curve[g * predictors + of.steepest()]).toArray();
    }

    private static String scale(List<Of> of) {
        ResponseFamily family = of.getFirst().family;
        return family.linearScale() + (family.predictors() > 1 ? " of " + family.levels().get(of.getFirst().steepest()) : "");
    }

    private static Figure means(String column, List<Of> of) {
        List<LineChart.Line> lines = of.stream().map(one -> LineChart.Line.of(one.task, one.along.grid(), values(one, one.along.mean())))
                .toList();
        return new LineChart(column, scale(of), false, false, lines).figure("dependence", column + ": partial dependence",
                "Means over at most " + MOST_ROWS + " rows of each task.");
    }

    private static Figure curves(String column, List<Of> of) {
        List<LineChart.Line> lines = new ArrayList<>();
        int each = Math.max(1, MOST_CURVES / of.size());
        for (Of one : of) {
            for (int row = 0; row < each && row < one.rows.size(); row++) {
                lines.add(LineChart.Line.of(one.task + ", " + one.rows.rows().get(row), one.along.grid(),
                        values(one, one.along.rows()[row])));
            }
        }
        return new LineChart(column, scale(of), false, false, lines).figure("single", column + ": single rows",
                "Each line is a row with other values of the column.");
    }

    private static Table levels(String column, List<Of> of) {
        List<String> header = new ArrayList<>(List.of("task"));
        Column known = Of.column(of.getFirst().along);
        header.addAll(known.kind() == Column.Kind.BINARY ? List.of("0", "1") : known.levels());
        return new Table(column + ": partial dependence", scale(of) + "; means over at most " + MOST_ROWS + " rows of each task", header,
                of.stream().map(one -> {
                    List<String> row = new ArrayList<>(List.of(one.task));
                    for (double value : values(one, one.along.mean())) {
                        row.add(Rounded.of(value));
                    }
                    return row;
                }).map(List::copyOf).toList());
    }
}
