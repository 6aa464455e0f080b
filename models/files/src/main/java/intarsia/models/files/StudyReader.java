package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.Task.ResponseKind;
import intarsia.models.data.TaskSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Reads a {@link Study}: the study file first, then each CSV file once, then task by task. */
final class StudyReader {
    private final Path file;
    private final Section study;
    /** Instead of the one that the study file names, or null. */
    private final String response;
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Map<String, CsvTable> tables = new LinkedHashMap<>();

    StudyReader(Path folder, String response) {
        this.response = response;
        if (!Files.exists(folder)) {
            throw new FileException(folder, "there is no such folder; a study is a folder with a " + Study.FILE_NAME + " and CSV files");
        }
        file = Files.isDirectory(folder) ? folder.resolve(Study.FILE_NAME) : folder;
        if (!Files.exists(file)) {
            throw new FileException(folder, "has no " + Study.FILE_NAME + "; a study is a folder with one and CSV files");
        }
        TextFile text = TextFile.read(file);
        digests.put(file.getFileName().toString(), text.sha256());
        study = Section.parse(text);
    }

    Study read() {
        study.only("name", "id", "task", "files", "missing", "minimum_share", "anchor", "response", "tasks", "sources", "columns", "fit");
        Schema schema = schema();
        Map<String, List<String>> files = new LinkedHashMap<>();
        List<RowsOfTask> given = study.has("tasks") ? fromTasks(schema, files) : fromColumn(schema, files);
        checkColumns(schema);
        List<String> notes = unusedColumns(schema);
        notes.addAll(checkJoins(schema, given));
        TaskSet.Builder builder = TaskSet.builder().minimumShare(minimumShare());
        List<Study.MissingCells> missing = new ArrayList<>();
        for (RowsOfTask rows : given) {
            builder.task(rows.toTask(missing, true));
        }
        TaskSet tasks;
        try {
            tasks = builder.build();
        } catch (DataException e) {
            throw new FileException(file, e.getMessage());
        }
        checkAnchor(tasks);
        return new Study(file, study.text("name", folderName()), schema, tasks, files, missing, notes,
                study.sectionOrEmpty("fit"), digests);
    }

    private String folderName() {
        return file.toAbsolutePath().normalize().getParent().getFileName().toString();
    }

    private double minimumShare() {
        double share = study.number("minimum_share", 0.5);
        if (!(share >= 0 && share <= 1)) {
            throw study.error("minimum_share", "'minimum_share' must lie between 0 and 1, not " + share);
        }
        return share;
    }

    private Schema schema() {
        String id = study.text("id", null);
        String task = study.text("task", null);
        Schema.Response response = response();
        Map<String, String> taken = new LinkedHashMap<>();
        taken.put(response.column(), "the response");
        claim(taken, "id", id);
        claim(taken, "task", task);
        Section listed = study.section("sources");
        if (listed.keys().isEmpty()) {
            throw study.error("sources", "[sources] lists none; name what is measured together: exam = [\"age\", \"sex\"]");
        }
        Set<String> known = new LinkedHashSet<>();
        listed.keys().forEach(source -> known.addAll(listed.texts(source)));
        Section described = study.sectionOrEmpty("columns");
        for (String column : described.keys()) {
            if (!known.contains(column)) {
                throw described.error(column, "column '" + column + "' is in no source" + Nearest.hint(column, known));
            }
        }
        List<Source> sources = new ArrayList<>();
        Map<String, List<String>> codes = new LinkedHashMap<>();
        for (String source : listed.keys()) {
            sources.add(source(listed, source, described, taken, codes));
        }
        return new Schema(id, task, response, sources, study.cells("missing"), codes);
    }

    private void claim(Map<String, String> taken, String key, String column) {
        String owner = column == null ? null : taken.putIfAbsent(column, "the " + key);
        if (owner != null) {
            throw study.error(key, "column '" + column + "' cannot be the " + key + ", it is " + owner + " already");
        }
    }

    private Schema.Response response() {
        Section section = study.section("response");
        section.only("column", "kind", "above");
        String kind = section.text("kind");
        if (!kind.equals("binary") && !kind.equals("continuous")) {
            throw section.error("kind", "a response is \"binary\" or \"continuous\", not \"" + kind + "\"");
        }
        if (section.has("above") && kind.equals("continuous")) {
            throw section.error("above", "'above' makes a binary response; take it out, or set kind = \"binary\"");
        }
        Double above = section.has("above") ? section.number("above", 0) : null;
        return new Schema.Response(responseColumn(section), kind.equals("binary") ? ResponseKind.BINARY : ResponseKind.CONTINUOUS, above);
    }

