package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads {@link NewRows} of a file: of the whole of it, or piece by piece, of which everything is said once. */
final class NewRowsReader {
    /** So many rows are named in a note. */
    private static final int NAMED = 5;

    private final Schema schema;
    private final Schema named;
    private final List<String> known;
    private final List<String> needed;
    private final String task;
    private final Headers headers;
    private final Notes assumed = new Notes();
    /** Of the tables and their cells, each said once. */
    private final Set<String> said = new LinkedHashSet<>();
    private final Map<String, Map<String, Integer>> lines = new HashMap<>();
    private final List<String> empty = new ArrayList<>();
    private int empties;
    private DataTable table;
    private Cells cells;
    /** The sources it has. */
    private List<Source> there;
    private boolean weighted;

    /**
     * Reads none yet.
     *
     * @param schema what the columns mean
     * @param known  the tasks there are
     * @param needed the names of the sources without which nothing can be predicted
     * @param task   the task of every row, or null
     */
    NewRowsReader(Schema schema, List<String> known, List<String> needed, String task) {
        this.schema = schema;
        this.named = NewRows.withTask(schema);
        this.known = known;
        this.needed = needed;
        this.task = task;
        headers = new Headers(named, List.of(), false);
    }

    /** Reads all of a table. */
    NewRows read(DataTable all) {
        return read(all, 0, all.size(), null, null);
    }

    /**
     * Reads some rows of a table.
     *
     * @param from      the first
     * @param to        the one after the last
     * @param responses takes the responses that the table has: of each row, row after row, NaN where it is missing; null if they are not
     *                  looked at
     * @param weights   takes how much each row counts, 1 where the table does not say; null as there
     * @return the rows without notes on the file
     * @throws FileException as {@link NewRows#read}
     */
    NewRows read(DataTable of, int from, int to, Map<Schema.Response, double[]> responses, double[] weights) {
        if (table != of) {
            begin(of, responses != null);
        }
        List<String> tasks = tasks(named.task(), from, to);
        List<String> ids = ids(schema.id(), tasks, from, to);
        int[] places = IntStream.range(from, to).toArray();
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        Cells.blocks(there, _ -> cells, _ -> places, places.length).forEach((source, block) -> blocks.put(source, block.rows()));
        for (Schema.Response response : responses == null ? List.<Schema.Response>of() : schema.responses()) {
            if (cells.has(response)) {
                responses.put(response, IntStream.range(from, to).boxed().flatMapToDouble(row ->
                        Arrays.stream(cells.responses(response).ifGiven(row))).toArray());
            }
        }
        if (weights != null) {
            Arrays.setAll(weights, i -> cells.weight(from + i));
            weighted = true;
        }
        List<String> rowNotes = IntStream.range(0, to - from).mapToObj(i -> isEmpty(blocks, i) ? NewRows.NO_VALUE : "").toList();
        said.addAll(cells.notes());
        for (int i = 0; i < rowNotes.size(); i++) {
            if (!rowNotes.get(i).isEmpty()) {
                empties++;
                if (empty.size() < NAMED) {
                    empty.add(ids.get(i));
                }
            }
        }
        return new NewRows(ids, tasks, blocks, List.of(), rowNotes);
    }

    private void begin(DataTable next, boolean responses) {
        headers.check(next);
        if (next.size() == 0) {
            throw next.problem("has a header and no rows");
        }
        said.addAll(next.notes());
        table = next;
        cells = new Cells(next, schema, false, responses, assumed);
        there = schema.sources().stream().filter(this::isThere).toList();
    }

    /** What a person should know of all that was read. */
    List<String> notes() {
        List<String> notes = new ArrayList<>(said);
        notes.addAll(assumed.lines());
        notes.addAll(headers.unused(table.name(), table));
        if (weighted && schema.weight() != null && !table.has(schema.weight())) {
            notes.add(table.name() + ": no column " + Text.quoted(schema.weight()) + ", how much a row counts; all count alike");
        }
        if (empties > 0) {
            notes.add(table.name() + ": no value in any column: " + (empties == 1 ? "row " : "rows ")
                    + String.join(", ", empty.stream().map(Text::quoted).toList())
                    + (empties > NAMED ? " and " + (empties - NAMED) + " more" : "")
                    + "; what is predicted for " + (empties == 1 ? "it" : "them") + " says nothing beyond the task");
        }
        return notes;
    }

    private static boolean isEmpty(Map<Source, double[][]> blocks, int row) {
        for (double[][] block : blocks.values()) {
            for (double cell : block[row]) {
                if (!Double.isNaN(cell)) {
                    return false;
                }
            }
        }
        return true;
    }

    private List<String> tasks(String column, int from, int to) {
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
            return Collections.nCopies(to - from, named);
        }
        if (!table.has(column)) {
            if (known.size() == 1) {
                return Collections.nCopies(to - from, known.getFirst());
            }
            throw table.headerError("has no column " + Text.quoted(column) + " that names each row's task; add it, or give --task "
                    + String.join("|", known.stream().limit(20).toList()) + (known.size() > 20 ? "|..." : ""));
        }
        List<String> tasks = new ArrayList<>();
        for (int row = from; row < to; row++) {
            String name = byName.get(table.task(row, column));
            if (name == null) {
                throw table.error(row, column, "the model knows no task " + Text.quoted(table.cell(row, column))
                        + Nearest.hint(table.cell(row, column), known));
            }
            tasks.add(name);
        }
        return tasks;
    }

    private List<String> ids(String column, List<String> tasks, int from, int to) {
        if (column == null || !table.has(column)) {
            return IntStream.range(from, to).mapToObj(row -> Integer.toString(row + 1)).toList();
        }
        Set<String> several = new HashSet<>(tasks);
        List<String> ids = new ArrayList<>();
        for (int row = from; row < to; row++) {
            String own = tasks.get(row - from);
            Integer earlier = lines.computeIfAbsent(own, of -> new HashMap<>()).putIfAbsent(table.name(row, column),
                    table.numberOf(row));
            if (earlier != null) {
                throw table.error(row, column, "column " + Text.quoted(column) + ": " + Text.quoted(table.cell(row, column))
                        + " is there twice"
                        + (several.size() > 1 || lines.size() > 1 ? " in task " + Text.quoted(own) : "")
                        + ", first on " + table.counted() + " " + earlier);
            }
            ids.add(table.given(row, column));
        }
        return ids;
    }

    private boolean isThere(Source source) {
        List<String> lacking = source.columns().stream().map(Column::name).filter(column -> !table.has(column)).toList();
        boolean none = lacking.size() == source.columns().size();
        if (!lacking.isEmpty() && (!none || needed.contains(source.name()))) {
            throw table.headerError("lacks " + headers.lacking(table, lacking, source)
                    + (needed.contains(source.name()) ? ", which every prediction needs"
                    : "; give all columns of a source or none"));
        }
        return !none;
    }
}
