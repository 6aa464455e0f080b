package intarsia.models.study;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A report as one page that needs nothing beside it. */
final class Html {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%1$s</title><style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 72em; margin: 2em auto; padding: 0 1.5em; color: #222 }
            h1 { font-size: 1.7em; margin-bottom: .2em } h2 { margin-top: 2.2em; border-bottom: 2px solid #ddd } h3 { margin: 1.8em 0 .3em }
            .summary { background: #f3f7fa; border-left: 4px solid #0072b2; padding: .6em 1.2em; margin: 1.2em 0 }
            .summary p { margin: .5em 0 }
            .origin, .note, figcaption { color: #555; font-size: .92em } .note { max-width: 60em; margin: .2em 0 .6em }
            code { background: #f4f4f4; padding: 0 .3em } nav { columns: 3; font-size: .92em }
            nav a { display: block; color: #0072b2; text-decoration: none }
            .figures { display: flex; flex-wrap: wrap; gap: 1.5em 2em } figure { margin: 0; flex: 1 1 450px; min-width: 0 }
            figure.whole { flex-basis: 100%% } figure h3 { margin-top: .6em }
            img { max-width: 100%%; height: auto }
            .wide { overflow-x: auto } table { border-collapse: collapse; font-size: .92em; font-variant-numeric: tabular-nums }
            th, td { padding: .15em .8em .15em 0; text-align: left; vertical-align: top }
            th { border-bottom: 1px solid #888; font-weight: 600 }
            .n { text-align: right; white-space: nowrap } tr.new td { border-top: 1px solid #ddd }
            tr:not(.new) td:first-child { color: #bbb }
            </style></head>
            <body>
            <h1>%1$s</h1>
            """;

    /** Wider figures have a row to themselves. */
    private static final int HALF = 660;

    private Html() {}

    static String page(StudyReport report, String origin) {
        StringBuilder text = new StringBuilder(HEAD.formatted(escaped(report.title())));
        text.append("<p class=\"origin\">").append(code(origin)).append("</p>\n");
        if (!report.summary().isEmpty()) {
            text.append("<div class=\"summary\">\n");
            report.summary().forEach(paragraph -> text.append("<p>").append(code(paragraph)).append("</p>\n"));
            text.append("</div>\n");
        }
        if (!report.figures().isEmpty()) {
            text.append("<h2>Figures</h2>\n<div class=\"figures\">\n");
            report.figures().forEach(figure -> text.append(figure(figure)));
            text.append("</div>\n");
        }
        text.append("<h2>Tables</h2>\n").append(contents(report.tables()));
        for (int i = 0; i < report.tables().size(); i++) {
            text.append("<section id=\"table-").append(i + 1).append("\">\n").append(report.tables().get(i).html()).append("</section>\n");
        }
        return text.append("</body></html>\n").toString();
    }

    private static String contents(List<Table> tables) {
        StringBuilder text = new StringBuilder("<nav>");
        for (int i = 0; i < tables.size(); i++) {
            text.append("<a href=\"#table-").append(i + 1).append("\">").append(escaped(tables.get(i).title())).append("</a>\n");
        }
        return text.append("</nav>\n").toString();
    }

    private static String figure(Figure figure) {
        return "<figure" + (figure.chart().getWidth() > HALF ? " class=\"whole\"" : "") + "><h3>" + escaped(figure.title())
                + "</h3>\n<img alt=\"" + escaped(figure.title()) + "\" width=\"" + figure.chart().getWidth()
                + "\" height=\"" + figure.chart().getHeight() + "\" src=\"data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(figure.svg().getBytes(StandardCharsets.UTF_8)) + "\">\n<figcaption>"
                        + escaped(figure.caption())
                + "</figcaption></figure>\n";
    }

    private static String code(String text) {
        return escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
