package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are Parquet files or queries, and a file of rows that is read piece by piece. */
class TablesCommandsTest {
    private static final Path CLINICS = Path.of("../models/parquet/src/test/resources/clinics");
    private static final String PASSWORD = "Quelle-7713";
    private static final String READER = "leserin";
    private static final String REST = """

            [response]
            column = "y"
            kind = "continuous"

            [sources]
            clinical = ["age", "stage"]
            laboratory = ["marker", "dose"]

            [columns]
            stage = { kind = "categorical" }
            """;

    private final Program program = new Program();

    @TempDir
    private Path folder;

    private Path study(String name, String tables) throws IOException {
        Path study = Files.createDirectories(folder.resolve(name));
        Files.writeString(study.resolve("study.toml"), tables + REST);
        return study;
    }

    private Path fitted(Path study, String... more) {
        Path run = folder.resolve(study.getFileName() + "-run");
        List<String> args = new ArrayList<>(List.of("fit", study.toString(), "--model", "regression", "--repeats", "2", "--quiet",
                "--threads", "1", "--out", run.toString()));
        args.addAll(List.of(more));
        assertThat(program.run(args.toArray(String[]::new))).as(program.err.toString()).isZero();
        return run;
    }

    /** A file's bytes, but for times and the names of files. */
    private static void assertSame(Path a, Path b, String... files) throws IOException {
        for (String file : files) {
            assertThat(Files.readAllBytes(a.resolve(file))).as(file).isEqualTo(Files.readAllBytes(b.resolve(file)));
        }
    }

    @Test
    void parquetAsCsv() throws IOException {
        List<Path> runs = new ArrayList<>();
        List<String> predicted = new ArrayList<>();
        for (String file : new String[] {"clinics.csv", "clinics-zstd.parquet"}) {
            Path study = study(file.replace('.', '-'), "id = \"patient\"\ntask = \"clinic\"\nfiles = [\"" + file + "\"]\n");
            Files.copy(CLINICS.resolve(file), study.resolve(file));
            runs.add(fitted(study));
            assertThat(program.run("predict", runs.getLast().toString(), study.resolve(file).toString())).as(program.err.toString())
                    .isZero();
            predicted.add(program.out.toString());
        }
        assertSame(runs.get(0), runs.get(1), "weights.safetensors", "model.json", "metrics.json", "held-out.csv", "training.json");
        assertThat(predicted.get(1)).isEqualTo(predicted.get(0)).hasLineCount(91);
        Path broken = folder.resolve("clinics-csv").resolve("broken.parquet");
        Files.write(broken, "PAR1 and nothing else".getBytes(StandardCharsets.UTF_8));
        assertThat(program.run("predict", runs.getFirst().toString(), broken.toString())).isEqualTo(2);
        assertThat(program.err.toString()).contains("broken.parquet: cannot be read as a Parquet file").hasLineCount(1);
    }

    private String database() throws SQLException {
        String url = "jdbc:h2:file:" + folder.resolve("clinics");
        try (Connection connection = DriverManager.getConnection(url, READER,
                PASSWORD); Statement statement = connection.createStatement()) {
            statement.execute("create table visits as select * from csvread('" + CLINICS.resolve("clinics.csv").toAbsolutePath() + "')");
        }
        return url;
    }

