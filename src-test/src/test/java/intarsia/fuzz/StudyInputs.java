package intarsia.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.data.Column;
import intarsia.models.data.Task;
import intarsia.models.files.CsvFormat;
import intarsia.models.files.CsvTable;
import intarsia.models.files.NewRows;
import intarsia.models.files.Study;
import intarsia.models.files.Text;
import intarsia.models.files.model.FitOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tiny study with two tasks: its study file, its CSV files and new rows are changed one at a time. */
final class StudyInputs {
    static final String TOML = """
            id = "id"
            missing = [-9]
            [response]
            column = "y"
            kind = "continuous"
            [tasks]
            a = "a.csv"
            b = "b.csv"
            [sources]
            exam = ["x1", "x2"]
            labs = ["z", "w"]
            [columns]
            x2 = { kind = "binary" }
            z = { kind = "categorical", levels = ["low", "middle", "high"] }
            [fit]
            width = 3
            depth = 1
            epochs = 2
            imputer_width = 2
            single_task_width = 3
            single_task_depth = 1
            [fit.dual-encoder]
            width = 3
            depth = 1
            epochs = 2
            steps = 2
            alternations = 2
            path = 2
            """;
    static final String ROWS = "id,task,x1,x2,z,w\nr,a,3,1,high,4\ns,b,2.5,0,low,\nt,a,-9,,middle,1e-3\n";

