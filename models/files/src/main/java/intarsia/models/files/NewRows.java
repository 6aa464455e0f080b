package intarsia.models.files;

import intarsia.models.data.Source;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        NewRowsReader reader = new NewRowsReader(schema, known, needed, task);
        return reader.read(DataTable.read(csv, schema.csv())).with(reader.notes());
    }

    /** A schema whose task column is named, by "task" where the study has none. */
    static Schema withTask(Schema schema) {
        return schema.task() != null ? schema
                : new Schema(schema.id(), "task", schema.weight(), schema.responses(), schema.sources(), schema.missing(),
                        schema.readings(), schema.csv(), schema.splitting(), schema.storage());
    }

    /** How many rows there are. */
    public int size() {
        return ids.size();
    }

    /** The places of a task's rows in the file, counted from 0. */
    public int[] rowsOf(String task) {
        return IntStream.range(0, size()).filter(i -> tasks.get(i).equals(task)).toArray();
    }

    /** The same with other notes. */
    public NewRows with(List<String> others) {
        return new NewRows(ids, tasks, blocks, others, rowNotes);
    }

    /** Only the rows of one task, in the order of {@link #rowsOf}. */
    public NewRows ofTask(String task) {
        int[] rows = rowsOf(task);
        if (rows.length == size()) {
            return this;
        }
        Map<Source, double[][]> kept = new LinkedHashMap<>();
        blocks.forEach((source, block) -> kept.put(source, IntStream.of(rows).mapToObj(i -> block[i]).toArray(double[][]::new)));
        return new NewRows(IntStream.of(rows).mapToObj(ids::get).toList(), IntStream.of(rows).mapToObj(tasks::get).toList(), kept, notes,
                IntStream.of(rows).mapToObj(rowNotes::get).toList());
    }
}
