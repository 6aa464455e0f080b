package intarsia.models.report;

import java.awt.AWTError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A report as one page of HTML that needs nothing beside it: no network, no script. It follows the reader's choice of light or dark, fits a
 * telephone, and is black on white on paper. All texts given are shown as they are, markup in them too.
 */
public final class Page {
    /** Wider figures have a row to themselves. */
    private static final int HALF = 460;
    /** A browser loads and runs nothing for it, whatever is in it. */
    private static final String NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'";

    private final String title;
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private final List<String> sections = new ArrayList<>();
    private int figures;

    /** Begins a page. */
    public Page(String title) {
        this.title = title;
        head.append("<h1>").append(Html.escaped(title)).append("</h1>\n");
    }

    /** A sentence below the title: what was asked. */
    public Page question(String text) {
        head.append("<p class=\"question\">").append(Html.escaped(text)).append("</p>\n");
        return this;
    }

    /** Below it in a box: what was found. */
    public Page verdict(List<String> paragraphs) {
        if (!paragraphs.isEmpty()) {
            head.append("<div class=\"verdict\">\n");
            paragraphs.forEach(text -> head.append("<p>").append(Html.code(text)).append("</p>\n"));
            head.append("</div>\n");
        }
        return this;
    }

    /** Below that a few numbers with what they count. */
    public Page facts(Map<String, String> facts) {
        head.append("<dl class=\"facts\">\n");
        facts.forEach((what, number) -> head.append("<div><dt>").append(Html.escaped(what)).append("</dt><dd>").append(Html.escaped(number))
                .append("</dd></div>\n"));
        head.append("</dl>\n");
        return this;
    }

    /** Begins a section, which the contents at the top name. */
    public Page section(String heading) {
        sections.add(heading);
        body.append("<h2 id=\"section-").append(sections.size()).append("\">").append(Html.escaped(heading)).append("</h2>\n");
        return this;
    }

    /** A part of a section. */
    public Page part(String heading) {
        body.append("<h3>").append(Html.escaped(heading)).append("</h3>\n");
        return this;
    }

    /** A paragraph; what stands between backticks is code. */
    public Page paragraph(String text) {
        body.append("<p>").append(Html.code(text)).append("</p>\n");
        return this;
    }

    /** Lines as they are, of one width. */
    public Page lines(String text) {
        body.append("<pre>").append(Html.escaped(text)).append("</pre>\n");
        return this;
    }

    /** A text to be copied. */
    public Page quotation(List<String> paragraphs) {
        body.append("<blockquote>\n");
        paragraphs.forEach(text -> body.append("<p>").append(Html.escaped(text)).append("</p>\n"));
        body.append("</blockquote>\n");
        return this;
    }

    /** Points of a list. */
    public Page list(List<String> points) {
        if (!points.isEmpty()) {
            body.append("<ul>\n");
            points.forEach(point -> body.append("<li>").append(Html.code(point)).append("</li>\n"));
            body.append("</ul>\n");
        }
        return this;
    }

    /** A table under its title. */
    public Page table(Table table) {
        body.append(table.html());
        return this;
    }

    /** A long table, to unfold, under its title. */
    public Page folded(Table table) {
        body.append(table.heading()).append("<details><summary>").append(table.rows().size()).append(" rows</summary>\n")
                .append(table.cells())
                .append("</details>\n");
        return this;
    }

    /** Figures beside one another where there is room, each with its title, how to read it, and its numbers to unfold. */
    public Page figures(List<Figure> together) {
        if (!together.isEmpty()) {
            body.append("<div class=\"figures\">\n");
            together.forEach(figure -> body.append(html(figure)));
            body.append("</div>\n");
        }
        return this;
    }

    private String html(Figure figure) {
        String id = "figure-" + ++figures;
        return "<figure" + (figure.widthInside() > HALF ? " class=\"whole\"" : "") + ">\n<h3>" + Html.escaped(figure.title()) + "</h3>\n"
                + "<div class=\"wide\">" + picture(figure, id) + "</div>\n" + ChartLegend.html(figure.chart()) + "<figcaption>"
                + Html.escaped(figure.caption())
                + "</figcaption>\n<details><summary>Numbers</summary>\n" + figure.numbers().cells() + "</details>\n</figure>\n";
    }

    /** A machine may have no fonts, and a long fit is not lost for that. */
    private static String picture(Figure figure, String id) {
        try {
            return figure.inside(id);
        } catch (AWTError | InternalError | LinkageError e) {
            return "<p class=\"note\">This picture could not be drawn: Java finds no fonts on this machine (" + Html.escaped(e.toString())
                    + "). Install fontconfig and a font; the numbers are below.</p>";
        }
    }

    /** All of it. */
    public String html() {
        StringBuilder contents = new StringBuilder();
        if (sections.size() > 1) {
            contents.append("<nav aria-label=\"Contents\">\n");
            for (int i = 0; i < sections.size(); i++) {
                contents.append("<a href=\"#section-").append(i + 1).append("\">").append(Html.escaped(sections.get(i))).append("</a>\n");
            }
            contents.append("</nav>\n");
        }
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light "
                + "dark\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + NOTHING_ELSE + "\">\n<title>" + Html.escaped(title)
                + "</title>\n<style>\n" + PageStyle.CSS
                + "</style>\n</head>\n<body>\n<header>\n" + head + contents + "</header>\n<main>\n" + body + "</main>\n</body>\n</html>\n";
    }
}
