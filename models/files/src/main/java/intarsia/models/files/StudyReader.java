package intarsia.models.files;

import intarsia.models.data.DataException;
import intarsia.models.data.Resampling;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads a {@link Study}: the study file first, then each table once, then task by task. */
final class StudyReader {
    /** A study file with a hundred thousand columns is a quarter of this. */
    private static final long LARGEST = 4L << 20;

    private final Path file;
    private final Section study;
    private final SchemaReader columns;
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final StudyTables tables;
    private final Map<DataTable, IdIndex> indexes = new HashMap<>();
    private final Map<DataTable, Cells> cells = new LinkedHashMap<>();
    /** The rows of what the study calls a task, and those of the model's tasks: the same where there is one response. */
    private final List<RowsOfTask> cohorts = new ArrayList<>();
    private final List<RowsOfTask> given = new ArrayList<>();
    /** Rows whose task cannot be read, where those are left out. */
    private final List<SkippedRow> untold = new ArrayList<>();
    private final TextFile text;
    private final boolean linked;

    StudyReader(Path folder, Study.Options options) {
        this(folder, options, Map.of());
    }

    /** The same with these texts, by the names of their files, instead of what the files say. */
    StudyReader(Path folder, Study.Options options, Map<String, TextFile> instead) {
        StudyFiles files = StudyFiles.of(folder, options.allowOutside());
        linked = options.linked();
        file = files.study();
        text = TextFile.read(file, LARGEST);
        digests.put(file.getFileName().toString(), text.sha256());
        study = Section.parse(text);
        columns = new SchemaReader(study, options.response());
        tables = new StudyTables(files, study, instead);
    }

    Study read() {
        study.only("name", "id", "task", "weight", "files", "missing", "ignore", "minimum_share", "anchor", "response", "tasks",
                "sources", "columns", "csv", "design", "fit", "on_bad_row", "jdbc", "storage");
        CsvFormat format = CsvFormat.FOUND_OUT.with(study.sectionOrEmpty("csv"));
        Schema names = columns.read(format);
        Map<String, List<String>> named = new LinkedHashMap<>();
        cohorts.addAll(study.has("tasks") ? fromTasks(names, named) : fromColumn(names, named));
        tables.checkFormats();
        FoundLevels.Completed completed = FoundLevels.in(names, columns.wanted(), tables().values());
        cohorts.replaceAll(rows -> rows.with(completed.schema()));
        List<String> unread = new ArrayList<>(SchemaReader.names(study, "ignore"));
        if (names.splitting().column() != null) {
            unread.add(names.splitting().column());
        }
        Headers headers = new Headers(names, unread, true);
        tables().values().forEach(headers::check);
        checkColumns(names);
        RowFilter filter = RowFilter.of(study, columns.responses().sections(), completed.schema(), untold);
        Map<DataTable, Cells> scratch = new HashMap<>();
        Function<DataTable, Cells> looked = table -> scratch.computeIfAbsent(table, t -> new Cells(t, completed.schema(), true, true,
                new Notes()));
        ResponseRows observed = new ResponseRows(completed.schema());
        observed.of(cohorts, columns.responses(), looked).forEach(rows -> given.add(filter.kept(rows, looked)));
        Schema schema = EventTimes.in(completed.schema(), columns.responses(), given, looked);
        given.replaceAll(rows -> rows.with(schema.about(rows.response().name())));
        Notes assumed = new Notes();
        tables().values().forEach(table -> cells.computeIfAbsent(table, t -> new Cells(t, schema, true, true, assumed)));
        TaskSet.Builder builder = TaskSet.builder().minimumShare(minimumShare());
        builder = linked ? builder.linked() : builder;
        Map<String, Map<String, Integer>> missing = new LinkedHashMap<>();
        double unit = RowWeights.unit(given, cells::get);
        for (RowsOfTask rows : given) {
            Task task = rows.toTask(cells::get, unit);
            builder.task(task);
            missing.put(task.cohort(), RowsOfTask.missing(task.blocks(), schema, task.size()));
        }
        if (schema.responses().size() > 1) {
            cohorts.forEach(rows -> missing.put(rows.task(), rows.missing(cells::get)));
        } else {
            cohorts.clear();
            cohorts.addAll(given);
        }
        TaskSet tasks = tasks(builder, schema.splitting());
        AnchorCheck.check(study, tasks);
        List<String> notes = new ArrayList<>();
        tables().values().forEach(table -> notes.addAll(table.notes()));
        cells.values().forEach(read -> notes.addAll(read.notes()));
        notes.addAll(assumed.lines());
        notes.addAll(observed.notes());
        notes.addAll(RowWeights.notes(given, cells::get, schema));
        notes.addAll(ResponseRows.notes(schema, columns.responses().sections(), given, tasks.tasks()));
        List<Task> once = tasks.cohorts();
        notes.addAll(SuspectedCodes.notes(once, schema.sources()));
        notes.addAll(Outliers.responses(tasks.tasks(), schema));
        notes.addAll(Outliers.columns(once, schema.sources()));
        tables().forEach((name, table) -> notes.addAll(headers.unused(name, table)));
        notes.addAll(completed.notes());
        notes.addAll(filter.notes());
        notes.addAll(new JoinNotes(schema.id(), cohorts).lines());
        notes.addAll(SharedIds.notes(cohorts, schema));
        return new Study(file, study.text("name", folderName()), schema, tasks, named, missing, List.copyOf(notes),
                study.sectionOrEmpty("fit"), digests, filter.skipped());
    }

