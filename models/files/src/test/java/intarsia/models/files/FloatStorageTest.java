package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study whose numbers are held as floats is the one whose tables were rounded to floats, and nothing is lost without a word. */
class FloatStorageTest {
    private static final String STUDY = """
            id = "id"
            storage = "f32"
            [response]
            column = "y"
            kind = "continuous"
            [tasks]
            a = "a.csv"
            b = "b.csv"
            [sources]
            exam = ["x1", "x2"]
            labs = ["z"]
            [columns]
            z = { kind = "categorical", levels = ["low", "high"] }
            """;

    @TempDir
    private Path folder;

    /** Two tables; numbers rounded to floats, and written as the doubles those are, or as drawn. Responses are the same. */
    private StudyFolder write(String name, String study, boolean rounded) throws IOException {
        StudyFolder made = new StudyFolder(Files.createDirectories(folder.resolve(name))).write("study.toml", study);
        RandomStream random = RandomStream.of(1);
        for (String task : List.of("a", "b")) {
            StringBuilder csv = new StringBuilder("id,x1,x2,z,y\n");
            for (int i = 0; i < 30; i++) {
                double first = random.nextDouble(-1, 1e6);
                double second = random.nextDouble() * 1e-20;
                csv.append(task).append(i).append(',').append(Double.toString(rounded ? (float) first : first)).append(',');
                csv.append(i == 7 ? "" : Double.toString(rounded ? (float) second : second)).append(',');
                csv.append(i % 3 == 0 ? "high" : "low").append(',').append(random.nextDouble()).append('\n');
            }
            made.write(task + ".csv", csv.toString().replace("E", "e"));
        }
        return made;
    }

    private static void requireSame(Task narrow, Task rounded) {
        assertThat(narrow.response()).isEqualTo(rounded.response());
        for (Source source : rounded.blocks().keySet()) {
            assertThat(narrow.blocks().get(source).precision()).isEqualTo(Precision.F32);
            assertThat(rounded.blocks().get(source).precision()).isEqualTo(Precision.F64);
            assertThat(Arrays.deepEquals(narrow.cells().get(source), rounded.cells().get(source))).isTrue();
        }
    }

    @Test
    void theStudyIsThatOfRoundedTables() throws IOException {
        Study narrow = Study.read(write("narrow", STUDY, false).path());
        Study rounded = Study.read(write("rounded", STUDY.replace("storage = \"f32\"\n", ""), true).path());
        assertThat(narrow.notes()).isEqualTo(rounded.notes());
        for (Task task : rounded.tasks().tasks()) {
            requireSame(narrow.tasks().task(task.name()), task);
        }
    }

    /** So that rows of the study are known again, and predicted as they were learned. */
    @Test
    void newRowsAreRoundedToo() throws IOException {
        StudyFolder made = write("narrow", STUDY, false);
        Study study = Study.read(made.path());
        NewRows rows = NewRows.read(made.path().resolve("a.csv"), study.schema(), List.of("a", "b"), List.of("exam"), "a");
        Task task = study.tasks().task("a");
        task.blocks().forEach((source, block) -> assertThat(Arrays.deepEquals(rows.blocks().get(source), block.rows())).isTrue());
    }

    @Test
    void whatFloatsCannotHoldIsRefusedAtItsCell() throws IOException {
        for (String cell : List.of("1e200", "3.5e38", "-1e39")) {
            StudyFolder made = write("large", STUDY, false);
            spoil(made, cell);
            assertThatThrownBy(() -> Study.read(made.path())).isInstanceOf(FileException.class).hasMessage(made.path().resolve("a.csv")
                    + ":3:4: column 'x1': '" + cell + "' is too large a number for storage = \"f32\", which holds 1.2e-38 to 3.4e38; "
                    + "give the column another unit, or take 'storage' out of the study file");
        }
        StudyFolder made = write("small", STUDY, false);
        spoil(made, "1e-40");
        assertThatThrownBy(() -> Study.read(made.path())).hasMessageContaining(":3:4: column 'x1': '1e-40' is too small a number for");
        spoil(made, "0");
        assertThat(Study.read(made.path()).tasks().task("a").cells().values().iterator().next()[1][0]).isZero();
    }

    /** Writes another first cell into the second row of the first table. */
    private static void spoil(StudyFolder study, String cell) throws IOException {
        List<String> lines = Files.readAllLines(study.path().resolve("a.csv"));
        String[] cells = lines.get(2).split(",", -1);
        cells[1] = cell;
        lines.set(2, String.join(",", cells));
        study.write("a.csv", String.join("\n", lines) + "\n");
    }

    @Test
    void identifiersAndSmallDifferencesAreSaid() throws IOException {
        StudyFolder made = write("numbers", STUDY, false);
        StringBuilder csv = new StringBuilder("id,x1,x2,z,y\n");
        for (int i = 0; i < 30; i++) {
            csv.append("a").append(i).append(',').append(123456789 + i).append(',').append(1e6 + i / 100.0).append(",low,").append(i)
                    .append('\n');
        }
        made.write("a.csv", csv.toString());
        assertThat(Study.read(made.path()).notes()).contains("a.csv: column 'x1': floats hold whole numbers up to 16777216 only; 123456789 "
                + "read as 123456792, 26 cells (first: line 2); leave the column out if its numbers name something, else take "
                + "storage = \"f32\" out of the study file",
                "a.csv: column 'x2': numbers from 1000000 to 1000000.29 are held in steps of 0.0625 by storage = \"f32\"; subtract what "
                + "they have in common, or take 'storage' out of the study file");
    }

    @Test
    void anotherWordIsRefused() {
        StudyFolder made = StudyFolder.good(folder).edit("study.toml", "id =", "storage = \"float\"\nid =");
        assertThatThrownBy(() -> Study.read(made.path())).hasMessageEndingWith(
                "study.toml:1:1: 'storage' is \"f64\" or \"f32\", not \"float\"");
    }
}
