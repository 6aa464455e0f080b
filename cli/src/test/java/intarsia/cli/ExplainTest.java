package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts in the table of {@code explain} add up; what is asked wrongly is refused in one line. */
class ExplainTest {
    @TempDir
    private static Path folder;

    private final Program program = new Program();

    @BeforeAll
    static void fit() throws IOException {
        study("binary", "kind = \"binary\"", 0);
        study("grades", "kind = \"classes\"", 1);
        fit("binary", "gp", "gp");
        fit("binary", "pooled-regression", "pooled");
        fit("grades", "regression", "classes");
    }

    private static void study(String name, String kind, int more) throws IOException {
        Path study = Files.createDirectory(folder.resolve(name));
        Files.writeString(study.resolve("study.toml"), """
                id = "patient"
                task = "site"
                files = ["all.csv"]
                [response]
                column = "y"
                %s
                [sources]
                exam = ["age"]
                labs = ["crp", "iron"]
                """.formatted(kind));
        RandomStream random = RandomStream.of(1);
        StringBuilder rows = new StringBuilder("patient,site,age,crp,iron,y\n");
        for (int i = 0; i < 90; i++) {
            int age = 30 + random.nextInt(41);
            String labs = i % 2 == 0 ? random.nextInt(9) + "," + random.nextInt(9) : ",";
            int y = random.nextDouble() < (age > 50 ? 0.9 : 0.1) ? 1 : more == 0 ? 0 : 2 * random.nextInt(2);
            rows.append("p").append(i).append(i % 2 == 0 ? ",north," : ",south,").append(age).append(',').append(labs).append(',')
                    .append(y).append('\n');
        }
        Files.writeString(study.resolve("all.csv"), rows);
    }

