package intarsia.models.report;

import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Points of several groups in a plane whose axes mean nothing by themselves, as t-SNE gives them.
 *
 * @param groups the groups
 */
public record ScatterPlot(List<Group> groups) {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 560;
    private static final Marker[] MARKERS = {SeriesMarkers.CIRCLE, SeriesMarkers.CROSS, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.SQUARE};

    /**
     * Points that belong together.
     *
     * @param name   in the legend
     * @param color  which color, from 0
     * @param mark   which mark, from 0: dots, crosses, triangles, squares
     * @param points rows of two numbers
     */
    public record Group(String name, int color, int mark, double[][] points) {}

    /** Copies the list. */
    public ScatterPlot {
        groups = List.copyOf(groups);
    }

    /** As a figure. */
    public Figure figure(String name, String title, String caption) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).build();
        ChartStyle.axes(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
        chart.getStyler().setPlotBorderVisible(true).setPlotBorderColor(ChartStyle.GRAY);
        chart.getStyler().setMarkerSize(6);
        for (Group group : groups) {
            XYSeries series = chart.addSeries(group.name, Arrays.stream(group.points).mapToDouble(p -> p[0]).toArray(),
                    Arrays.stream(group.points).mapToDouble(p -> p[1]).toArray());
            series.setMarker(MARKERS[group.mark % MARKERS.length]);
            series.setMarkerColor(ChartStyle.color(group.color));
        }
        return new Figure(name, title, caption, "Points of " + String.join(", ", groups.stream().map(Group::name).toList()),
                new Table(title, "", List.of("group", "points"), groups.stream().map(group -> List.of(group.name,
                        Integer.toString(group.points.length))).toList()), chart);
    }
}
