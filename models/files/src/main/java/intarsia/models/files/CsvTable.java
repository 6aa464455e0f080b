package intarsia.models.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A CSV file with a header line, read whole. Beyond RFC 4180 it takes what programs write: any separator, comment lines, rows and columns
 * without content, a first column without a name. What it assumed is in {@link #notes}. Reading takes time in proportion to the
 * file, and memory for its text and eight bytes a row.
 */
public final class CsvTable extends DataTable {
    /** A gibibyte: text and cells take several times that in memory. */
    static final long LARGEST = 1L << 30;

    /**
     * Where a column is.
     *
     * @param inHeader its place in the header, from 0
     * @param inRows   its place in every row, from 0
     * @param begin    where its name begins in the text
     */
    record Place(int inHeader, int inRows, int begin) {}

    private final TextFile file;
    private final CsvFormat format;
    private final CsvLayout layout;
    private final int headerLine;
    private final Map<String, Place> columns;
    private final List<String> header;
    private final RowPlaces rows;
    private final List<String> notes;

    CsvTable(TextFile file, CsvFormat format, CsvLayout layout, int headerLine, Map<String, Place> columns, RowPlaces rows,
            List<String> notes) {
        this.file = file;
        this.format = format;
        this.layout = layout;
        this.headerLine = headerLine;
        this.columns = columns;
        this.header = List.copyOf(columns.keySet());
        this.rows = rows;
        this.notes = List.copyOf(notes);
    }

    /**
     * Reads it, finding out how it is written.
     *
     * @throws FileException if it is no text in UTF-8, larger than a gibibyte, has no header, names a column twice, has a row with more or
     * fewer cells than the header or with more than a million, or may be read in more than one way
     */
    public static CsvTable read(Path path) {
        return read(path, CsvFormat.FOUND_OUT);
    }

    /** Reads it as a format says. */
    public static CsvTable read(Path path, CsvFormat format) {
        if (Files.isRegularFile(path) && path.toFile().length() > LARGEST) {
            throw new FileException(path, "has " + path.toFile().length() + " bytes; of more than " + LARGEST + " only a plain file is "
                    + "read: commas, a name above each column, as many cells in each row, no quotes, comments or empty lines");
        }
        return read(TextFile.read(path, LARGEST), format);
    }

    static CsvTable read(TextFile file, CsvFormat format) {
        return new CsvTableReader(file, format).read();
    }

    /** The file. */
    public Path path() {
        return file.path();
    }

    @Override
    String name() {
        return file.path().getFileName().toString();
    }

    @Override
    String place() {
        return file.path().toString();
    }

    @Override
    public String sha256() {
        return file.sha256();
    }

    @Override
    CsvFormat format() {
        return format;
    }

    /** What it was read from. */
    TextFile file() {
        return file;
    }

    /** How it is laid out. */
    CsvLayout layout() {
        return layout;
    }

    /** Where the cells of a row begin, as {@link CsvRecords#at} says it. */
    int[] record(int row) {
        return rows.cells(row);
    }

    /** Where a column is. */
    Place at(String column) {
        return columns.get(column);
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public List<String> header() {
        return header;
    }

    /** The line of the header. */
    public int headerLine() {
        return headerLine;
    }

    @Override
    public boolean has(String column) {
        return columns.containsKey(column);
    }

    @Override
    public int size() {
        return rows.size();
    }

    /** The line a row begins on. */
    public int line(int row) {
        return rows.line(row);
    }

    @Override
    String counted() {
        return "line";
    }

    @Override
    int numberOf(int row) {
        return line(row);
    }

    @Override
    String given(int row, String column) {
        return Spreadsheet.unguarded(Text.strip(CsvRecords.cell(file.text(), rows.cells(row), columns.get(column).inRows())));
    }

    @Override
    double number(int row, int column, NumberStyle style) {
        int[] record = rows.cells(row);
        return NumberStyle.plain(file.text(), record[column], record[column + 1] - 1, style.decimal());
    }

    @Override
    int column(String name) {
        return columns.get(name).inRows();
    }

    @Override
    boolean canHoldCommas() {
        return layout.separator() != ',' || file.text().indexOf('"') >= 0;
    }

    @Override
    FileException problem(String message) {
        return new FileException(path(), message);
    }

    @Override
    public FileException error(int row, String column, String message) {
        return file.at(rows.cells(row)[columns.get(column).inRows()], message);
    }

    @Override
    public FileException headerError(String message) {
        return file.at(layout.header(), message);
    }

    @Override
    FileException headerError(String column, String message) {
        return file.at(columns.get(column).begin(), message);
    }
}
