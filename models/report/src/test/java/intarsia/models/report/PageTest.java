package intarsia.models.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final double[] X = {0, 0.5, 1};
    private static final double[] LOW = {0, 0.2, 0.7};
    private static final double[] HIGH = {0.3, 0.9, 1};
    private static final Table NUMBERS = new Table("numbers", "", List.of("", "value"), List.of(List.of("a", "1"), List.of("a", "2")));
    private static final double[] UNIT = {0, 1};

    /** Two layers of one name, one of no points' intervals, one that is hostile. */
    private static Figure plane() {
        return new Plane("x", "y", UNIT, UNIT, List.of(new Plane.Band("band", 0, X, LOW, HIGH), new Plane.Curve("same", 0, X, X),
                new Plane.Curve("same", 1, X, HIGH), new Plane.Reference("<i>", UNIT, UNIT), new Plane.Points("points", 2, X, LOW),
                new Plane.Points("intervals", 3, X, X, LOW, HIGH)))
                .figure("plane", "A <plane>", "How \"to\" read it", "What it & shows", NUMBERS);
    }

    private static Figure intervals() {
        double[] none = {Double.NaN, Double.NaN};
        return new IntervalPlot("loss", List.of("first", "second"),
                List.of(new IntervalPlot.Series("a", new double[] {1, 2}, new double[] {0.5, 1},
                new double[] {1.5, 3}), new IntervalPlot.Series("b", new double[] {1, Double.NaN}, none, none),
                new IntervalPlot.Series("c", none, none,
                        none))).figure("intervals", "Intervals", "", "");
    }

    private static Figure heat(int size) {
        List<String> names = IntStream.range(0, size).mapToObj(i -> "name " + i).toList();
        return new HeatMap(names, names,
                IntStream.range(0, size).mapToObj(i -> IntStream.range(0, size).mapToDouble(j -> i == j ? Double.NaN
                : (i - j) / (double) size).toArray()).toArray(double[][]::new), -1, 1).figure("heat", "Heat", "");
    }

    private static List<Figure> figures() {
        return List.of(plane(), intervals(), heat(3), heat(20));
    }

    private static long count(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    @Test
    void everyPictureIsNamedAndDescribed() throws Exception {
        for (Figure figure : figures()) {
            for (String svg : List.of(figure.svg(), figure.inside("figure-1"))) {
                var root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(
                        StandardCharsets.UTF_8))).getDocumentElement();
                assertThat(root.getAttribute("role")).isEqualTo("img");
                assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(figure.title());
                String labels = root.getAttribute("aria-labelledby");
                assertThat(List.of(labels.split(" "))).allSatisfy(id -> assertThat(svg).contains(" id=\"" + id + "\""));
            }
        }
    }

    /** Inside a page its colors are the page's, so that they can be seen in the dark; a file has colors of its own. */
    @Test
    void colorsInsideAPageAreVariables() {
        String inside = plane().inside("figure-1");
        assertThat(inside).contains("var(--color-0)", "var(--tint-0)", "var(--paper)", "var(--gray)").doesNotContain(":white;", ":black;",
                "rgb(0,114,178)");
        assertThat(plane().svg()).contains("rgb(0,114,178)").doesNotContain("var(--");
        for (int i = 0; i < ChartStyle.colors(); i++) {
            assertThat(count("--color-" + i + ": #", PageStyle.CSS)).as("light and dark").isEqualTo(2);
            assertThat(count("--tint-" + i + ": ", PageStyle.CSS)).isEqualTo(1);
        }
    }

    @Test
    void filesShowTheirTitleAndPagesDoNot() throws IOException {
        Figure figure = intervals();
        assertThat(figure.svg().length()).isGreaterThan(figure.inside("figure-1").length());
        assertThat(ImageIO.read(new ByteArrayInputStream(figure.png())).getHeight()).isGreaterThan(2 * figure.height());
    }

    @Test
    void aFigureIsTheSameTextWheneverItIsDrawn() {
        for (Figure figure : figures()) {
            String inside = figure.inside("figure-1");
            String file = figure.svg();
            assertThat(figure.inside("figure-1").equals(inside)).as(figure.name()).isTrue();
            assertThat(figure.svg().equals(file)).as(figure.name()).isTrue();
        }
    }

    @Test
    void aPageHoldsWhatItWasGivenAsText() {
        Page page = new Page("Title <x>").question("What & why?").verdict(List.of("It `is` <so>.")).facts(Map.of("rows", "3"))
                .section("One")
                .paragraph("a < b").list(List.of("<li>")).lines("<pre>").quotation(List.of("\"q\"")).section("Two").part("<part>")
                .table(NUMBERS).folded(NUMBERS)
                .figures(figures());
        String html = page.html();
        assertThat(html).contains("<title>Title &lt;x&gt;</title>", "It <code>is</code> &lt;so&gt;.", "a &lt; b", "<li>&lt;li&gt;</li>",
                "<a href=\"#section-2\">Two</a>", "&lt;part&gt;", "&lt;i&gt;</li>");
        assertThat(count("<figure", html)).isEqualTo(4);
        assertThat(count("<svg[^>]*role=\"img\"", html)).isEqualTo(4);
        assertThat(count("<details>", html)).isEqualTo(5);
        assertThat(html).contains("<summary>2 rows</summary>");
        assertThat(count(" id=\"figure-1-", html)).isPositive();
        assertThat(html).doesNotContain("<x>", "<so>", "<i>", "<script");
    }

    /** The plot stays as it is when its legend goes from beside it into the page's text. */
    @Test
    void aLegendBesideThePlotIsNoPartOfThePictureInAPage() {
        List<IntervalPlot.Series> many = IntStream.range(0, 7)
                .mapToObj(i -> new IntervalPlot.Series("a long name " + i, new double[] {1, 2},
                new double[] {0, 1}, new double[] {2, 3})).toList();
        Figure figure = new IntervalPlot("loss", List.of("first", "second"), many).figure("many", "Many", "", "");
        String svg = figure.inside("figure-1");
        assertThat(svg).contains("viewBox=\"0 0 " + figure.widthInside() + " ");
        assertThat(figure.widthInside()).isLessThan(figure.width());
        double right = Pattern.compile("<line [^>]*x2=\"([0-9.]+)\"").matcher(svg).results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .max().orElseThrow();
        assertThat(right).isBetween(figure.widthInside() - 20.0, (double) figure.widthInside());
        assertThat(figure.svg()).contains("viewBox=\"0 0 " + figure.width() + " ");
    }

    @Test
    void anIntervalPlotTellsItsNumbers() {
        assertThat(intervals().numbers().header()).containsExactly("", "a", "b", "c");
        assertThat(intervals().numbers().rows()).containsExactly(List.of("first", "1.000 [0.500, 1.500]", "1.000", ""),
                List.of("second", "2.000 [1.000, 3.000]", "", ""));
    }
}
