package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --interval} of predict and evaluate, and what fit says of it, on every kind of response. */
class IntervalCommandsTest {
    private static final String HEADER = "id,site,age,pressure,ill,falls,grade,organ,time,status\n";

    @TempDir
    private Path folder;

    private final Program program = new Program();

    private static String rows(String site, int count, long seed) {
        RandomStream random = RandomStream.of(seed);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            double z = random.nextGaussian();
            double noise = random.nextGaussian();
            rows.append(site).append(i).append(',').append(site).append(',').append(60 + 10 * z).append(',')
                    .append(120 + 10 * z + 5 * noise)
                    .append(',').append(z + noise > 0 ? 1 : 0).append(',')
                    .append((int) Math.max(0, Math.round(3 * Math.exp(z / 2) + noise)))
                    .append(',').append((int) Math.max(0, Math.min(2, Math.round(1 + z + noise / 2)))).append(',')
                    .append(z + noise > 0.5 ? "lung" : i % 2 == 0 ? "breast" : "colon").append(',')
                    .append(-Math.log(random.nextDouble()) * Math.exp(-z) + 0.01).append(',').append(i % 4 == 0 ? "alive" : "dead")
                    .append('\n');
        }
        return rows.toString();
    }

    private String write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private String fitted(String kind, String response, String model) throws IOException {
        write("study/all.csv", HEADER + rows("north", 120, 1) + rows("south", 90, 2) + rows("west", 6, 3));
        write("study/study.toml", """
                id = "id"
                task = "site"
                files = ["all.csv"]
                ignore = ["pressure", "ill", "falls", "grade", "organ", "time", "status"]
                [response]
                kind = "%s"
                %s
                [sources]
                exam = ["age"]
                [fit]
                baselines = []
                """.formatted(kind, response.replace(';', '\n')));
        String run = folder.resolve("run").toString();
        assertThat(program.run("fit", folder.resolve("study").toString(), "--model", model, "--repeats", "4", "--quiet", "--threads", "1",
                "--out", run)).as(program.err.toString()).isZero();
        return run;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"continuous | column = \"pressure\" | gp | low,high,model low,model high | pressure",
        "binary | column = \"ill\" | regression | set | ill", "count | column = \"falls\" | gp | low,high | falls",
        "classes | column = \"organ\" | regression | set | organ", "ordered | column = \"grade\" | gp | low,high | grade",
        "survival | time = \"time\"; event = \"status\"; positive = \"dead\" | regression | low,high | time"})
    void everyKindOfResponseHasIts(String kind, String response, String model, String columns, String truth) throws IOException {
        String run = fitted(kind, response, model);
        assertThat(program.out.toString()).contains("90.0 % prediction ", "covered [95 %]", "mean");
        assertThat(Files.readString(Path.of(run, "report.html"))).contains("How sure a prediction is", "Wilson");
        String csv = write("later.csv", HEADER + rows("north", 300, 4) + rows("south", 300, 5) + rows("west", 30, 6));
        assertThat(program.run("predict", run, csv, "--interval", "0.8")).as(program.err.toString()).isZero();
        List<String> lines = program.out.toString().lines().toList();
        List<String> header = List.of(lines.getFirst().split(","));
        assertThat(lines.getFirst()).contains("," + columns);
        List<String> given = Files.readString(Path.of(csv)).lines().toList();
        int place = List.of(HEADER.strip().split(",")).indexOf(truth);
        int held = 0;
        for (int row = 1; row < lines.size(); row++) {
            String[] cells = lines.get(row).split(",", -1);
            String seen = given.get(row).split(",")[place];
            if (columns.equals("set")) {
                held += List.of(cells[header.indexOf("set")].split(" \\| ")).contains(seen) ? 1 : 0;
            } else {
                String low = cells[header.indexOf("low")];
                String high = cells[header.indexOf("high")];
                assertThat(low).as("a lower end, of three tasks").isNotEmpty();
                held += Double.parseDouble(low) <= Double.parseDouble(seen)
                        && (high.isEmpty() || Double.parseDouble(high) >= Double.parseDouble(seen)) ? 1 : 0;
                assertThat(lines.get(row).contains("high: beyond the last predicted time ")).as("an open end is said to be one")
                        .isEqualTo(high.isEmpty());
                if (kind.equals("count")) {
                    assertThat(low + high).matches("[0-9]+");
                }
            }
        }
        // Of times the file gives those until which a quarter of rows was seen. 630 rows: four standard errors are 6 %.
        assertThat((double) held / 630).isBetween(kind.equals("survival") ? 0.7 : 0.72, 0.96);
        assertThat(program.run("evaluate", run, csv, "--interval", "0.8", "--out", folder.resolve("judged").toString()))
                .as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("80.0 % prediction ", "west");
        assertThat(Files.readString(folder.resolve("judged/report.html"))).contains("How sure a prediction is")
                .doesNotContain("the model was fitted on;");
        assertThat(program.err.toString()).doesNotContain("warning");
        theRowsOfTheStudyAreKnownAgain(run, rows("north", 2, 9));
        if (kind.equals("continuous")) {
            theRestOfIt(run, csv);
        }
    }

    /** In whatever order, and among others. */
    private void theRowsOfTheStudyAreKnownAgain(String run, String others) throws IOException {
        String csv = write("known.csv", HEADER + others.replace("north", "northern").replace(",northern,", ",north,") + rows("west", 6, 3)
                + rows("north", 120, 1));
        assertThat(program.run("evaluate", run, csv, "--out", folder.resolve("known").toString())).as(program.err.toString()).isZero();
        String said = "126 of 128 rows are, number for number, rows that the model was fitted on; what is said of them is better";
        assertThat(program.err.toString()).contains("intarsia: warning: " + said);
        assertThat(Files.readString(folder.resolve("known/report.html"))).contains(said);
    }

    /** What the run of a continuous response shows besides. */
    private void theRestOfIt(String run, String csv) {
        assertThat(program.run("predict", run, csv, "--interval", "90")).isEqualTo(2);
        assertThat(program.err.toString()).contains("--interval 90.0", "such as 0.9");
        assertThat(program.run("predict", run, csv, "--interval", "0.99999")).isZero();
        assertThat(program.err.toString()).contains("too few rows were held out to say where 0.99999 of the responses of tasks north, "
                + "south, west end");
        assertThat(program.out.toString().lines().skip(1).findFirst().orElseThrow()).contains(",,,");
        Path plain = folder.resolve("plain");
        RunFolder with = RunFolder.read(Path.of(run));
        try (FolderWriter writer = FolderWriter.begin(plain, false)) {
            new RunFolder(with.model(), with.schema(), with.provenance(), with.training(), null).write(writer);
            writer.commit();
        }
        assertThat(program.run("predict", plain.toString(), csv, "--interval", "0.9")).isEqualTo(2);
        assertThat(program.err.toString()).contains("has no held-out rows", "run fit again");
        assertThat(program.run("predict", plain.toString(), csv)).isZero();
    }

    @Test
    void aTaskThatWasAddedBorrowsItsIntervals() throws IOException {
        String run = fitted("continuous", "column = \"pressure\"", "gp");
        String csv = write("east.csv", HEADER + rows("east", 12, 7));
        String out = folder.resolve("run-east").toString();
        assertThat(program.run("transfer", run, csv, "--repeats", "1", "--quiet", "--threads", "1", "--out", out))
                .as(program.err.toString()).isZero();
        assertThat(program.run("predict", out, csv, "--interval", "0.9")).as(program.err.toString()).isZero();
        String[] cells = program.out.toString().lines().skip(1).findFirst().orElseThrow().split(",");
        assertThat(Double.parseDouble(cells[3])).isLessThan(Double.parseDouble(cells[2])).isFinite();
    }
}
