package intarsia.models.study;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.knowm.xchart.BoxChart;
import org.knowm.xchart.BoxChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.BoxStyler;

/** Box plots of a setting, as in figures 5, 6 and 8: a panel for each value, a box for each method, one scale for all panels. */
final class BoxPlots {
    static final int PANEL_WIDTH = 230;
    static final int HEIGHT = 360;

    private BoxPlots() {}

    /** Panels that are drawn side by side; no box where nothing was measured. */
    static List<Chart<?, ?>> panels(Setting setting, List<StudyMethod> methods, BiFunction<Double, StudyMethod, Sample> sample) {
        double top = 0;
        for (double value : setting.values()) {
            for (StudyMethod method : methods) {
                for (double v : sample.apply(value, method).values()) {
                    top = Math.max(top, v);
                }
            }
        }
        List<Chart<?, ?>> panels = new ArrayList<>();
        for (double value : setting.values()) {
            BoxChart chart = new BoxChartBuilder().width(PANEL_WIDTH).height(HEIGHT)
                    .title(setting.symbol() + " = " + Setting.text(value)).yAxisTitle(panels.isEmpty() ? "RMSE" : "").build();
            BoxStyler styler = chart.getStyler();
            styler.setBoxplotCalCulationMethod(BoxStyler.BoxplotCalCulationMethod.N_LESS_1_PLUS_1);
            styler.setLegendVisible(false);
            styler.setChartBackgroundColor(Color.WHITE);
            styler.setPlotBorderVisible(false);
            styler.setYAxisMin(0, 0.0);
            styler.setYAxisMax(0, top == 0 ? 1.0 : 1.05 * top);
            styler.setXAxisLabelRotation(60);
            styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
            boolean any = false;
            for (StudyMethod method : methods) {
                double[] values = sample.apply(value, method).values();
                if (values.length > 0) {
                    chart.addSeries(method.name().replaceFirst(":.*", ""), values);
                    any = true;
                }
            }
            if (any) {
                panels.add(chart);
            }
        }
        return panels;
    }
}
