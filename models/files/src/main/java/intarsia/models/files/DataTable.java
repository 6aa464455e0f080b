package intarsia.models.files;

import intarsia.models.files.table.TableFormat;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;

/** A table with named columns: of a CSV file, of a file of another format, of a database. */
public abstract sealed class DataTable permits CsvTable, PlainTable, ColumnTable {
    private static final List<TableFormat> FORMATS = ServiceLoader.load(TableFormat.class).stream().map(ServiceLoader.Provider::get)
            .toList();
    /** Formats that a module of ours reads, by what names of files end with. */
    private static final Map<String, String> MODULES = Map.of(".parquet", "intarsia-models-parquet");

    DataTable() {}

    /**
     * Reads a file: as CSV, unless its name ends as those of another format do.
     *
     * @param format how CSV files are written
     * @throws FileException if it cannot be read, or the module that reads its format is not there
     */
    static DataTable read(Path path, CsvFormat format) {
        return read(path, format, PlainFile.LARGE, PlainFile.SIZE);
    }

    /** The same, of a {@linkplain PlainFile plain} CSV file of more than so many bytes in pieces of so many. */
    static DataTable read(Path path, CsvFormat format, int large, int size) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        for (TableFormat known : FORMATS) {
            if (name.endsWith(known.ending())) {
                byte[] bytes = TextFile.bytes(path, CsvTable.LARGEST);
                return ColumnTable.of(path, Digests.sha256(bytes), format, () -> known.read(ByteBuffer.wrap(bytes)));
            }
        }
        MODULES.forEach((ending, module) -> {
            if (name.endsWith(ending)) {
                throw new FileException(path, "is read by the module " + module + ", which is not on the class path; add it, or write the "
                        + "table as CSV");
            }
        });
        PlainTable plain = PlainTable.read(path, format, large, size);
        return plain != null ? plain : CsvTable.read(path, format);
    }

    /** What it is called in a note. */
    abstract String name();

    /** Its name without a file's ending: what a task is called that has a file of its own. */
    final String stem() {
        return name().replaceFirst("\\.[^.]*$", "");
    }

    /** Where it is, for a message. */
    abstract String place();

    /** The digest of what it was read from, in hexadecimal. */
    abstract String sha256();

    /** How its cells are written. */
    abstract CsvFormat format();

    /** What was assumed in reading it, for people. */
    public abstract List<String> notes();

    /** The names of its columns, in their order; columns without a name are not among them. */
    public abstract List<String> header();

    /** Whether the header names a column. */
    public abstract boolean has(String column);

    /** How many rows there are. */
    public abstract int size();

    /** In how many pieces rows are best looked at, one after another. */
    int pieces() {
        return 1;
    }

    /** The row that a piece begins with; of the number of pieces, how many rows there are. */
    int first(int piece) {
        return piece == 0 ? 0 : size();
    }

    /** What places of rows count: {@code line} or {@code row}. */
    abstract String counted();

    /** The number of a row's line, or of the row, from 1. */
    abstract int numberOf(int row);

    /** Where a row is, for a message. */
    final String where(int row) {
        return counted() + " " + numberOf(row);
    }

    /** A cell without the blanks around it, otherwise exactly as given. */
    abstract String given(int row, String column);

    /**
     * A cell as a number, if nothing about it needs a second look: plain digits with a decimal sign at most.
     *
     * @param column where it is, as {@link #column} says
     * @return the number that {@link NumberStyle#parse} gives, to the last bit; NaN where the cell's text has to be read
     */
    abstract double number(int row, int column, NumberStyle style);

    /**
     * The numbers of some cells with decimal points, at places that ascend: NaN also where they are not {@linkplain NumberStyle#isNormal
     * normal}.
     */
    void numbers(int row, int[] columns, double[] to) {
        for (int k = 0; k < columns.length; k++) {
            double number = number(row, columns[k], NumberStyle.POINT);
            to[k] = NumberStyle.isNormal(number) ? number : Double.NaN;
        }
    }

    /** Where {@link #number} finds a column. */
    abstract int column(String name);

    /** Whether a cell can hold a comma at all. */
    abstract boolean canHoldCommas();

    /** A cell, without the blanks around it, in composed Unicode form. */
    public final String cell(int row, String column) {
        return Text.normal(given(row, column));
    }

    /** A cell that names a row: it may not be empty or hold control characters. */
    public final String name(int row, String column) {
        return name(row, column, "the row");
    }

    /** A cell that names a row's task: it may not be empty or hold control characters. */
    final String task(int row, String column) {
        return name(row, column, "the row's task");
    }

    private String name(int row, String column, String what) {
        String cell = cell(row, column);
        if (cell.isEmpty()) {
            throw error(row, column, "column " + Text.quoted(column) + " names " + what
                    + " and may not be empty; fill it in, or take the row out");
        }
        if (cell.chars().anyMatch(Character::isISOControl)) {
            throw error(row, column, "column " + Text.quoted(column) + ": " + Text.quoted(cell)
                    + " holds a control character, which no name may"
                    + (cell.indexOf('\n') >= 0 ? "; is a quote on this line left open?" : ""));
        }
        return cell;
    }

    /** An error about the table as a whole. */
    abstract FileException problem(String message);

    /** An error at a cell. */
    public abstract FileException error(int row, String column, String message);

    /** An error about the header as a whole. */
    public abstract FileException headerError(String message);

    /** An error at a column's name in the header. */
    abstract FileException headerError(String column, String message);
}
