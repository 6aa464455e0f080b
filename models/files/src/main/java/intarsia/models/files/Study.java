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
 * missing = ["?", -9]                cells that mean "missing" in any column; an empty cell always does
 * ignore = ["remark"]                optional: columns of the files that are not used on purpose, so that no note names them
 * minimum_share = 0.5                below this share of a task's rows a source counts as not observed
 * on_bad_row = "skip"                optional: rows with a cell that cannot be read are left out and listed, instead of refused
 * storage = "f32"                    optional: numbers are rounded to floats as they are read, and take half the memory
 * anchor = ["exam"]                  optional: sources that must be observed in every task
 *
 * [response]
 * column = "num"
 * kind = "binary"                    or "continuous", "count", "classes", "ordered", "survival"
 * missing = "allowed"                optional: rows without a response teach imputation only, instead of being refused
 * above = 0                          optional: 1 where the column is above this, else 0
 * levels = ["benign", "malignant"]   optional: what stands for 0 and for 1; the classes; the levels from the lowest
 * exposure = "years"                 optional, of a count: in what it was counted
 * offset = "score"                   optional, of a quantity or 0/1: what is known of its linear predictor
 * time = "days"                      of survival, instead of a column: the time to the event, or until which a row was seen,
 * event = "status"                   whether the event was seen,
 * positive = "dead"                  which value says so,
 * entry = "enrolled"                 from when a row was seen,
 * times = [365, 730]                 when survival is predicted; the last three are optional
 * reading = "discrete"               optional: only intervals that end at these times count, instead of "cox"
 *
 * name = "disease"                   optional: what it is called
 *
 * [[response]]                       instead: one of several, each observed in some tasks at least
 * name = "pain"                      optional: what it is called; its column unless said
 *
 * [tasks]                            a file a task, or several, joined by id ...
 * cleveland = "cleveland.csv"
 * hungarian = ["exam.csv", "labs.csv"]
 *
 * [sources]                          what is measured together
 * exam = ["age", "sex"]
 *
 * [columns]                          continuous unless said otherwise
 * sex = { kind = "binary", levels = ["f", "m"] }
 * cp = { kind = "categorical", levels = [1, 2, 3, 4] }
 * chol = { missing = [0] }
 * crp = { censored = "half" }        what is read for &lt;0.5: "half" the limit, the "limit", or "sqrt2", the limit over the root of 2
 *
 * [csv]                              how files are written; what is not said is found out, see below
 * separator = ";"
 * decimal = ","
 * thousands = "."                    "," "." " " "'", or "" for none
 * comment = "#"                      lines that begin so are not read; "" for none
 * header_line = 1                    the line that names the columns
 * usual_missing = true               whether NA, N/A, NaN, NULL, "?", "." and "-" mean "missing"
 * [csv."hungarian.csv"]              the same for one file
 * separator = ","
 *
 * [design]                           optional: how rows are split; random rows, ten times, unless said
 * group = "patient"                  rows of a group stay together; or
 * time = "date"                      what is judged is later than what is learned from; or
 * split = "set"                      train, validation or test, row by row
 * stratify = true                    whether parts keep the shares of ones, classes, levels or events
 * folds = 5                          each row is held out once, instead of a fifth of them at random
 * repeats = 2                        how often
 *
 * [fit]                              options of the model, handed on as they are
 * </pre>
 *
 * Instead of {@code [tasks]}, {@code task = "hospital"} names a column with the task's name and {@code files = ["all.csv", "labs.csv"]} the
 * files. The first file of a list has the rows, the response and (with {@code task}) the tasks; the others are joined to it by {@code id},
 * and by {@code task} as well if they have that column.
 *
 * <p>What is found out, unless {@code [csv]} says it, and said in {@link #notes}: the separator (comma, semicolon, tab or vertical bar); a
 * decimal comma or a sign between thousands, where the column shows which it is; lines that begin with # and cannot be rows; rows without
 * content and columns without a name, which are not read; the usual spellings of missing; yes and no, y and n, true and false in a binary
 * column without {@code levels}. What may be read in two ways is refused at its line and column. Blanks around cells and names do not
 * count, whatever their width, and neither does the Unicode form (NFC or NFD). A name that differs in capital letters or inner blanks only
 * is refused with both spellings.
 *
 * <p>Limits: a study file has at most 4 MiB and nests at most 64 deep, a CSV file at most a million columns and, unless it is plain
 * (commas, no quotes, comments or empty lines, rows of one length), a gibibyte. Files are regular files inside the study's folder, links
 * followed, unless {@link Options#allowOutside}.
 *
 * @param file    the study file
 * @param name    the study's name; the folder's if none is given
 * @param schema  how cells become numbers
 * @param tasks   the tasks
 * @param files   the files each task's rows came from, by the task's name, of several responses the rows' ({@code Task#cohort})
 * @param missing how many cells are missing, by the same name and column; all of a task's rows if none of its files has the column
 * @param notes   what a person should know: what was assumed, files' columns that are not used, rows of joined files that have no partner
 * @param fit     the options block {@code [fit]}
 * @param digests SHA-256 of each file read, by its name; the study file is the first
 * @param skipped rows that were left out because of mistakes in them, if the study file asks for that
 */
public record Study(Path file, String name, Schema schema, TaskSet tasks, Map<String, List<String>> files, Map<String, Map<String,
        Integer>> missing,
        List<String> notes, Section fit, Map<String, String> digests, List<SkippedRow> skipped) {
    /** The name of the study file in its folder. */
    public static final String FILE_NAME = "study.toml";

    /**
     * How a study is read.
     *
     * @param response     the column to learn; null for the one that the study file names
     * @param allowOutside whether the study file may name files outside its folder, and links may lead there
     * @param linked       whether the tasks need no common source, as long as they are linked by way of each other
     */
    public record Options(String response, boolean allowOutside, boolean linked) {
        /** The response that the study file names, files in its folder only. */
        public static final Options PLAIN = new Options(null, false);

        /** With a common source. */
        public Options(String response, boolean allowOutside) {
            this(response, allowOutside, false);
        }
    }

    /**
     * Reads a study.
     *
     * @param folder a folder with a study.toml, or the TOML file itself
     * @throws FileException if anything in it cannot be used: one line that says where it stands and what to do
     */
    public static Study read(Path folder) {
        return read(folder, Options.PLAIN);
    }

    /** The same with another column as the response; null for the one that the study file names. */
    public static Study read(Path folder, String response) {
        return read(folder, new Options(response, false));
    }

    /** The same with options. */
    public static Study read(Path folder, Options options) {
        return new StudyReader(folder, options).read();
    }

    /** The study of each response alone; this one where there is one response. */
    public List<Study> each() {
        List<TaskSet> parts = tasks.byResponse();
        return parts.size() == 1 ? List.of(this) : parts.stream().map(part -> new Study(file, name,
                schema.about(part.tasks().getFirst().about()), part, files, missing, notes, fit, digests, skipped)).toList();
    }

    /** How many cells of a column are missing in a task. */
    public int missing(String task, String column) {
        Integer count = missing.getOrDefault(task, Map.of()).get(column);
        if (count == null) {
            throw new IllegalArgumentException("no column '" + column + "' in task '" + task + "'");
        }
        return count;
    }

    /**
     * What was read, in 64 hexadecimal digits: {@code sha256sum study.toml a.csv ... | sha256sum}, files in the order of {@link #digests}.
     */
    public String digest() {
        return Digests.overall(digests);
    }
}
