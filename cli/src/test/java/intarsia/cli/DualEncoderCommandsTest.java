package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import intarsia.cli.bits.BitsTable;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.DualEncoderModel;
import intarsia.models.files.model.ModelKinds;
import intarsia.models.files.model.Program;
import intarsia.models.files.model.RunFolder;
import intarsia.models.simulation.SharedCoefficients;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** fit --model dual-encoder, predict, transfer, describe: a way through, and what goes wrong in one line. */
class DualEncoderCommandsTest {
    private static final String FIT = """
            [fit.dual-encoder]
            similarity = "group"
            width = 6
            shared = 3
            task_specific = 2
            path = 3
            starts = 1
            epochs = 8
            alternations = 4
            steps = 5
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @BeforeEach
    void study() throws IOException {
        TaskSet data = new SharedCoefficients(4, 30, 3, 2, 0.3, 0, 0.2, 0.2, 0.3).draw(RandomStream.of(1));
        for (Task task : data.tasks()) {
            StringBuilder text = new StringBuilder("id,x1,x2,x3,y\n");
            double[][] x = task.cells().get(data.anchors().getFirst());
            for (int i = 0; i < task.size(); i++) {
                text.append("p").append(i).append(',').append(x[i][0]).append(',').append(x[i][1]).append(',').append(x[i][2]).append(',')
                        .append(task.response()[i]).append('\n');
            }
            Files.writeString(folder.resolve(task.name().replace("task ", "t") + ".csv"), text);
        }
        write(FIT);
    }

    private void write(String fit) throws IOException {
        Files.writeString(folder.resolve("study.toml"), """
                id = "id"
                [response]
                column = "y"
                kind = "continuous"
                [tasks]
                a = "t1.csv"
                b = "t2.csv"
                c = "t3.csv"
                [sources]
                all = ["x1", "x2", "x3"]
                """ + fit);
    }

    private int fit() {
        return run("fit", folder.toString(), "--model", "dual-encoder", "--repeats", "1", "--quiet", "--out",
                folder.resolve("run").toString());
    }

    @Test
    void fitsDescribesPredictsAndTakesOneMoreTask() throws IOException {
        assertThat(fit()).as(err.toString()).isZero();
        assertThat(out.toString()).contains("dual encoder", "Shared part of each task", "Tree of tasks", "penalty weight",
                "intarsia transfer");
        Path run = folder.resolve("run");
        assertThat(Files.readString(run.resolve("sharing.csv"))).startsWith("task,norm,deviation,shared share\na,");
        assertThat(Files.readString(run.resolve("similarity.csv"))).startsWith("name,");
        assertThat(Files.readString(run.resolve("figures/similarity.svg"))).contains("<svg");
        List<String> trace = Files.readAllLines(run.resolve("trace.csv"));
        for (int i = 2; i < trace.size(); i++) {
            assertThat(Double.parseDouble(trace.get(i).split(",")[1]))
                    .isLessThanOrEqualTo(Double.parseDouble(trace.get(i - 1).split(",")[1]) * (1 + 1e-12));
        }
        assertThat(run("describe", run.toString())).isZero();
        assertThat(out.toString()).startsWith("a model of kind dual-encoder")
                .contains("by Intarsia development, bits " + BitsTable.read().digest(), "tasks: a, b, c",
                        "Cosine between tasks' coefficients on the shared encoder");

        assertThat(run("predict", run.toString(), folder.resolve("t1.csv").toString(), "--task", "a")).isZero();
        List<String> predicted = out.toString().lines().toList();
        assertThat(predicted).hasSize(31).first().isEqualTo("id,task,prediction");

        assertThat(run("transfer", run.toString(), folder.resolve("t4.csv").toString(), "--repeats", "2")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("t4, added to", "transfer", "regression", "the model with task 't4' is in "
                + folder.resolve("run-t4"));
        RunFolder more = RunFolder.read(folder.resolve("run-t4"));
        assertThat(more.model().tasks()).containsExactly("a", "b", "c", "t4");
        assertThat(more.provenance().programs()).containsExactly(Version.program());
        Program other = new Program("0", "other bits");
        assertThat(more.provenance().and(other).programs()).containsExactly(Version.program(), other);
        assertThat(((DualEncoderModel) more.model()).coefficients().shared()).hasNumberOfRows(4);
        // What was fitted before predicts as before.
        assertThat(run("predict", folder.resolve("run-t4").toString(), folder.resolve("t1.csv").toString(), "--task", "a")).isZero();
        assertThat(out.toString().lines().toList()).isEqualTo(predicted);
        assertThat(run("predict", folder.resolve("run-t4").toString(), folder.resolve("t4.csv").toString(), "--task", "t4")).isZero();
        assertThat(out.toString().lines()).hasSize(31);
        assertThat(run("impute", run.toString(), "--out", folder.resolve("no").toString()))
                .as(err.toString()).isZero();
        assertThat(out.toString()).contains("0 cells of missing blocks imputed by joint normal");
        badNewTasks(run);
    }

    private void badNewTasks(Path run) throws IOException {
        Path csv = folder.resolve("new.csv");
        for (String[] bad : new String[][] {
            {"id,x1,x2,y\np,1,2,3\n", "new.csv:1:1: lacks 'x3' of source 'all', which the model reads"},
            {"id,x1,x2,x3\np,1,2,3\n", "new.csv:1:1: lacks the response 'y', which a new task is learned from"},
            {"id,x1,x2,X3,x3,y\np,1,2,3,4,5\n", "new.csv:1:10: column 'X3' differs from 'x3', which the model knows, only in capital"},
            {"id,task,x1,x2,x3,y\np,u,1,2,3,4\nq,v,1,2,3,5\n",
                    "new.csv:1:4: column 'task' names 2 tasks (u, v); transfer takes one at a time"},
            {"id,task,x1,x2,x3,y\np,a,1,2,3,4\nq,a,1,2,3,5\nr,a,1,2,3,6\ns,a,2,3,4,5\nt,a,2,2,2,2\n",
                    "task 'a': the model has one of this name already"},
            {"id,x1,x2,x3,y\np,1,2,3,4\nq,2,2,3,5\n",
                    "task 'new' has 2 rows, none of which is left for early stopping; give at least 3 rows, or leave the task out"},
            {"id,x1,x2,x3,y\np,1,two,3,4\n", "new.csv:2:5: column 'x2': 'two' is not a number"},
            {"id,x1,x2,x3,y\np,1,2,3,\n", "new.csv:2:9: response 'y' is missing"}}) {
            Files.writeString(csv, bad[0]);
            assertThat(run("transfer", run.toString(), csv.toString(), "--quiet")).as(bad[1]).isEqualTo(2);
            assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
            assertThat(err.toString()).contains(bad[1]);
            assertThat(folder.resolve("run-new")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "similarity = \"grup\"      | no similarity 'grup'; there are group, lasso, ridge, fusion, clusters(K), lowrank(K)",
        "similarity = \"clusters(0)\" | clusters(0): the number must be at least 1",
        "penalty = -1               | 'penalty' must be at least 0, not -1.0",
        "ridge = -1                 | 12:1: 'ridge' must be at least 0, not -1.0",
        "tolerance = -1             | 12:1: 'tolerance' must be at least 0, not -1.0",
        "path = 1                   | 12:1: 'path' must be a whole number from 2 to 1000, not 1",
        "ratio = 2                  | 12:1: 'ratio' must be above 0 and below 1, not 2.0",
        "depth = -1                 | 12:1: 'depth' must be a whole number from 0 to 100, not -1",
        "shared = 100000            | 12:1: 'shared' must be a whole number from 1 to 10000, not 100000",
        "penality = 1               | unknown key 'penality' in [fit.dual-encoder]; did you mean 'penalty'?",
        "depth = \"two\"            | 'depth' must be a whole number, not the string \"two\""})
    void aBadOptionIsOneLine(String line, String message) throws IOException {
        write("[fit.dual-encoder]\n" + line.strip() + "\n");
        assertThat(fit()).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("study.toml:", message);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"similarity = \"lowrank(99)\"", "similarity = \"clusters(99)\"", "similarity = \"group\"\ndepth = 0"})
    void fitsAtTheEdges(String lines) throws IOException {
        write(FIT.replace("similarity = \"group\"", lines));
        assertThat(fit()).as(err.toString()).isZero();
        assertThat(folder.resolve("run/figures/similarity.svg")).exists();
    }

    @Test
    void aTaskTooSmallToStopByIsOneLine() throws IOException {
        Files.writeString(folder.resolve("t2.csv"), "id,x1,x2,x3,y\np,1,2,3,4\nq,2,3,4,6\n");
        assertThat(fit()).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .contains("task 'b' has 2 rows, none of which is left for early stopping; give at least 3 rows, or leave the task out");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aStudyOfMethodsThatItsSettingsLackIsOneLine() {
        Path study = folder.resolve("study");
        assertThat(run("study", "dual-encoder", "--setting", "delta", "--methods", "median,ridge", "--replicates", "1", "--out",
                study.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("intarsia: --methods median,ridge: no setting asked for has any of them; delta has ")
                .doesNotContain("defect");
        assertThat(study).doesNotExist();
    }

    @Test
    void anUnknownKindOfModelIsOneLine() {
        assertThat(run("fit", folder.toString(), "--model", "dual", "--out", folder.resolve("run").toString())).isEqualTo(2);
        assertThat(err).hasToString("intarsia: --model dual: there are " + String.join(", ", ModelKinds.names()) + System.lineSeparator());
    }
}
