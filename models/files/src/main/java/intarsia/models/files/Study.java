package intarsia.models.files;

import intarsia.models.data.TaskSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A study folder, read: a TOML file that says what the columns of the CSV files beside it mean, and the tasks that came of it.
 *
 * <pre>
 * name = "..."                       optional
 * id = "patient"                     the column that names a row; needed to join files
 * missing = ["?"]                    cells that mean "missing" in any column; an empty cell always does
 * minimum_share = 0.5                below this share of a task's rows a source counts as not observed
 * anchor = ["exam"]                  optional: sources that must be observed in every task
 *
 * [response]
 * column = "num"
 * kind = "binary"                    or "continuous"
 * above = 0                          optional: 1 where the column is above this, else 0
 *
 * [tasks]                            a file a task, or several, joined by id ...
 * cleveland = "cleveland.csv"
 * hungarian = ["exam.csv", "labs.csv"]
 *
 * [sources]                          what is measured together
 * exam = ["age", "sex"]
 *
 * [columns]                          continuous unless said otherwise
 * sex = { kind = "binary" }
 * cp = { kind = "categorical", levels = [1, 2, 3, 4] }
 * chol = { missing = [0] }
 *
 * [fit]                              options of the model, handed on as they are
 * </pre>
 *
 * Instead of {@code [tasks]}, {@code task = "hospital"} names a column with the task's name and {@code files = ["all.csv", "labs.csv"]} the
 * files. The first file of a list has the rows, the response and (with {@code task}) the tasks; the others are joined to it by {@code id},
 * and by {@code task} as well if they have that column.
 *
 * @param file    the study file
 * @param name    the study's name; the folder's if none is given
 * @param schema  how cells become numbers
 * @param tasks   the tasks
 * @param files   the files each task's rows came from, by the task's name
 * @param missing how many cells are missing, task by task and column by column
 * @param notes   what a person should know: files' columns that are not used, rows of joined files that have no partner
 * @param fit     the options block {@code [fit]}
 * @param digests SHA-256 of each file read, by its name; the study file is the first
 */
public record Study(Path file, String name, Schema schema, TaskSet tasks, Map<String, List<String>> files, List<MissingCells> missing,
        List<String> notes, Section fit, Map<String, String> digests) {
    /** The name of the study file in its folder. */
    public static final String FILE_NAME = "study.toml";

    /**
     * Missing cells of a column in a task's rows.
     *
     * @param task    the task
     * @param column  the column
     * @param missing how many of the rows have no value there; all of them if no file of the task has the column
     */
    public record MissingCells(String task, String column, int missing) {}

    /**
     * Reads a study.
     *
     * @param folder a folder with a study.toml, or the TOML file itself
     * @throws FileException if anything in it cannot be used: one line that says where it stands and what to do
     */
    public static Study read(Path folder) {
        return read(folder, null);
    }

    /** The same with another column as the response; null for the one that the study file names. */
    public static Study read(Path folder, String response) {
        return new StudyReader(folder, response).read();
    }

    /** How many cells of a column are missing in a task. */
    public int missing(String task, String column) {
        return missing.stream().filter(m -> m.task().equals(task) && m.column().equals(column)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column '" + column + "' in task '" + task + "'")).missing();
    }

    /**
     * What was read, in 64 hexadecimal digits: {@code sha256sum study.toml a.csv ... | sha256sum}, files in the order of {@link #digests}.
     */
    public String digest() {
        return Digests.overall(digests);
    }
}
