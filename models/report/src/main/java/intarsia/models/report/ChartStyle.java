package intarsia.models.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** How all charts look. */
public final class ChartStyle {
    /** How high a chart is unless it has a reason, in pixels. */
    public static final int HEIGHT = 420;
    /** Axes, and lines to compare with. */
    public static final Color GRAY = new Color(0x777777);
    static final Color GRID = new Color(0xDDDDDD);
    /** Of numbers on a colored ground, which stays as it is on a dark page. */
    static final Color ON_COLOR = new Color(0x1A1A1A);
    private static final int MOST_BELOW = 3;
    private static final int LETTER = 8;
    private static final int MARK = 50;

    /** Apart for the color-blind too, and in gray (Okabe &amp; Ito 2008, their yellow darkened). */
    private static final List<Color> COLORS = List.of(new Color(0x0072B2), new Color(0xE69F00), new Color(0xD55E00), new Color(0x009E73),
            new Color(0xCC79A7), new Color(0x56B4E9), new Color(0xA39B00), new Color(0x6A3D9A), new Color(0x8C564B), new Color(0x444444));

    private ChartStyle() {}

    /** The color of the i-th series, from 0. */
    public static Color color(int i) {
        return COLORS.get(i % COLORS.size());
    }

    static int colors() {
        return COLORS.size();
    }

    /** A lighter shade of a color, not a transparent one: SVG and PNG are the same then. */
    public static Color tint(Color color) {
        return new Color(lighter(color.getRed()), lighter(color.getGreen()), lighter(color.getBlue()));
    }

    private static int lighter(int part) {
        return 255 - (255 - part) * 2 / 5;
    }

    /** Fonts, grid and ground. */
    public static void axes(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE).setChartPadding(6).setChartTitleVisible(false);
        styler.setPlotBorderVisible(false);
        styler.setAxisTickLabelsFont(font(12));
        styler.setAxisTitleFont(font(13));
        styler.setPlotGridLinesStroke(new BasicStroke(0.6f));
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setAxisTickMarksColor(GRAY);
        styler.setDecimalPattern("0.#####");
        styler.setLegendFont(font(12));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    }

    /** Puts the legend beside the plot where there is no room for its names below. */
    public static void legend(Styler styler, List<String> names) {
        if (besideWidth(names) > 0) {
            styler.setLegendPosition(Styler.LegendPosition.OutsideE).setLegendLayout(Styler.LegendLayout.Vertical);
        }
    }

    /** What a legend beside the plot adds to a chart's width. */
    public static int besideWidth(List<String> names) {
        return names.size() <= MOST_BELOW ? 0 : width(names) + MARK;
    }

    /** About how wide the longest of some names is. */
    static int width(List<String> names) {
        return LETTER * names.stream().mapToInt(String::length).max().orElse(0);
    }

    static Font font(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }
}
