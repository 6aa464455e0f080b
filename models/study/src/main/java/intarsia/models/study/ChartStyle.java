package intarsia.models.study;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** How all charts look. */
final class ChartStyle {
    static final int HEIGHT = 420;
    static final Color GRAY = new Color(0x777777);
    private static final int MOST_BELOW = 4;
    private static final int LEGEND_WIDTH = 170;

    /** Apart for the color-blind too, and in gray (Okabe &amp; Ito 2008, their yellow darkened). */
    private static final Color[] COLORS = {new Color(0x0072B2), new Color(0xE69F00), new Color(0xD55E00), new Color(0x009E73),
            new Color(0xCC79A7),
        new Color(0x56B4E9), new Color(0xA39B00), new Color(0x6A3D9A), new Color(0x8C564B), new Color(0x444444)};

    private ChartStyle() {}

    static Color color(int i) {
        return COLORS[i % COLORS.length];
    }

    /** A lighter shade of a color, not a transparent one: SVG and PNG are the same then. */
    static Color tint(Color color) {
        return new Color(lighter(color.getRed()), lighter(color.getGreen()), lighter(color.getBlue()));
    }

    private static int lighter(int part) {
        return 255 - (255 - part) * 2 / 5;
    }

    static void axes(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setAxisTickLabelsFont(font(12));
        styler.setAxisTitleFont(font(13));
        styler.setPlotGridLinesStroke(new BasicStroke(0.6f));
        styler.setPlotGridLinesColor(new Color(0xDDDDDD));
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setAxisTickMarksColor(GRAY);
        styler.setDecimalPattern("0.#####");
        styler.setLegendFont(font(12));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    }

    /** Puts the legend beside the plot where there is no room for its names below. */
    static void legend(Styler styler, int names) {
        if (names > MOST_BELOW) {
            styler.setLegendPosition(Styler.LegendPosition.OutsideE).setLegendLayout(Styler.LegendLayout.Vertical);
        }
    }

    /** What a legend beside the plot adds to a chart's width. */
    static int besideWidth(int names) {
        return names > MOST_BELOW ? LEGEND_WIDTH : 0;
    }

    static Font font(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }
}
