package intarsia.models.files;

import intarsia.models.data.DataException;
import intarsia.models.files.table.TableColumn;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** A table that is given by columns. Its rows are counted from 1. */
final class ColumnTable extends DataTable {
    private final String name;
    private final String place;
    private final String sha256;
    private final CsvFormat format;
    private final Map<String, TableColumn> columns = new LinkedHashMap<>();
    private final List<String> header;
    private final List<TableColumn> inOrder;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int size;
    private final Function<String, FileException> errors;

    /**
     * Of columns.
     *
     * @param name   what it is called in a note
     * @param place  where it is, for a message
     * @param sha256 the digest of what it was read from
     * @param format whether the usual spellings of "missing" are read as such; all else is a CSV file's
     * @param errors makes an error that says where the table is
     * @throws FileException if it has no column, one without a name, or two of one
     */
    ColumnTable(String name, String place, String sha256, CsvFormat format, List<TableColumn> columns,
            Function<String, FileException> errors) {
        this.name = name;
        this.place = place;
        this.sha256 = sha256;
        this.format = new CsvFormat(",", ".", "", "", null, format.usualMissing());
        this.errors = errors;
        for (TableColumn column : columns) {
            String called = Text.normal(column.name());
            if (called.isEmpty() || called.chars().anyMatch(Character::isISOControl)) {
                throw errors.apply("the name " + Text.quoted(called) + " of column " + (this.columns.size() + 1)
                        + " is empty or holds a control character; rename it");
            }
            if (this.columns.putIfAbsent(called, column) != null) {
                throw errors.apply("has two columns " + Text.quoted(called) + "; rename one");
            }
        }
        if (columns.isEmpty()) {
            throw errors.apply("has no column");
        }
        header = List.copyOf(this.columns.keySet());
        header.forEach(called -> numbers.put(called, numbers.size()));
        inOrder = List.copyOf(columns);
        size = columns.getFirst().size();
    }

    /** Of a file. */
    static ColumnTable of(Path path, String sha256, CsvFormat format, Supplier<List<TableColumn>> columns) {
        try {
            return new ColumnTable(path.getFileName().toString(), path.toString(), sha256, format, columns.get(), message ->
                    new FileException(path, message));
        } catch (FileException e) {
            throw e;
        } catch (DataException e) {
            throw new FileException(path, e.getMessage());
        }
    }

    @Override
    String name() {
        return name;
    }

    @Override
    String place() {
        return place;
    }

    @Override
    String sha256() {
        return sha256;
    }

    @Override
    CsvFormat format() {
        return format;
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public boolean has(String column) {
        return columns.containsKey(column);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    String counted() {
        return "row";
    }

    @Override
    int numberOf(int row) {
        return row + 1;
    }

    @Override
    String given(int row, String column) {
        return Text.strip(columns.get(column).text(row));
    }

    @Override
    double number(int row, int column, NumberStyle style) {
        return inOrder.get(column).number(row);
    }

    @Override
    int column(String name) {
        return numbers.get(name);
    }

    /** Texts may. */
    @Override
    boolean canHoldCommas() {
        return true;
    }

    @Override
    FileException problem(String message) {
        return errors.apply(message);
    }

    @Override
    public FileException error(int row, String column, String message) {
        return errors.apply(where(row) + ": " + message);
    }

    @Override
    public FileException headerError(String message) {
        return errors.apply(message);
    }

    @Override
    FileException headerError(String column, String message) {
        return errors.apply(message);
    }
}
