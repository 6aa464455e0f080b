package intarsia.models.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Bands, curves and points with intervals over two axes of numbers, the same size on a telephone as on paper.
 *
 * @param x      what lies across, with its unit
 * @param y      what lies up, with its unit
 * @param across where the lower axis begins and ends
 * @param up     the same upwards
 * @param layers what is drawn, the first at the bottom
 */
public record Plane(String x, String y, double[] across, double[] up, List<Layer> layers) {
    private static final int WIDTH = 440;
    private static final int HEIGHT = 400;
    private static final Marker[] MARKERS = {SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND};

    /** Something drawn under a name. */
    public sealed interface Layer {
        /** Its name in the legend. */
        String name();
    }

    /**
     * A line through points.
     *
     * @param name  in the legend
     * @param color which color, from 0
     * @param x     places
     * @param y     heights
     */
    public record Curve(String name, int color, double[] x, double[] y) implements Layer {}

    /**
     * A line to compare with: gray and dashed.
     *
     * @param name in the legend
     * @param x    places
     * @param y    heights
     */
    public record Reference(String name, double[] x, double[] y) implements Layer {}

    /**
     * What lies between two curves; not in the legend.
     *
     * @param name  names it
     * @param color which color's tint, from 0
     * @param x     places
     * @param low   lower ends
     * @param high  upper ends
     */
    public record Band(String name, int color, double[] x, double[] low, double[] high) implements Layer {}

    /**
     * Points, with upright intervals where there are ends.
     *
     * @param name  in the legend
     * @param color which color, from 0
     * @param x     places
     * @param y     heights
     * @param low   lower ends; none for no intervals
     * @param high  upper ends
     */
    public record Points(String name, int color, double[] x, double[] y, double[] low, double[] high) implements Layer {
        /** Without intervals. */
        public Points(String name, int color, double[] x, double[] y) {
            this(name, color, x, y, new double[0], new double[0]);
        }
    }

    /** Copies the list. */
    public Plane {
        layers = List.copyOf(layers);
    }

    /** As a figure. */
    public Figure figure(String name, String title, String caption, String words, Table numbers) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
        ChartStyle.axes(chart.getStyler());
        chart.getStyler().setXAxisMin(across[0]).setXAxisMax(across[1]).setYAxisMin(up[0]).setYAxisMax(up[1]);
        chart.getStyler().setMarkerSize(6);
        for (Layer layer : layers) {
            String key = Integer.toString(chart.getSeriesMap().size());
            switch (layer) {
                case Curve curve -> line(chart, key, curve.x, curve.y, ChartStyle.color(curve.color), new BasicStroke(2f))
                        .setLabel(curve.name);
                case Reference line -> line(chart, key, line.x, line.y, ChartStyle.GRAY, new BasicStroke(1.2f, BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_ROUND, 10f, new float[] {6f, 4f}, 0f)).setLabel(line.name);
                case Band band -> band(chart, key, band);
                case Points points -> points(chart, key, points);
            }
        }
        return new Figure(name, title, caption, words, numbers, chart);
    }

    private static XYSeries line(XYChart chart, String key, double[] at, double[] height, Color color, BasicStroke stroke) {
        XYSeries series = chart.addSeries(key, at, height);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(stroke);
        return series;
    }

    private static void band(XYChart chart, String key, Band band) {
        int n = band.x.length;
        double[] at = IntStream.range(0, 2 * n).mapToDouble(i -> i < n ? band.x[i] : band.x[2 * n - 1 - i]).toArray();
        double[] height = IntStream.range(0, 2 * n).mapToDouble(i -> i < n ? band.low[i] : band.high[2 * n - 1 - i]).toArray();
        XYSeries series = chart.addSeries(key, at, height);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        series.setMarker(SeriesMarkers.NONE);
        series.setFillColor(ChartStyle.tint(ChartStyle.color(band.color)));
        series.setLineColor(ChartStyle.tint(ChartStyle.color(band.color)));
        series.setLineStyle(new BasicStroke(0.5f));
        series.setShowInLegend(false);
    }

    private static void points(XYChart chart, String key, Points points) {
        Color color = ChartStyle.color(points.color);
        if (points.low.length > 0) {
            intervals(chart, key + " intervals", points.x, points.low, points.high, color);
        }
        XYSeries series = chart.addSeries(key, points.x, points.y);
        series.setLabel(points.name);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(MARKERS[points.color % MARKERS.length]);
        series.setMarkerColor(color);
    }

    /** Upright lines, those that have ends, as one series: a gap ends each. */
    static void intervals(XYChart chart, String key, double[] x, double[] low, double[] high, Color color) {
        List<Double> at = new ArrayList<>();
        List<Double> height = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(low[i])) {
                at.addAll(List.of(x[i], x[i], x[i]));
                height.addAll(List.of(low[i], high[i], Double.NaN));
            }
        }
        if (!at.isEmpty()) {
            line(chart, key, at.stream().mapToDouble(v -> v).toArray(), height.stream().mapToDouble(v -> v).toArray(), color,
                    new BasicStroke(1.6f)).setShowInLegend(false);
        }
    }
}
