package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final String HEART = "../examples/heart-disease";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void describesTheStudyBeforeAnythingIsLearned() {
        assertThat(run("describe", HEART)).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines())
                .startsWith("Heart disease at four hospitals")
                .contains("hungarian     294             0.361  hungarian.csv",
                        "switzerland    123  observed (-11)    - (48 of 123)     observed (-17)    - (5 of 123)      observed (-52)",
                        "chol      labs         continuous                 0         23          123   56",
                        "thal      thallium     one of 3, 6, 7             2        266           52  166",
                        "source       learned where observed    imputed from exam",
                        "fluoroscopy  cleveland                 hungarian, switzerland, va",
                        "labs         cleveland, hungarian, va  switzerland");
    }

    /** The figures were computed from the formula with numpy, columns standardized over all hospitals, categories as 0/1 columns. */
    @Test
    void describesHowFarHospitalsDiffer() {
        assertThat(run("describe", HEART, "--heterogeneity", "--anchors", "--permutations", "19")).isZero();
        assertThat(out.toString().lines())
                .contains("cleveland, hungarian    303 and 292  0.0747  0.05000",
                        "cleveland, switzerland  303 and 116  0.0987  0.05000",
                        "cleveland, va           303 and 141  0.1183  0.05000",
                        "hungarian, switzerland  292 and 116  0.0892  0.05000",
                        "hungarian, va           292 and 141  0.1695  0.05000",
                        "switzerland, va         116 and 141  0.0435  0.05000",
                        "tasks                          rows  together against alone  p of disagreement",
                        "groups: cleveland, hungarian, switzerland, va",
                        "anchors: exam alone is common to all tasks, there is nothing to choose");
    }

    @Test
    void saysWhenThereIsNothingToImpute(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("study.toml"), """
                [response]
                column = "y"
                kind = "continuous"
                [tasks]
                a = "a.csv"
                [sources]
                all = ["x"]
                """);
        Files.writeString(folder.resolve("a.csv"), "x,y,spare\n1,2,0\n3,4,0\n");
        assertThat(run("describe", folder.toString())).isZero();
        assertThat(out.toString()).contains("every source is observed in every task: nothing to impute")
                .contains("note: a.csv: columns not used: spare").contains("a        2      3.000  a.csv");
    }

    @Test
    void saysWhichTaskHasTooFewRowsToBeJudged(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("study.toml"), """
                [response]
                column = "y"
                kind = "continuous"
                [tasks]
                few = "few.csv"
                many = "many.csv"
                [sources]
                all = ["x"]
                """);
        Files.writeString(folder.resolve("few.csv"), "x,y\n1,2\n3,4\n");
        Files.writeString(folder.resolve("many.csv"), "x,y\n1,2\n3,4\n5,7\n6,6\n7,9\n8,8\n9,11\n10,12\n");
        assertThat(run("fit", folder.toString(), "--model", "regression", "--repeats", "2", "--quiet", "--kernels", "scalar", "--threads",
                "1", "--out", folder.resolve("run").toString())).as(err.toString()).isZero();
        assertThat(out.toString().lines()).contains(
                "warning: task 'few' has 2 rows, too few to hold any out, so its predictions are not judged");
        assertThat(out.toString()).doesNotContain("task 'many' has").containsPattern("few +RMSE +not defined");
    }

    /** Six columns of noise against a response of noise: more tasks than get a line each. */
    @Test
    void manyWarningsOfOneKindAreOneLine(@TempDir Path folder) throws IOException {
        StringBuilder study = new StringBuilder("[response]\ncolumn = \"y\"\nkind = \"continuous\"\n[tasks]\n");
        java.util.random.RandomGenerator random = new java.util.SplittableRandom(4);
        for (int t = 0; t < 9; t++) {
            study.append("t").append(t).append(" = \"t").append(t).append(".csv\"\n");
            StringBuilder csv = new StringBuilder("a,b,c,d,e,f,y\n");
            for (int i = 0; i < 16; i++) {
                for (int k = 0; k < 6; k++) {
                    csv.append(random.nextInt(1000)).append(',');
                }
                csv.append(random.nextInt(1000)).append('\n');
            }
            Files.writeString(folder.resolve("t" + t + ".csv"), csv);
        }
        Files.writeString(folder.resolve("study.toml"), study + "[sources]\nall = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]\n");
        assertThat(run("fit", folder.toString(), "--model", "regression", "--repeats", "4", "--quiet", "--out",
                folder.resolve("run").toString())).as(err.toString()).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("warning: in "))).hasSize(1).first().asString()
                .matches("warning: in [5-9] of 9 tasks the model is worse than predicting the task's mean on held-out rows: t\\d.*"
                        + "; scores.csv has the figures");
    }

    @Test
    void aTimeLimitLeavesTheFirstSplitAndTheOthersAreAddedLater(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.csv"), "x,y\n" + IntStream.range(0, 30).mapToObj(i -> i % 7 + "," + (i % 7 + i % 3) + "\n")
                .collect(Collectors.joining()));
        Files.writeString(folder.resolve("study.toml"), """
                [response]
                column = "y"
                kind = "continuous"
                [tasks]
                a = "a.csv"
                [sources]
                all = ["x"]
                """);
        String[] fit = {"fit", folder.toString(), "--model", "regression", "--repeats", "4", "--threads", "1", "--force", "--out",
                folder.resolve("run").toString()};
        String[] limited = Stream.concat(Stream.of(fit), Stream.of("--time-limit", "0s")).toArray(String[]::new);
        assertThat(run(limited)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("note: --time-limit 0s was enough to compare on 1 of 4 splits; the same command with --force and "
                + "more time compares on the others too", "mean over 1 of 4 random splits;");
        assertThat(run(fit)).as(err.toString()).isZero();
        assertThat(err.toString()).contains("resuming: 2 of 8 fits were done before");
        assertThat(out.toString()).contains("mean over 4 random splits");
        assertThat(folder).isDirectoryNotContaining("glob:**.run.fit-*");
        assertThat(run(Stream.concat(Stream.of(fit), Stream.of("--time-limit", "soon")).toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains("--time-limit soon: must be a number and a unit, such as 90s, 30m or 2h");
    }

    @Test
    void doctorSaysWhatWasChosen() {
        assertThat(run("doctor", "--kernels", "scalar", "--precision", "f32", "--threads", "2")).isZero();
        assertThat(out.toString().lines()).anyMatch(line -> line.startsWith("java       25"))
                .anyMatch(line -> line.startsWith("kernels    scalar"))
                .anyMatch(line -> line.matches("precision  F32")).anyMatch(line -> line.matches("threads    2"))
                .anyMatch(line -> line.matches("scalar +yes .*"))
                .anyMatch(line -> line.startsWith("vectors    module jdk.incubator.vector is"))
                .anyMatch(line -> line.startsWith("memory     arrays are "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "descibe x            | unknown command 'descibe'; did you mean describe?",
        "describe --debgu x   | unknown option '--debgu'; did you mean --debug?",
        "describe             | Missing required parameter: 'STUDY'; see intarsia describe --help",
        "describe x y         | unexpected argument 'y'; see intarsia describe --help",
        "--out x fit y        | option '--out': options come after the command, as in  intarsia COMMAND --out ...; see intarsia --help",
        "--quiet fit x        | option '--quiet': options come after the command, as in  intarsia COMMAND --quiet ...; see intarsia --help",
        "describe none        | none: there is no such folder; a study is a folder with a study.toml and CSV files",
        "describe @args       | @args: there is no such folder; a study is a folder with a study.toml and CSV files",
        "doctor --threads 0   | --threads 0: must be at least 1",
        "doctor --threads two | Invalid value for option '--threads': 'two' is not an int; see intarsia doctor --help",
        "doctor --kernels gpu | kernels 'gpu': not found, there are [simd, scalar, opencl]"})
    void saysOneLineAndEndsWithTwo(String args, String message) {
        assertThat(run(args.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err).hasToString("intarsia: " + message + System.lineSeparator());
    }

    /** Whatever nests: a study file that a parser would follow down to the end of its stack is one line. */
    @Test
    void aDeepStudyIsOneLine(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("study.toml"), "x = " + "[".repeat(100_000) + "\n");
        assertThat(run("describe", folder.toString())).isEqualTo(2);
        assertThat(err).hasToString("intarsia: " + folder.resolve("study.toml") + ":1:69: nests more than 64 deep"
                + System.lineSeparator());
    }

    @Test
    void showsTheStackTraceOnlyWhenAsked() {
        assertThat(run("describe", "none", "--debug")).isEqualTo(2);
        assertThat(err.toString()).startsWith("intarsia: none: there is no such folder").contains("at intarsia.models.files");
    }

    @Test
    void helpsAndSaysItsVersion() {
        assertThat(run()).isZero();
        assertThat(out.toString()).startsWith("Usage: intarsia").contains("describe", "doctor");
        out.getBuffer().setLength(0);
        assertThat(run("describe", "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: intarsia describe");
        out.getBuffer().setLength(0);
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("intarsia ").contains("Java 25");
        assertThat(err.toString()).isEmpty();
    }
}
