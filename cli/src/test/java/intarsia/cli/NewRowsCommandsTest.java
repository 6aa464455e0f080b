package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** predict and evaluate on files as people have them: the one that fit took, one with outcomes, one with what was never seen. */
class NewRowsCommandsTest {
    private final Program program = new Program();

    @TempDir
    private Path folder;

    /** y is 1 with probability 0.9 where age is above 50, else 0.1; ward south has no labs. */
    private static String rows(int count, long seed) {
        RandomStream random = RandomStream.of(seed);
        StringBuilder rows = new StringBuilder("patient,site,seen,age,crp,y\n");
        for (int i = 0; i < count; i++) {
            int age = 30 + random.nextInt(41);
            boolean north = i % 2 == 0;
            rows.append("p").append(i).append(north ? ",north," : ",south,").append("2020-01-01,").append(age).append(',')
                    .append(north ? Double.toString(random.nextGaussian()) : "").append(',')
                    .append(random.nextDouble() < (age > 50 ? 0.9 : 0.1) ? 1 : 0).append('\n');
        }
        return rows.toString();
    }

    @BeforeEach
    void fit() throws IOException {
        Files.writeString(folder.resolve("study.toml"), """
                id = "patient"
                task = "site"
                files = ["all.csv"]
                [response]
                column = "y"
                kind = "binary"
                [sources]
                exam = ["age"]
                labs = ["crp"]
                """);
        Files.writeString(folder.resolve("all.csv"), rows(120, 1));
        assertThat(program.run("fit", folder.toString(), "--model", "regression", "--repeats", "1", "--quiet", "--threads", "1", "--out",
                at("run")))
                .as(program.err.toString()).isZero();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void predictTakesTheFileThatFitTook() {
        assertThat(program.run("predict", at("run"), at("all.csv"))).as(program.err.toString()).isZero();
        assertThat(program.out.toString().lines()).hasSize(121).startsWith("patient,task,probability");
        assertThat(program.err.toString().lines()).containsExactly("intarsia: note: all.csv: columns not used: seen");
    }

    @Test
    void whatWasNeverSeenIsMarked() throws IOException {
        String csv = file("new.csv", "patient,site,age,crp\na,north,600,0.1\nb,north,50,\nc,south,40,\nd,south,,\ne,north,-40,-1\n");
        assertThat(program.run("predict", at("run"), csv)).as(program.err.toString()).isZero();
        assertThat(program.out.toString().lines().map(line -> line.replaceFirst("0\\.[0-9E-]+|[0-9.]+E-[0-9]+|1\\.0", "P")))
                .containsExactly(
                "patient,task,probability,note", "a,north,P,age 600 is far outside 30 to 69", "b,north,P,no value in labs", "c,south,P,",
                "d,south,P,no value in any column", "e,north,P,age -40 is far outside 30 to 69");
        assertThat(program.err.toString().lines()).contains(
                "intarsia: note: new.csv: column 'age' is far outside what was learned from, 30 to 69, in 2 rows (first: 'a', 600)",
                "intarsia: note: new.csv: no value in source 'labs' in 1 row whose task was learned with it; imputed, or taken as "
                        + "the task's mean");
    }

    /** The model says what becomes of them; a row without any cell of a source, or a column without any value, is said otherwise. */
    @ParameterizedTest
    @CsvSource({"regression,the task's mean stands in", "boosting,each tree goes the way that it learned for them"})
    void singleCellsThatAreMissingAreCounted(String model, String words) throws IOException {
        Files.writeString(folder.resolve("study.toml"), Files.readString(folder.resolve("study.toml"))
                .replaceFirst("(?s)exam = .*", "all = [\"age\", \"crp\"]"));
        assertThat(program.run("fit", folder.toString(), "--model", model, "--repeats", "1", "--quiet", "--threads", "1", "--out",
                at(model))).as(program.err.toString()).isZero();
        String csv = file("new.csv", "patient,site,age,crp\na,north,40,0.1\nb,north,50,\nc,south,,1\nd,south,,\ne,north,40,\n");
        assertThat(program.run("predict", at(model), csv, "--json")).as(program.err.toString()).isZero();
        String note = "new.csv: single cells are missing: 'age' in 1 row, 'crp' in 2 rows; " + words;
        assertThat(program.err.toString().lines()).contains("intarsia: note: " + note);
        assertThat(program.out.toString()).contains(note);
        String whole = file("whole.csv", "patient,site,age,crp\na,north,40,0.1\nd,south,,\n");
        assertThat(program.run("predict", at(model), whole)).as(program.err.toString()).isZero();
        assertThat(program.err.toString()).doesNotContain("single cells");
    }

    @Test
    void outputNeverReplacesWhatItIsMadeOf() throws IOException {
        String csv = file("new.csv", "patient,site,age,crp\na,north,40,0.1\n");
        Path link = Files.createSymbolicLink(folder.resolve("elsewhere"), folder);
        assertThat(program.run("predict", at("run"), csv, "--out", csv, "--force")).isEqualTo(2);
        assertThat(program.err.toString()).startsWith("intarsia: " + csv + ": is the file of rows itself; give another --out");
        assertThat(program.run("predict", at("run"), csv, "--out", link.resolve("new.csv").toString(), "--force")).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("new.csv"))).startsWith("patient,");
        assertThat(program.run("predict", at("run"), csv, "--out", at("run/p.csv"))).isEqualTo(2);
        assertThat(program.err.toString()).startsWith("intarsia: " + at("run/p.csv") + ": is inside " + folder.toRealPath().resolve("run")
                + ", a folder that fit wrote; give a place outside it");
        assertThat(program.run("predict", at("run"), csv, "--out", link.resolve("run/deep/p.csv").toString())).isEqualTo(2);
        assertThat(program.run("evaluate", at("run"), at("all.csv"), "--out", at("run/judged"))).isEqualTo(2);
        assertThat(folder.resolve("run/p.csv")).doesNotExist();
        assertThat(program.run("predict", at("run"), csv, "--out", at("p.csv"))).isZero();
    }

    @Test
    void evaluateJudgesNewRowsBesideTheMean() throws IOException {
        String csv = file("later.csv", rows(400, 2));
        assertThat(program.run("evaluate", at("run"), csv, "--out", at("judged"))).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).startsWith(at("run")
                + " on later.csv [95 % percentile bootstrap interval over rows, from 10 rows on]");
        List<String> lines = Files.readAllLines(folder.resolve("judged/evaluation.csv"));
        assertThat(lines).hasSize(1 + 2 * ResponseFamily.BINARY.metrics().size()).startsWith("task,metric,rows,value,low,high,mean");
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            double value = Double.parseDouble(cells[3]);
            assertThat(cells[2]).isEqualTo("200");
            assertThat(value).isBetween(Double.parseDouble(cells[4]), Double.parseDouble(cells[5]));
            double mean = Double.parseDouble(cells[6]);
            Metric metric = Arrays.stream(Metric.values()).filter(one -> one.key().equals(cells[1])).findFirst().orElseThrow();
            assertThat(metric.higherIsBetter() ? value > mean : value < mean).as(line).isTrue();
            assertThat(!cells[1].equals("auc") || mean == 0.5).isTrue();
        }
        assertThat(Files.readAllLines(folder.resolve("judged/predictions.csv"))).hasSize(401).startsWith("patient,task,y,probability,note");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--heterogeneity", "--anchors"})
    void whatIsAskedOfAStudyIsNotAskedOfARun(String option) {
        assertThat(program.run("describe", at("run"), option)).isEqualTo(2);
        assertThat(program.err.toString()).isEqualTo("intarsia: " + at("run") + ": is what fit wrote, and " + option
                + " asks about the rows of a study; give the study's folder\n");
    }

    @Test
    void rowsWithoutAnOutcomeAreCounted() throws IOException {
        String csv = file("later.csv", "patient,site,age,crp,y\na,north,40,0.1,0\nb,north,60,0.1,\nc,north,62,0.4,NA\nd,north,65,0.2,1\n");
        assertThat(program.run("evaluate", at("run"), csv)).as(program.err.toString()).isZero();
        assertThat(program.err.toString()).contains("intarsia: note: later.csv: 2 rows without a response left out");
        assertThat(program.out.toString().lines()).anyMatch(line -> line.matches("north +2  AUC +1\\.000 +0\\.500")).noneMatch(line ->
                line.startsWith("south"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '\0', value = {
        "patient,site,age,crp      | a,north,40,0.1   | :1:1: lacks the response 'y', by which predictions are judged; known: "
                + "patient, site, age, crp",
        "patient,site,age,crp,y    | a,north,40,0.1,  | : no row has a response, so there is nothing to judge by",
        "patient,site,age,crp,y    | a,north,40,0.1,2 | :2:16: response 'y': '2' is not 0 or 1; correct it, or take the row out",
        "patient,site,age,crp,y    | a,west,40,0.1,1  | :2:3: the model knows no task 'west'; known: north, south"})
    void refusesWhatCannotBeJudged(String header, String row, String message) throws IOException {
        String csv = file("later.csv", header + "\n" + row + "\n");
        assertThat(program.run("evaluate", at("run"), csv)).isEqualTo(2);
        assertThat(program.err.toString()).contains("intarsia: " + csv + message);
    }
}