    private static Source source(Section listed, String name, Section described, Map<String, String> taken,
            Map<String, List<String>> codes) {
        List<String> names = listed.texts(name);
        if (names.isEmpty()) {
            throw listed.error(name, "source '" + name + "' lists no columns");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String column = names.get(i);
            String owner = taken.putIfAbsent(column, "source '" + name + "'");
            if (owner != null) {
                throw listed.error(name, i, "column '" + column + "' of source '" + name + "' is already "
                        + (owner.startsWith("source") ? "in " : "") + owner);
            }
            columns.add(column(described, column, codes));
        }
        return new Source(name, columns);
    }

    private static Column column(Section described, String name, Map<String, List<String>> codes) {
        if (!described.has(name)) {
            return Column.continuous(name);
        }
        Section section = described.section(name);
        section.only("kind", "levels", "missing");
        if (section.has("missing")) {
            codes.put(name, section.cells("missing"));
        }
        String kind = section.text("kind", "continuous");
        if (section.has("levels") && !kind.equals("categorical")) {
            throw section.error("levels", "column '" + name + "' has levels, so it needs kind = \"categorical\"");
        }
        return switch (kind) {
            case "continuous" -> Column.continuous(name);
            case "binary" -> Column.binary(name);
            case "categorical" -> categorical(section, name);
            default -> throw section.error("kind", "column '" + name + "' is \"continuous\", \"binary\" or \"categorical\", not \""
                    + kind + "\"");
        };
    }

