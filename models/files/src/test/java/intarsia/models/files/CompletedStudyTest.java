package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A completed study says what was measured byte by byte, and what was imputed where nothing was. */
class CompletedStudyTest {
    private static final String TOML = """
            id = "id"
            [response]
            column = "y"
            kind = "continuous"
            [tasks]
            a = "a.csv"
            b = "b.csv"
            [sources]
            exam = ["x"]
            labs = ["z"]
            """;
    private static final String B = "id,x,z,y\nq1,1,10,1\nq2,2,20,2\n";

    @TempDir
    private Path temporary;
    private Path folder;
    private Path out;
    private StudyFolder given;
    private List<String> notes;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("study"));
        out = temporary.resolve("out");
        given = new StudyFolder(folder).write("study.toml", TOML).write("b.csv", B);
    }

    /** Completes the study, every cell imputed as this number. */
    private Study complete(double number) {
        return complete(task -> blocks(task, number));
    }

    /** Completes the study and reads it again: measured cells are what they were, missing ones what was imputed. */
    private Study complete(Function<CompletedStudy.Measured, Map<Source, double[][]>> imputed) {
        CompletedStudy completed = CompletedStudy.read(folder, new Study.Options(null, true));
        try (FolderWriter writer = FolderWriter.begin(out, true)) {
            notes = completed.write(writer, imputed);
            writer.commit();
        }
        Study before = completed.study();
        Study after = Study.read(out, new Study.Options(null, notes.size() > 0));
        assertThat(bytes(out.resolve("study.toml"))).isEqualTo(bytes(before.file()));
        for (Task task : notes.isEmpty() ? before.tasks().given() : List.<Task>of()) {
            Task again = after.tasks().given().stream().filter(t -> t.name().equals(task.name())).findFirst().orElseThrow();
            assertThat(again.rows()).isEqualTo(task.rows());
            assertThat(again.response()).isEqualTo(task.response());
            for (Source source : before.schema().sources()) {
                check(task, source, imputed.apply(new CompletedStudy.Measured(task.name(), Observations.of(task))).get(source),
                        again.cells().get(source));
            }
        }
        return after;
    }

    private static void check(Task task, Source source, double[][] imputed, double[][] read) {
        double[][] measured = task.cells().get(source);
        for (int i = 0; i < task.size(); i++) {
            for (int j = 0; j < source.columns().size(); j++) {
                boolean there = measured != null && !Double.isNaN(measured[i][j]);
                double wanted = there ? measured[i][j] : imputed == null ? Double.NaN : imputed[i][j];
                boolean binary = source.columns().get(j).kind() == Column.Kind.BINARY;
                double now = read == null ? Double.NaN : read[i][j];
                assertThat(now + 0.0).as(task.name() + " " + task.rows().get(i) + " " + source.columns().get(j).name())
                        .isEqualTo(Double.valueOf((binary && !there ? Math.rint(wanted) : wanted) + 0.0));
            }
        }
    }

    private Map<Source, double[][]> blocks(CompletedStudy.Measured task, double number) {
        Map<Source, double[][]> blocks = new HashMap<>();
        for (Source source : Study.read(folder, new Study.Options(null, true)).schema().sources()) {
            double[][] block = new double[task.rows().size()][source.columns().size()];
            Arrays.stream(block).forEach(row -> Arrays.fill(row, number));
            blocks.put(source, block);
        }
        return blocks;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String written(String file) {
        return new String(bytes(out.resolve(file)), StandardCharsets.UTF_8);
    }

    private void refuses(double number, String message) {
        assertThatThrownBy(() -> complete(number)).isInstanceOf(FileException.class).hasMessageContaining(message);
        assertThat(out).doesNotExist();
    }

    @Test
    void fillsMissingCellsOnly() {
        given.write("a.csv", "id,remark,x,z,y\np1, \"a, b\" , 01.50 ,,1e0\np2,,NA,+2.5,2\np3,?,2.0, \"\" ,3");
        complete(0.1 + 0.2);
        assertThat(written("a.csv")).isEqualTo("id,remark,x,z,y\np1, \"a, b\" , 01.50 ,0.30000000000000004,1e0\n"
                + "p2,,0.30000000000000004,+2.5,2\np3,?,2.0,0.30000000000000004,3");
        assertThat(written("b.csv")).isEqualTo(B);
        assertThat(notes).isEmpty();
    }

    @Test
    void writesDecimalCommasAmongThem() {
        given.write("a.csv", "id;x;z;y\np1;1,5;;1\np2;;1.234,5;2\np3;-;2.000,25;3\n");
        complete(1234.5);
        assertThat(written("a.csv")).isEqualTo("id;x;z;y\np1;1,5;1234,5;1\np2;1234,5;1.234,5;2\np3;1234,5;2.000,25;3\n");
    }

    @Test
    void writesNumbersThatAreNotTakenForOthers() {
        given.write("a.csv", "id;x;z;w;y\np1;1,5;;;1\np2;;7;;2\np3;2,25;9;1.5;3\n")
                .edit("study.toml", "[\"z\"]", "[\"z\"]\nmore = [\"w\"]");
        complete(1.234);
        assertThat(written("a.csv")).isEqualTo("id;x;z;w;y\np1;1,5;1.2340;1.2340;1\np2;1,2340;7;1.2340;2\np3;2,25;9;1.5;3\n");
    }

    @Test
    void quotesADecimalCommaBetweenCommas() {
        given.write("a.csv", "id,x,z,y\np1,\"1,5\",,1\np2,,3,2\n");
        complete(0.25);
        assertThat(written("a.csv")).isEqualTo("id,x,z,y\np1,\"1,5\",\"0,25\",1\np2,\"0,25\",3,2\n");
    }

    @Test
    void writesLargeAndSmallNumbers() {
        given.write("a.csv", "id,x,z,y\np1,1,,1\np2,2,3,2\n");
        for (double number : new double[] {12345678.25, 1e-7, -3e20, 5, -0.0, Double.MIN_NORMAL, Double.MAX_VALUE, 1e15 / 3}) {
            complete(number);
        }
        complete(12345678.25);
        assertThat(written("a.csv")).contains("p1,1,12345678.25,1");
    }

    @Test
    void keepsMarkLineEndsQuotesAndComments() {
        given.write("a.csv", "\uFEFF# lab 7, \u00FC\r\n\"id\",\"x\",\"y\"\r\n\"p\n1\",1,1\r\n\r\n# later\r\n\"p2\",,2\r\n,,\r\n# end\r\n"
                .replace("p\n1", "p1")).write("b.csv", "id,x,z,y\rq1,1,10,1\rq2,2,20,2");
        complete(0.5);
        assertThat(written("a.csv")).isEqualTo("\uFEFF# lab 7, \u00FC\r\n\"id\",\"x\",\"y\",z\r\n\"p1\",1,1,0.5\r\n\r\n# later\r\n"
                + "\"p2\",0.5,2,0.5\r\n,,\r\n# end\r\n");
        assertThat(written("b.csv")).isEqualTo("id,x,z,y\rq1,1,10,1\rq2,2,20,2");
    }

    @Test
    void keepsQuotedCellsThatSpanLines() {
        given.write("a.csv", "remark,id,x,z,y\n\"one\n\"\"two\"\"\",p1,1,,1\n\"\",p2,2,4,2\n");
        complete(0.5);
        assertThat(written("a.csv")).isEqualTo("remark,id,x,z,y\n\"one\n\"\"two\"\"\",p1,1,0.5,1\n\"\",p2,2,4,2\n");
    }

    @Test
    void replacesListedSpellingsOfMissing() {
        given.edit("study.toml", "[response]", "missing = [\"not done\", -9]\n[response]")
                .write("a.csv", "id,x,z,y\np1,-9.0,not done,1\np2,2,4,2\np3,.,n/a,3\np4,5,6,4\n");
        complete(0.5);
        assertThat(written("a.csv")).isEqualTo("id,x,z,y\np1,0.5,0.5,1\np2,2,4,2\np3,0.5,0.5,3\np4,5,6,4\n");
    }

    @Test
    void refusesWhatWouldBeReadAsMissing() {
        given.edit("study.toml", "[response]", "missing = [-9]\n[response]").write("a.csv", "id,x,z,y\np1,,1,1\np2,2,4,2\n");
        refuses(-9, "study.toml: cannot be completed: task 'a', row 'p1', column 'x': -9 would be read again as missing");
    }

    @Test
    void addsColumnsAndRecords() {
        given.edit("study.toml", "\"a.csv\"", "[\"a.csv\", \"data/more.csv\"]")
                .edit("study.toml", "[\"z\"]", "[\"z\"]\nscan = [\"v\", \"a;b\"]")
                .write("a.csv", "id;x;y\np1;1;1\np2;2;2\np3;;3");
        given.write("b.csv", "id,x,z,v,a;b,y\nq1,1,10,1,1,1\nq2,2,20,2,2,2\n");
        folder.resolve("data").toFile().mkdir();
        given.write("data/more.csv", "who,id,z\r\nann,p2,7\r\nbob,p1,\r\ncid,p9,\r\n# end");
        complete(0.5);
        assertThat(written("a.csv")).isEqualTo("id;x;y;v;\"a;b\"\np1;1;1;0.5;0.5\np2;2;2;0.5;0.5\np3;0.5;3;0.5;0.5");
        assertThat(written("data/more.csv")).isEqualTo("who,id,z\r\nann,p2,7\r\nbob,p1,0.5\r\ncid,p9,\r\n,p3,0.5\r\n# end");
        assertThat(written("SHA256SUMS")).contains("  data/more.csv\n");
    }

    /** R numbers the rows in a column that the header does not name; other programs end every row with a separator. */
    @Test
    void addsColumnsToUnevenRows() {
        given.write("a.csv", "id,x,y\n1,p1,1,1\n2,p2,2,2\n");
        complete(0.5);
        assertThat(written("a.csv")).isEqualTo("id,x,y,z\n1,p1,1,1,0.5\n2,p2,2,2,0.5\n");
        given.write("a.csv", "id,x,y,,\np1,1,1\np2,2,2,,\n");
        complete(0.5);
        assertThat(written("a.csv")).isEqualTo("id,x,y,,,z\np1,1,1,,,0.5\np2,2,2,,,0.5\n");
        given.write("a.csv", "id,x,y\np1,1,1,,\np2,2,2\n");
        complete(0.5);
        assertThat(written("a.csv")).isEqualTo("id,x,y,z\np1,1,1,0.5,\np2,2,2,0.5\n");
    }

    @Test
    void addsNumberedRecords() {
        given.edit("study.toml", "\"a.csv\"", "[\"a.csv\", \"z.csv\"]").write("a.csv", "id,x,y\np1,1,1\np2,2,2\np3,3,3\n")
                .write("z.csv", "id z\n1 p1 5\n");
        complete(0.5);
        assertThat(written("z.csv")).isEqualTo("id z\n1 p1 5\n2 p2 0.5\n3 p3 0.5\n");
    }

    @Test
    void leavesWhatTheModelLeaves() {
        given.write("a.csv", "id,x,z,y\np1,NA,,1\np2,2, ? ,2\n");
        complete(task -> Map.of());
        assertThat(written("a.csv")).isEqualTo("id,x,z,y\np1,NA,,1\np2,2, ? ,2\n");
        given.write("a.csv", "id,x,y\np1,1,1\np2,2,2\n");
        complete(Double.NaN);
        assertThat(written("a.csv")).isEqualTo("id,x,y\np1,1,1\np2,2,2\n");
    }

    @Test
    void completesTasksInAColumn() {
        given.write("study.toml", """
                id = "id"
                task = "site"
                files = ["all.csv", "labs.csv"]
                [response]
                column = "y"
                kind = "continuous"
                [sources]
                exam = ["x"]
                labs = ["z"]
                """).write("all.csv", "id,site,x,y\np1,a,,1\np1,b,2,2\np2,a,3,3\np2,b,,4\n")
                .write("labs.csv", "z\tsite\tid\n7\ta\tp1\n\tb\tp2\n");
        complete(task -> blocks(task, task.task().equals("a") ? 0.25 : 0.5));
        assertThat(written("all.csv")).isEqualTo("id,site,x,y\np1,a,0.25,1\np1,b,2,2\np2,a,3,3\np2,b,0.5,4\n");
        assertThat(written("labs.csv")).isEqualTo("z\tsite\tid\n7\ta\tp1\n0.5\tb\tp2\n0.25\ta\tp2\n0.5\tb\tp1\n");
    }

    @Test
    void keepsASourceBelowTheMinimumShare() {
        given.write("a.csv", "id,x,z,y\np1,1,,1\np2,2,5.18,2\np3,3,,3\n");
        assertThat(Study.read(folder).tasks().task("a").blocks()).hasSize(1);
        complete(0.5);
        assertThat(written("a.csv")).isEqualTo("id,x,z,y\np1,1,0.5,1\np2,2,5.18,2\np3,3,0.5,3\n");
    }

    @Test
    void writesBinaryColumnsInTheirWords() {
        given.edit("study.toml", "[\"z\"]", "[\"z\"]\nflags = [\"f\", \"g\", \"h\", \"i\"]\n[columns]\nf = { kind = \"binary\" }\n"
                + "g = { kind = \"binary\" }\nh = { kind = \"binary\", levels = [\"m, or\", \"w\"] }\ni = { kind = \"binary\" }")
                .write("a.csv", "id,x,z,f,g,h,i,y\np1,1,1,1.0,Yes,w,,1\np2,2,1,,,,TRUE,2\np3,2,1,0,No,w,FALSE,3\n");
        complete(0.74);
        assertThat(written("a.csv")).isEqualTo("id,x,z,f,g,h,i,y\np1,1,1,1.0,Yes,w,TRUE,1\np2,2,1,1,Yes,w,TRUE,2\np3,2,1,0,No,w,FALSE,3\n");
        assertThat(written("b.csv")).isEqualTo("id,x,z,y,f,g,h,i\nq1,1,10,1,1,1,w,1\nq2,2,20,2,1,1,w,1\n");
        complete(0.49);
        assertThat(written("a.csv")).contains("p2,2,1,0,No,\"m, or\",TRUE,2\n").contains("p1,1,1,1.0,Yes,w,FALSE,1\n");
        given.write("a.csv", "id,x,z,f,g,h,i,y\np1,1,1,1.0,n,w,,1\np2,2,1,,,,true,2\n");
        complete(1);
        assertThat(written("a.csv")).contains("p2,2,1,1,y,w,true,2\n").contains("p1,1,1,1.0,n,w,true,1\n");
    }

    @Test
    void writesLevels() {
        given.edit("study.toml", "[\"z\"]", "[\"z\"]\n[columns]\nz = { kind = \"categorical\", levels = [1, \"=2+2\", \"say \\\"3\\\"\"] }")
                .write("a.csv", "id,x,z,y\np1,1,1.0,1\np2,2,,2\n").write("b.csv", "id,x,y\nq1,1,1\nq2,2,2\n");
        complete(0);
        assertThat(written("a.csv")).isEqualTo("id,x,z,y\np1,1,1.0,1\np2,2,1,2\n");
        complete(1);
        assertThat(written("a.csv")).isEqualTo("id,x,z,y\np1,1,1.0,1\np2,2,'=2+2,2\n");
        complete(2);
        assertThat(written("b.csv")).isEqualTo("id,x,y,z\nq1,1,1,\"say \"\"3\"\"\"\nq2,2,2,\"say \"\"3\"\"\"\n");
        assertThatThrownBy(() -> complete(0.5)).isInstanceOf(DataException.class)
                .hasMessage("column 'z': 0.5 is the code of none of its 3 levels");
    }

    @Test
    void keepsTheResponse() {
        given.edit("study.toml", "kind = \"continuous\"", "kind = \"binary\"\nabove = 2").write("a.csv", "id,x,y\np1,1, 3.0\np2,2,1\n")
                .write("b.csv", "id,x,z,y\nq1,1,10,2\nq2,2,20,2.5\n");
        assertThat(complete(0.5).tasks().task("a").response()).containsExactly(1, 0);
        assertThat(written("a.csv")).isEqualTo("id,x,y,z\np1,1, 3.0,0.5\np2,2,1,0.5\n");
    }

    @Test
    void refusesTwoValuesForOneCell() {
        given.edit("study.toml", "\"a.csv\"", "[\"a.csv\", \"labs.csv\"]").edit("study.toml", "\"b.csv\"", "[\"b.csv\", \"labs.csv\"]")
                .write("a.csv", "id,x,y\np1,1,1\np2,2,2\n").write("b.csv", "id,x,y\np1,1,1\np2,2,2\n")
                .write("labs.csv", "id,z\np1,4\np2,\n");
        Function<CompletedStudy.Measured, Map<Source, double[][]>> different = task -> blocks(task, task.task().equals("a") ? 0.25 : 0.5);
        assertThatThrownBy(() -> complete(different)).isInstanceOf(FileException.class).hasMessage(folder.resolve("labs.csv")
                + ":3:4: column 'z': two tasks share this cell, and the model imputes '0.25' for one and '0.5' for the other; "
                + "give each task a file of its own");
        given.write("labs.csv", "id,z\np1,4\n");
        assertThatThrownBy(() -> complete(different)).isInstanceOf(FileException.class)
                .hasMessageContaining("labs.csv: row {id=p2}, column 'z': two");
        complete(0.5);
        assertThat(written("labs.csv")).isEqualTo("id,z\np1,4\np2,0.5\n");
    }

    @Test
    void refusesToAddColumnsForOneOfTwoTasks() {
        given.edit("study.toml", "b = \"b.csv\"", "b = \"a.csv\"\nc = \"b.csv\"").write("a.csv", "id,x,y\np1,1,1\np2,2,2\n");
        refuses(0.5, "a.csv: has no columns of source 'labs', which would be added for task 'a', but tasks a, b share the file");
    }

    /** With a column more, the comment has as many cells as the header. */
    @Test
    void refusesWhatCannotBeReadAgain() {
        given.write("a.csv", "id,x,y\np1,1,1\n# one, two, three, four\np2,2,2\n");
        refuses(0.5, "study.toml: cannot be completed; the completed files could not be read again: " + folder.resolve("a.csv")
                + ":3:1: is this a comment or a row?");
    }

    @Test
    void refusesWhatDoesNotFit() {
        given.write("a.csv", "id,x,y\np1,1,1\np2,2,2\n");
        assertThatThrownBy(() -> complete(Double.POSITIVE_INFINITY)).isInstanceOf(DataException.class)
                .hasMessage("column 'z': Infinity cannot be written; it is not finite");
        assertThatThrownBy(() -> complete(task -> Map.of(Source.of("labs", "other"), new double[2][1]))).isInstanceOf(DataException.class)
                .hasMessage("source 'labs' with columns [other] is not in the study");
        assertThatThrownBy(() -> complete(task -> Map.of(Source.of("labs", "z"), new double[1][1]))).isInstanceOf(DataException.class)
                .hasMessage("task 'a': 1 rows were imputed, not 2");
    }

    @Test
    void keepsFilesInItsFolder() throws IOException {
        Files.writeString(temporary.resolve("far.csv"), "id,x,y\np1,1,1\np2,2,2\n");
        given.edit("study.toml", "\"a.csv\"", "\"../far.csv\"").edit("study.toml", "\"b.csv\"", "\"./b.csv\"");
        complete(0.5);
        assertThat(written("far.csv")).isEqualTo("id,x,y,z\np1,1,1,0.5\np2,2,2,0.5\n");
        assertThat(written("b.csv")).isEqualTo(B);
        assertThat(notes).containsExactly("'../far.csv' is written as 'far.csv'; name it so in the completed study.toml, "
                + "which still names the file outside");
        given.edit("study.toml", "\"./b.csv\"", "\"far.csv\"").write("far.csv", B);
        assertThatThrownBy(() -> complete(0.5)).isInstanceOf(FileException.class).hasMessage(folder.resolve("study.toml")
                + ": names the files '../far.csv' and 'far.csv', which would both be 'far.csv' in the completed study; rename one");
    }
}
