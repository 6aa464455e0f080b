package intarsia.models.files;

import intarsia.models.data.Block;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The rows of one task, spread over one or more files: the first has the rows and the response, the others are joined to it by id. */
final class RowsOfTask {
    private final String task;
    private final Schema schema;
    private final List<DataTable> tables;
    private final List<Integer> rows;
    private final Function<DataTable, IdIndex> indexes;
    /** The ids as they are compared, one per row; empty if rows are numbered. */
    private final List<String> ids;
    /** For each joined file, the row that belongs to each of ours, or -1. */
    private final Map<DataTable, int[]> partners = new HashMap<>();
    /** Rows whose response is not known, or null. */
    private RowsOfTask unlabelled;

    /**
     * Finds the rows that belong together.
     *
     * @param indexes each file's rows by id
     * @throws FileException if there is no row, or an id is not unique
     */
    RowsOfTask(String task, Schema schema, List<DataTable> tables, List<Integer> rows, Function<DataTable, IdIndex> indexes) {
        this.task = task;
        this.schema = schema;
        this.tables = tables;
        this.rows = rows;
        this.indexes = indexes;
        DataTable first = tables.getFirst();
        if (rows.isEmpty()) {
            throw first.problem("has a header and no rows, so task " + Text.quoted(task) + " has nothing to learn from");
        }
        ids = schema.id() == null ? List.of() : rows.stream().map(row -> first.name(row, schema.id())).toList();
        indexes.apply(first);
        partners.put(first, rows.stream().mapToInt(Integer::intValue).toArray());
        for (DataTable table : tables.subList(1, tables.size())) {
            Map<String, Integer> found = indexes.apply(table).of(task);
            partners.put(table, ids.stream().mapToInt(id -> found.getOrDefault(id, -1)).toArray());
        }
    }

    static List<Integer> allRows(DataTable table) {
        return IntStream.range(0, table.size()).boxed().toList();
    }

    /** Some of the rows, by their places, and others whose response is not known. */
    RowsOfTask only(List<Integer> places, List<Integer> without) {
        RowsOfTask some = at(places);
        some.unlabelled = without.isEmpty() ? null : at(without);
        return some;
    }

    private RowsOfTask at(List<Integer> places) {
        return new RowsOfTask(task, schema, tables, places.stream().map(rows::get).toList(), indexes);
    }

    /** The same with another schema, of the same names. */
    RowsOfTask with(Schema other) {
        RowsOfTask same = new RowsOfTask(task, other, tables, rows, indexes);
        same.unlabelled = unlabelled == null ? null : unlabelled.with(other);
        return same;
    }

    /** The response that it is about. */
    Schema.Response response() {
        return schema.response();
    }

    int size() {
        return rows.size();
    }

    /** What the study calls it; tasks about other responses have the same rows. */
    String task() {
        return task;
    }

    /** The name of the model's task. */
    String name() {
        return Task.nameOf(task, schema.response().name());
    }

    List<DataTable> tables() {
        return tables;
    }

    List<String> ids() {
        return ids;
    }

    /** The row of a file that belongs to each of the task's rows, or -1. */
    int[] partners(DataTable table) {
        return partners.get(table);
    }

    /** How many cells of each column are missing in a task's blocks. */
    static Map<String, Integer> missing(Map<Source, Block> blocks, Schema schema, int rows) {
        Map<String, Integer> missing = new LinkedHashMap<>();
        for (Source source : schema.sources()) {
            Block block = blocks.get(source);
            for (int j = 0; j < source.columns().size(); j++) {
                int count = block == null ? rows : 0;
                for (int i = 0; block != null && i < rows; i++) {
                    count += Double.isNaN(block.get(i, j)) ? 1 : 0;
                }
                missing.put(source.columns().get(j).name(), count);
            }
        }
        return missing;
    }

    /** The same of all that was measured of the rows. */
    Map<String, Integer> missing(Function<DataTable, Cells> cells) {
        return missing(blocks(cells), schema, rows.size());
    }

    /**
     * The task.
     *
     * @param cells each file's cells as numbers
     * @param unit  what weights are divided by
     */
    Task toTask(Function<DataTable, Cells> cells, double unit) {
        Schema.Response response = schema.response();
        Task.Builder builder = Task.of(task, response.name(), response.family());
        builder.rows(schema.id() == null ? null : names());
        Map<Source, Block> blocks = blocks(cells);
        blocks.forEach(builder::block);
        if (unlabelled != null) {
            builder.unlabelled(unlabelled.observations(cells).only(blocks.keySet()));
        }
        return builder.weights(Arrays.stream(weights(cells)).map(weight -> weight / unit).toArray()).response(responses(cells));
    }

