package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Task;
import intarsia.models.files.table.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies whose tables are queries. */
final class DatabaseStudyTest {
    private static final Study.Options OUTSIDE = new Study.Options(null, true);
    private static final String REST = """

            [response]
            column = "y"
            kind = "continuous"

            [sources]
            exam = ["age", "stage"]
            laboratory = ["marker"]

            [columns]
            stage = { kind = "categorical" }
            """;
    private static final String TASKS = """
            id = "patient"
            jdbc = "URL"

            [tasks]
            nord = { query = "select * from visits where clinic = ?", values = ["nord"] }
            west = [{ query = "select patient, age, stage, y from visits where clinic = ?", values = ["west"] }, "west.csv"]
            """;

    @TempDir
    private Path folder;
    private TestDatabase database;
    private final List<List<Object>> rows = new ArrayList<>();

    @BeforeEach
    void fill() throws SQLException, IOException {
        database = TestDatabase.sqlite(folder);
        database.run("create table visits (patient integer, clinic text, age integer, stage text, marker real, y real)");
        StringBuilder west = new StringBuilder("patient,marker\n");
        for (int i = 0; i < 40; i++) {
            String clinic = i % 2 == 0 ? "nord" : "west";
            Double marker = i % 7 == 0 ? null : i / 8.0 + 0.1;
            rows.add(Arrays.asList(i, clinic, 20 + i * 17 % 60, i % 3 == 0 ? "low" : "high", clinic.equals("nord") ? marker : null,
                    i * 0.3));
            west.append(clinic.equals("west") ? i + "," + (marker == null ? "" : marker) + "\n" : "");
        }
        database.fill("visits", rows);
        Files.writeString(folder.resolve("west.csv"), west);
    }

    private Path study(String tasks) throws IOException {
        Files.writeString(folder.resolve("study.toml"), tasks.replace("URL", database.url()) + REST);
        return folder;
    }

    private Study fromCsv() throws IOException {
        Path csv = Files.createDirectories(folder.resolve("csv"));
        for (String clinic : List.of("nord", "west")) {
            StringBuilder text = new StringBuilder("patient,age,stage,marker,y\n");
            rows.stream().filter(row -> row.get(1).equals(clinic)).forEach(row -> {
                int i = (int) row.get(0);
                text.append(i + "," + row.get(2) + "," + row.get(3) + "," + (i % 7 == 0 ? "" : i / 8.0 + 0.1) + "," + row.get(5) + "\n");
            });
            Files.writeString(csv.resolve(clinic + ".csv"), text);
        }
        Files.writeString(csv.resolve("study.toml"), "id = \"patient\"\n[tasks]\nnord = \"nord.csv\"\nwest = \"west.csv\"\n" + REST);
        return Study.read(csv);
    }

    private static void assertSame(Study read, Study expected) {
        for (Task task : expected.tasks().tasks()) {
            Task same = read.tasks().task(task.name());
            assertThat(same.rows()).isEqualTo(task.rows());
            assertThat(same.response()).isEqualTo(task.response());
            task.cells().forEach((source, block) -> assertThat(Arrays.deepEquals(same.cells().get(source), block)).isTrue());
        }
    }

    @Test
    void sameTasksAsOfCsv() throws IOException, SQLException {
        Study study = Study.read(study(TASKS), OUTSIDE);
        assertSame(study, fromCsv());
        assertThat(study.files().get("west")).containsExactly("query 6:9", "west.csv");
        assertThat(study.digests()).containsKeys("study.toml", "query 5:1", "query 6:9", "west.csv");
        // The order in which a database gives rows is nobody's choice.
        database.run("delete from visits");
        Collections.reverse(rows);
        database.fill("visits", rows);
        Study turned = Study.read(folder, OUTSIDE);
        assertSame(turned, study);
        assertThat(turned.digests()).isEqualTo(study.digests());
        assertThat(turned.digest()).isEqualTo(study.digest());
    }

    @Test
    void oneQueryForAllTasks() throws IOException {
        String one = "id = \"patient\"\ntask = \"clinic\"\nfiles = { jdbc = \"URL\", query = \"\"\"\n  select patient, clinic, age, stage, "
                + "coalesce(marker, 0.5) as marker, y\n  from visits\"\"\" }\n";
        Study study = Study.read(study(one), OUTSIDE);
        assertThat(study.tasks().tasks().stream().map(Task::name).toList()).containsExactlyInAnyOrder("nord", "west");
        assertThat(study.tasks().task("west").size()).isEqualTo(20);
    }

    private void assertRefused(String tasks, Study.Options options, String message) throws IOException {
        Path made = study(tasks);
        assertThatThrownBy(() -> Study.read(made, options)).isInstanceOf(FileException.class).hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    /** Each is one line with the query's place. */
    @Test
    void refusals() throws IOException {
        assertRefused(TASKS, Study.Options.PLAIN, "study.toml:5:1: a database is not in the study's folder; allow it: --allow-outside");
        assertRefused(TASKS.replace("jdbc = ", "# jdbc = "), OUTSIDE, "a query needs 'jdbc'");
        assertRefused(TASKS.replace("from visits where clinic = ?\", values = [\"nord\"]", "from nothing\""), OUTSIDE,
                "study.toml:5:1: the database says: ");
        assertRefused(TASKS.replace("values = [\"nord\"]", "values = [\"nord\", [1]]"), OUTSIDE, "'values' must list strings, numbers");
        assertRefused(TASKS.replace("values = [\"nord\"]", "value = \"nord\""), OUTSIDE, "unknown key 'value'");
        assertRefused(TASKS.replace("values = [\"nord\"]", "values = [\"ost\"]"), OUTSIDE, "study.toml:5:1: has a header and no rows");
        assertRefused(TASKS.replace("select * from", "select age as a, age as a, * from"), OUTSIDE, "study.toml:5:1: has two columns 'a'");
        assertRefused(TASKS.replace("URL", "jdbc:nosuch:x"), OUTSIDE,
                "study.toml:5:1: no JDBC driver for jdbc:nosuch: is on the class path");
        assertRefused(TASKS.replace("URL", "URL?password=Quelle-7713"), OUTSIDE, "take user and password out of it");
        assertRefused(TASKS.replace("clinic = ?\", values = [\"nord\"]", "clinic = 'nord'\"").replace("select * from",
                "select patient, 'x' as age, stage, marker, y from"), OUTSIDE, "study.toml:5:1: row 1: column 'age': 'x' is not a number");
        assertRefused(TASKS.replace("west = [{", "west = [7, {"), OUTSIDE, "'west' must be the name of a file, { query = ");
    }

    /** A study with a query is not completed. */
    @Test
    void completed() throws IOException {
        Path made = study(TASKS);
        assertThatThrownBy(() -> CompletedStudy.read(made, OUTSIDE)).isInstanceOf(FileException.class)
                .hasMessageContaining("is no CSV file, and only those can be completed");
    }
}
