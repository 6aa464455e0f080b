package intarsia.models.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    /** As Markdown, under its title. */
    public String markdown() {
        return "### " + title + "\n\n" + (note.isEmpty() ? "" : note + "\n\n")
                + line(header) + IntStream.range(0, header.size()).mapToObj(j -> isNumeric(j) ? "--:" : "---")
                        .collect(Collectors.joining(" | ", "| ", " |\n"))
                + rows.stream().map(Table::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** As HTML under its title. */
    public String html() {
        return heading() + cells();
    }

    /** Its title, and below how to read it. */
    String heading() {
        return "<h3>" + Html.escaped(title) + "</h3>\n" + (note.isEmpty() ? "" : "<p class=\"note\">" + Html.escaped(note) + "</p>\n");
    }

    /** The table alone: numbers to the right; a rule where the first column's cell changes. */
    String cells() {
        StringBuilder text = new StringBuilder("<div class=\"wide\"><table>\n<thead>" + row("th", "", header) + "</thead>\n<tbody>\n");
        String group = null;
        for (List<String> row : rows) {
            text.append(row("td", row.getFirst().equals(group) ? "" : " class=\"new\"", row));
            group = row.getFirst();
        }
        return text.append("</tbody></table></div>\n").toString();
    }

    private String row(String tag, String attributes, List<String> cells) {
        StringBuilder text = new StringBuilder("<tr" + attributes + ">");
        for (int j = 0; j < cells.size(); j++) {
            text.append('<').append(tag).append(isNumeric(j) ? " class=\"n\">" : ">").append(Html.escaped(cells.get(j))).append("</")
                    .append(tag).append('>');
        }
        return text.append("</tr>\n").toString();
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column).isEmpty() || row.get(column).matches("(< )?[+-]?\\d.*"));
    }
}
