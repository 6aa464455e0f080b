package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row weights at the command line, and counts that are overdispersed. */
class WeightsCommandsTest {
    @TempDir
    private Path folder;

    private final Program program = new Program();

    private String study(String rows) throws IOException {
        return study(rows, "continuous", "y", "weight = \"w\"");
    }

    private String study(String rows, String kind, String column, String weight) throws IOException {
        Files.createDirectories(folder.resolve("study"));
        Files.writeString(folder.resolve("study/all.csv"), rows);
        Files.writeString(folder.resolve("study/study.toml"), """
                id = "id"
                %s
                [response]
                kind = "%s"
                column = "%s"
                [tasks]
                all = "all.csv"
                [sources]
                exam = ["x"]
                [fit]
                baselines = []
                """.formatted(weight, kind, column));
        return folder.resolve("study").toString();
    }

    private int fit(String study, String model) {
        return program.run("fit", study, "--model", model, "--repeats", "1", "--quiet", "--threads", "1", "--force", "--out",
                folder.resolve("run").toString());
    }

    private double[] predicted(String csv) throws IOException {
        Files.writeString(folder.resolve("new.csv"), csv);
        assertThat(program.run("predict", folder.resolve("run").toString(), folder.resolve("new.csv").toString()))
                .as(program.err.toString()).isZero();
        return program.out.toString().lines().skip(1).mapToDouble(line -> Double.parseDouble(line.split(",")[2])).toArray();
    }

    private static String rows(double unit) {
        StringBuilder rows = new StringBuilder("id,x,y,w\n");
        RandomStream random = RandomStream.of(4);
        for (int i = 0; i < 40; i++) {
            double x = random.nextGaussian();
            rows.append(i).append(',').append(x).append(',').append(x * (i % 2 == 0 ? 1 : 3) + random.nextGaussian() / 4).append(',')
                    .append(unit * (i % 2 == 0 ? 3 : 1)).append('\n');
        }
        return rows.toString();
    }

    @Test
    void theMeanIsTheWeightedOneAndRowsOfWeightZeroDoNotCount() throws IOException {
        assertThat(fit(study("id,x,y,w\na,1,10,1\nb,2,20,2\nc,3,30,5\nd,4,1000,0\n"), "mean")).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("rows count by 'w': from 0.375 to 1.88 times the mean",
                "rows of weight 0, for imputation only: 1 of task 'all'");
        assertThat(predicted("id,x\nz,1\n")[0]).isCloseTo((10 + 2 * 20 + 5 * 30) / 8.0, within(1e-12));
    }

    /** Weights in another unit, by which nothing is known more, give the same model. */
    @ParameterizedTest
    @ValueSource(strings = {"regression", "gp", "mtl-hmb"})
    void theUnitOfWeightsDoesNotMatter(String model) throws IOException {
        assertThat(fit(study(rows(1)), model)).as(program.err.toString()).isZero();
        double[] once = predicted("id,x\na,-1\nb,0\nc,2\n");
        assertThat(fit(study(rows(1024)), model)).as(program.err.toString()).isZero();
        assertThat(predicted("id,x\na,-1\nb,0\nc,2\n")).isEqualTo(once);
        assertThat(fit(study(rows(1), "continuous", "y", "ignore = [\"w\"]"), model)).as(program.err.toString()).isZero();
        assertThat(predicted("id,x\na,-1\nb,0\nc,2\n")).isNotEqualTo(once);
    }

