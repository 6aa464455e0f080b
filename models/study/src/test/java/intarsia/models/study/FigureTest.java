package intarsia.models.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.report.Figure;
import intarsia.models.report.HeatMap;
import intarsia.models.report.LineChart;
import intarsia.models.report.ScatterPlot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FigureTest {
    private static final Setting<Integer> SETTING = new Setting<>("n", "Sizes", "n", "n", List.of(50.0, 100.0, 200.0, 400.0, 800.0), n ->
            (int) n);
    private static final List<Estimator> METHODS = List.of(new MeanPredictor().named("a", "Method A"),
            new MeanPredictor().named("b", "Method B"),
            new MeanPredictor().named("c", "Method C"));

    private static Measurements measured() {
        RandomStream random = RandomStream.of(3);
        return new Measurements(Item.crossed(List.of(SETTING), METHODS, 30).stream()
                .map(item -> new Measurements.Row(item.key(), new ItemCells().number("error",
                (1 + METHODS.indexOf(item.method())) / Math.sqrt(item.value()) * Math.exp(0.3 * random.nextGaussian())), new Timing(0, 0)))
                        .toList());
    }

    static List<Figure> figures() {
        Measurements measured = measured();
        double[][] cells = IntStream.range(0, 5).mapToObj(i ->
                IntStream.range(0, 5).mapToDouble(j -> i == j ? Double.NaN : (i - j) / 4.0).toArray())
                .toArray(double[][]::new);
        List<String> names = List.of("one", "two", "three", "four", "five");
        RandomStream random = RandomStream.of(4);
        return List.of(
                BoxPlots.figure("boxes", "Boxes", "", "error", SETTING, METHODS,
                        (value, method) -> measured.of(SETTING, value, method).sample("error")).orElseThrow(),
                MeanLines.chart(measured, SETTING, METHODS, "error", "error").logarithmic().and(
                        LineChart.Line.power("N^-1/2", -0.5, 50, 800, 50, 0.12)).figure("lines", "Lines", ""),
                MeanLines.chart(measured, SETTING, METHODS, "error",
                        "error").and(LineChart.Line.level("best", 50, 800, 0.05)).figure("plain", "Lines", ""),
                new HeatMap(names, names, cells, -1, 1).figure("heat", "Heat", ""),
                new ScatterPlot(List.of(0, 1).stream().map(g -> new ScatterPlot.Group("group " + g, g, g, IntStream.range(0, 50)
                        .mapToObj(i -> new double[] {g + random.nextGaussian(), random.nextGaussian()}).toArray(double[][]::new))).toList())
                        .figure("scatter", "Scatter", ""));
    }

    @Test
    void everyKindIsDrawnInSvgAndPng() throws IOException {
        for (Figure figure : figures()) {
            var image = ImageIO.read(new ByteArrayInputStream(figure.png()));
            assertThat(image.getWidth()).as(figure.name()).isEqualTo(2 * figure.width());
            assertThat(IntStream.range(0, image.getWidth()).map(x -> image.getRGB(x, image.getHeight() / 2)).distinct().count())
                    .as(figure.name()).isGreaterThan(3);
            assertThat(figure.svg()).as(figure.name()).startsWith("<?xml").contains("<svg");
        }
    }

    @Test
    void aHeatMapShowsWhatIsJustBelowItsTop() {
        for (double low : new double[] {-1, 0}) {
            double[][] cells = {{1, Math.nextDown(1.0), Math.nextDown(Math.nextDown(1.0)), 1 - 1e-11}};
            Figure figure = new HeatMap(List.of("a"), List.of("w", "x", "y", "z"), cells, low, 1).figure("h", "H", "");
            assertThat(figure.svg()).contains("<svg");
        }
    }

    /** Of 1 to 4 and 100 the quartiles are 2 and 4, the whiskers end at 1 and 4, and 100 is a point. */
    @Test
    void boxesAreQuartilesAndWhiskersEndWithinReach() {
        Figure figure = BoxPlots.figure("b", "", "", "", SETTING.at(List.of(50.0)), METHODS.subList(0, 1),
                (value, method) -> new Sample(new double[] {1, 2, 3, 4, 100})).orElseThrow();
        var series = ((org.knowm.xchart.XYChart) figure.chart()).getSeriesMap();
        assertThat(series.get("Method A").getYData()).containsExactly(2, 2, 4, 4);
        assertThat(series.get("Method A lines").getYData()).contains(3, 1, 4).doesNotContain(100);
        assertThat(series.get("Method A points").getYData()).containsExactly(100);
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        assertThat(BoxPlots.figure("none", "", "", "", SETTING, METHODS, (value, method) -> new Sample(new double[0]))).isEmpty();
    }

    @Test
    void aMatrixHasTheShapeOfItsNames() {
        assertThatThrownBy(() -> new HeatMap(List.of("a"), List.of("b", "c"), new double[][] {{1}}, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a heat map of 1 rows and 2 columns was given 1 x 1 cells");
    }
}
