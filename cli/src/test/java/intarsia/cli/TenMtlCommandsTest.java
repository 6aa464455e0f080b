package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** fit of a study that names tenmtl, predict on its run: a way through, and what goes wrong in one line. */
class TenMtlCommandsTest {
    private static final String FIT = """
            [fit]
            model = "tenmtl"
            baselines = ["local-ridge", "global"]
            [fit.tenmtl]
            modes = ["time", "voice"]
            knots = { day = [3] }
            ranks = [[1, 2, 1], [2, 3, 2]]
            lasso = [0]
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private void study(String fit) throws IOException {
        Files.writeString(folder.resolve("study.toml"), """
                name = "Three people"
                task = "who"
                files = ["all.csv"]
                [response]
                column = "y"
                kind = "continuous"
                [sources]
                time = ["day"]
                voice = ["pitch", "noise"]
                """ + fit);
    }

    /** Each person's y bends at day 3, noise says nothing. */
    @BeforeEach
    void threePeople() throws IOException {
        study(FIT);
        StringBuilder csv = new StringBuilder("who,day,pitch,noise,y\n");
        for (int who = 0; who < 3; who++) {
            for (int i = 0; i < 30; i++) {
                double day = i / 5.0;
                double pitch = i * 7 % 11 - 5;
                csv.append(String.format(Locale.ROOT, "p%d,%s,%s,%d,%s%n", who, day, pitch, i * 5 % 13, truth(who, day, pitch)));
            }
        }
        Files.writeString(folder.resolve("all.csv"), csv.toString());
    }

    private static double truth(double who, double day, double pitch) {
        return 5 * who + (1 + who) * day + (2 - who) * Math.max(0, day - 3) + 0.5 * pitch;
    }

    @Test
    void fitsAndPredicts() throws IOException {
        Path run = folder.resolve("run");
        assertThat(run("fit", folder.toString(), "--repeats", "2", "--quiet", "--out", run.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("Three people", "TenMTL", "local ridge", "time: rank 3", "Individuals differ in 2 directions",
                "intarsia predict " + run);
        for (String file : List.of("model.json", "weights.safetensors", "metrics.json", "scores.csv", "individuals.csv", "similarity.csv",
                "loadings-time.csv", "loadings-voice.csv", "variance.csv", "figures/loadings-time.svg", "figures/similarity.svg")) {
            assertThat(run.resolve(file)).exists();
        }
        assertThat(Files.readAllLines(run.resolve("loadings-time.csv"))).hasSize(4).element(3).asString().startsWith("(day - 3)+,");
        Files.writeString(folder.resolve("new.csv"), "who,day,pitch,noise\np2,4.5,1,3\np0,1,-2,0\n");
        out.getBuffer().setLength(0);
        assertThat(run("predict", run.toString(), folder.resolve("new.csv").toString())).as(err.toString()).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("row,task,prediction");
        assertThat(Double.parseDouble(lines.get(1).split(",")[2])).isCloseTo(truth(2, 4.5, 1), within(1e-3));
        assertThat(Double.parseDouble(lines.get(2).split(",")[2])).isCloseTo(truth(0, 1, -2), within(1e-3));
        Files.writeString(folder.resolve("new.csv"), "who,day,pitch,noise\np3,4.5,1,3\n");
        assertThat(run("predict", run.toString(), folder.resolve("new.csv").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("new.csv:2:1: the model knows no task 'p3'");
        err.getBuffer().setLength(0);
        Files.writeString(folder.resolve("new.csv"), "who,day,pitch,noise\np2,1,1,1\np2,1e308,1e308,1e308\n");
        assertThat(run("predict", run.toString(), folder.resolve("new.csv").toString(), "--out", folder.resolve("p.csv").toString()))
                .isZero();
        assertThat(err.toString()).contains("new.csv: column 'pitch' is far outside what was learned from");
        assertThat(Files.readAllLines(folder.resolve("p.csv"))).hasSize(3).last().asString().contains("pitch 1.0E308 is far outside");
        err.getBuffer().setLength(0);
        assertThat(run("impute", run.toString(), "--out", folder.resolve("completed").toString()))
                .as(err.toString()).isZero();
        assertThat(out.toString()).contains("0 cells of missing blocks imputed by joint normal");
    }

    /** Two vectors; one of the three people has no voice, and is predicted by it once it has. */
    @Test
    void coupledSourcesMayBeMissing() throws IOException {
        study("""
                [fit]
                model = "tenmtl"
                baselines = ["local-ridge"]
                [fit.tenmtl]
                coupled = ["time", "voice"]
                ranks = [[1, 1, 1]]
                lasso = [0]
                """);
        StringBuilder csv = new StringBuilder("who,day,pitch,noise,y\n");
        for (int who = 0; who < 3; who++) {
            for (int i = 0; i < 30; i++) {
                double pitch = i * 7 % 11 - 5;
                String voice = who == 2 ? "," : pitch + "," + i * 5 % 13;
                csv.append(String.format(Locale.ROOT, "p%d,%s,%s,%s%n", who, i / 5.0, voice,
                        (who + 1) * (i / 5.0 + (who == 2 ? 0 : pitch))));
            }
        }
        Files.writeString(folder.resolve("all.csv"), csv.toString());
        Path run = folder.resolve("run");
        assertThat(run("fit", folder.toString(), "--repeats", "1", "--quiet", "--out", run.toString())).as(err.toString()).isZero();
        for (String file : List.of("loadings-time.csv", "loadings-voice.csv", "variance.csv")) {
            assertThat(run.resolve(file)).exists();
        }
        assertThat(Files.readAllLines(run.resolve("variance.csv"))).anyMatch(line -> line.startsWith("modalities,voice,"));
        Files.writeString(folder.resolve("new.csv"), "who,day,pitch,noise\np2,2,1,1\np2,2,2,1\np0,2,,\n");
        out.getBuffer().setLength(0);
        assertThat(run("predict", run.toString(), folder.resolve("new.csv").toString())).as(err.toString()).isZero();
        List<Double> predicted = out.toString().lines().skip(1).map(line -> Double.parseDouble(line.split(",")[2])).toList();
        // p2's slope of time is 3, and so of pitch: in others they are alike
        assertThat(predicted.get(1) - predicted.get(0)).isCloseTo(3, within(0.3));
        assertThat(predicted.get(2)).as("at its mean of pitch").isCloseTo(2, within(0.3));
        assertThat(run("fit", folder.toString(), "--model", "stl", "--repeats", "1", "--quiet", "--out", folder.resolve("stl").toString()))
                .as("others do not read the key").isZero();
    }

    /** Rows of somebody between p1 and p2, at the first days. */
    private Path newcomer(String name, int rows) throws IOException {
        StringBuilder csv = new StringBuilder("who,day,pitch,noise,y\n");
        for (int i = 0; i < rows; i++) {
            csv.append(String.format(Locale.ROOT, "%s,%s,%s,%d,%s%n", name, 1.3 * i, i * 3 % 5 - 2.0, i % 3,
                    truth(1.5, 1.3 * i, i * 3 % 5 - 2.0)));
        }
        return Files.writeString(folder.resolve("newcomer.csv"), csv.toString());
    }

    @Test
    void aNewcomerIsFoldedInFromAHandfulOfRows() throws IOException {
        Path run = folder.resolve("run");
        assertThat(run("fit", folder.toString(), "--repeats", "1", "--quiet", "--out", run.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("or  intarsia transfer " + run + " NEWTASK.csv");
        assertThat(run("transfer", run.toString(), newcomer("eve", 5).toString(), "--repeats", "2")).as(err.toString()).isZero();
        Path more = folder.resolve("run-eve");
        assertThat(out.toString()).contains("eve, added to", "transfer", "regression", "\neve            -0.19227",
                "the model with task 'eve' is in " + more);
        assertThat(Files.readAllLines(more.resolve("individuals.csv"))).hasSize(5).element(4).asString().startsWith("eve,");
        Files.writeString(folder.resolve("new.csv"), "who,day,pitch,noise\neve,5.5,1,3\np0,1,-2,0\n");
        out.getBuffer().setLength(0);
        assertThat(run("predict", more.toString(), folder.resolve("new.csv").toString())).as(err.toString()).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(Double.parseDouble(lines.get(1).split(",")[2])).isCloseTo(truth(1.5, 5.5, 1), within(0.02));
        assertThat(Double.parseDouble(lines.get(2).split(",")[2])).isCloseTo(truth(0, 1, -2), within(1e-3));
        // one row says little, and that is said
        assertThat(run("transfer", run.toString(), newcomer("adam", 1).toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("adam, added to " + run + "; it has 1 row, none of which is left to judge it by");
        assertThat(folder.resolve("run-adam/weights.safetensors")).exists();
    }

    @Test
    void aBadNewcomerIsOneLine() throws IOException {
        Path run = folder.resolve("run");
        assertThat(run("fit", folder.toString(), "--repeats", "1", "--quiet", "--out", run.toString())).as(err.toString()).isZero();
        Path csv = folder.resolve("new.csv");
        for (String[] bad : new String[][] {
            {"who,day,pitch,y\nx,1,2,3\n", "new.csv:1:1: lacks 'noise' of source 'voice', which the model reads"},
            {"who,day,pitch,noise\nx,1,2,3\n", "new.csv:1:1: lacks the response 'y', which a new task is learned from"},
            {"who,day,pitch,noise,y\np1,1,2,3,4\n", "task 'p1': the model has one of this name already"},
            {"who,day,pitch,noise,y\nx,1,2,3,4\nz,1,2,3,4\n",
                    "new.csv:1:1: column 'who' names 2 tasks (x, z); transfer takes one at a time"},
            {"who,day,pitch,noise,y\nx,one,2,3,4\n", "new.csv:2:3: column 'day': 'one' is not a number"},
            {"who,day,pitch,noise,y\n", "new.csv: has a header and no rows"}}) {
            Files.writeString(csv, bad[0]);
            err.getBuffer().setLength(0);
            assertThat(run("transfer", run.toString(), csv.toString())).as(bad[1] + err).isEqualTo(2);
            assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
            assertThat(err.toString()).contains(bad[1]);
            assertThat(folder.resolve("run-x")).doesNotExist();
        }
        Files.writeString(csv, "who,day,pitch,noise,y\nx,1,1e308,3,4\n");
        err.getBuffer().setLength(0);
        assertThat(run("transfer", run.toString(), csv.toString())).as(err.toString()).isZero();
        assertThat(err.toString()).contains("new.csv: column 'pitch' is far outside what was learned from");
    }

    @Test
    void withoutOptionsColumnsAreOneVectorAndTheKindCanBeAskedFor() throws IOException {
        study("");
        Path run = folder.resolve("run");
        assertThat(run("fit", folder.toString(), "--model", "tenmtl", "--repeats", "1", "--quiet", "--out", run.toString()))
                .as(err.toString()).isZero();
        assertThat(run.resolve("loadings-predictors.csv")).exists();
        assertThat(out.toString()).contains("SVD-ASO", "mean-regularized");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "[\"time\", \"voice\"]     | [\"time\", \"gait\"]  | 14:18: no source 'gait'; there are time, voice",
        "[\"time\", \"voice\"]     | [\"time\", \"time\"]  | 14:1: predictors: source 'time' is named twice among the modes",
        "modes = [\"time\", \"voice\"] | coupled = [\"time\", \"gait\"] | 14:20: no source 'gait'; there are time, voice",
        "modes = [\"time\", \"voice\"] | coupled = [\"time\", \"time\"] | 14:1: predictors: source 'time' is coupled twice",
        "knots = { day = [3] }     | coupled = [\"time\"]    | 15:1: 'coupled' and 'modes' exclude each other: either sources are ",
        "{ day = [3] }             | { dya = [3] }         | 15:1: predictors: knots are given for 'dya', "
                + "which is no continuous column of the sources used, or the place of a tensor",
        "[2, 3, 2]                 | [2, 3]                | 16:21: ranks [2.0, 3.0] do not suit coefficients of [3, 3, 3] (individuals, "
                + "then the predictors' modes): give as many whole numbers, each from 1 (individuals: 0) to the size",
        "[2, 3, 2]                 | [2, 4, 2]             | 16:21: ranks [2.0, 4.0, 2.0] do not suit coefficients of [3, 3, "
                + "3] (individuals, " + "then the predictors' modes): give as many whole numbers, each from 1 (individuals: 0) to the size",
        "lasso = [0]               | lasso = [-1]          | 17:1: 'lasso' must list at least one weight, none negative",
        "lasso = [0]               | laso = [0]            | 17:1: unknown key 'laso' in [fit.tenmtl]; did you mean 'lasso'?",
        "\"global\"                | \"gobal\"             | 12:29: no model 'gobal'; there are ",
        "\"global\"                | \"mean\", \"mean\"      | 12:37: 'baselines' lists 'mean' twice, or it is the model itself",
        "{ day = [3] }             | { day = [3, 3] }      | 15:1: predictors: column 'day' is to bend at 3.0 twice",
        "model = \"tenmtl\"        | model = \"tucker\"    | 11:1: no model 'tucker'; there are "})
    void saysWhatIsWrong(String good, String bad, String message) throws IOException {
        assertThat(FIT).contains(good);
        study(FIT.replace(good, bad));
        Path run = folder.resolve("run");
        assertThat(run("fit", folder.toString(), "--quiet", "--out", run.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("intarsia: " + folder.resolve("study.toml") + ":" + message);
        assertThat(run).doesNotExist();
    }
}
