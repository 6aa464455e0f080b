package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * New rows to predict for, from a CSV file with the columns of a study. Whole sources may be absent from the file; the id, the task and the
 * response are optional, and a response that is there is not looked at.
 *
 * @param ids    the names of the rows, in the order of the file: the id column, or 1, 2, ...
 * @param tasks  the task of each row
 * @param blocks the sources the file has: one array per row, NaN where a cell is missing
 */
public record NewRows(List<String> ids, List<String> tasks, Map<Source, double[][]> blocks) {
    /** Keeps unmodifiable copies of the lists and the map, not of the arrays. */
    public NewRows {
        ids = List.copyOf(ids);
        tasks = List.copyOf(tasks);
        blocks = Collections.unmodifiableMap(new LinkedHashMap<>(blocks));
    }

    /**
     * Reads them.
     *
     * @param csv    the file
     * @param schema what the columns mean
     * @param known  the tasks there are
     * @param needed the names of the sources without which nothing can be predicted
     * @param task   the task of every row, or null: the file's task column says (named as in the study, or "task"), or there is only one
     * @throws FileException if the file cannot be used, has a column that is not the study's, part of a source only, or an unknown task
     */
    public static NewRows read(Path csv, Schema schema, List<String> known, List<String> needed, String task) {
        CsvTable table = CsvTable.read(csv);
        String taskColumn = schema.task() == null ? "task" : schema.task();
        checkHeader(table, schema, taskColumn);
        if (table.size() == 0) {
            throw new FileException(csv, "has a header and no rows");
        }
        List<String> tasks = tasks(table, taskColumn, known, task);
        List<String> ids = ids(table, schema.id());
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        for (Source source : schema.sources()) {
            if (isThere(table, source, needed)) {
                blocks.put(source, block(table, source, schema));
            }
        }
        return new NewRows(ids, tasks, blocks);
    }

    /** How many rows there are. */
    public int size() {
        return ids.size();
    }

    /** The places of a task's rows in the file, counted from 0. */
    public int[] rowsOf(String task) {
        return IntStream.range(0, size()).filter(i -> tasks.get(i).equals(task)).toArray();
    }

    /** Only the rows of one task, in the order of {@link #rowsOf}. */
    public NewRows ofTask(String task) {
        int[] rows = rowsOf(task);
        Map<Source, double[][]> kept = new LinkedHashMap<>();
        blocks.forEach((source, block) -> kept.put(source, IntStream.of(rows).mapToObj(i -> block[i]).toArray(double[][]::new)));
        return new NewRows(IntStream.of(rows).mapToObj(ids::get).toList(), IntStream.of(rows).mapToObj(tasks::get).toList(), kept);
    }

    static void checkHeader(CsvTable table, Schema schema, String taskColumn) {
        Set<String> known = new HashSet<>(schema.columns());
        known.add(taskColumn);
        known.add(schema.response().column());
        if (schema.id() != null) {
            known.add(schema.id());
        }
        for (String column : table.header()) {
            if (!known.contains(column)) {
                throw new FileException(table.path(), table.headerLine(), "the model knows no column '" + column + "'"
                        + Nearest.hint(column, known.stream().sorted().toList()));
            }
        }
    }

    private static List<String> tasks(CsvTable table, String column, List<String> known, String task) {
        if (task != null) {
            if (!known.contains(task)) {
                throw new FileException(table.path(), "--task " + task + ": the model knows no such task" + Nearest.hint(task, known));
            }
            if (table.has(column)) {
                throw new FileException(table.path(), table.headerLine(), "has a column '" + column
                        + "' that names each row's task; leave --task out");
            }
            return Collections.nCopies(table.size(), task);
        }
        if (!table.has(column)) {
            if (known.size() == 1) {
                return Collections.nCopies(table.size(), known.getFirst());
            }
            throw new FileException(table.path(), table.headerLine(), "has no column '" + column
                    + "' that names each row's task; add it, or give --task "
                    + String.join("|", known));
        }
        List<String> tasks = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            String name = table.name(row, column);
            if (!known.contains(name)) {
                throw new FileException(table.path(), table.line(row), "the model knows no task '" + name + "'"
                        + Nearest.hint(name, known));
            }
            tasks.add(name);
        }
        return tasks;
    }

    private static List<String> ids(CsvTable table, String column) {
        if (column == null || !table.has(column)) {
            return IntStream.rangeClosed(1, table.size()).mapToObj(Integer::toString).toList();
        }
        Map<String, Integer> lines = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            String id = table.name(row, column);
            Integer earlier = lines.putIfAbsent(id, table.line(row));
            if (earlier != null) {
                throw new FileException(table.path(), table.line(row), "column '" + column + "': '" + id
                        + "' is there twice, first on line " + earlier);
            }
            ids.add(id);
        }
        return ids;
    }

    private static boolean isThere(CsvTable table, Source source, List<String> needed) {
        List<String> lacking = source.columns().stream().map(Column::name).filter(column -> !table.has(column)).toList();
        boolean none = lacking.size() == source.columns().size();
        if (!lacking.isEmpty() && (!none || needed.contains(source.name()))) {
            throw new FileException(table.path(), table.headerLine(), "lacks '" + String.join("', '", lacking) + "'"
                    + " of source '" + source.name() + "'" + (needed.contains(source.name()) ? ", which every prediction needs"
                            : "; give all columns of a source or none"));
        }
        return !none;
    }

    private static double[][] block(CsvTable table, Source source, Schema schema) {
        double[][] block = new double[table.size()][source.columns().size()];
        for (int row = 0; row < block.length; row++) {
            for (int j = 0; j < block[row].length; j++) {
                Column column = source.columns().get(j);
                block[row][j] = schema.value(column, table.cell(row, column.name()), table.path(), table.line(row));
            }
        }
        return block;
    }
}
