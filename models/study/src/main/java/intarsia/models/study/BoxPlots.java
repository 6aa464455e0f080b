package intarsia.models.study;

import intarsia.models.Estimator;
import intarsia.models.report.ChartStyle;
import intarsia.models.report.Figure;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Box plots of a setting: a group of boxes for each value, a color for each method. A box goes from the lower to the upper quartile, its
 * bar is the median, its whiskers go to the last points within one and a half box lengths, points beyond are drawn.
 */
public final class BoxPlots {
    /** How to read them. */
    public static final String CAPTION = "Boxes: quartiles and median over replicates; whiskers: the last points within 1.5 box lengths; "
            + "points: beyond.";

    private static final int BOX_WIDTH = 18;
    private static final int MOST_WIDTH = 1000;
    private static final int LEAST_WIDTH = 420;
    private static final int MARGIN = 110;
    private static final double GROUP = 0.8;
    private static final double REACH = 1.5;
    private static final BasicStroke STROKE = new BasicStroke(1.3f);

    private BoxPlots() {}

    /** No box where nothing was measured, and no figure without a box. */
    public static Optional<Figure> figure(String name, String title, String caption, String axis, Setting<?> setting,
            List<? extends Estimator> methods, BiFunction<Double, Estimator, Sample> sample) {
        int values = setting.values().size();
        int plot = Math.clamp(BOX_WIDTH * values * (methods.size() + 1L), LEAST_WIDTH - MARGIN, MOST_WIDTH - MARGIN);
        List<String> names = methods.stream().map(Choices::shortName).toList();
        int width = MARGIN + plot + ChartStyle.besideWidth(names);
        XYChart chart = new XYChartBuilder().width(width).height(ChartStyle.HEIGHT).xAxisTitle(setting.symbol()).yAxisTitle(axis).build();
        ChartStyle.axes(chart.getStyler());
        ChartStyle.legend(chart.getStyler(), names);
        chart.getStyler().setXAxisMin(-0.5).setXAxisMax(values - 0.5).setAxisTicksMarksVisible(false);
        // One tick a group: a step of 1 is the smallest with this much room.
        chart.getStyler().setXAxisTickMarkSpacingHint((int) (0.75 * plot / values));
        chart.getStyler().setxAxisTickLabelsFormattingFunction(x -> label(setting, x));
        chart.getStyler().setMarkerSize(4);
        for (int m = 0; m < methods.size(); m++) {
            new Boxes(chart, Choices.shortName(methods.get(m)), ChartStyle.color(m), GROUP / methods.size()).add(setting, methods.get(m),
                    sample,
                    (m - (methods.size() - 1) / 2.0) * GROUP / methods.size());
        }
        return chart.getSeriesMap().isEmpty() ? Optional.empty() : Optional.of(new Figure(name, title, caption, axis + " over "
                + setting.symbol() + ", a box for each of " + String.join(", ", names), numbers(title, setting, methods, sample), chart));
    }

    /** Medians between quartiles. */
    private static Table numbers(String title, Setting<?> setting, List<? extends Estimator> methods, BiFunction<Double, Estimator,
            Sample> sample) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (Estimator method : methods) {
                Sample of = sample.apply(value, method);
                if (of.size() > 0) {
                    rows.add(List.of(Setting.text(value), Choices.shortName(method), Rounded.of(of.quantile(0.5)),
                            Rounded.of(of.quantile(0.25)), Rounded.of(of.quantile(0.75)), Integer.toString(of.size())));
                }
            }
        }
        return new Table(title, "", List.of(setting.symbol(), "method", "median", "lower quartile", "upper quartile", "replicates"), rows);
    }

    private static String label(Setting<?> setting, double x) {
        int i = (int) Math.rint(x);
        // XChart asks beyond both ends too, and widens its step until all labels differ.
        return i < 0 || i >= setting.values().size() ? "beyond " + x : Setting.text(setting.values().get(i));
    }

    /** One method's boxes. */
    private record Boxes(XYChart chart, String name, Color color, double width) {
        void add(Setting<?> setting, Estimator method, BiFunction<Double, Estimator, Sample> sample, double offset) {
            Path lines = new Path();
            Path outliers = new Path();
            boolean first = true;
            for (int i = 0; i < setting.values().size(); i++) {
                Sample of = sample.apply(setting.values().get(i), method);
                if (of.size() > 0) {
                    fill(i + offset, of, name + (first ? "" : " " + i), first);
                    outline(i + offset, of, lines);
                    outliers(i + offset, of, outliers);
                    first = false;
                }
            }
            if (!first) {
                XYSeries series = lines.to(chart, name + " lines");
                series.setMarker(SeriesMarkers.NONE);
                series.setLineColor(color);
                series.setLineStyle(STROKE);
            }
            if (!outliers.x.isEmpty()) {
                XYSeries series = outliers.to(chart, name + " points");
                series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
                series.setMarker(SeriesMarkers.CIRCLE);
                series.setMarkerColor(color);
            }
        }

        private double half() {
            return 0.4 * width;
        }

        private void fill(double at, Sample sample, String series, boolean legend) {
            double low = sample.quantile(0.25);
            double high = sample.quantile(0.75);
            XYSeries box = chart.addSeries(series, new double[] {at - half(), at + half(), at + half(), at - half()},
                    new double[] {low, low, high, high});
            box.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
            box.setMarker(SeriesMarkers.NONE);
            box.setFillColor(ChartStyle.tint(color));
            box.setLineColor(color);
            box.setLineStyle(STROKE);
            box.setShowInLegend(legend);
        }

        private void outline(double at, Sample sample, Path to) {
            double low = sample.quantile(0.25);
            double high = sample.quantile(0.75);
            double reach = REACH * (high - low);
            double bottom = Arrays.stream(sample.values()).filter(v -> v >= low - reach).min().orElse(low);
            double top = Arrays.stream(sample.values()).filter(v -> v <= high + reach).max().orElse(high);
            to.line(at - half(), low, at + half(), low, at + half(), high, at - half(), high, at - half(), low);
            to.line(at - half(), sample.quantile(0.5), at + half(), sample.quantile(0.5));
            to.line(at, Math.min(bottom, low), at, low);
            to.line(at, high, at, Math.max(top, high));
        }

        private static void outliers(double at, Sample sample, Path to) {
            double low = sample.quantile(0.25);
            double high = sample.quantile(0.75);
            double reach = REACH * (high - low);
            Arrays.stream(sample.values()).filter(v -> v < low - reach || v > high + reach).forEach(v -> to.point(at, v));
        }
    }

    /** Points of a series; a gap ends a line. */
    private static final class Path {
        private final List<Double> x = new ArrayList<>();
        private final List<Double> y = new ArrayList<>();

        void line(double... points) {
            for (int i = 0; i < points.length; i += 2) {
                point(points[i], points[i + 1]);
            }
            point(points[points.length - 2], Double.NaN);
        }

        void point(double px, double py) {
            x.add(px);
            y.add(py);
        }

        XYSeries to(XYChart chart, String name) {
            XYSeries series = chart.addSeries(name, x.stream().mapToDouble(v -> v).toArray(), y.stream().mapToDouble(v -> v).toArray());
            series.setShowInLegend(false);
            return series;
        }
    }
}
