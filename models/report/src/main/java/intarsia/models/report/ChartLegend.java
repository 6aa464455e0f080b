package intarsia.models.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** The names of a chart's series as text of the page, each after its mark: it breaks into lines where there is no room. */
final class ChartLegend {
    private static final int WIDTH = 26;
    private static final int HEIGHT = 14;
    private static final int MARK = 8;

    private ChartLegend() {}

    /** As HTML; empty where a chart names nothing. */
    static String html(Chart<?, ?> chart) {
        if (!(chart instanceof XYChart plane)) {
            return "";
        }
        List<XYSeries> named = named(plane);
        if (named.size() < 2) {
            return "";
        }
        StringBuilder text = new StringBuilder("<ul class=\"legend\">\n");
        named.forEach(series -> text.append("<li>").append(SvgDrawing.of("", "", WIDTH, HEIGHT, graphics -> paint(graphics, series)).mark())
                .append(Html.escaped(series.getLabel())).append("</li>\n"));
        return text.append("</ul>\n").toString();
    }

    /** What a legend beside a chart's plot adds to its width. */
    static int beside(Chart<?, ?> chart) {
        return chart instanceof XYChart plane && plane.getStyler().isLegendVisible()
                && plane.getStyler().getLegendPosition() == Styler.LegendPosition.OutsideE ? ChartStyle.besideWidth(named(plane).stream()
                        .map(XYSeries::getLabel).toList()) : 0;
    }

    private static List<XYSeries> named(XYChart chart) {
        return chart.getSeriesMap().values().stream().filter(XYSeries::isShowInLegend).toList();
    }

    private static void paint(Graphics2D graphics, XYSeries series) {
        switch (series.getXYSeriesRenderStyle()) {
            case PolygonArea -> {
                graphics.setColor(series.getFillColor());
                graphics.fillRect(WIDTH / 4, 1, WIDTH / 2, HEIGHT - 2);
                graphics.setColor(series.getLineColor());
                graphics.setStroke(new BasicStroke(1));
                graphics.drawRect(WIDTH / 4, 1, WIDTH / 2, HEIGHT - 2);
            }
            case Scatter -> mark(graphics, series);
            default -> {
                graphics.setColor(series.getLineColor());
                graphics.setStroke(series.getLineStyle());
                graphics.drawLine(2, HEIGHT / 2, WIDTH - 2, HEIGHT / 2);
                mark(graphics, series);
            }
        }
    }

    private static void mark(Graphics2D graphics, XYSeries series) {
        graphics.setColor(series.getMarkerColor());
        series.getMarker().paint(graphics, WIDTH / 2.0, HEIGHT / 2.0, MARK);
    }
}
