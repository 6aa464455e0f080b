package intarsia.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table for a terminal: columns two blanks apart, numbers to the right, everything else to the left. */
final class TextTable {
    private final List<List<String>> lines = new ArrayList<>();

    TextTable(List<String> header) {
        lines.add(header);
    }

    TextTable(String... header) {
        this(List.of(header));
    }

    /** One more line; it may be shorter than the header. */
    TextTable line(List<String> cells) {
        lines.add(cells);
        return this;
    }

    TextTable line(String... cells) {
        return line(List.of(cells));
    }

    @Override
    public String toString() {
        int columns = lines.getFirst().size();
        int[] widths = IntStream.range(0, columns)
                .map(j -> lines.stream().mapToInt(line -> cell(line, j).length()).max().orElse(0))
                .toArray();
        boolean[] right = new boolean[columns];
        for (int j = 0; j < columns; j++) {
            int column = j;
            right[j] = lines.size() > 1 && lines.stream().skip(1).map(line -> cell(line, column)).allMatch(TextTable::isNumeric);
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int j = 0; j < columns; j++) {
                String pad = " ".repeat(widths[j] - cell(line, j).length());
                row.append(j == 0 ? "" : "  ").append(right[j] ? pad + cell(line, j) : cell(line, j) + pad);
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String cell(List<String> line, int column) {
        return column < line.size() ? line.get(column) : "";
    }

    private static boolean isNumeric(String cell) {
        return cell.isEmpty() || cell.equals("-") || Character.isDigit(cell.charAt(0)) || cell.length() > 1 && cell.charAt(0) == '-';
    }
}
