package intarsia.bench.cost;

import intarsia.models.report.LineChart;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A page of what costs how much.
 *
 * @param grid what was measured
 */
record CostPage(CostGrid grid) {
    String markdown() {
        DataSize base = grid.base();
        StringBuilder text = new StringBuilder("# Cost\n\nWritten by `bench/cost`: processor time of one thread as tasks, rows or columns "
                + "are doubled, from " + base.tasks() + " tasks\nof " + base.rows() + " rows and " + base.columns() + " columns on, in one "
                + "JVM; of two rounds the smaller time. The exponent is the slope on log axes over the\nthree largest sizes: 1 is "
                + "proportional, 2 quadratic; below 1 where something is left that does not grow.\n\n"
                + "![processor time over rows](cost.svg)\n\n");
        List<String> header = new ArrayList<>(List.of("step"));
        Arrays.stream(DataSize.Axis.values()).forEach(axis -> header.add("exponent of " + axis.label()));
        text.append(new Table("Exponents", "", header, Arrays.stream(CostStep.values()).map(step -> Stream.concat(Stream.of(step.label()),
                Arrays.stream(DataSize.Axis.values()).map(axis -> number("%.2f", grid.law(axis, step).exponent()))).toList()).toList())
                .markdown());
        for (DataSize.Axis axis : DataSize.Axis.values()) {
            List<String> steps = new ArrayList<>(List.of(axis == DataSize.Axis.ROWS ? "rows of a task" : axis.label()));
            Arrays.stream(CostStep.values()).forEach(step -> steps.add(step.label()));
            text.append('\n').append(new Table("Seconds by " + axis.label(), "", steps, grid.along(axis).stream().map(point ->
                    Stream.concat(Stream.of(Integer.toString(point.size().along(axis))),
                            point.seconds().values().stream().map(seconds -> number("%.3f", seconds))).toList()).toList()).markdown());
        }
        return text.toString();
    }

    /** Of time over rows, with what is proportional to compare with. */
    String svg() {
        DataSize.Axis axis = DataSize.Axis.ROWS;
        List<CostGrid.Point> points = grid.along(axis);
        double[] x = points.stream().mapToDouble(point -> point.size().along(axis)).toArray();
        List<LineChart.Line> lines = Arrays.stream(CostStep.values()).map(step -> LineChart.Line.of(step.label() + ", exponent "
                + number("%.2f", grid.law(axis, step).exponent()), x,
                points.stream().mapToDouble(point -> point.seconds().get(step)).toArray())).toList();
        double first = points.getFirst().seconds().get(CostStep.READ);
        return new LineChart("rows of a task", "seconds of processor", false, false, lines).logarithmic()
                .and(LineChart.Line.power("proportional", 1, x[0], x[x.length - 1], x[0], first))
                .figure("cost", "Processor time over rows", "").svg();
    }

    private static String number(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