    private static final String BY_COLUMN = """
            name = "By column"
            id = "id"
            task = "task"
            files = ["all.csv"]
            ignore = ["note"]
            minimum_share = 0.3
            anchor = ["exam"]
            [response]
            column = "y"
            kind = "binary"
            above = 3.5
            [sources]
            exam = ["x1"]
            labs = ["w", "v"]
            [columns]
            w = { missing = ["?", 99], censored = "half" }
            v = { kind = "binary", levels = ["no", "yes"] }
            [csv]
            comment = "#"
            usual_missing = true
            [csv."all.csv"]
            separator = ","
            decimal = "."
            thousands = ""
            header_line = 1
            [design]
            group = "id"
            stratify = false
            folds = 2
            repeats = 2
            [fit]
            model = "tenmtl"
            baselines = ["global", "regression"]
            [fit.tenmtl]
            modes = ["exam", "labs"]
            knots = { x1 = [2.5, 4.0] }
            lasso = [0, 0.1]
            ranks = [[1, 1, 1]]
            """;
    /** What the other kinds of response have to say. */
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of("count", "column = \"n\"\nexposure = \"e\"",
            "classes", "column = \"c\"\nmissing = \"allowed\"", "ordered", "column = \"g\"\nlevels = [1, 2, 3]",
            "survival", "time = \"e\"\nevent = \"d\"\npositive = \"dead\"\nentry = \"s\"\ntimes = [1, 2.5]"));
    private static final String OF_ALL_KINDS = """
            id,task,x,n,e,c,g,d,s,w
            1,a,1,0,0.5,red,1,dead,0,1
            2,a,2,3,1,blue,2,alive,0.5,2
            3,a,4,1,2,red,3,dead,0,0
            4,b,1,5,2.5,blue,1,dead,1,0.5
            5,b,3,2,3,red,2,alive,0,1
            6,b,5,0,4,blue,3,dead,2,3
            """;
    /** Pieces of TOML. */
    private static final TextMutator STUDY_WORDS = new TextMutator(List.of(
            "[", "]", "{", "}", "=", ",", ".", "\"", "'", "\"\"\"", "#", "\n", "[tasks]\n", "[sources]\n", "[fit]\n", "[[csv]]\n",
            "[csv]\n", "id", "task", "files", "x1", "a.csv", "b.csv", "missing.csv", "\"../a.csv\"", "\"/dev/null\"", "\".\"", "\"\"",
            "\"\\u0000\"", "\"\\uD800\"", "\"a\\nb\"", "[]", "{}", "[[]]", "[1, \"a\"]", "true", "nan", "-inf", "0x1F", "1e999", "-0.0",
            "1_000", "9223372036854775807", "9223372036854775808", "1979-05-27T07:32:00Z", "07:32:00", "0", "-1", "1", "2.5", "\"binary\"",
            "\"categorical\"", "\"count\"", "\"classes\"", "\"ordered\"", "\"survival\"", "weight", "exposure", "event", "entry",
            "times", "reading", "\"discrete\"", "offset", "positive", "missing", "on_bad_row", "\"skip\"", "\"allowed\"", "levels", "kind",
                    "group", "time",
            "split", "stratify", "folds", "above", "censored", "separator",
                    "separator = \"\"\n", "decimal = \",\"\n",
            "header_line = 2\n", "\"mtl-hmb\"", "\"clusters(9)\"", "a.b.c = 1\n", "\u00A0", "\u2028", "\uFEFF", "\t", "\r"));
    /** Cells that are hard to read. */
    private static final TextMutator CELLS = new TextMutator(List.of(
            ",", ",,", ";", "\t", "\"", "\"\"", "\"a,b\"", "\"a\nb\"", "\"x\"\"y\"", " \"1\" ", "\f\"", "\u2003\"1", "\u000B\"\"", "\n",
            "\r", "\r\n", "\n\n", "#", "# x", "sep=;\n", "|", "'", "'=1+1", "'-1", "-", "+", ".", "?", "NA", "nan", "Infinity", "1d",
            "0x1p3", "1f", "1e5", "1E+05", "1e", "1e400", "1e-400", "4.9e-324", "2.4703282292062328e-324", "1.7976931348623159e308",
            "9007199254740993", "0.1000000000000000055511151231257827", "1,5", "\"1,5\"", "\"1,234\"", "\"1,234.5\"", "1.234.567", "1.234",
            "1 234", "1'234", "-9", "-9.0", "\u22121", "+7", "-0", "00012", "1.", ".5", "<0.5", ">100", "\u0661", "\uFF11", "1\u00A0",
            "\u200B", "\uFEFF", "\u0000", "a\u0308", "\u00E4", "true", "yes", "dead", "alive", "red", "1.0", "0", "1",
            "low", "Low", "high ", "id", "x1", "y",
            "task", "a", "b", "\uD83D\uDE00"));

    private final Path folder;
    private int compared;

    /** Writes the study into a folder. */
    StudyInputs(Path folder) {
        this.folder = folder;
        write("study.toml", TOML);
        write("a.csv", csv("a"));
        write("b.csv", csv("b"));
        write("kinds.csv", OF_ALL_KINDS);
        write("all.csv", "id,task,x1,w,v,y,note\n1,a,1,<2,no,3,p\n2,a,4,5,yes,6,q\n3,b,7,?,no,2,r\n4,b,3,8,yes,9,s\n5,b,2,6,,1,t\n");
    }

    private static String csv(String task) {
        String[] levels = {"low", "middle", "high"};
        StringBuilder csv = new StringBuilder(task.equals("a") ? "id,x1,x2,z,w,y\n" : "id,x1,x2,y\n");
        for (int i = 0; i < 12; i++) {
            String labs = task.equals("a") ? "," + levels[i % 3] + "," + i * 3 % 13 : "";
            csv.append(task).append(i).append(',').append(i * 7 % 11).append(',').append(i * 5 % 2).append(labs).append(',')
                    .append(i * 7 % 11 + i % 3).append('\n');
        }
        return csv.toString();
    }

    private Path write(String name, String text) {
        try {
            return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The study. */
    Study study() {
        return Study.read(folder);
    }

    /** How many files were compared with what FastCSV reads. */
    int compared() {
        return compared;
    }

    /** Study files. */
    Target studies() {
        Target.Reading reading = text -> FitOptions.read(Study.read(write("changed.toml", text)));
        List<Target.Start> starts = new ArrayList<>(List.of(new Target.Start(TOML, reading), new Target.Start(BY_COLUMN, reading)));
        KINDS.keySet().forEach(kind -> starts.add(new Target.Start(study(kind, "kinds.csv"), reading)));
        return new Target("studies", STUDY_WORDS, starts);
    }

    /** A CSV file of a study: with commas, or with semicolons and decimal commas, as its study file says. */
    Target files() {
        String toml = TOML.replace("a.csv", "changed.csv");
        String semicolon = toml.replace("[fit]\n", """
                [csv."changed.csv"]
                separator = ";"
                decimal = ","
                thousands = ""
                comment = ""
                [fit]
                """);
        CsvFormat semicolons = new CsvFormat(";", ",", "", null, null, true);
        List<Target.Start> starts = new ArrayList<>(List.of(
                new Target.Start(csv("a"), text -> readFile(write("commas.toml", toml), CsvFormat.FOUND_OUT, ',', text(text))),
                new Target.Start(csv("a").replace(',', ';').replaceAll("(?m)^(a\\d+;\\d+)", "$1,5"), text ->
                        readFile(write("semicolons.toml", semicolon), semicolons, ';', text(text)))));
        KINDS.keySet().forEach(kind -> starts.add(new Target.Start(OF_ALL_KINDS, text -> {
            write("changed.csv", text(text));
            Study.read(write(kind + ".toml", study(kind, "changed.csv")));
        })));
        return new Target("CSV files", CELLS, starts);
    }

    /** A study of a kind of response, whose rows have weights. */
    private static String study(String kind, String file) {
        return """
                id = "id"
                task = "task"
                files = ["%s"]
                weight = "w"
                on_bad_row = "%s"
                [response]
                kind = "%s"
                %s
                [sources]
                exam = ["x"]
                """.formatted(file, kind.equals("classes") ? "skip" : "error", kind, KINDS.get(kind));
    }

    private void readFile(Path toml, CsvFormat format, char separator, String text) {
        CsvTable table = CsvTable.read(write("changed.csv", text), format);
        IndependentCsv other = IndependentCsv.judge(table, text, separator);
        if (other != null) {
            other.check(table);
        }
        Study study = Study.read(toml);
        if (other != null && study.notes().isEmpty()) {
            Task task = study.tasks().given().getFirst();
            other.check(task.cells());
            for (int row = 0; row < task.size(); row++) {
                assertThat(Text.normal(task.rows().get(row))).isEqualTo(other.cell(row, "id"));
                assertThat(task.response()[row] + 0.0).isEqualTo(other.number(row, Column.continuous("y")));
            }
            compared++;
        }
    }

    /** New rows, read for a model and predicted. */
    Target rows(ModelInputs models) {
        Study study = study();
        return new Target("new rows", CELLS, List.of(new Target.Start(ROWS, text -> {
            String written = text(text);
            Path file = write("rows.csv", written);
            IndependentCsv other = IndependentCsv.judge(CsvTable.read(file), written, ',');
            NewRows rows = NewRows.read(file, study.schema(), List.of("a", "b"), List.of(), null);
            if (other != null && rows.notes().isEmpty()) {
                other.check(rows.blocks());
                for (int row = 0; row < rows.size(); row++) {
                    assertThat(rows.tasks().get(row)).isEqualTo(other.cell(row, "task"));
                }
                compared++;
            }
            models.predict(rows);
        })));
    }

    /** The text that a file says: half of a surrogate pair cannot be written. */
    private static String text(String input) {
        return new String(input.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
