package intarsia.models.study;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/**
 * A matrix in colors.
 *
 * @param rows    names of its rows, the first on top
 * @param columns names of its columns
 * @param cells   its numbers; NaN stays empty
 * @param low     where the scale begins
 * @param high    where it ends
 */
public record HeatMap(List<String> rows, List<String> columns, double[][] cells, double low, double high) {
    private static final int CELL = 46;
    private static final int MARGIN = 190;
    private static final int LEGIBLE = 16;

    /** White to blue where all numbers are of one sign. */
    private static final Color[] ONE_SIDED = {Color.WHITE, new Color(0xC6DBEF), new Color(0x6BAED6), new Color(0x2171B5)};

    /** Red, white, blue around 0. */
    private static final Color[] TWO_SIDED = {new Color(0xC94741), new Color(0xF4B6A6), Color.WHITE, new Color(0xA6CBE3),
            new Color(0x3A7FB8)};

    /** Copies the lists and checks the shape. */
    public HeatMap {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        if (cells.length != rows.size() || cells.length > 0 && cells[0].length != columns.size()) {
            throw new IllegalArgumentException("a heat map of " + rows.size() + " rows and " + columns.size() + " columns was given "
                    + cells.length + " x "
                    + (cells.length == 0 ? 0 : cells[0].length) + " cells");
        }
    }

    /** Numbers of a matrix are written into its cells while there are few. */
    public Figure figure(String name, String title, String caption) {
        HeatMapChart chart = new HeatMapChartBuilder().width(MARGIN + CELL * columns.size()).height(MARGIN / 2
                + CELL * rows.size()).build();
        ChartStyle.axes(chart.getStyler());
        chart.getStyler().setLegendPosition(org.knowm.xchart.style.Styler.LegendPosition.OutsideE);
        chart.getStyler().setLegendLayout(org.knowm.xchart.style.Styler.LegendLayout.Vertical);
        chart.getStyler().setRangeColors(low < 0 && high > 0 ? TWO_SIDED : ONE_SIDED).setMin(low).setMax(high).setDrawBorder(true);
        chart.getStyler().setShowValue(Math.max(rows.size(), columns.size()) <= LEGIBLE)
                .setValueFont(ChartStyle.font(11)).setValueFontColor(Color.BLACK)
                .setHeatMapValueDecimalPattern("0.00");
        chart.getStyler().setPlotGridLinesVisible(false).setAxisTicksMarksVisible(false).setXAxisLabelRotation(columns.size() > 6 ? 90
                : 0).setPlotContentSize(1);
        List<Number[]> data = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < columns.size(); j++) {
                if (!Double.isNaN(cells[i][j])) {
                    data.add(new Number[] {j, rows.size() - 1 - i, shown(cells[i][j])});
                }
            }
        }
        chart.addSeries(title, columns, rows.reversed(), data);
        return new Figure(name, title, caption, chart);
    }

    /** What is at the top but for rounding is at the top: the chart looks for a color beyond its last one otherwise. */
    private double shown(double cell) {
        return (cell - low) / (high - low) > 1 - 1e-12 ? high : cell;
    }
}
