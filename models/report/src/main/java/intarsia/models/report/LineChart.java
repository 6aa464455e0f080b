package intarsia.models.report;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines over a common axis.
 *
 * @param x     what lies across
 * @param y     what lies up
 * @param logX  whether equal ratios are equally long across; all numbers must be positive then
 * @param logY  the same upwards
 * @param lines the lines
 */
public record LineChart(String x, String y, boolean logX, boolean logY, List<Line> lines) {
    private static final int WIDTH = 640;
    private static final Marker[] MARKERS = {SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.TRIANGLE_DOWN, SeriesMarkers.CROSS, SeriesMarkers.PLUS};

    /**
     * A line.
     *
     * @param name      in the legend
     * @param x         places
     * @param y         heights
     * @param error     half lengths of error bars; empty for none
     * @param reference whether it is something to compare with: gray, dashed, without marks
     */
    public record Line(String name, double[] x, double[] y, double[] error, boolean reference) {
        /** A line of numbers without error bars. */
        public static Line of(String name, double[] x, double[] y) {
            return new Line(name, x, y, new double[0], false);
        }

        /** The same line by another name. */
        public Line named(String other) {
            return new Line(other, x, y, error, reference);
        }

        /** The same height everywhere, to compare with. */
        public static Line level(String name, double from, double to, double height) {
            return new Line(name, new double[] {from, to}, new double[] {height, height}, new double[0], true);
        }

        /** {@code c x^exponent} through a point: straight on log axes. */
        public static Line power(String name, double exponent, double from, double to, double throughX, double throughY) {
            double[] x = IntStream.rangeClosed(0, 40).mapToDouble(i -> from * StrictMath.pow(to / from, i / 40.0)).toArray();
            return new Line(name, x, Arrays.stream(x).map(at -> throughY * StrictMath.pow(at / throughX, exponent)).toArray(),
                    new double[0], true);
        }
    }

    /** Copies the list. */
    public LineChart {
        lines = List.copyOf(lines);
    }

    /** On log axes. */
    public LineChart logarithmic() {
        return new LineChart(x, y, true, true, lines);
    }

    /** With lines to compare with. */
    public LineChart and(Line... more) {
        List<Line> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return new LineChart(x, y, logX, logY, all);
    }

    /** Ticks within a decade have room for their labels while there are fewer than two decades. */
    private static boolean isLong(Stream<double[]> numbers) {
        double[] sorted = numbers.flatMapToDouble(Arrays::stream).sorted().toArray();
        return sorted.length > 0 && sorted[sorted.length - 1] >= 100 * sorted[0];
    }

    /** As a figure. */
    public Figure figure(String name, String title, String caption) {
        List<String> names = lines.stream().map(Line::name).toList();
        XYChart chart = new XYChartBuilder().width(WIDTH + ChartStyle.besideWidth(names)).height(ChartStyle.HEIGHT)
                .xAxisTitle(x).yAxisTitle(y).build();
        ChartStyle.axes(chart.getStyler());
        ChartStyle.legend(chart.getStyler(), names);
        chart.getStyler().setXAxisLogarithmic(logX).setYAxisLogarithmic(logY).setErrorBarsColorSeriesColor(true);
        chart.getStyler().setXAxisLogarithmicDecadeOnly(isLong(lines.stream().map(Line::x)))
                .setYAxisLogarithmicDecadeOnly(isLong(lines.stream().map(Line::y)));
        chart.getStyler().setAxisTickLabelsFont(ChartStyle.font(logX || logY ? 10 : 12));
        chart.getStyler().setMarkerSize(7);
        int drawn = 0;
        for (Line line : lines) {
            XYSeries series = line.error.length == 0 ? chart.addSeries(line.name, line.x, line.y)
                    : chart.addSeries(line.name, line.x, line.y, line.error);
            if (line.reference) {
                series.setMarker(SeriesMarkers.NONE);
                series.setLineColor(ChartStyle.GRAY);
                series.setLineStyle(new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {6f, 4f}, 0f));
            } else {
                series.setMarker(MARKERS[drawn % MARKERS.length]);
                series.setMarkerColor(ChartStyle.color(drawn));
                series.setLineColor(ChartStyle.color(drawn));
                series.setLineStyle(new BasicStroke(1.6f));
                drawn++;
            }
        }
        return new Figure(name, title, caption, y + " over " + x + ": " + names.stream().collect(Collectors.joining(", ")), numbers(title),
                chart);
    }

    /** A row for each point that was measured. */
    private Table numbers(String title) {
        List<List<String>> rows = new ArrayList<>();
        for (Line line : lines) {
            for (int i = 0; i < line.x.length && !line.reference; i++) {
                rows.add(List.of(line.name, Rounded.of(line.x[i]), Rounded.of(line.y[i]), line.error.length == 0 ? ""
                        : Rounded.of(line.error[i])));
            }
        }
        return new Table(title, "", List.of("", x, y, "error bar"), rows);
    }
}
