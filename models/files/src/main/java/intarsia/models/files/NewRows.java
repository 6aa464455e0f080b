package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
 * @param ids      the names of the rows, in the order of the file: the id column as it was given, or 1, 2, ...; unique within a task
 * @param tasks    the task of each row
 * @param blocks   the sources the file has: one array per row, NaN where a cell is missing
 * @param notes    what a person should know of the file: what was assumed, columns that are not used, rows without any value
 * @param rowNotes what a person should know of each row, empty if nothing: that it has no value at all
 */
public record NewRows(List<String> ids, List<String> tasks, Map<Source, double[][]> blocks, List<String> notes, List<String> rowNotes) {
    /** What is said of a row of which nothing is known but its task. */
    public static final String NO_VALUE = "no value in any column";

    /** So many rows are named in a note. */
    private static final int NAMED = 5;

    /** Keeps unmodifiable copies of the lists and the map, not of the arrays. */
    public NewRows {
        ids = List.copyOf(ids);
        tasks = List.copyOf(tasks);
        blocks = Collections.unmodifiableMap(new LinkedHashMap<>(blocks));
        notes = List.copyOf(notes);
        rowNotes = List.copyOf(rowNotes);
    }

    /**
     * Reads them. A column that the model does not know is ignored, a level that it never learned is a missing cell; notes say so.
     *
     * @param csv    the file
     * @param schema what the columns mean
     * @param known  the tasks there are
     * @param needed the names of the sources without which nothing can be predicted
     * @param task   the task of every row, or null: the file's task column says (named as in the study, or "task"), or there is only one
     * @throws FileException if the file cannot be used, has a column that only looks different from one of the study's, part of a source
     * only, an unknown task, or an id twice in a task
     */
    public static NewRows read(Path csv, Schema schema, List<String> known, List<String> needed, String task) {
        return read(DataTable.read(csv, schema.csv()), schema, known, needed, task, null, null);
    }

    /**
     * The same of a file that was read already.
     *
     * @param responses takes the responses that the file has: of each row, row after row, NaN where it is missing; null if they are not
     *                  looked at
     * @param weights   takes how much each row counts, 1 where the file does not say; null as there
     */
    static NewRows read(DataTable table, Schema schema, List<String> known, List<String> needed, String task,
            Map<Schema.Response, double[]> responses, double[] weights) {
        Schema named = withTask(schema);
        Headers headers = new Headers(named, List.of(), false);
        headers.check(table);
        if (table.size() == 0) {
            throw table.problem("has a header and no rows");
        }
        List<String> tasks = tasks(table, named.task(), known, task);
        List<String> ids = ids(table, schema.id(), tasks);
        Notes assumed = new Notes();
        Cells cells = new Cells(table, schema, false, responses != null, assumed);
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        for (Source source : schema.sources()) {
            if (isThere(table, source, needed, headers)) {
                blocks.put(source, block(table, source, cells));
            }
        }
        for (Schema.Response response : responses == null ? List.<Schema.Response>of() : schema.responses()) {
            if (cells.has(response)) {
                responses.put(response, IntStream.range(0, table.size()).boxed().flatMapToDouble(row ->
                        Arrays.stream(cells.responses(response).ifGiven(row))).toArray());
            }
        }
        if (weights != null) {
            Arrays.setAll(weights, cells::weight);
        }
        List<String> rowNotes = IntStream.range(0, table.size()).mapToObj(i -> isEmpty(blocks, i) ? NO_VALUE : "").toList();
        List<String> notes = new ArrayList<>(table.notes());
        notes.addAll(cells.notes());
        notes.addAll(assumed.lines());
        notes.addAll(headers.unused(table.name(), table));
        if (weights != null && schema.weight() != null && !table.has(schema.weight())) {
            notes.add(table.name() + ": no column " + Text.quoted(schema.weight()) + ", how much a row counts; all count "
                    + "alike");
        }
        List<String> empty = IntStream.range(0, table.size()).filter(i -> !rowNotes.get(i).isEmpty()).mapToObj(ids::get).toList();
        if (!empty.isEmpty()) {
            notes.add(table.name() + ": no value in any column: " + (empty.size() == 1 ? "row " : "rows ")
                    + String.join(", ", empty.stream().limit(NAMED)
                    .map(Text::quoted).toList()) + (empty.size() > NAMED ? " and " + (empty.size() - NAMED) + " more" : "")
                    + "; what is predicted for " + (empty.size() == 1 ? "it" : "them") + " says nothing beyond the task");
        }
        return new NewRows(ids, tasks, blocks, notes, rowNotes);
    }

