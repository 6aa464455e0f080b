package intarsia.models.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Changes to a CSV file: cells filled in, columns and records added. Every other character stays as it is: quotes, blanks, line ends,
 * comments. O(length of the file).
 */
final class CsvEdits {
    private final CsvTable table;
    private final String text;
    private final char separator;
    private final int[] header;
    /** How many cells rows have before those that the header names: R's row names. */
    private final int shift;
    /** Cells by row and place; null for one that stays as it is. */
    private final Map<Integer, NavigableMap<Integer, String>> rows = new HashMap<>();
    private final List<String> columns = new ArrayList<>();
    /** Cells of added records by place, by the cells that name the record. */
    private final Map<Map<String, String>, NavigableMap<Integer, String>> records = new LinkedHashMap<>();

    CsvEdits(CsvTable table) {
        this.table = table;
        this.text = table.file().text();
        this.separator = table.layout().separator();
        this.header = CsvRecords.at(table.file(), separator, table.layout().header());
        CsvTable.Place any = table.at(table.header().getFirst());
        this.shift = any.inRows() - any.inHeader();
    }

    /**
     * Fills a cell.
     *
     * @param cell what it is to say; null: it stays as it is
     * @throws FileException if it was to say something else before
     */
    void fill(int row, String column, String cell) {
        NavigableMap<Integer, String> cells = rows.computeIfAbsent(row, r -> new TreeMap<>());
        int place = table.at(column).inRows();
        if (differs(cells, place, cell)) {
            throw table.error(row, column, "column " + Text.quoted(column) + ": " + two(cells.get(place), cell));
        }
        cells.put(place, cell);
    }

    /** Adds a column after the last one, with a cell a row; null for an empty one. */
    void addColumn(String name, String[] cells) {
        int place = header.length - 1 + columns.size() + shift;
        columns.add(name);
        for (int row = 0; row < cells.length; row++) {
            rows.computeIfAbsent(row, r -> new TreeMap<>()).put(place, cells[row] == null ? "" : cells[row]);
        }
    }

    /**
     * Fills a cell of a record that is added after the last one. A record without a cell that says something is not added.
     *
     * @param names the columns that name the record, and what they say
     * @param cell  what the cell is to say; null: it is empty
     * @throws FileException if it was to say something else before
     */
    void addRecord(Map<String, String> names, String column, String cell) {
        NavigableMap<Integer, String> cells = records.computeIfAbsent(names, n -> new TreeMap<>());
        int place = table.at(column).inRows();
        if (differs(cells, place, cell)) {
            throw new FileException(table.path(), "row " + names + ", column " + Text.quoted(column) + ": " + two(cells.get(place), cell));
        }
        cells.put(place, cell);
    }

    private static boolean differs(Map<Integer, String> cells, int place, String cell) {
        return cells.containsKey(place) && !Objects.equals(cells.get(place), cell);
    }

    private static String two(String first, String second) {
        return "two tasks share this cell, and the model imputes " + said(first) + " for one and " + said(second)
                + " for the other; give each task a file of its own";
    }

    private static String said(String cell) {
        return cell == null ? "nothing" : Text.quoted(cell);
    }

    /** The file with its changes. */
    String text() {
        StringBuilder to = new StringBuilder(text.length() + 16);
        NavigableMap<Integer, String> names = new TreeMap<>();
        for (int j = 0; j < columns.size(); j++) {
            names.put(header.length - 1 + j, columns.get(j));
        }
        int at = copy(header, names, 0, to);
        int[] last = header;
        for (int row = 0; row < table.size(); row++) {
            last = table.record(row);
            at = copy(last, rows.getOrDefault(row, new TreeMap<>()), at, to);
        }
        int end = last[last.length - 1] - 1;
        to.append(text, at, end);
        int number = table.size();
        for (var record : records.entrySet()) {
            if (record.getValue().values().stream().anyMatch(Objects::nonNull)) {
                number++;
                to.append(lineBreak()).append(line(record.getKey(), record.getValue(), number));
            }
        }
        return to.append(text, end, text.length()).toString();
    }

    /** Copies the text up to the last change in a record, and says where that ends. */
    private int copy(int[] record, NavigableMap<Integer, String> cells, int from, StringBuilder to) {
        int at = from;
        int width = record.length - 1;
        for (var cell : cells.entrySet()) {
            int place = cell.getKey();
            if (cell.getValue() == null) {
                continue;
            }
            if (place < record.length - 1) {
                to.append(text, at, record[place]);
                at = record[place + 1] - 1;
            } else {
                to.append(text, at, record[record.length - 1] - 1);
                at = record[record.length - 1] - 1;
                to.repeat(separator, place - width + 1);
                width = place + 1;
            }
            to.append(quoted(cell.getValue()));
        }
        return at;
    }

    private String line(Map<String, String> names, NavigableMap<Integer, String> cells, int number) {
        String[] line = new String[header.length - 1 + columns.size() + shift];
        if (shift > 0) {
            line[0] = Integer.toString(number);
        }
        names.forEach((column, name) -> line[table.at(column).inRows()] = Spreadsheet.guarded(name));
        cells.forEach((place, cell) -> line[place] = cell);
        StringBuilder joined = new StringBuilder();
        for (int j = 0; j < line.length; j++) {
            joined.append(j == 0 ? "" : separator).append(line[j] == null ? "" : quoted(line[j]));
        }
        return joined.toString();
    }

    private String quoted(String cell) {
        boolean bare = cell.chars().noneMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r');
        return bare ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    /** What ends the header's line. */
    private String lineBreak() {
        int end = header[header.length - 1] - 1;
        return end == text.length() ? "\n" : text.substring(end, CsvRecords.afterLine(text, end));
    }
}
