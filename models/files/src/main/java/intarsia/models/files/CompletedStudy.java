package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A study written again with its missing cells filled in. What was measured is kept byte by byte. The study file is copied as study.toml;
 * CSV files keep their relative names and change in three ways only:
 *
 * <ul>
 * <li>missing cells of sources' columns say what was imputed, in the words or the number style of their column;
 * <li>a source that none of a task's files has is added to the task's first file;
 * <li>rows that a joined file lacks are added to it.
 * </ul>
 *
 * A file from outside the study's folder is written under the name of the file alone.
 *
 * <pre>
 * CompletedStudy completed = CompletedStudy.read(Path.of("study"), Study.Options.PLAIN);
 * try (FolderWriter folder = FolderWriter.begin(Path.of("completed"), false)) {
 *     completed.write(folder, of -> model.impute(engine, of.task(), of.rows()));
 *     folder.commit();
 * }
 * </pre>
 *
 * Before anything is written, the completed files are read again as a study and compared with what was measured and imputed. Takes time and
 * memory in proportion to the files.
 */
public final class CompletedStudy {
    private final Path path;
    private final Study.Options options;
    private final StudyReader reader;
    private final Study study;
    private final Map<String, CsvTable> tables = new LinkedHashMap<>();
    private final CompletedFiles files;
    private final List<Measured> measured;

    private CompletedStudy(Path path, Study.Options options) {
        this.path = path;
        this.options = options;
        this.reader = new StudyReader(path, options);
        this.study = reader.read();
        reader.tables().forEach((name, table) -> {
            tables.put(name, switch (table) {
                case CsvTable csv -> csv;
                case PlainTable plain -> plain.whole();
                case ColumnTable _ -> throw table.problem("is no CSV file, and only those can be completed; write the table as CSV, and "
                        + "name that in the study");
            });
        });
        this.files = new CompletedFiles(study.file(), tables.keySet());
        this.measured = measured(reader, study);
    }

    /**
     * The rows of one of the study's tasks.
     *
     * @param task the task of a model whose rows they are: of several responses to the same rows any one
     * @param rows all that was measured of them
     */
    public record Measured(String task, Observations rows) {}

    private static List<Measured> measured(StudyReader reader, Study study) {
        List<Task> tasks = study.tasks().given();
        return reader.cohorts().stream().map(rows -> {
            Task any = tasks.stream().filter(task -> task.cohort().equals(rows.task())).findFirst().orElseThrow();
            return new Measured(any.name(), any.about().isEmpty() ? Observations.of(any) : rows.observations(reader::cells));
        }).toList();
    }

    /**
     * Reads a study in order to complete it.
     *
     * @param study a folder with a study.toml, or the TOML file itself
     * @throws FileException if anything in it cannot be used, one of its tables is no CSV file, or two would be written under one name
     */
    public static CompletedStudy read(Path study, Study.Options options) {
        return new CompletedStudy(study, options);
    }

    /** The study as it is; {@code tasks().given()} has all that was measured. */
    public Study study() {
        return study;
    }

    /** The rows of each of the study's tasks, of several responses once. */
    public List<Measured> measured() {
        return measured;
    }

    /**
     * Writes the study, completed, into a folder. Only missing cells are filled, whatever the blocks say of others. In a binary column 1 is
     * written from one half on, else 0.
     *
     * @param imputed of each task's rows the blocks by source, one array per row, in raw cells (a level's code in a categorical one); NaN,
     *                or no block, leaves cells missing
     * @return what a person should know
     * @throws FileException if a cell could be filled in two ways, because tasks share a file, or would be read again as another value
     * @throws DataException if blocks do not fit the study
     */
    public List<String> write(FolderWriter folder, Function<Measured, Map<Source, double[][]>> imputed) {
        return write(folder, "", imputed);
    }

    /**
     * The same below a folder of the folder, for one of several ways to complete it.
     *
     * @param below its name and a slash; empty for the folder itself
     */
    public List<String> write(FolderWriter folder, String below, Function<Measured, Map<Source, double[][]>> imputed) {
        Map<DataTable, CsvEdits> edits = new HashMap<>();
        tables.forEach((name, table) -> edits.put(reader.tables().get(name), new CsvEdits(table)));
        List<Map<Source, double[][]>> expected = new ArrayList<>();
        for (int t = 0; t < measured.size(); t++) {
            Measured task = measured.get(t);
            Map<Source, double[][]> blocks = imputed.apply(task);
            check(task, blocks);
            Map<Source, double[][]> completed = new HashMap<>();
            for (Source source : study.schema().sources()) {
                completed.put(source, completed(source, task, blocks.get(source)));
                fill(reader.cohorts().get(t), source, task.rows().blocks().get(source), completed.get(source), edits);
            }
            expected.add(completed);
        }
        Map<String, TextFile> written = new LinkedHashMap<>();
        tables.forEach((name, table) -> written.put(name, table.file().with(edits.get(reader.tables().get(name))
                .text())));
        checkReadAgain(written, expected);
        folder.write(below + Study.FILE_NAME, reader.text().bytes());
        written.forEach((name, text) -> folder.write(below + files.of(name), text.bytes()));
        return files.notes();
    }