    private static void fit(String study, String model, String run) {
        Program program = new Program();
        assertThat(program.run("fit", folder.resolve(study).toString(), "--model", model, "--repeats", "1", "--quiet", "--threads", "1",
                "--out", folder.resolve(run).toString())).as(program.err.toString()).isZero();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private List<List<String>> table(String... args) {
        assertThat(program.run(args)).as(program.err.toString()).isZero();
        return program.out.toString().lines().map(line -> List.of(line.split(",", -1))).toList();
    }

    private static double number(List<List<String>> table, int row, String column) {
        int at = table.getFirst().indexOf(column);
        assertThat(at).as(column).isNotNegative();
        return Double.parseDouble(table.get(row).get(at));
    }

    @Test
    void partsAddUpToTheLogOdds() throws IOException {
        List<List<String>> table = table("explain", at("gp"), at("binary/all.csv"));
        assertThat(table).hasSize(91);
        assertThat(table.getFirst()).containsExactly("patient", "task", "probability", "linear", "low", "high", "baseline", "shared", "own",
                "source exam", "source labs");
        for (int row = 1; row < table.size(); row++) {
            double p = number(table, row, "probability");
            double linear = number(table, row, "linear");
            assertThat(Math.log(p / (1 - p))).isCloseTo(linear, within(1e-9));
            double baseline = number(table, row, "baseline");
            assertThat(baseline + number(table, row, "source exam") + number(table, row, "source labs")).isCloseTo(linear, within(1e-9));
            assertThat(baseline + number(table, row, "shared") + number(table, row, "own")).isCloseTo(linear, within(1e-9));
            assertThat(number(table, row, "low")).isLessThan(number(table, row, "high"));
        }
        Program predict = new Program();
        assertThat(predict.run("predict", at("gp"), at("binary/all.csv"))).isZero();
        assertThat(predict.out.toString().lines().map(line -> line.split(",")[2])).as("as predict says")
                .containsExactlyElementsOf(table.stream().map(line -> line.get(2)).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gp", "pooled"})
    void partsOfColumnsAddUpToo(String run) {
        List<List<String>> table = table("explain", at(run), at("binary/all.csv"), "--by", "column");
        List<String> columns = List.of("column exam: age", "column labs: crp", "column labs: iron");
        assertThat(table.getFirst()).containsAll(columns).doesNotContain("source exam");
        for (int row = 1; row < table.size(); row++) {
            int line = row;
            double sum = columns.stream().mapToDouble(column -> number(table, line, column)).sum();
            assertThat(number(table, row, "baseline") + sum).isCloseTo(number(table, row, "linear"), within(1e-9));
        }
    }

    @Test
    void oneRegressionOfAllTasksHasNoOwnPart() {
        List<List<String>> table = table("explain", at("pooled"), at("binary/all.csv"));
        assertThat(table.getFirst()).contains("own").doesNotContain("low");
        for (int row = 1; row < table.size(); row++) {
            assertThat(number(table, row, "own")).isZero();
        }
    }

    @Test
    void everyClassHasItsParts() throws IOException {
        Path rows = Files.writeString(folder.resolve("new.csv"), "patient,site,age,crp,iron\na,north,600,1,2\nb,south,,,\n");
        List<List<String>> table = table("explain", at("classes"), rows.toString());
        assertThat(table).hasSize(1 + 2 * 3);
        assertThat(table.getFirst()).contains("part of", "predicted level", "note");
        assertThat(table.stream().skip(1).map(line -> line.get(table.getFirst().indexOf("part of")))).containsExactly("0", "1", "2", "0",
                "1", "2");
        List<Double> sums = new ArrayList<>(List.of(0.0, 0.0));
        for (int row = 1; row < table.size(); row++) {
            double linear = number(table, row, "linear");
            int of = row > 3 ? 1 : 0;
            sums.set(of, sums.get(of) + linear);
            assertThat(number(table, row, "baseline") + number(table, row, "source exam") + number(table, row, "source labs"))
                    .isCloseTo(linear, within(1e-9));
            assertThat(number(table, row, "source labs") == 0).as("south has no labs").isEqualTo(row > 3);
        }
        assertThat(sums.get(0)).isCloseTo(0, within(1e-9));
        assertThat(table.get(1).getLast()).contains("age 600 is far outside");
        assertThat(table.get(4).getLast()).isEqualTo("no value in any column");
    }

    @Test
    void aFolderHasTheTableAndAPage() throws IOException {
        String out = at("explained");
        assertThat(program.run("explain", at("gp"), at("binary/all.csv"), "--out", out)).as(program.err.toString()).isZero();
        assertThat(Files.readAllLines(Path.of(out, "explanations.csv"))).hasSize(91);
        assertThat(Files.readString(Path.of(out, "report.html"))).contains("What moves these predictions most is exam",
                "Shapley: A value for n-person games", "age: partial dependence");
        assertThat(Arrays.stream(folder.toFile().list()).filter(name -> name.startsWith(".explained"))).isEmpty();
        assertThat(program.run("explain", at("gp"), at("binary/all.csv"), "--out", out)).as("it is there").isEqualTo(2);
        assertThat(program.run("explain", at("gp"), at("binary/all.csv"), "--by", "column", "--out", out, "--force")).isZero();
        assertThat(Files.readString(Path.of(out, "report.html"))).contains("What moves these predictions most is exam: age",
                "a part for each column");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '\0', value = {
        "patient,site,age,crp,iron | a,west,40,1,2  | :2:3: the model knows no task 'west'; known: north, south",
        "patient,site,crp,iron     | a,north,1,2    | :1:1: lacks 'age' of source 'exam', which every prediction needs",
        "patient,site,age,crp,iron | a,north,x,1,2  | :2:9: column 'age': 'x' is not a number"})
    void refusesWhatCannotBeExplained(String header, String row, String message) throws IOException {
        Path csv = Files.writeString(folder.resolve("bad.csv"), header + "\n" + row + "\n");
        assertThat(program.run("explain", at("gp"), csv.toString())).isEqualTo(2);
        assertThat(program.err.toString()).contains("intarsia: " + csv + message);
        assertThat(program.err.toString().lines()).hasSize(1);
    }

    @Test
    void writesNothingIntoARun() {
        assertThat(program.run("explain", at("gp"), at("binary/all.csv"), "--out", at("gp/explained"))).isEqualTo(2);
        assertThat(program.err.toString()).contains("a folder that fit wrote");
    }
}