    /** A schema whose task column is named, by "task" where the study has none. */
    static Schema withTask(Schema schema) {
        return schema.task() != null ? schema
                : new Schema(schema.id(), "task", schema.weight(), schema.responses(), schema.sources(), schema.missing(),
                        schema.readings(), schema.csv(), schema.splitting());
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
        return new NewRows(IntStream.of(rows).mapToObj(ids::get).toList(), IntStream.of(rows).mapToObj(tasks::get).toList(), kept, notes,
                IntStream.of(rows).mapToObj(rowNotes::get).toList());
    }

    private static boolean isEmpty(Map<Source, double[][]> blocks, int row) {
        return blocks.values().stream().allMatch(block -> Arrays.stream(block[row]).allMatch(Double::isNaN));
    }

    private static List<String> tasks(DataTable table, String column, List<String> known, String task) {
        Map<String, String> byName = new HashMap<>();
        known.forEach(name -> byName.put(Text.normal(name), name));
        if (task != null) {
            String named = byName.get(Text.normal(task));
            if (named == null) {
                throw table.problem("--task " + task + ": the model knows no such task" + Nearest.hint(task, known));
            }
            if (table.has(column)) {
                throw table.headerError(column, "has a column " + Text.quoted(column) + " that names each row's task; leave --task out");
            }
            return Collections.nCopies(table.size(), named);
        }
        if (!table.has(column)) {
            if (known.size() == 1) {
                return Collections.nCopies(table.size(), known.getFirst());
            }
            throw table.headerError("has no column " + Text.quoted(column) + " that names each row's task; add it, or give --task "
                    + String.join("|", known.stream().limit(20).toList()) + (known.size() > 20 ? "|..." : ""));
        }
        List<String> tasks = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            String name = byName.get(table.name(row, column));
            if (name == null) {
                throw table.error(row, column, "the model knows no task " + Text.quoted(table.cell(row, column))
                        + Nearest.hint(table.cell(row, column), known));
            }
            tasks.add(name);
        }
        return tasks;
    }

    private static List<String> ids(DataTable table, String column, List<String> tasks) {
        if (column == null || !table.has(column)) {
            return IntStream.rangeClosed(1, table.size()).mapToObj(Integer::toString).toList();
        }
        Set<String> several = new HashSet<>(tasks);
        Map<List<String>, String> lines = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            String earlier = lines.putIfAbsent(List.of(tasks.get(row), table.name(row, column)), table.where(row));
            if (earlier != null) {
                throw table.error(row, column, "column " + Text.quoted(column) + ": " + Text.quoted(table.cell(row, column))
                        + " is there twice"
                        + (several.size() > 1 ? " in task " + Text.quoted(tasks.get(row)) : "") + ", first on " + earlier);
            }
            ids.add(table.given(row, column));
        }
        return ids;
    }

    private static boolean isThere(DataTable table, Source source, List<String> needed, Headers headers) {
        List<String> lacking = source.columns().stream().map(Column::name).filter(column -> !table.has(column)).toList();
        boolean none = lacking.size() == source.columns().size();
        if (!lacking.isEmpty() && (!none || needed.contains(source.name()))) {
            throw table.headerError("lacks " + headers.lacking(table, lacking, source)
                    + (needed.contains(source.name()) ? ", which every prediction needs"
                    : "; give all columns of a source or none"));
        }
        return !none;
    }

    private static double[][] block(DataTable table, Source source, Cells cells) {
        double[][] block = new double[table.size()][source.columns().size()];
        for (int row = 0; row < block.length; row++) {
            for (int j = 0; j < block[row].length; j++) {
                block[row][j] = cells.value(row, source.columns().get(j));
            }
        }
        return block;
    }
}