    private void check(Measured task, Map<Source, double[][]> blocks) {
        blocks.forEach((source, block) -> {
            if (!study.schema().sources().contains(source)) {
                throw new DataException("source " + Text.quoted(source.name()) + " with columns "
                        + source.columns().stream().map(Column::name).toList() + " is not in the study");
            }
            if (block.length != task.rows().size()) {
                throw new DataException("task " + Text.quoted(task.task()) + ": " + block.length
                        + " rows were imputed, not " + task.rows().size());
            }
        });
    }

    /** What was measured, and where nothing was, what was imputed. */
    private double[][] completed(Source source, Measured task, double[][] imputed) {
        double[][] measured = task.rows().blocks().get(source);
        double[][] completed = new double[task.rows().size()][source.columns().size()];
        for (int i = 0; i < completed.length; i++) {
            for (int j = 0; j < completed[i].length; j++) {
                double value = imputed == null ? Double.NaN : imputed[i][j];
                completed[i][j] = isMeasured(measured, i, j) ? measured[i][j]
                        : Double.isNaN(value) ? value : CellWriter.valid(study.schema(), source.columns().get(j), value);
            }
        }
        return completed;
    }

    private static boolean isMeasured(double[][] block, int row, int column) {
        return block != null && !Double.isNaN(block[row][column]);
    }

    private void fill(RowsOfTask rows, Source source, double[][] measured, double[][] completed, Map<DataTable, CsvEdits> edits) {
        DataTable first = rows.tables().getFirst();
        boolean isNew = rows.holder(source.columns().getFirst()) == null;
        if (isNew && isEmpty(completed)) {
            return;
        }
        if (isNew) {
            checkAlone(rows, source);
        }
        for (int j = 0; j < source.columns().size(); j++) {
            Column column = source.columns().get(j);
            DataTable holder = isNew ? first : rows.holder(column);
            CellWriter writer = reader.cells(holder).writer();
            String[] added = new String[holder.size()];
            int[] partners = rows.partners(holder);
            for (int i = 0; i < completed.length; i++) {
                if (isMeasured(measured, i, j)) {
                    continue;
                }
                String cell = Double.isNaN(completed[i][j]) ? null : writer.text(column, completed[i][j]);
                if (isNew) {
                    added[partners[i]] = cell;
                } else if (partners[i] >= 0) {
                    edits.get(holder).fill(partners[i], column.name(), cell);
                } else {
                    edits.get(holder).addRecord(names(rows, i, holder), column.name(), cell);
                }
            }
            if (isNew) {
                edits.get(first).addColumn(column.name(), added);
            }
        }
    }

    private static boolean isEmpty(double[][] block) {
        for (double[] row : block) {
            for (double cell : row) {
                if (!Double.isNaN(cell)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Columns that are added for a task must not be another task's as well. */
    private void checkAlone(RowsOfTask rows, Source source) {
        DataTable first = rows.tables().getFirst();
        List<String> tasks = reader.cohorts().stream().filter(other -> other.tables().contains(first)).map(RowsOfTask::task).toList();
        if (tasks.size() > 1) {
            throw first.problem("has no columns of source " + Text.quoted(source.name())
                    + ", which would be added for task " + Text.quoted(rows.task()) + ", but tasks " + Nearest.some(tasks)
                    + " share the file; give each task a file of its own");
        }
    }

    /** What names a task's row in a file that has no such row. */
    private Map<String, String> names(RowsOfTask rows, int row, DataTable table) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(study.schema().id(), rows.ids().get(row));
        if (study.schema().task() != null && table.has(study.schema().task())) {
            names.put(study.schema().task(), rows.task());
        }
        return names;
    }

    /** Nothing is written that would not be read as what was measured and imputed. */
    private void checkReadAgain(Map<String, TextFile> written, List<Map<Source, double[][]>> expected) {
        List<Task> tasks;
        List<Measured> again;
        try {
            StudyReader second = new StudyReader(path, options, written);
            Study read = second.read();
            tasks = read.tasks().given();
            again = measured(second, read);
        } catch (FileException e) {
            throw new FileException(study.file(), "cannot be completed; the completed files could not be read again: "
                    + e.getMessage());
        }
        for (int t = 0; t < tasks.size(); t++) {
            Task task = study.tasks().given().get(t);
            if (!tasks.get(t).rows().equals(task.rows()) || !Arrays.equals(tasks.get(t).response(), task.response())) {
                throw new FileException(study.file(), "cannot be completed: rows or responses of task " + Text.quoted(task.name())
                        + " would be read as others");
            }
        }
        for (int t = 0; t < expected.size(); t++) {
            Measured task = measured.get(t);
            Observations read = again.get(t).rows();
            expected.get(t).forEach((source, block) -> checkSame(task, source, block, read.blocks().get(source)));
        }
    }

    private void checkSame(Measured task, Source source, double[][] expected, double[][] read) {
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected[i].length; j++) {
                double now = read == null ? Double.NaN : read[i][j];
                if (now != expected[i][j] && !(Double.isNaN(now) && Double.isNaN(expected[i][j]))) {
                    throw new FileException(study.file(), "cannot be completed: task " + Text.quoted(task.task()) + ", row "
                            + Text.quoted(task.rows().rows().get(i)) + ", column " + Text.quoted(source.columns().get(j).name()) + ": "
                            + said(expected[i][j]) + " would be read again as " + said(now));
                }
            }
        }
    }

    private static String said(double value) {
        return Double.isNaN(value) ? "missing" : Schema.plain(value);
    }
}
