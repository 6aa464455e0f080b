package intarsia.models.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;

/**
 * A picture as SVG text: named and described for those who do not see it ({@code role="img"}), coordinates to a hundredth of a pixel.
 * Inside a page its colors are the page's variables, so that they follow it into the dark.
 */
record SvgDrawing(String title, String words, int width, int height, String body) {
    private static final int DECIMALS = 2;
    /** XChart draws the labels of an axis in an order that differs from run to run. */
    private static final Pattern LABEL = Pattern.compile("<g style=\"[^\"]*\" transform=\"[^\"]*\">\\s*<path d=\"[^\"]*\" "
            + "style=\"[^\"]*\"/>\\s*</g>");
    private static final Pattern LABELS = Pattern.compile("(?:" + LABEL.pattern() + "\\s*)++");
    /** What Batik leaves out where it is so. */
    private static final String DEFAULTS = "fill:black; stroke:black; stroke-linecap:square; stroke-linejoin:miter; stroke-miterlimit:10;";
    private static final Pattern COLOR = Pattern.compile("rgb\\(\\d+,\\d+,\\d+\\)|(?<=:)(?:white|black)(?=;)");
    private static final Map<String, String> VARIABLES = variables();

    /** What paints itself, drawn. */
    static SvgDrawing of(String title, String words, int width, int height, Consumer<Graphics2D> painter) {
        try {
            Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
            context.setPrecision(DECIMALS);
            context.setComment(null);
            SVGGraphics2D graphics = new SVGGraphics2D(context, false);
            graphics.setSVGCanvasSize(new java.awt.Dimension(width, height));
            painter.accept(graphics);
            StringWriter text = new StringWriter();
            graphics.stream(text, true);
            String all = text.toString();
            int begin = all.indexOf('>', all.indexOf("<svg")) + 1;
            String drawn = all.substring(begin, all.lastIndexOf("</svg")).replaceAll("\\s*\\n\\s*(?=/?>)", "");
            drawn = LABELS.matcher(drawn).replaceAll(run ->
                    Matcher.quoteReplacement(LABEL.matcher(run.group()).results().map(MatchResult::group)
                    .sorted().collect(Collectors.joining())));
            return new SvgDrawing(title, words, width, height, "<g style=\"" + DEFAULTS + "\">" + drawn + "</g>\n");
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("a figure could not be drawn: " + title, e);
        }
    }

    /** With a head, as a file of its own. */
    String file() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text("figure", " width=\"" + width + "\" height=\"" + height + "\"", body);
    }

    /** As a part of a page. */
    String inside(String id) {
        return text(id, " style=\"max-width:" + width + "px\"", colored());
    }

    /** As a mark before a text that says what it is. */
    String mark() {
        return "<svg aria-hidden=\"true\" viewBox=\"0 0 " + width + " " + height + "\" width=\"" + width + "\" height=\"" + height + "\">"
                + colored().replaceAll("<defs id=[^>]*/>", "").strip() + "</svg>";
    }

    private String colored() {
        return COLOR.matcher(body).replaceAll(found -> Matcher.quoteReplacement(VARIABLES.getOrDefault(found.group(), found.group())));
    }

    private String text(String id, String size, String drawn) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\" aria-labelledby=\"" + id
                + "-title " + id + "-words\" viewBox=\"0 0 " + width + " " + height + "\"" + size + ">\n<title id=\"" + id + "-title\">"
                + Html.escaped(title) + "</title>\n<desc id=\"" + id + "-words\">" + Html.escaped(words) + "</desc>\n"
                + drawn.replace(" id=\"", " id=\"" + id + "-").replace("url(#", "url(#" + id + "-") + "</svg>\n";
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("white", "var(--paper)");
        variables.put("black", "var(--ink)");
        variables.put(name(ChartStyle.GRAY), "var(--gray)");
        variables.put(name(ChartStyle.GRID), "var(--grid)");
        for (int i = 0; i < ChartStyle.colors(); i++) {
            variables.put(name(ChartStyle.color(i)), "var(--color-" + i + ")");
            variables.put(name(ChartStyle.tint(ChartStyle.color(i))), "var(--tint-" + i + ")");
        }
        return variables;
    }

    private static String name(Color color) {
        return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
    }
}
