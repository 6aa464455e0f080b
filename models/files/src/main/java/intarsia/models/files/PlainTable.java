package intarsia.models.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The table of a large, {@linkplain PlainFile plain} CSV file: what {@link CsvTable} would read, in little memory. */
final class PlainTable extends DataTable {
    private final PlainFile file;
    /** The header as a table without rows. */
    private final CsvTable header;

    private PlainTable(PlainFile file, CsvTable header) {
        this.file = file;
        this.header = header;
    }

    /** Of a file of more than so many bytes, in pieces of so many; null if it is not so large, or not plain. */
    static PlainTable read(Path path, CsvFormat format, int large, int size) {
        PlainFile file = PlainFile.of(path, format, large, size);
        return file == null ? null : new PlainTable(file, CsvTable.read(new TextFile(path, file.header(), "", false), format));
    }

    /** The same table with its text in memory, which can be edited. */
    CsvTable whole() {
        return CsvTable.read(file.path(), header.format());
    }

    @Override
    String name() {
        return header.name();
    }

    @Override
    String place() {
        return header.place();
    }

    /** Reads the file once more. */
    @Override
    String sha256() {
        try {
            return Digests.sha256(file.path());
        } catch (IOException e) {
            throw new FileException(file.path(), "cannot be read: " + FileException.reason(e));
        }
    }

    @Override
    CsvFormat format() {
        return header.format();
    }

    @Override
    public List<String> notes() {
        return header.notes();
    }

    @Override
    public List<String> header() {
        return header.header();
    }

    @Override
    public boolean has(String column) {
        return header.has(column);
    }

    @Override
    public int size() {
        return file.size();
    }

    @Override
    int pieces() {
        return file.pieces();
    }

    @Override
    int first(int piece) {
        return file.first(piece);
    }

    @Override
    String counted() {
        return header.counted();
    }

    @Override
    int numberOf(int row) {
        return row + 2;
    }

    @Override
    String given(int row, String column) {
        return Spreadsheet.unguarded(Text.strip(file.cell(row, column(column))));
    }

    @Override
    double number(int row, int column, NumberStyle style) {
        return style.decimal() == '.' ? file.number(row, column) : Double.NaN;
    }

    /** What plain digits say is normal. */
    @Override
    void numbers(int row, int[] columns, double[] to) {
        file.numbers(row, columns, to);
    }

    @Override
    int column(String name) {
        return header.column(name);
    }

    @Override
    boolean canHoldCommas() {
        return false;
    }

    @Override
    FileException problem(String message) {
        return header.problem(message);
    }

    @Override
    public FileException error(int row, String column, String message) {
        return file.error(row, column(column), message);
    }

    @Override
    public FileException headerError(String message) {
        return header.headerError(message);
    }

    @Override
    FileException headerError(String column, String message) {
        return header.headerError(column, message);
    }
}
