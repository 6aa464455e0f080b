package intarsia.models.files;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A CSV file with a header line, read whole (RFC 4180: comma, double quotes, a quoted cell may span lines); empty lines are skipped. */
public final class CsvTable {
    private final TextFile file;
    private final List<String> header;
    private final int headerLine;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<CsvRecord> rows = new ArrayList<>();

    private CsvTable(TextFile file) {
        this.file = file;
        List<CsvRecord> records = records(file);
        if (records.isEmpty()) {
            throw new FileException(file.path(), "has no header line");
        }
        CsvRecord first = records.getFirst();
        headerLine = (int) first.getStartingLineNumber();
        header = first.getFields().stream().map(String::strip).toList();
        if (header.size() == 1 && (header.getFirst().contains(";") || header.getFirst().contains("\t"))) {
            throw new FileException(path(), headerLine, "the header is the single column '" + header.getFirst()
                    + "'; cells must be separated by commas");
        }
        for (int j = 0; j < header.size(); j++) {
            if (header.get(j).isEmpty()) {
                throw new FileException(path(), headerLine, "column " + (j + 1) + " has no name in the header");
            }
            if (header.get(j).contains("\n")) {
                throw new FileException(path(), headerLine, "the name of column " + (j + 1)
                        + " spans lines; is a quote on this line left open?");
            }
            if (index.putIfAbsent(header.get(j), j) != null) {
                throw new FileException(path(), headerLine, "the header names column '" + header.get(j) + "' twice (columns "
                        + (index.get(header.get(j)) + 1) + " and " + (j + 1) + ")");
            }
        }
        for (CsvRecord row : records.subList(1, records.size())) {
            if (row.getFieldCount() != header.size()) {
                throw new FileException(path(), (int) row.getStartingLineNumber(), "has " + count(row.getFieldCount(), "cell")
                        + ", the header has " + count(header.size(), "column") + quoteHint(row));
            }
            rows.add(row);
        }
    }

    /**
     * Reads it.
     *
     * @throws FileException if it is no text in UTF-8, has no header, names a column twice, or a row has more or fewer cells than the
     * header
     */
    public static CsvTable read(Path path) {
        return new CsvTable(TextFile.read(path));
    }

    private static List<CsvRecord> records(TextFile file) {
        List<CsvRecord> records = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder().skipEmptyLines(true).allowExtraFields(true).allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(false).ofCsvRecord(file.text())) {
            reader.forEach(records::add);
        } catch (CsvParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            int line = records.isEmpty() ? 1 : (int) records.getLast().getStartingLineNumber() + 1;
            throw new FileException(file.path(), line, "is no CSV from here on: "
                    + cause.getMessage().lines().findFirst().orElse("unreadable"));
        } catch (IOException e) {
            throw new FileException(file.path(), "cannot be read: " + e.getMessage());
        }
        return records;
    }

    /** A quote that is never closed swallows the lines below it into one cell. */
    private static String quoteHint(CsvRecord row) {
        return row.getFields().stream().anyMatch(cell -> cell.contains("\n")) ? "; is a quote on this line left open?" : "";
    }

    public Path path() {
        return file.path();
    }

    String sha256() {
        return file.sha256();
    }

    public List<String> header() {
        return header;
    }

    /** The line of the header. */
    public int headerLine() {
        return headerLine;
    }

    public boolean has(String column) {
        return index.containsKey(column);
    }

    /** How many rows there are below the header. */
    public int size() {
        return rows.size();
    }

    /** The line a row begins on. */
    public int line(int row) {
        return (int) rows.get(row).getStartingLineNumber();
    }

    /** A cell, without the blanks around it. */
    public String cell(int row, String column) {
        return rows.get(row).getField(index.get(column)).strip();
    }

    /** A cell that may not be empty. */
    public String name(int row, String column) {
        String cell = cell(row, column);
        if (cell.isEmpty()) {
            throw new FileException(path(), line(row), "column '" + column + "' names the row and may not be empty");
        }
        return cell;
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
