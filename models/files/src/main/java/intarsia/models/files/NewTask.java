package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.Resampling;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One more task, with its responses, from a CSV file with the columns of a study.
 *
 * @param tasks the task, or one for each response that the file has
 * @param resampling how its rows are split: as the study's are, as far as the file can say so
 * @param notes what a person should know of the file: what was assumed, columns that are not used
 */
public record NewTask(List<Task> tasks, Resampling resampling, List<String> notes) {
    /** Keeps copies. */
    public NewTask {
        tasks = List.copyOf(tasks);
        notes = List.copyOf(notes);
    }

    /**
     * Reads it. The task's name is what is given, or what the file's task column says in every row, or the file's own name without its
     * ending.
     *
     * @param csv    the file
     * @param schema what the columns mean
     * @param needed sources that must be there
     * @param name   the task's name, or null
     * @param varied whether its response must vary
     * @throws FileException if the file cannot be used, lacks the response or a needed source, or holds several tasks
     */
    public static NewTask from(Path csv, Schema schema, List<Source> needed, String name, boolean varied) {
        DataTable table = DataTable.read(csv, schema.csv());
        Schema named = NewRows.withTask(schema);
        Headers headers = new Headers(named, List.of(), false);
        headers.check(table);
        for (Schema.Response response : schema.responses()) {
            String column = response.columns().stream().filter(of -> !table.has(of)).findFirst().orElse(null);
            if (column != null && schema.responses().stream().noneMatch(of -> table.header().containsAll(of.columns()))) {
                throw table.headerError("lacks the response " + Text.quoted(column) + ", which a new task is learned from");
            }
        }
        for (Source source : needed) {
            List<String> lacking = source.columns().stream().map(Column::name).filter(column -> !table.has(column)).toList();
            if (!lacking.isEmpty()) {
                throw table.headerError("lacks " + headers.lacking(table, lacking, source) + ", which the model reads");
            }
        }
        String task = name(table, named.task(), name);
        String problem = Names.problem(task);
        if (problem != null) {
            throw new FileException(csv, "task " + problem);
        }
        Notes assumed = new Notes();
        Cells cells = new Cells(table, schema, false, true, assumed);
        RowsOfTask all = new RowsOfTask(task, schema, List.of(table), RowsOfTask.allRows(table), t -> new IdIndex(t, schema));
        List<RowsOfTask> rows = schema.each().stream().map(all::with).filter(of -> schema.responses().size() == 1
                || of.isObserved(t -> cells)).map(of -> learned(of, schema.responses().size() > 1, cells)).toList();
        if (rows.isEmpty()) {
            throw new FileException(csv, "has no value of any response: " + schema.describe());
        }
        double unit = RowWeights.unit(rows, t -> cells);
        List<Task> read = rows.stream().map(of -> of.toTask(t -> cells, unit)).toList();
        for (Task one : read) {
            if (varied) {
                ConstantResponses.check(csv, one, schema.about(one.about()));
            }
            needed.stream().filter(source -> !one.blocks().containsKey(source)).findFirst().ifPresent(source -> {
                throw new FileException(csv, "has no value in source " + Text.quoted(source.name()) + ", which the model reads");
            });
        }
        List<String> notes = new ArrayList<>(table.notes());
        notes.addAll(cells.notes());
        notes.addAll(assumed.lines());
        if (!varied) {
            read.forEach(one -> notes.addAll(ConstantResponses.note(one, schema.about(one.about()))));
        }
        notes.addAll(headers.unused(String.valueOf(csv.getFileName()), table));
        return new NewTask(read, resampling(schema.splitting(), table, rows, read, notes), notes);
    }

    /** The rows that count and, of several responses, have this one; the others teach imputation. */
    private static RowsOfTask learned(RowsOfTask rows, boolean several, Cells cells) {
        double[] weights = rows.weights(t -> cells);
        Map<Boolean, List<Integer>> places = IntStream.range(0, rows.size()).boxed().collect(Collectors.partitioningBy(row ->
                weights[row] > 0 && !(several && Double.isNaN(cells.responses(rows.response()).ifGiven(row)[0]))));
        if (places.get(true).isEmpty()) {
            throw rows.tables().getFirst().problem("every row" + (several ? " with response "
                    + Text.quoted(rows.response().name()) : "") + " has weight 0, so there is nothing to learn from");
        }
        return rows.only(places.get(true), places.get(false));
    }

    /** As the study's rows are split; single rows, with a note, where that cannot be. */
    private static Resampling resampling(Splitting splitting, DataTable table, List<RowsOfTask> rows, List<Task> tasks,
            List<String> notes) {
        String problem = splitting.column() == null || table.has(splitting.column()) ? null
                : "has no column " + Text.quoted(splitting.column()) + ", which the study's rows are split by";
        if (problem == null) {
            Resampling resampling = SplittingReader.resampling(splitting, rows, 1);
            try {
                TaskSet.Builder alone = TaskSet.builder().minimumShare(0).resampling(resampling);
                tasks.forEach(alone::task);
                alone.build();
                return resampling;
            } catch (DataException e) {
                problem = e.getMessage();
            }
        }
        notes.add(table.name() + ": " + problem + "; single rows are held out at random");
        return Resampling.STANDARD;
    }

    private static String name(DataTable table, String column, String given) {
        if (!table.has(column) || table.size() == 0) {
            return given != null ? given : table.stem();
        }
        List<String> names = IntStream.range(0, table.size()).mapToObj(row -> table.task(row, column)).distinct().toList();
        if (names.size() > 1) {
            throw table.headerError(column, "column " + Text.quoted(column) + " names " + names.size() + " tasks (" + Nearest.some(names)
                    + "); transfer takes one at a time");
        }
        return given != null ? given : names.getFirst();
    }
}