    private static Column categorical(Section section, String name) {
        List<String> levels = section.cells("levels");
        for (int i = 0; i < levels.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (Schema.same(levels.get(i), levels.get(j))) {
                    throw section.error("levels", i, "column '" + name + "': level '" + levels.get(i) + "' is listed twice");
                }
            }
        }
        if (levels.size() < 2) {
            throw section.error(section.has("levels") ? "levels" : "kind",
                    "column '" + name + "' is categorical and needs at least two levels: levels = [1, 2, 3]");
        }
        return Column.categorical(name, levels.toArray(String[]::new));
    }

    private List<RowsOfTask> fromTasks(Schema schema, Map<String, List<String>> files) {
        for (String key : List.of("files", "task")) {
            if (study.has(key)) {
                throw study.error(key, "give either [tasks] or 'files' with 'task', not both");
            }
        }
        Section tasks = study.section("tasks");
        if (tasks.keys().isEmpty()) {
            throw study.error("tasks", "[tasks] lists none; name each with its file: cleveland = \"cleveland.csv\"");
        }
        List<RowsOfTask> given = new ArrayList<>();
        for (String task : tasks.keys()) {
            List<String> names = tasks.isText(task) ? List.of(tasks.text(task)) : tasks.texts(task);
            List<CsvTable> read = tables(tasks, task, names);
            files.put(task, names);
            given.add(new RowsOfTask(task, schema, read, RowsOfTask.allRows(read.getFirst())));
        }
        return given;
    }

    private List<RowsOfTask> fromColumn(Schema schema, Map<String, List<String>> files) {
        if (!study.has("files")) {
            throw new FileException(file, "names no data: give [tasks] with a file for each, or 'files' with the name of a 'task' column");
        }
        if (schema.task() == null) {
            throw study.error("files", "'files' needs 'task', the name of the column that holds each row's task");
        }
        List<String> names = study.texts("files");
        List<CsvTable> read = tables(study, "files", names);
        CsvTable first = read.getFirst();
        requireColumn("task", schema.task(), first);
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < first.size(); row++) {
            rows.computeIfAbsent(first.name(row, schema.task()), task -> new ArrayList<>()).add(row);
        }
        if (rows.isEmpty()) {
            throw new FileException(first.path(), "has a header and no rows");
        }
        List<RowsOfTask> given = new ArrayList<>();
        rows.forEach((task, chosen) -> {
            files.put(task, names);
            given.add(new RowsOfTask(task, schema, read, chosen));
        });
        return given;
    }

    private List<CsvTable> tables(Section section, String key, List<String> names) {
        if (names.isEmpty()) {
            throw section.error(key, "'" + key + "' lists no files");
        }
        List<CsvTable> read = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Path path = file.resolveSibling(name);
            if (!Files.exists(path)) {
                throw section.error(key, i, "there is no file " + path);
            }
            read.add(tables.computeIfAbsent(name, n -> CsvTable.read(path)));
            digests.put(name, tables.get(name).sha256());
        }
        CsvTable first = read.getFirst();
        requireResponse(study.section("response"), first);
        if (study.has("id")) {
            read.forEach(table -> requireColumn("id", study.text("id"), table));
        } else if (read.size() > 1) {
            throw section.error(key, "several files are joined by an id: name its column, id = \"...\"");
        }
        return read;
    }

    private String responseColumn(Section section) {
        return response == null ? section.text("column") : response;
    }

    private void requireColumn(String key, String column, CsvTable table) {
        if (!table.has(column)) {
            throw study.error(key, key + " column '" + column + "' is not in " + table.path() + Nearest.hint(column, table.header()));
        }
    }

    private void requireResponse(Section section, CsvTable table) {
        String column = responseColumn(section);
        if (!table.has(column)) {
            throw section.error("column", "response column '" + column + "' is not in " + table.path() + Nearest.hint(column, table.header()));
        }
    }

    /** A source's column that is in no file of any task is a mistake in the study file, not a source that was not observed. */
    private void checkColumns(Schema schema) {
        Set<String> headers = new TreeSet<>();
        tables.values().forEach(table -> headers.addAll(table.header()));
        Section listed = study.section("sources");
        for (Source source : schema.sources()) {
            for (int i = 0; i < source.columns().size(); i++) {
                String column = source.columns().get(i).name();
                if (!headers.contains(column)) {
                    Set<String> free = new TreeSet<>(headers);
                    free.removeAll(schema.columns());
                    throw listed.error(source.name(), i, "column '" + column + "' of source '" + source.name() + "' is in no file"
                            + Nearest.hint(column, free.isEmpty() ? headers : free));
                }
            }
        }
    }

    private void checkAnchor(TaskSet tasks) {
        List<String> wanted = study.has("anchor") && study.isText("anchor") ? List.of(study.text("anchor")) : study.texts("anchor");
        Set<String> known = study.section("sources").keys().stream().collect(LinkedHashSet::new, Set::add, Set::addAll);
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            if (!known.contains(name)) {
                throw study.error("anchor", i, "unknown source '" + name + "'" + Nearest.hint(name, known));
            }
            for (Task task : tasks.tasks()) {
                if (task.blocks().keySet().stream().noneMatch(s -> s.name().equals(name))) {
                    throw study.error("anchor", i, "source '" + name + "' is not observed in task '" + task.name()
                            + "', so it cannot be an anchor");
                }
            }
        }
    }

    private List<String> unusedColumns(Schema schema) {
        Set<String> used = new LinkedHashSet<>(schema.columns());
        used.add(schema.response().column());
        used.add(schema.id());
        used.add(schema.task());
        List<String> notes = new ArrayList<>();
        tables.forEach((name, table) -> {
            List<String> unused = table.header().stream().filter(column -> !used.contains(column)).toList();
            if (!unused.isEmpty()) {
                notes.add(name + ": columns not used: " + String.join(", ", unused));
            }
        });
        return notes;
    }

    /** A joined file of which no row finds a partner is a mistake; single rows without one, on either side, are worth a note. */
    private List<String> checkJoins(Schema schema, List<RowsOfTask> given) {
        List<String> notes = new ArrayList<>();
        Map<CsvTable, BitSet> used = new LinkedHashMap<>();
        for (RowsOfTask task : given) {
            for (CsvTable table : task.tables().subList(1, task.tables().size())) {
                int[] partners = task.partners(table);
                long lonely = IntStream.of(partners).filter(row -> row < 0).count();
                if (lonely > 0) {
                    notes.add(table.path().getFileName() + ": has no row for " + lonely + " of the " + partners.length + " rows of task '"
                            + task.task() + "'");
                }
                BitSet rows = used.computeIfAbsent(table, t -> new BitSet());
                IntStream.of(partners).filter(row -> row >= 0).forEach(rows::set);
            }
        }
        used.forEach((table, rows) -> {
            if (rows.isEmpty()) {
                throw new FileException(table.path(), "no value of its id column '" + schema.id()
                        + "' is in the file it is joined to, so nothing can be joined; compare how both write it");
            }
            if (rows.cardinality() < table.size()) {
                notes.add(table.path().getFileName() + ": " + (table.size() - rows.cardinality()) + " of its " + table.size()
                        + " rows belong to no row of the study");
            }
        });
        return notes;
    }
}