    private int inAnotherProcess(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("said.txt").toFile());
        process.environment().put("INTARSIA_JDBC_USER", READER);
        process.environment().put("INTARSIA_JDBC_PASSWORD", PASSWORD);
        return process.start().waitFor();
    }

    /** The same model as from the CSV file; user, password and URL are in nothing that was written or said. */
    @Test
    void queries() throws IOException, SQLException, InterruptedException {
        String url = database();
        Path study = study("asked", "id = \"patient\"\ntask = \"clinic\"\njdbc = \"" + url + "\"\nfiles = { query = \"select patient as "
                + "\\\"patient\\\", clinic as \\\"clinic\\\", age as \\\"age\\\", stage as \\\"stage\\\", marker as \\\"marker\\\", "
                + "dose as \\\"dose\\\", y as \\\"y\\\" from visits where age > ?\", values = [0] }\n");
        Path run = folder.resolve("asked-run");
        assertThat(inAnotherProcess("fit", study.toString(), "--allow-outside", "--model", "regression", "--repeats", "2", "--quiet",
                "--threads", "1", "--out", run.toString())).as(Files.readString(folder.resolve("said.txt"))).isZero();
        Path other = study("read", "id = \"patient\"\ntask = \"clinic\"\nfiles = [\"clinics.csv\"]\n");
        Files.copy(CLINICS.resolve("clinics.csv"), other.resolve("clinics.csv"));
        assertSame(run, fitted(other), "weights.safetensors", "model.json", "metrics.json");
        try (Stream<Path> written = Files.walk(run)) {
            List<Path> files = Stream.concat(written.filter(Files::isRegularFile), Stream.of(folder.resolve("said.txt"))).toList();
            assertThat(files).hasSizeGreaterThan(5);
            for (Path file : files) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(PASSWORD)
                        .doesNotContain(READER).doesNotContain(url);
            }
        }
        assertThat(Files.readString(run.resolve("provenance.json"))).contains("query 4:1");
        assertThat(program.run("describe", study.toString())).isEqualTo(2);
        assertThat(program.err.toString()).contains("study.toml:4:1: a database is not in the study's folder; allow it: --allow-outside")
                .hasLineCount(1);
        assertThat(program.run("describe", study.toString(), "--allow-outside")).isEqualTo(2);
        assertThat(program.err.toString()).contains("study.toml:4:1: the database says: ").doesNotContain(url).hasLineCount(1);
    }

    @Test
    void passwordInTheUrl() throws IOException {
        Path study = study("asked", "id = \"patient\"\ntask = \"clinic\"\njdbc = \"jdbc:h2:file:/tmp/a;USER=me;PASSWORD=" + PASSWORD
                + "\"\nfiles = { query = \"select 1\" }\n");
        assertThat(program.run("describe", study.toString(), "--allow-outside")).isEqualTo(2);
        assertThat(program.err.toString()).contains("study.toml:4:1: ", "set INTARSIA_JDBC_USER and INTARSIA_JDBC_PASSWORD")
                .doesNotContain(PASSWORD).hasLineCount(1);
        assertThat(program.out.toString()).isEmpty();
    }

    /** Predictions of a file that is read in pieces are those of its rows alone; a note on the last row adds a column to all. */
    @Test
    void piecesOfRows() throws IOException {
        Path study = study("read", "id = \"patient\"\ntask = \"clinic\"\nfiles = [\"clinics.csv\"]\n");
        Files.copy(CLINICS.resolve("clinics.csv"), study.resolve("clinics.csv"));
        Path run = fitted(study);
        StringBuilder text = new StringBuilder("patient,clinic,age,stage,marker,dose\n");
        int count = 300_000;
        for (int i = 0; i < count; i++) {
            text.append(1_000_000 + i).append(i % 2 == 0 ? ",Nord," : ",West,").append(20 + i % 50).append(i % 3 == 0 ? ",low," : ",high,")
                    .append(i % 977 / 100.0).append(",5.").append("1234567890".repeat(3)).append(i * 7919L % 1_000_000).append("\n");
        }
        text.append("x,Nord,9999,low,1,5\n");
        Path rows = Files.writeString(folder.resolve("rows.csv"), text);
        assertThat(Files.size(rows)).isGreaterThan(17L << 20);
        Path out = folder.resolve("new/folder/predicted.csv");
        assertThat(program.run("predict", run.toString(), rows.toString(), "--out", out.toString())).as(program.err.toString()).isZero();
        assertThat(program.err.toString()).contains("column 'age' is far outside").hasLineCount(1);
        List<String> all = Files.readAllLines(out);
        assertThat(all).hasSize(count + 2).startsWith("patient,task,prediction,note").last().asString().contains("age 9999 is far outside");
        List<String> given = text.toString().lines().toList();
        for (int at : new int[] {1, 150_000, count}) {
            Path few = Files.writeString(folder.resolve("few.csv"), given.getFirst() + "\n" + given.get(at) + "\n");
            assertThat(program.run("predict", run.toString(), few.toString())).isZero();
            assertThat(program.out.toString().lines().toList().get(1) + ",").isEqualTo(all.get(at));
        }
        assertThat(program.run("predict", run.toString(), rows.toString())).isZero();
        assertThat(program.out.toString()).isEqualTo(Files.readString(out));
        Files.writeString(rows, text.append("y,Nord,old,low,1,5\n"));
        assertThat(program.run("predict", run.toString(), rows.toString(), "--out", out.toString(), "--force")).isEqualTo(2);
        assertThat(program.err.toString()).contains("rows.csv:" + (count + 3) + ":8: column 'age': 'old' is not a number").hasLineCount(1);
        assertThat(Files.readAllLines(out)).isEqualTo(all);
        Path never = folder.resolve("never/made/predicted.csv");
        assertThat(program.run("predict", run.toString(), rows.toString(), "--out", never.toString())).isEqualTo(2);
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.contains("writing") || name.equals("never"));
        }
    }
}
