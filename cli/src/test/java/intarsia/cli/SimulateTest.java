package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.data.Source;
import intarsia.models.files.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateTest {
    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void writesAStudyAndTheHiddenTruthBesideIt() throws IOException {
        Path folder = temporary.resolve("b");
        assertThat(run("study", "simulate", "--setting", "B", "--rho2", "0.9", "--out", folder.toString())).isZero();
        assertThat(err.toString()).isEmpty();
        Study study = Study.read(folder);
        assertThat(study.name()).isEqualTo("Setting B: heterogeneous covariance, rho2 = 0.9");
        assertThat(study.tasks().tasks()).hasSize(2).allMatch(task -> task.size() == 300);
        assertThat(study.tasks().anchors()).extracting(Source::width).containsExactly(100);
        assertThat(study.tasks().others()).extracting(Source::name).containsExactly("source 1", "source 2");
        assertThat(Files.readString(folder.resolve("README.md")))
                .contains("intarsia study simulate --setting B --rho2 0.9 --seed 1", "source 2 in task 1; source 1 in task 2");
        List<String> seen = Files.readAllLines(folder.resolve("task-1.csv"));
        List<String> truth = Files.readAllLines(folder.resolve("truth/task-1.csv"));
        assertThat(truth.getFirst().split(",")).hasSize(1 + 150 + 1).contains("source 2.25");
        for (int i = 1; i < seen.size(); i++) {
            String[] cells = seen.get(i).split(",");
            assertThat(truth.get(i)).startsWith(String.join(",", java.util.Arrays.copyOf(cells, 126)) + ",").endsWith("," + cells[126]);
        }
    }

    @Test
    void sameSeedSameBytesAndMoreTasksOnDemand() throws IOException {
        Path first = temporary.resolve("first");
        Path second = temporary.resolve("second");
        for (Path folder : List.of(first, second)) {
            assertThat(run("study", "simulate", "--setting", "D", "--n", "20", "--tasks", "3", "--seed", "7", "--out", folder.toString()))
                    .isZero();
        }
        assertThat(second.resolve("truth/task-3.csv")).hasSameBinaryContentAs(first.resolve("truth/task-3.csv"));
        assertThat(Study.read(first).tasks().tasks()).hasSize(3);
    }

    @Test
    void fitLearnsFromIt() throws IOException {
        Path folder = temporary.resolve("d");
        assertThat(run("study", "simulate", "--setting", "D", "--n", "25", "--out", folder.toString())).isZero();
        Files.writeString(folder.resolve("study.toml"), Files.readString(folder.resolve("study.toml")) + "epochs = 3\nwidth = 8\n");
        assertThat(run("fit", folder.toString(), "--model", "mtl-hmb", "--repeats", "1", "--quiet", "--out",
                temporary.resolve("run").toString())).isZero();
        assertThat(out.toString()).contains("task 1", "task 2", "RMSE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "--setting G              | no setting 'G'; there are A, B, C, D, E, F, tasks, linear, bent, ablation",
        "--setting B --alpha 0.3  | --alpha: setting B varies --rho2",
        "--setting tasks --rho 1  | --rho: setting tasks varies --tasks",
        "--setting B --rho2 1     | simulation: correlations [0.95, 1.0] must lie between 0 and 1",
        "--tasks 0                | simulation: 0 tasks; at least 1 is needed",
        "--setting D --n 1        | simulation: rows [1, 1] must be at least 2, widths 100 and [25, 25] at least 1"})
    void saysWhatIsWrong(String args, String message) {
        Path folder = temporary.resolve("none");
        assertThat(run(("study simulate " + args + " --out " + folder).split(" +"))).isEqualTo(2);
        assertThat(err).hasToString("intarsia: " + message + System.lineSeparator());
        assertThat(folder).doesNotExist();
    }
}
