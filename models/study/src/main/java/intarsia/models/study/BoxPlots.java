package intarsia.models.study;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.knowm.xchart.BoxChart;
import org.knowm.xchart.BoxChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.BoxStyler;

/** Box plots of a setting: a box for each value and method, all on one scale. */
public final class BoxPlots {
    private static final int BOX_WIDTH = 44;
    private static final int MARGIN = 120;
    private static final int HEIGHT = 460;

    private BoxPlots() {}

    /** No box where nothing was measured, and nothing at all without a box. */
    public static Optional<Chart<?, ?>> chart(Setting<?> setting, List<? extends StudyMethod<?>> methods, String axis,
            BiFunction<Double, StudyMethod<?>, Sample> sample) {
        int width = MARGIN + BOX_WIDTH * setting.values().size() * methods.size();
        BoxChart chart = new BoxChartBuilder().width(width).height(HEIGHT).xAxisTitle(setting.symbol()).yAxisTitle(axis).build();
        BoxStyler styler = chart.getStyler();
        styler.setBoxplotCalCulationMethod(BoxStyler.BoxplotCalCulationMethod.N_LESS_1_PLUS_1);
        styler.setLegendVisible(false);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setXAxisLabelRotation(90);
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
        for (double value : setting.values()) {
            for (StudyMethod<?> method : methods) {
                double[] values = sample.apply(value, method).values();
                if (values.length > 0) {
                    chart.addSeries(Setting.text(value) + "  " + method.name().replaceFirst(":.*", ""), values);
                }
            }
        }
        return chart.getSeriesMap().isEmpty() ? Optional.empty() : Optional.of(chart);
    }
}
