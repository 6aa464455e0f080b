package intarsia.models.report;

import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final int LEAST = 58;
    private static final int HIGH = 34;
    /** Longer names of columns stand upright. */
    private static final int WIDE = 110;
    /** The side of a cell without a number. */
    private static final int SMALL = 16;
    private static final int MARGIN = 46;
    private static final int LEGIBLE = 16;

    /** Whiter would be a page's paper, which is dark in the dark. */
    private static final Color WHITE = new Color(0xFDFDFD);

    /** White to blue where all numbers are of one sign. */
    private static final Color[] ONE_SIDED = {WHITE, new Color(0xDEEBF7), new Color(0x9ECAE1), new Color(0x6BAED6)};

    /** Red, white, blue around 0. */
    private static final Color[] TWO_SIDED = {new Color(0xE08B7C), new Color(0xF4C9BD), WHITE, new Color(0xBCD9EC),
            new Color(0x6BAED6)};

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

    /** Numbers are written into the cells while there are few. */
    public Figure figure(String name, String title, String caption) {
        return figure(name, title, caption, "0.00");
    }

    /** The same with numbers in this pattern, such as {@code 0 %}. */
    public Figure figure(String name, String title, String caption, String pattern) {
        boolean legible = Math.max(rows.size(), columns.size()) <= LEGIBLE;
        boolean few = columns.size() <= LEGIBLE;
        boolean upright = !few || ChartStyle.width(columns) > WIDE;
        int wide = few ? Math.max(LEAST, upright ? 0 : ChartStyle.width(columns)) : SMALL;
        HeatMapChart chart = new HeatMapChartBuilder().width(ChartStyle.width(rows) + MARGIN + wide * columns.size())
                .height((upright ? ChartStyle.width(columns) : 0) + MARGIN + (legible ? HIGH : SMALL) * rows.size()).build();
        ChartStyle.axes(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setRangeColors(low < 0 && high > 0 ? TWO_SIDED : ONE_SIDED).setMin(low).setMax(high).setDrawBorder(false);
        chart.getStyler().setShowValue(legible).setValueFont(ChartStyle.font(12)).setValueFontColor(ChartStyle.ON_COLOR)
                .setHeatMapValueDecimalPattern(pattern);
        chart.getStyler().setPlotGridLinesVisible(false).setAxisTicksMarksVisible(false).setXAxisLabelRotation(upright ? 90 : 0)
                .setAxisTicksLineVisible(false);
        chart.getStyler().setPlotContentSize(1);
        List<Number[]> data = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < columns.size(); j++) {
                if (!Double.isNaN(cells[i][j])) {
                    data.add(new Number[] {j, rows.size() - 1 - i, shown(cells[i][j])});
                }
            }
        }
        chart.addSeries(title, columns, rows.reversed(), data);
        return new Figure(name, title, caption, "A matrix of " + rows.size() + " rows and " + columns.size() + " columns in colors from "
                + Rounded.of(low) + " to " + Rounded.of(high),
                numbers(title, new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT))), chart);
    }

    private Table numbers(String title, DecimalFormat format) {
        List<String> header = new ArrayList<>(List.of(""));
        header.addAll(columns);
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> line = new ArrayList<>(List.of(rows.get(i)));
            for (double cell : cells[i]) {
                line.add(Double.isNaN(cell) ? "" : format.format(cell));
            }
            lines.add(line);
        }
        return new Table(title, "", header, lines);
    }

    /** What is at the top but for rounding is at the top: the chart looks for a color beyond its last one otherwise. */
    private double shown(double cell) {
        return (cell - low) / (high - low) > 1 - 1e-12 ? high : cell;
    }
}
