package intarsia.models.study.tenmtl;

import intarsia.linalg.Tensor;
import intarsia.models.study.Figure;
import intarsia.models.tenmtl.Interpretation;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;

/** Pictures of what a TenMTL says: bars of each mode's first directions and of the individuals' coordinates. */
public final class LoadingFigures {
    private static final int SHOWN = 3;
    private static final int BAR = 30;
    private static final int MARGIN = 160;
    private static final int HEIGHT = 420;

    private LoadingFigures() {}

    /**
     * A figure of each mode, individuals last.
     *
     * @param modes names of the predictors' modes
     */
    public static List<Figure> of(Interpretation says, List<String> modes) {
        List<Figure> figures = new ArrayList<>();
        for (int k = 0; k < modes.size(); k++) {
            figures.add(figure("loadings-" + modes.get(k), "Loadings: " + modes.get(k), says.names().get(k), says.loadings().get(k),
                    says.shares().get(k)));
        }
        if (says.scores().size() > 0) {
            figures.add(figure("individuals", "Individuals: deviations from what is common", says.individuals(), says.scores(),
                    says.scoreShares()));
        }
        return figures;
    }

    private static Figure figure(String name, String title, List<String> names, Tensor values, double[] shares) {
        CategoryChart chart = new CategoryChartBuilder().width(MARGIN + BAR * names.size()).height(HEIGHT).yAxisTitle("weight").build();
        chart.getStyler().setOverlapped(false);
        AxesChartStyler styler = chart.getStyler();
        styler.setXAxisLabelRotation(60);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setLegendPosition(org.knowm.xchart.style.Styler.LegendPosition.InsideNE);
        for (int r = 0; r < Math.min(SHOWN, shares.length); r++) {
            int direction = r;
            chart.addSeries(String.format(java.util.Locale.ROOT, "direction %d (%.1f %%)", r + 1, 100 * shares[r]), names,
                    IntStream.range(0, names.size()).mapToObj(i -> values.get(i, direction)).toList());
        }
        return new Figure(name, title, "Shares are of the squared coefficients.", chart);
    }
}