    @Test
    void rowsAreJudgedByTheirWeights() throws IOException {
        assertThat(fit(study("id,x,y,w\na,1,0,1\nb,2,0,1\nc,3,0,1\nd,4,4,3\n"), "mean")).as(program.err.toString()).isZero();
        Files.writeString(folder.resolve("known.csv"), "id,x,y,w\na,1,2,6\nb,1,5,2\nc,1,9,0\n");
        assertThat(program.run("evaluate", folder.resolve("run").toString(), folder.resolve("known.csv").toString(), "--out",
                folder.resolve("judged").toString())).as(program.err.toString()).isZero();
        List<String> figures = Files.readAllLines(folder.resolve("judged/evaluation.csv"));
        // the mean is 2, and the errors are 0 and 3
        assertThat(figures).anySatisfy(line -> assertThat(line).startsWith("all,mae,2,0.75"));
        assertThat(program.err.toString()).contains("known.csv: 1 row without a response or of weight 0 left out");
        Files.writeString(folder.resolve("zero.csv"), "id,x,y,w\na,1,2,0\n");
        assertThat(program.run("evaluate", folder.resolve("run").toString(), folder.resolve("zero.csv").toString())).isEqualTo(2);
        assertThat(program.err.toString()).contains("zero.csv: no row has a response and a weight above 0, so there is nothing to "
                + "judge by");
        Files.writeString(folder.resolve("plain.csv"), "id,x,y\na,1,2\nb,1,5\n");
        assertThat(program.run("evaluate", folder.resolve("run").toString(), folder.resolve("plain.csv").toString()))
                .as(program.err.toString()).isZero();
        assertThat(program.err.toString()).contains("no column 'w', how much a row counts; all count alike");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | column 'w', how much a row counts, is missing; write a number, 0 for a row that is not to count, or take the row out",
        "-1 | column 'w', how much a row counts, is below 0: '-1'; write a number",
        "many | column 'w': 'many' is not a number; correct it, or take the row out"})
    void aWeightThatCannotBeIsOneLine(String weight, String message) throws IOException {
        String study = study("id,x,y,w\na,1,10,1\nb,2,20," + weight + "\nc,3,30,1\n");
        assertThat(fit(study, "mean")).isEqualTo(2);
        assertThat(program.err.toString()).startsWith("intarsia: " + study + "/all.csv:3:8: " + message).hasLineCount(1);
        Files.writeString(folder.resolve("study/study.toml"), "on_bad_row = \"skip\"\n"
                + Files.readString(folder.resolve("study/study.toml")));
        assertThat(fit(study, "mean")).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("1 row with mistakes left out (on_bad_row)");
    }

    @Test
    void aColumnThatIsNotThereOrSomethingElseIsOneLine() throws IOException {
        String study = study("id,x,y\na,1,10\nb,2,20\n");
        assertThat(fit(study, "mean")).isEqualTo(2);
        assertThat(program.err.toString()).startsWith("intarsia: " + study + "/study.toml:2:1: weight column 'w' is not in ")
                .hasLineCount(1);
        study = study("id,x,y\na,1,10\nb,2,20\n", "continuous", "y", "weight = \"y\"");
        assertThat(fit(study, "mean")).isEqualTo(2);
        assertThat(program.err.toString()).startsWith("intarsia: " + study + "/study.toml:2:1: column 'y' cannot be the weight, it is the "
                + "response already").hasLineCount(1);
        study = study("id,x,y,w\na,1,10,0\nb,2,20,0\n");
        assertThat(fit(study, "mean")).isEqualTo(2);
        assertThat(program.err.toString()).contains("every row of task 'all' lacks a response, has weight 0 or has a mistake")
                .hasLineCount(1);
    }

    @Test
    void aRowWithoutATaskMayBeSkipped() throws IOException {
        String study = study("id,site,x,y\na,north,1,10\nb,north,2,20\nc,,3,30\nd,north,4,50\n", "continuous", "y", """
                task = "site"
                files = ["all.csv"]
                """);
        Path toml = folder.resolve("study/study.toml");
        Files.writeString(toml, Files.readString(toml).replace("[tasks]\nall = \"all.csv\"\n", ""));
        assertThat(fit(study, "mean")).isEqualTo(2);
        assertThat(program.err.toString())
                .startsWith("intarsia: " + study + "/all.csv:4:3: column 'site' names the row's task and may not be empty")
                .hasLineCount(1);
        Files.writeString(toml, "on_bad_row = \"skip\"\n" + Files.readString(toml));
        assertThat(fit(study, "mean")).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("1 row with mistakes left out (on_bad_row)");
        assertThat(Files.readString(folder.resolve("run/skipped.csv"))).contains("all.csv,4,3,");
    }

    @Test
    void initAsksAboutColumnsThatSayMoreOfARow() throws IOException {
        StringBuilder rows = new StringBuilder("id,age,y,survey_weight,person_years,entry\n");
        for (int i = 0; i < 30; i++) {
            rows.append(i).append(',').append(40.5 + i).append(',').append(i % 7 + 0.5).append(',').append(1.25 + i).append(',')
                    .append(0.5 + i).append(',').append(3.5 * i).append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        assertThat(program.run("init", folder.resolve("rows.csv").toString(), "--response", "y")).as(program.err.toString()).isZero();
        assertThat(Files.readString(folder.resolve("study.toml"))).contains("# Does \"survey_weight\" say how much a row counts?",
                "# Were events counted in \"person_years\"?", "# Was a row seen from \"entry\" on?");
        assertThat(program.run("describe", folder.toString())).as(program.err.toString()).isZero();
    }

    /** Counts with an unseen factor of mean 1 for each row, and without. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void overdispersedCountsAreSaidToBe(boolean overdispersed) throws IOException {
        StringBuilder rows = new StringBuilder("id,x,n\n");
        RandomStream random = RandomStream.of(6);
        for (int i = 0; i < 200; i++) {
            double x = random.nextGaussian();
            double mean = Math.exp(1 + 0.5 * x) * (overdispersed ? -Math.log(random.nextDouble()) : 1);
            int count = 0;
            for (double time = -Math.log(random.nextDouble()); time < mean; time -= Math.log(random.nextDouble())) {
                count++;
            }
            rows.append(i).append(',').append(x).append(',').append(count).append('\n');
        }
        assertThat(fit(study(rows.toString(), "count", "n", ""), "regression")).as(program.err.toString()).isZero();
        assertThat(program.out.toString().contains("counts are overdispersed, so they are taken for negative binomial and not Poisson"))
                .isEqualTo(overdispersed);
        assertThat(predicted("id,x\na,0\n")[0]).isCloseTo(Math.E, within(0.6));
    }
}
