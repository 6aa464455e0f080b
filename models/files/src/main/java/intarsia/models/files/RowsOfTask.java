package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.Task.ResponseKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The rows of one task, spread over one or more files: the first has the rows and the response, the others are joined to it by id. */
final class RowsOfTask {
    private final String task;
    private final Schema schema;
    private final List<CsvTable> tables;
    private final List<Integer> rows;
    private final List<String> ids;
    /** For each joined file, the row that belongs to each of ours, or -1. */
    private final Map<CsvTable, int[]> partners = new HashMap<>();

    RowsOfTask(String task, Schema schema, List<CsvTable> tables, List<Integer> rows) {
        this.task = task;
        this.schema = schema;
        this.tables = tables;
        this.rows = rows;
        CsvTable first = tables.getFirst();
        if (rows.isEmpty()) {
            throw new FileException(first.path(), "has a header and no rows, so task '" + task + "' has nothing to learn from");
        }
        ids = schema.id() == null ? IntStream.range(0, rows.size()).mapToObj(i -> Integer.toString(i + 1)).toList()
                : rows.stream().map(row -> first.name(row, schema.id())).toList();
        byId(first, rows);
        partners.put(first, rows.stream().mapToInt(Integer::intValue).toArray());
        for (CsvTable table : tables.subList(1, tables.size())) {
            partners.put(table, join(table));
        }
    }

    static List<Integer> allRows(CsvTable table) {
        return IntStream.range(0, table.size()).boxed().toList();
    }

    String task() {
        return task;
    }

    List<CsvTable> tables() {
        return tables;
    }

    /** The row of a file that belongs to each of the task's rows, or -1. */
    int[] partners(CsvTable table) {
        return partners.get(table);
    }

    /** Rows by their id, which may not repeat. */
    private Map<String, Integer> byId(CsvTable table, List<Integer> chosen) {
        Map<String, Integer> found = new HashMap<>();
        if (schema.id() != null) {
            for (int row : chosen) {
                Integer earlier = found.putIfAbsent(table.name(row, schema.id()), row);
                if (earlier != null) {
                    throw new FileException(table.path(), table.line(row), "column '" + schema.id() + "': '" + table.cell(row, schema.id())
                            + "' is there twice" + (schema.task() != null ? " in task '" + task + "'" : "") + ", first on line "
                            + table.line(earlier));
                }
            }
        }
        return found;
    }

    private int[] join(CsvTable table) {
        boolean byTask = schema.task() != null && table.has(schema.task());
        List<Integer> theirs = allRows(table).stream().filter(row -> !byTask || table.cell(row, schema.task()).equals(task)).toList();
        Map<String, Integer> found = byId(table, theirs);
        int[] partner = ids.stream().mapToInt(id -> found.getOrDefault(id, -1)).toArray();
        return partner;
    }

    /** The task, whose response must vary if asked for; what is missing in it is added to the list. */
    Task toTask(List<Study.MissingCells> missing, boolean varied) {
        Task.Builder builder = schema.response().kind() == ResponseKind.BINARY ? Task.binary(task) : Task.continuous(task);
        builder.rows(ids);
        for (Source source : schema.sources()) {
            double[][] block = block(source, missing);
            if (block != null) {
                builder.block(source, block);
            }
        }
        double[] response = response(varied);
        return varied ? builder.response(response) : builder.anyResponse(response);
    }

    /** A source's numbers, or null if no file has its columns or every cell is missing: then it was not observed. */
    private double[][] block(Source source, List<Study.MissingCells> missing) {
        List<CsvTable> holders = source.columns().stream().map(this::holder).toList();
        boolean absent = holders.stream().allMatch(h -> h == null);
        double[][] block = new double[rows.size()][source.columns().size()];
        boolean any = false;
        for (int j = 0; j < source.columns().size(); j++) {
            Column column = source.columns().get(j);
            CsvTable holder = holders.get(j);
            if (holder == null && !absent) {
                throw new FileException(tables.getFirst().path(), tables.getFirst().headerLine(), "task '" + task
                        + "' has some columns of source '" + source.name() + "' but not '"
                        + column.name() + "'; a source is given with all its columns or with none: add the column, or split the source");
            }
            int count = 0;
            for (int i = 0; i < block.length; i++) {
                block[i][j] = holder == null ? Double.NaN : value(holder, i, column);
                count += Double.isNaN(block[i][j]) ? 1 : 0;
            }
            any |= count < block.length;
            missing.add(new Study.MissingCells(task, column.name(), count));
        }
        return any ? block : null;
    }

    private double value(CsvTable table, int i, Column column) {
        int row = partners.get(table)[i];
        return row < 0 ? Double.NaN : schema.value(column, table.cell(row, column.name()), table.path(), table.line(row));
    }

    private CsvTable holder(Column column) {
        List<CsvTable> holders = tables.stream().filter(table -> table.has(column.name())).toList();
        if (holders.size() > 1) {
            throw new FileException(holders.get(1).path(), holders.get(1).headerLine(), "column '" + column.name() + "' is in "
                    + holders.getFirst().path()
                    + " too; take it out of one of them");
        }
        return holders.isEmpty() ? null : holders.getFirst();
    }

    private double[] response(boolean varied) {
        CsvTable table = tables.getFirst();
        double[] response = new double[rows.size()];
        boolean constant = true;
        for (int i = 0; i < response.length; i++) {
            int row = rows.get(i);
            response[i] = schema.response(table.cell(row, schema.response().column()), table.path(), table.line(row));
            constant &= response[i] == response[0];
        }
        if (varied && constant) {
            throw new FileException(table.path(), "response '" + schema.response().describe() + "' is " + Schema.plain(response[0])
                    + (response.length == 1 ? " in the only row" : " in all " + response.length + " rows") + " of task '" + task
                    + "', so there is nothing to learn");
        }
        return response;
    }
}
