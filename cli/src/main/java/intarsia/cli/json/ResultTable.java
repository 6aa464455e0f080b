package intarsia.cli.json;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import intarsia.models.files.Results;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of results that knows numbers from texts, for CSV and for JSON. A cell is a text, a number, or null where there is none; a
 * number that is not defined (NaN) is none.
 */
@Meaning("A table: `columns` are the names of its columns, `rows` its rows, each as many cells. A cell is a text, a number, or null where "
        + "there is none or where it is not finite. Numbers are exact: read as F64 they are the program's.")
public final class ResultTable {
    private final List<String> columns;
    private final List<List<Object>> rows = new ArrayList<>();

    /** A table without rows yet. */
    public ResultTable(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    /** A table without rows yet. */
    public ResultTable(String... columns) {
        this(List.of(columns));
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if it does not have a cell for each column
     */
    public ResultTable row(List<?> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException("a row of " + cells.size() + " cells in a table of " + columns.size() + " columns");
        }
        rows.add(Collections.unmodifiableList(new ArrayList<>(cells)));
        return this;
    }

    /** The names of its columns. */
    @JsonProperty
    public List<String> columns() {
        return columns;
    }

    /** Its rows as JSON has them. */
    @JsonProperty
    List<List<Object>> rows() {
        return rows.stream().map(row -> row.stream().map(cell -> cell instanceof Double number && !Double.isFinite(number) ? null : cell)
                .toList()).toList();
    }

    /** Whether it has no rows. */
    @JsonIgnore
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The same without some of its columns. */
    public ResultTable without(List<String> dropped) {
        int[] kept = IntStream.range(0, columns.size()).filter(j -> !dropped.contains(columns.get(j))).toArray();
        ResultTable table = new ResultTable(IntStream.of(kept).mapToObj(columns::get).toList());
        rows.forEach(row -> table.row(IntStream.of(kept).mapToObj(row::get).toList()));
        return table;
    }

    /** The same as CSV, by {@link Results#csv}: what is null or NaN is an empty cell. */
    public String csv() {
        return Results.csv(columns, rows.stream().map(ResultTable::texts).toList());
    }

    /** A row's cells as CSV has them. */
    public static List<String> texts(List<?> cells) {
        List<String> texts = new ArrayList<>(cells.size());
        for (Object cell : cells) {
            texts.add(cell == null || cell.equals(Double.NaN) ? "" : cell.toString());
        }
        return texts;
    }
}
