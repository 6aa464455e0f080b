package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cells of one file as numbers, by a schema. */
final class Cells {
    private final CsvTable table;
    private final Schema schema;
    private final boolean study;
    private final Notes notes;
    private final NumberStyles styles;
    private final Map<String, ColumnReader> readers = new HashMap<>();

    /**
     * Looks at how numbers are written.
     *
     * @param study    whether the file is a study's; otherwise it is for a fitted model
     * @param response whether the response will be read
     */
    Cells(CsvTable table, Schema schema, boolean study, boolean response, Notes notes) {
        this.table = table;
        this.schema = schema;
        this.study = study;
        this.notes = notes;
        List<String> numeric = new ArrayList<>();
        for (Source source : schema.sources()) {
            source.columns().stream().filter(column -> table.has(column.name()) && isNumeric(column)).forEach(column ->
                    numeric.add(column.name()));
        }
        if (response && schema.reading(schema.response().column()).levels().isEmpty()) {
            numeric.add(schema.response().column());
        }
        styles = new NumberStyles(table, numeric, study);
    }

    /** Whether a column's cells are numbers and not levels. */
    private boolean isNumeric(Column column) {
        return column.kind() != Column.Kind.CATEGORICAL && schema.reading(column.name()).since() == null && schema.reading(column.name())
                .levels().isEmpty();
    }

    /** What was found out about the file's numbers, for people. */
    List<String> notes() {
        return styles.notes();
    }

    /** How values of sources' columns are written into the file. */
    CellWriter writer() {
        return new CellWriter(table, schema, styles);
    }

    /**
     * Finds out how every column of the file is written, before any cell is read.
     *
     * @throws FileException where that cannot be decided
     */
    void prepare() {
        schema.sources().stream().flatMap(source -> source.columns().stream()).filter(column -> table.has(column.name()))
                .forEach(this::reader);
        if (table.has(schema.response().column())) {
            responseReader();
        }
    }

    /** What a cell of a source's column says; NaN if it is missing. */
    double value(int row, Column column) {
        return reader(column).read(row);
    }

    private ColumnReader reader(Column column) {
        return readers.computeIfAbsent(column.name(), name -> reader(column, study ? ColumnReader.Purpose.STUDY
                : ColumnReader.Purpose.NEW_ROWS));
    }

    /**
     * What a row's response is.
     *
     * @throws FileException if it is missing
     */
    double response(int row) {
        double value = responseIfGiven(row);
        if (Double.isNaN(value)) {
            String cell = table.cell(row, schema.response().column());
            throw table.error(row, schema.response().column(), "response " + Text.quoted(schema.response().column()) + " is missing"
                    + (cell.isEmpty() ? "" : " (" + Text.quoted(cell) + ")") + "; give it, or take the row out");
        }
        return value;
    }

    /** The same; NaN if it is missing. */
    double responseIfGiven(int row) {
        Schema.Response response = schema.response();
        double value = responseReader().read(row);
        return response.above() == null || Double.isNaN(value) ? value : value > response.above() ? 1 : 0;
    }

    private ColumnReader responseReader() {
        Schema.Response response = schema.response();
        boolean binary = response.family() == ResponseFamily.BINARY && response.above() == null;
        return readers.computeIfAbsent(response.column(), name -> reader(binary ? Column.binary(name) : Column.continuous(name),
                study ? ColumnReader.Purpose.RESPONSE : ColumnReader.Purpose.NEW_RESPONSE));
    }

    private ColumnReader reader(Column column, ColumnReader.Purpose purpose) {
        NumberStyle style = isNumeric(column) ? styles.of(column.name()) : styles.ofFile();
        return new ColumnReader(table, schema, column, style, purpose, notes);
    }
}