    /** All that was measured of the rows. */
    Observations observations(Function<DataTable, Cells> cells) {
        Map<Source, double[][]> all = new LinkedHashMap<>();
        blocks(cells).forEach((source, block) -> all.put(source, block.rows()));
        return new Observations(names(), all);
    }

    /** What rows are called: by their id, or by their number in the file. */
    private List<String> names() {
        DataTable first = tables.getFirst();
        return rows.stream().map(row -> schema.id() == null ? Integer.toString(row + 1) : first.given(row, schema.id())).toList();
    }

    /** The numbers of each source that was observed: the files have its columns, and not every cell is missing. */
    private Map<Source, Block> blocks(Function<DataTable, Cells> cells) {
        Map<Source, Block> blocks = Cells.blocks(schema.sources().stream().filter(this::isThere).toList(), column ->
                cells.apply(holder(column)), column -> partners.get(holder(column)), rows.size());
        blocks.values().removeIf(block -> IntStream.range(0, block.size()).allMatch(i ->
                Arrays.stream(block.row(i)).allMatch(Double::isNaN)));
        return blocks;
    }

    /**
     * Whether the task's files have a source's columns.
     *
     * @throws FileException if they have some of them
     */
    private boolean isThere(Source source) {
        List<Column> lacking = source.columns().stream().filter(column -> holder(column) == null).toList();
        if (!lacking.isEmpty() && lacking.size() < source.columns().size()) {
            throw tables.getFirst().headerError("task " + Text.quoted(task) + " has some columns of source " + Text.quoted(source.name())
                    + " but not " + Text.quoted(lacking.getFirst().name())
                    + "; a source is given with all its columns or with none: add the column, or split the source");
        }
        return lacking.isEmpty();
    }

    /**
     * What a column says of each row that is not a predictor: its group, its time.
     *
     * @param read reads a cell, given its file and its row there
     * @throws FileException if none of the task's files has the column, or a joined one that has it lacks a row
     */
    <T> List<T> labels(String column, BiFunction<DataTable, Integer, T> read) {
        DataTable holder = holder(column);
        DataTable first = tables.getFirst();
        if (holder == null) {
            throw first.headerError("has no column " + Text.quoted(column) + ", which rows of task " + Text.quoted(task) + " are split by"
                    + Nearest.hint(column, first.header()));
        }
        int[] partner = partners.get(holder);
        for (int i = 0; i < partner.length; i++) {
            if (partner[i] < 0) {
                throw first.error(rows.get(i), schema.id(), "row " + Text.quoted(ids.get(i)) + " has no partner in " + holder.place()
                        + ", whose column " + Text.quoted(column) + " rows are split by");
            }
        }
        List<T> labels = new ArrayList<>(Collections.nCopies(partner.length, null));
        for (int i : BlockRows.ascending(partner)) {
            labels.set(i, read.apply(holder, partner[i]));
        }
        return labels;
    }

    DataTable holder(Column column) {
        return holder(column.name());
    }

    /** The one file that has a column, or null if none has; of what files are joined by, the first. */
    private DataTable holder(String column) {
        DataTable holder = null;
        for (DataTable table : tables) {
            if (table.has(column)) {
                if (holder != null && !column.equals(schema.id()) && !column.equals(schema.task())) {
                    throw table.headerError(column, "column " + Text.quoted(column) + " is in " + holder.place()
                            + " too; take it out of one of them");
                }
                holder = holder == null ? table : holder;
            }
        }
        return holder;
    }

    /** How much the rows count, as the first file says it. */
    double[] weights(Function<DataTable, Cells> cells) {
        Cells first = cells.apply(tables.getFirst());
        return rows.stream().mapToDouble(first::weight).toArray();
    }

    /** Whether some row has the response. */
    boolean isObserved(Function<DataTable, Cells> cells) {
        Cells first = cells.apply(tables.getFirst());
        return first.has(schema.response()) && rows.stream().anyMatch(row -> first.responses(schema.response()).says(row));
    }

    /** The responses, row after row. */
    double[] responses(Function<DataTable, Cells> cells) {
        ResponseCells responses = cells.apply(tables.getFirst()).responses(schema.response());
        return rows.stream().flatMapToDouble(row -> Arrays.stream(responses.required(row))).toArray();
    }
}
