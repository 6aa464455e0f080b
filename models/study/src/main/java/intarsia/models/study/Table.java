package intarsia.models.study;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of a report.
 *
 * @param title  what it shows
 * @param note   how to read it; may be empty
 * @param header names of its columns
 * @param rows   its cells
 */
public record Table(String title, String note, List<String> header, List<List<String>> rows) {
    /** Copies the lists. */
    public Table {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    String markdown() {
        return "### " + title + "\n\n" + (note.isEmpty() ? "" : note + "\n\n")
                + line(header) + header.stream().map(name -> "---").collect(Collectors.joining(" | ", "| ", " |\n"))
                + rows.stream().map(Table::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    String html() {
        return "<h3>" + escaped(title) + "</h3>\n" + (note.isEmpty() ? "" : "<p>" + escaped(note) + "</p>\n") + "<table>\n" + row("th", header)
                + rows.stream().map(cells -> row("td", cells)).collect(Collectors.joining()) + "</table>\n";
    }

    private static String row(String tag, List<String> cells) {
        return cells.stream().map(cell -> "<" + tag + ">" + escaped(cell) + "</" + tag + ">").collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
