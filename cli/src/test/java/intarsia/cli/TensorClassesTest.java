package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tensor source and a response of three levels, from the study file to predictions. */
class TensorClassesTest {
    private static final String[] LEVELS = {"calm", "drowsy", "alert"};

    @TempDir
    private Path folder;

    private final Program program = new Program();

    /** What tells levels apart is one direction of each axis, stronger in some people than in others. */
    private static String rows(String who, int count, double strength, RandomStream random) {
        StringBuilder csv = new StringBuilder();
        for (int row = 0; row < count; row++) {
            double[] x = IntStream.range(0, 6).mapToDouble(j -> random.nextGaussian()).toArray();
            double eta = strength * (x[0] + x[1] - x[3] - x[4]);
            int level = eta < -0.8 ? 0 : eta < 0.8 ? 1 : 2;
            csv.append(who).append(row).append(',').append(who).append(',');
            Arrays.stream(x).forEach(number -> csv.append(number).append(','));
            csv.append(LEVELS[level]).append('\n');
        }
        return csv.toString();
    }

    private void study(String response, String fit) throws IOException {
        Files.writeString(folder.resolve("study.toml"), """
                name = "States"
                id = "id"
                task = "who"
                files = ["all.csv"]
                [response]
                column = "state"
                %s
                [sources]
                power = { columns = "p_*_*", shape = [2, 3], axes = ["region", "band"] }
                [fit]
                model = "tenmtl"
                baselines = ["mean", "lr-tucker"]
                [fit.tenmtl]
                %s
                """.formatted(response, fit));
        RandomStream random = RandomStream.of(3, "states");
        String header = "id,who,p_1_1,p_1_2,p_1_3,p_2_1,p_2_2,p_2_3,state\n";
        Files.writeString(folder.resolve("all.csv"), header + rows("ann", 60, 1, random) + rows("bob", 60, 2, random)
                + rows("cyd", 60, -1, random));
        Files.writeString(folder.resolve("later.csv"), header + rows("ann", 90, 1, random) + rows("cyd", 90, -1, random));
        Files.writeString(folder.resolve("dan.csv"), header + rows("dan", 20, 1.5, random));
    }

    @Test
    void classesAreAModeOfTheCoefficients() throws IOException {
        learns("kind = \"classes\"", "ranks = [[1, 1, 1, 1], [1, 1, 1, 2]]");
        assertThat(Files.readAllLines(folder.resolve("run/loadings-class.csv")).stream().map(line -> line.split(",")[0]))
                .contains("alert", "calm", "drowsy");
    }

    @Test
    void orderedLevelsAreReducedToBinaryModels() throws IOException {
        learns("kind = \"ordered\"\nlevels = [\"calm\", \"drowsy\", \"alert\"]", "ranks = [[1, 1, 1]]");
        assertThat(folder.resolve("run/loadings-class.csv")).doesNotExist();
    }

    /** Fits, judges rows of known people, adds another one and predicts it. */
    private void learns(String response, String ranks) throws IOException {
        study(response, ranks);
        String run = folder.resolve("run").toString();
        assertThat(program.run("fit", folder.toString(), "--repeats", "1", "--quiet", "--out", run)).as(program.err.toString()).isZero();
        assertThat(program.run("evaluate", run, folder.resolve("later.csv").toString(), "--out", folder.resolve("judged").toString()))
                .as(program.err.toString()).isZero();
        List<String[]> judged = Files.readAllLines(folder.resolve("judged/predictions.csv")).stream().skip(1)
                .map(line -> line.split(",")).toList();
        assertThat(judged).hasSize(180);
        long right = judged.stream().filter(cells -> cells[2].equals(cells[6])).count();
        assertThat(right / 180.0).as("right").isBetween(0.75, 1.0);
        String more = folder.resolve("with").toString();
        assertThat(program.run("transfer", run, folder.resolve("dan.csv").toString(), "--repeats", "2", "--quiet", "--out", more))
                .as(program.err.toString()).isZero();
        assertThat(program.run("predict", more, folder.resolve("dan.csv").toString())).as(program.err.toString()).isZero();
        assertThat(program.out.toString().lines()).hasSize(21);
    }

    @Test
    void ranksCountClassesToo() throws IOException {
        study("kind = \"classes\"", "ranks = [[1, 1, 1]]");
        assertThat(program.run("fit", folder.toString(), "--quiet", "--out", folder.resolve("run").toString())).isEqualTo(2);
        assertThat(program.err.toString().lines()).hasSize(1);
        assertThat(program.err.toString()).contains(":14:10: ranks [1.0, 1.0, 1.0] do not suit coefficients of [3, 2, 3, 2] "
                + "(individuals, then the predictors' modes, then classes less one): ");
    }

    /** Of coupled sources each class is learned by a binary model; ranks are those of the sources' modes. */
    @Test
    void coupledSourcesReduceClassesToBinaryModels() throws IOException {
        String fit = "coupled = [\"power\", \"other\"]\nranks = [[1, 1, 1, 1]]\nlasso = [0]";
        study("kind = \"classes\"", fit);
        Path toml = folder.resolve("study.toml");
        Files.writeString(toml, Files.readString(toml).replace("[sources]\n", "[sources]\nother = [\"age\"]\n"));
        Path csv = folder.resolve("all.csv");
        List<String> lines = Files.readAllLines(csv);
        for (boolean observed : new boolean[] {true, false}) {
            Files.write(csv, IntStream.range(0, lines.size()).mapToObj(i -> lines.get(i) + ',' + (i == 0 ? "age" : observed ? i % 7 : ""))
                    .toList());
            Path run = folder.resolve("coupled-" + observed);
            int status = program.run("fit", folder.toString(), "--repeats", "1", "--quiet", "--out", run.toString());
            assertThat(status).as(program.err.toString()).isEqualTo(observed ? 0 : 2);
        }
        assertThat(program.err.toString()).contains("study.toml:15:21: source 'other' is observed in no task, so nothing can be learned of "
                + "it; leave it out");
    }
}
