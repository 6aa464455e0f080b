package intarsia.models.files;

import intarsia.linalg.Precision;
import intarsia.models.data.Block;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The cells of one file as numbers, by a schema. */
final class Cells {
    private final DataTable table;
    private final Schema schema;
    private final boolean study;
    private final Notes notes;
    private final NumberStyles styles;
    private final Map<String, ColumnReader> readers = new HashMap<>();
    private final Map<Schema.Response, ResponseCells> responses = new HashMap<>();
    /** Of columns whose numbers are held as floats. */
    private final Map<String, FloatCells> floats = new LinkedHashMap<>();

    /**
     * Looks at how numbers are written.
     *
     * @param study    whether the file is a study's; otherwise it is for a fitted model
     * @param responses whether the responses that the file has will be read
     */
    Cells(DataTable table, Schema schema, boolean study, boolean responses, Notes notes) {
        this.table = table;
        this.schema = schema;
        this.study = study;
        this.notes = notes;
        List<String> numeric = new ArrayList<>();
        for (Source source : schema.sources()) {
            source.columns().stream().filter(column -> table.has(column.name()) && isNumeric(column)).forEach(column ->
                    numeric.add(column.name()));
        }
        if (responses) {
            schema.responses().stream().filter(this::has).flatMap(response -> response.kinds().stream()).filter(this::isNumeric)
                    .forEach(column -> numeric.add(column.name()));
        }
        if (schema.weight() != null && table.has(schema.weight())) {
            numeric.add(schema.weight());
        }
        styles = new NumberStyles(table, numeric, study);
    }

    /** Whether the file has a response's columns. */
    boolean has(Schema.Response response) {
        return table.header().containsAll(response.columns());
    }

    /** Whether a column's cells are numbers and not levels. */
    private boolean isNumeric(Column column) {
        return column.kind() != Column.Kind.CATEGORICAL && schema.reading(column.name()).since() == null && schema.reading(column.name())
                .levels().isEmpty();
    }

    /** What was found out about the file's numbers, for people. */
    List<String> notes() {
        return Stream.concat(styles.notes().stream(), floats.values().stream().flatMap(of -> of.notes().stream())).toList();
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
        schema.responses().stream().filter(this::has).forEach(this::responses);
    }

    /** Reads a source's column of the file. */
    ColumnReader reader(Column column) {
        return readers.computeIfAbsent(column.name(), name -> reader(column, study ? ColumnReader.Purpose.STUDY
                : ColumnReader.Purpose.NEW_ROWS, null));
    }

    /** Rounds a source's column of the file; null where its numbers are held as they are. */
    private FloatCells floats(Column column) {
        return schema.storage() == Precision.F64 || column.kind() != Column.Kind.CONTINUOUS ? null
                : floats.computeIfAbsent(column.name(), name -> new FloatCells(table, name));
    }

    /**
     * The numbers of sources, whose columns may be in several files. Each file's rows are looked at once, one after another as they lie.
     *
     * @param cells  those of each column's file
     * @param places  of each column the row of its file that belongs to each of the rows, or -1: its cells are missing; one array a file
     * @param size    how many rows there are
     */
    static Map<Source, Block> blocks(List<Source> sources, Function<Column, Cells> cells, Function<Column, int[]> places, int size) {
        Map<Source, Block> blocks = new LinkedHashMap<>();
        Map<int[], List<BlockRows.Columns>> files = new LinkedHashMap<>();
        for (Source source : sources) {
            int width = source.columns().size();
            boolean narrow = cells.apply(source.columns().getFirst()).schema.storage() == Precision.F32;
            double[][] doubles = narrow ? null : new double[size][width];
            float[][] floats = narrow ? new float[size][width] : null;
            blocks.put(source, narrow ? Block.of(floats) : Block.of(doubles));
            Map<int[], List<Integer>> parts = new LinkedHashMap<>();
            for (int j = 0; j < width; j++) {
                parts.computeIfAbsent(places.apply(source.columns().get(j)), of -> new ArrayList<>()).add(j);
            }
            parts.forEach((rows, numbers) -> {
                List<Column> columns = numbers.stream().map(source.columns()::get).toList();
                files.computeIfAbsent(rows, of -> new ArrayList<>()).add(new BlockRows.Columns(doubles, floats,
                        numbers.stream().mapToInt(Integer::intValue).toArray(),
                        columns.stream().map(column -> cells.apply(column).reader(column)).toList(),
                        columns.stream().map(column -> cells.apply(column).floats(column)).toList()));
            });
        }
        files.forEach((rows, columns) -> new BlockRows(columns).read(rows));
        return blocks;
    }

    /** A response of the file's rows. */
    ResponseCells responses(Schema.Response response) {
        return responses.computeIfAbsent(response, of -> new ResponseCells(table, of, of.kinds().stream().map(column -> reader(column,
                study ? ColumnReader.Purpose.RESPONSE : ColumnReader.Purpose.NEW_RESPONSE, of)).toList()));
    }

    /**
     * How much a row counts; 1 where the file does not say.
     *
     * @throws FileException at a cell that is missing, or no number from 0 on
     */
    double weight(int row) {
        String column = schema.weight();
        if (column == null || !table.has(column)) {
            return 1;
        }
        double weight = readers.computeIfAbsent(column, name -> reader(Column.continuous(name), ColumnReader.Purpose.WEIGHT, null))
                .read(row);
        if (!(weight >= 0)) {
            throw table.error(row, column, "column " + Text.quoted(column) + ", how much a row counts, "
                    + (weight < 0 ? "is below 0: " + Text.quoted(table.cell(row, column)) : "is missing") + "; write a number, 0 for a row "
                    + "that is not to count, or take the row out");
        }
        return weight;
    }

    private ColumnReader reader(Column column, ColumnReader.Purpose purpose, Schema.Response response) {
        NumberStyle style = isNumeric(column) ? styles.of(column.name()) : styles.ofFile();
        return new ColumnReader(table, schema, column, style, purpose, response, notes);
    }
}
