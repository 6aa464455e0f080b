package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** fit on splits that the study says: the report names them, and every model takes them. */
class DesignCommandsTest {
    private final Program program = new Program();

    @TempDir
    private Path folder;

    /** Twenty patients with eight visits each over two wards; x1 is the patient's own, and so is the response, but for noise. */
    private void study(String design) throws IOException {
        RandomStream random = RandomStream.of(1);
        double[] level = new double[20];
        double[] own = new double[20];
        for (int p = 0; p < 20; p++) {
            level[p] = 3 * random.nextGaussian();
            own[p] = random.nextGaussian();
        }
        StringBuilder rows = new StringBuilder("ward,patient,day,set,x1,x2,y\n");
        for (int i = 0; i < 160; i++) {
            int p = i % 20;
            rows.append(i % 2 == 0 ? "north" : "south").append(",p").append(p).append(',').append(i / 2).append(',')
                    .append(i < 120 ? "train" : "test").append(',').append(own[p]).append(',').append(random.nextGaussian()).append(',')
                    .append(level[p] + 0.1 * random.nextGaussian()).append('\n');
        }
        Files.writeString(folder.resolve("all.csv"), rows);
        Files.writeString(folder.resolve("study.toml"), """
                task = "ward"
                files = ["all.csv"]
                ignore = ["patient", "day", "set"]
                [response]
                column = "y"
                kind = "continuous"
                [sources]
                exam = ["x1", "x2"]
                [design]
                %s
                [fit.auto]
                candidates = ["mean", "regression", "gp"]
                folds = 3
                [fit.gp]
                starts = 1
                steps = 20
                """.formatted(design));
    }

    private String rmse() {
        return program.out.toString().lines().filter(line -> line.startsWith("north") && line.contains("RMSE")).findFirst().orElseThrow()
                .replaceAll("north +RMSE +", "").split(" ")[0];
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "group = \"patient\" | 3 random splits of groups (patient) | --repeats 3",
        "folds = 2 | 2 folds |",
        "time = \"day\" | 5 folds from past to future (day) |",
        "split = \"set\" | 1 split as given (set) |"})
    void theReportNamesTheScheme(String design, String words, String more) throws IOException {
        study(design);
        String[] args = ("fit " + folder + " --model auto --quiet --threads 1 --out " + folder.resolve("run") + (more == null ? "" : " "
                + more))
                .split(" ");
        assertThat(program.run(args)).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("held-out rows, mean over " + words);
        assertThat(Files.readString(folder.resolve("run/metrics.json"))).contains("\"design\" : \"" + words + "\"");
    }

    /** A model that knows the patients looks good among their other visits, and not among others' visits. */
    @Test
    void groupsTellWhatRandomRowsHide() throws IOException {
        study("repeats = 3");
        assertThat(program.run("fit", folder.toString(), "--model", "gp", "--quiet", "--threads", "1", "--out",
                folder.resolve("rows").toString()))
                .as(program.err.toString()).isZero();
        double rows = Double.parseDouble(rmse());
        study("group = \"patient\"\nrepeats = 3");
        assertThat(program.run("fit", folder.toString(), "--model", "gp", "--quiet", "--threads", "1", "--out", folder.resolve("groups")
                .toString()))
                .as(program.err.toString()).isZero();
        double groups = Double.parseDouble(rmse());
        assertThat(rows).isLessThan(groups / 1.5);
    }

    @Test
    void aNewTaskIsJudgedBesideTheOthers() throws IOException {
        study("group = \"patient\"\nrepeats = 2");
        assertThat(program.run("fit", folder.toString(), "--model", "gp", "--leave-one-task-out", "--quiet", "--threads", "1", "--out",
                folder.resolve("run").toString())).as(program.err.toString()).isZero();
        assertThat(program.out.toString().lines().filter(line -> line.startsWith("task") && line.contains("metric"))).first().asString()
                .contains("Gaussian process, each task as a new one");
        assertThat(Files.readAllLines(folder.resolve("run/scores.csv"))).anyMatch(line -> line.startsWith("2,gp-new-task,south,rmse,"));
        assertThat(program.run("fit", folder.toString(), "--model", "regression", "--leave-one-task-out", "--quiet", "--out",
                folder.resolve("no").toString())).isEqualTo(2);
        assertThat(program.err.toString()).contains(" takes no new task, so none can be left out; auto, dual-encoder, gp and "
                + "tenmtl take one");
    }

    @Test
    void fixedSplitsAreNotRepeated() throws IOException {
        study("time = \"day\"");
        assertThat(program.run("fit", folder.toString(), "--model", "regression", "--repeats", "2", "--quiet", "--out",
                folder.resolve("run")
                .toString()))
                .isEqualTo(2);
        assertThat(program.err.toString())
                .startsWith("intarsia: --repeats: repeats 2: splits from past to future (day) are always the same; take it out");
    }
}
