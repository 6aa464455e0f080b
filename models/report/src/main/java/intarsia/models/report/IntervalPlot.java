package intarsia.models.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Numbers with intervals: a group for each name across, in it a point for each series, each series in a color and a mark of its own.
 *
 * @param y      what lies up, with its unit
 * @param groups names across
 * @param series what is compared in each group
 */
public record IntervalPlot(String y, List<String> groups, List<Series> series) {
    private static final int POINT = 14;
    private static final int LEAST = 420;
    private static final int MOST = 900;
    private static final int MARGIN = 90;
    private static final int LETTER = 7;
    private static final double GROUP = 0.7;
    private static final Marker[] MARKERS = {SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.TRIANGLE_DOWN};

    /**
     * One number for each group; NaN for none.
     *
     * @param name in the legend
     * @param at   the numbers
     * @param low  lower ends; NaN for no interval
     * @param high upper ends
     */
    public record Series(String name, double[] at, double[] low, double[] high) {}

    /** Copies the lists. */
    public IntervalPlot {
        groups = List.copyOf(groups);
        series = List.copyOf(series);
    }

    /** As a figure, with a table of the same numbers. */
    public Figure figure(String name, String title, String caption, String words) {
        int plot = Math.clamp(POINT * groups.size() * (series.size() + 1L), LEAST, MOST);
        List<String> names = series.stream().map(Series::name).toList();
        XYChart chart = new XYChartBuilder().width(MARGIN + plot + ChartStyle.besideWidth(names)).height(ChartStyle.HEIGHT).yAxisTitle(y)
                .build();
        ChartStyle.axes(chart.getStyler());
        ChartStyle.legend(chart.getStyler(), names);
        chart.getStyler().setLegendVisible(series.size() > 1).setMarkerSize(8);
        chart.getStyler().setXAxisMin(-0.5).setXAxisMax(groups.size() - 0.5).setAxisTicksMarksVisible(false);
        // One tick a group: a step of 1 is the smallest with this much room.
        chart.getStyler().setXAxisTickMarkSpacingHint((int) (0.75 * plot / groups.size()));
        chart.getStyler().setxAxisTickLabelsFormattingFunction(this::label);
        chart.getStyler().setXAxisLabelRotation(ChartStyle.width(groups) > plot / groups.size() ? 90 : 0);
        if (groups.size() == 1) {
            // XChart labels no axis of one tick.
            chart.setXAxisTitle(groups.getFirst());
            chart.getStyler().setXAxisTicksVisible(false);
        }
        for (int s = 0; s < series.size(); s++) {
            add(chart, s);
        }
        return new Figure(name, title, caption, words, numbers(title), chart);
    }

    private String label(double x) {
        int i = (int) Math.rint(x);
        // XChart asks beyond both ends too, and widens its step until all labels differ and fit.
        return i < 0 || i >= groups.size() ? " ".repeat(i < 0 ? -2 * i : 2 * (i - groups.size()) + 1) : groups.get(i);
    }

    private void add(XYChart chart, int s) {
        Series of = series.get(s);
        int[] there = IntStream.range(0, groups.size()).filter(g -> !Double.isNaN(of.at[g])).toArray();
        if (there.length == 0) {
            return;
        }
        double offset = (s - (series.size() - 1) / 2.0) * GROUP / series.size();
        double[] x = Arrays.stream(there).mapToDouble(g -> g + offset).toArray();
        Plane.intervals(chart, s + " intervals", x, picked(of.low, there), picked(of.high, there), ChartStyle.color(s));
        XYSeries points = chart.addSeries(Integer.toString(s), x, picked(of.at, there));
        points.setLabel(of.name);
        points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        points.setMarker(MARKERS[s % MARKERS.length]);
        points.setMarkerColor(ChartStyle.color(s));
    }

    private static double[] picked(double[] numbers, int[] places) {
        return Arrays.stream(places).mapToDouble(i -> numbers[i]).toArray();
    }

    private Table numbers(String title) {
        List<String> header = new ArrayList<>(List.of(""));
        series.forEach(one -> header.add(one.name));
        List<List<String>> rows = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            List<String> row = new ArrayList<>(List.of(groups.get(g)));
            for (Series one : series) {
                row.add(Rounded.of(one.at[g], one.low[g], one.high[g]));
            }
            rows.add(row);
        }
        return new Table(title, "", header, rows);
    }
}