    private TaskSet tasks(TaskSet.Builder builder, Splitting splitting) {
        Section design = study.sectionOrEmpty("design");
        int rows;
        try {
            rows = builder.build().cohorts().stream().mapToInt(Task::size).sum();
        } catch (DataException e) {
            throw new FileException(file, e.getMessage());
        }
        Resampling resampling = SplittingReader.resampling(splitting, given, SplittingReader.repeats(design, splitting, rows));
        try {
            return builder.resampling(resampling).build();
        } catch (DataException e) {
            throw SplittingReader.problem(design, splitting, e);
        }
    }

    /** The study file as it was read. */
    TextFile text() {
        return text;
    }

    /** The tables, by the names that the study file gives them. */
    Map<String, DataTable> tables() {
        return tables.all();
    }

    /** The cells of each file that was {@linkplain #read read}. */
    Cells cells(DataTable table) {
        return cells.get(table);
    }

    /** Which rows each task of the study has. */
    List<RowsOfTask> cohorts() {
        return cohorts;
    }

    private String folderName() {
        return String.valueOf(file.toAbsolutePath().normalize().getParent().getFileName());
    }

    private double minimumShare() {
        double share = study.number("minimum_share", 0.5);
        if (!(share >= 0 && share <= 1)) {
            throw study.error("minimum_share", "'minimum_share' must lie between 0 and 1, not " + share);
        }
        return share;
    }

    private List<RowsOfTask> fromTasks(Schema schema, Map<String, List<String>> named) {
        for (String key : List.of("files", "task")) {
            if (study.has(key)) {
                throw study.error(key, "give either [tasks] or 'files' with 'task', not both");
            }
        }
        Section tasks = study.section("tasks");
        if (tasks.keys().isEmpty()) {
            throw study.error("tasks", "[tasks] lists none; name each with its file: cleveland = \"cleveland.csv\"");
        }
        List<RowsOfTask> found = new ArrayList<>();
        for (String key : tasks.keys()) {
            String task = Text.normal(key);
            String problem = Names.problem(task);
            if (problem != null) {
                throw tasks.error(key, "task " + problem);
            }
            List<String> names = tables.read(tasks, key, schema.csv());
            List<DataTable> read = checked(schema, tasks, key, names);
            if (named.put(task, names) != null) {
                throw tasks.error(key, "task " + Text.quoted(task) + " is there twice");
            }
            found.add(new RowsOfTask(task, schema, read, RowsOfTask.allRows(read.getFirst()), table -> index(table, schema)));
        }
        return found;
    }

    private List<RowsOfTask> fromColumn(Schema schema, Map<String, List<String>> named) {
        if (!study.has("files")) {
            throw new FileException(file, "names no data: give [tasks] with a file for each, or 'files' with the name of a 'task' column");
        }
        if (schema.task() == null) {
            throw study.error("files", "'files' needs 'task', the name of the column that holds each row's task");
        }
        List<String> names = tables.read(study, "files", schema.csv());
        List<DataTable> read = checked(schema, study, "files", names);
        DataTable first = read.getFirst();
        requireColumn("task", schema.task(), first);
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < first.size(); row++) {
            try {
                String task = first.task(row, schema.task());
                String problem = Names.problem(task);
                if (problem != null) {
                    throw first.error(row, schema.task(), "task " + problem);
                }
                rows.computeIfAbsent(task, name -> new ArrayList<>()).add(row);
            } catch (FileException e) {
                if (!study.text("on_bad_row", "error").equals("skip")) {
                    throw e;
                }
                untold.add(SkippedRow.of("", e));
            }
        }
        if (rows.isEmpty()) {
            throw first.problem("has a header and no rows");
        }
        List<RowsOfTask> found = new ArrayList<>();
        rows.forEach((task, chosen) -> {
            named.put(task, names);
            found.add(new RowsOfTask(task, schema, read, chosen, table -> index(table, schema)));
        });
        return found;
    }

    private IdIndex index(DataTable table, Schema schema) {
        return indexes.computeIfAbsent(table, t -> new IdIndex(t, schema));
    }

    /** Tables of these names; the first has rows and responses, the others are joined to it. */
    private List<DataTable> checked(Schema schema, Section section, String key, List<String> names) {
        List<DataTable> read = names.stream().map(tables()::get).toList();
        names.forEach(name -> digests.put(name, tables().get(name).sha256()));
        columns.responses().require(read.getFirst());
        if (schema.weight() != null) {
            requireColumn("weight", schema.weight(), read.getFirst());
        }
        if (schema.id() != null) {
            read.forEach(table -> requireColumn("id", schema.id(), table));
        } else if (read.size() > 1) {
            throw section.error(key, "several files are joined by an id: name its column, id = \"...\"");
        }
        return read;
    }

    private void requireColumn(String key, String column, DataTable table) {
        if (!table.has(column)) {
            throw study.error(key, key + " column " + Text.quoted(column) + " is not in " + table.place()
                    + Nearest.hint(column, table.header()));
        }
    }

    /** A source's column that is in no file of any task is a mistake in the study file, not a source that was not observed. */
    private void checkColumns(Schema schema) {
        Set<String> headers = new LinkedHashSet<>();
        tables().values().forEach(table -> headers.addAll(table.header()));
        Section listed = study.section("sources");
        for (Source source : schema.sources()) {
            for (int i = 0; i < source.columns().size(); i++) {
                String column = source.columns().get(i).name();
                if (!headers.contains(column)) {
                    Set<String> used = new HashSet<>(schema.columns());
                    List<String> free = headers.stream().filter(name -> !used.contains(name)).sorted().toList();
                    throw listed.error(source.name(), i, "column " + Text.quoted(column) + " of source " + Text.quoted(source.name())
                            + " is in no file" + Nearest.hint(column, free.isEmpty() ? headers : free));
                }
            }
        }
    }
}
