package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One more task, with its responses, from a CSV file with the columns of a study. */
public final class NewTask {
    private NewTask() {}

    /**
     * Reads it. The task's name is what is given, or what the file's task column says in every row, or the file's own name without its ending.
     *
     * @param csv    the file
     * @param schema what the columns mean
     * @param needed sources that must be there
     * @param name   the task's name, or null
     * @param varied whether its response must vary
     * @throws FileException if the file cannot be used, lacks the response or a needed source, or holds several tasks
     */
    public static Task read(Path csv, Schema schema, List<Source> needed, String name, boolean varied) {
        CsvTable table = CsvTable.read(csv);
        String taskColumn = schema.task() == null ? "task" : schema.task();
        NewRows.checkHeader(table, schema, taskColumn);
        if (!table.has(schema.response().column())) {
            throw new FileException(csv, table.headerLine(), "lacks the response '" + schema.response().column() + "', which a new task is learned from");
        }
        for (Source source : needed) {
            List<String> lacking = source.columns().stream().map(Column::name).filter(column -> !table.has(column)).toList();
            if (!lacking.isEmpty()) {
                throw new FileException(csv, table.headerLine(), "lacks " + lacking.stream().collect(Collectors.joining("', '", "'", "'")) + " of source '"
                        + source.name() + "', which the model reads");
            }
        }
        Task task = new RowsOfTask(name(table, taskColumn, name), schema, List.of(table), RowsOfTask.allRows(table)).toTask(new ArrayList<>(), varied);
        needed.stream().filter(source -> !task.blocks().containsKey(source)).findFirst().ifPresent(source -> {
            throw new FileException(csv, "has no value in source '" + source.name() + "', which the model reads");
        });
        return task;
    }

    private static String name(CsvTable table, String column, String given) {
        if (!table.has(column) || table.size() == 0) {
            return given != null ? given : table.path().getFileName().toString().replaceFirst("\\.[^.]*$", "");
        }
        List<String> names = IntStream.range(0, table.size()).mapToObj(row -> table.name(row, column)).distinct().toList();
        if (names.size() > 1) {
            throw new FileException(table.path(), table.headerLine(), "column '" + column + "' names " + names.size() + " tasks (" + names.get(0) + ", "
                    + names.get(1) + (names.size() > 2 ? ", ..." : "") + "); transfer takes one at a time");
        }
        return given != null ? given : names.getFirst();
    }
}
