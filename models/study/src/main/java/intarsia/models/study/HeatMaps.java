package intarsia.models.study;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.HeatMapStyler;

/** Heat maps: things against each other. */
public final class HeatMaps {
    private static final int CELL = 48;
    private static final int MARGIN = 220;
    private static final int SMALLEST = 420;

    private HeatMaps() {}

    /** A square matrix with the same names at both sides, numbers from -1 (blue) over 0 (white) to 1 (red); the first row is at the top. */
    public static Figure square(String name, String title, String caption, List<String> names, double[][] matrix) {
        int size = Math.max(SMALLEST, MARGIN + CELL * names.size());
        HeatMapChart chart = new HeatMapChartBuilder().width(size).height(size).build();
        HeatMapStyler styler = chart.getStyler();
        styler.setMin(-1);
        styler.setMax(1);
        styler.setRangeColors(new Color[] {new Color(0x2166ac), Color.WHITE, new Color(0xb2182b)});
        styler.setShowValue(names.size() <= 20);
        styler.setHeatMapValueDecimalPattern("0.00");
        styler.setValueFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        styler.setXAxisLabelRotation(90);
        List<Number[]> cells = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = 0; j < names.size(); j++) {
                // Rows are counted from the bottom.
                cells.add(new Number[] {j, names.size() - 1 - i, matrix[i][j]});
            }
        }
        chart.addSeries(name, names, names.reversed(), cells);
        return new Figure(name, title, caption, chart);
    }
}
