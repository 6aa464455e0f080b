package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command on a study with several responses, and study files that name them wrongly. */
class SeveralResponsesCommandsTest {
    private static final String RESPONSES = """
            [[response]]
            column = "pain"
            kind = "continuous"
            missing = "allowed"
            [[response]]
            name = "relapse"
            column = "again"
            kind = "binary"
            missing = "allowed"
            """;
    private static final String REST = """
            id = "id"
            %s
            [tasks]
            oslo = "oslo.csv"
            bergen = "bergen.csv"
            tromso = "tromso.csv"
            [sources]
            exam = ["age", "weight"]
            labs = ["crp"]
            [fit]
            model = "%s"
            baselines = ["regression", "pooled-regression"]
            tune = "none"
            epochs = 5
            """;

    @TempDir
    private static Path folder;

    private final Program program = new Program();

    /** Patients; in tromso nobody asked about relapse, in bergen no blood was taken, every seventh patient lacks an answer. */
    private static String rows(String site, int count, long seed, boolean answers) {
        RandomStream random = RandomStream.of(seed);
        StringBuilder rows = new StringBuilder("id,age,weight," + (site.equals("bergen") ? "" : "crp,") + (answers ? "pain,"
                + (site.equals("tromso") ? "" : "again,") : "") + "site\n");
        for (int i = 0; i < count; i++) {
            double z = random.nextGaussian();
            double crp = random.nextGaussian();
            double pain = 5 + z + crp / 2 + 0.3 * random.nextGaussian();
            double relapse = z - crp / 2 + 0.5 * random.nextGaussian();
            rows.append(site).append(i).append(',').append(Math.round(600 + 100 * z) / 10.0).append(',').append(Math.round(700 + 50
                    * random.nextGaussian()) / 10.0).append(',');
            rows.append(site.equals("bergen") ? "" : Math.round(100 * (5 + crp)) / 100.0 + ",");
            if (answers) {
                rows.append(i % 7 == 3 ? "" : Double.toString(Math.round(100 * pain) / 100.0)).append(',');
                rows.append(site.equals("tromso") ? "" : (i % 7 == 5 ? "" : relapse > 0 ? "1" : "0") + ",");
            }
            rows.append(site).append('\n');
        }
        return rows.toString();
    }

    private static Path study(String name, String responses, String model) throws IOException {
        Path study = Files.createDirectories(folder.resolve(name));
        for (String site : List.of("oslo", "bergen", "tromso")) {
            Files.writeString(study.resolve(site + ".csv"), rows(site, 40, site.length(), true));
        }
        Files.writeString(study.resolve("study.toml"), REST.formatted(responses, model));
        return study;
    }

    private static Path run(String model) {
        return folder.resolve("run-" + model);
    }

    @BeforeAll
    static void fit() throws IOException {
        Program program = new Program();
        for (String model : List.of("gp", "mtl-hmb")) {
            assertThat(program.run("fit", study(model, RESPONSES, model).toString(), "--repeats", "2", "--quiet", "--threads", "1", "--out",
                    run(model).toString())).as(model + program.err).isZero();
            assertThat(program.out.toString()).contains("pain: ", "relapse: ", "relapse in bergen", "pain in tromso")
                    .contains("response 'relapse' is not observed in task 'tromso'")
                    .contains("responses, or kinds of them, are fitted apart by " + (model.equals("gp") ? "Gaussian process, " : "")
                            + "regression, pooled regression; together by the others")
                    .contains("rows without one of the responses").doesNotContain("relapse in tromso")
                    .contains("pain: 90.0 % prediction intervals", "relapse: 90.0 % prediction sets");
        }
    }

    private static List<List<String>> table(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> Arrays.asList(line.split(",", -1))).toList();
    }

    @Test
    void aRowIsHeldOutForAllItsResponses() throws IOException {
        List<List<String>> held = table(run("gp").resolve("held-out.csv"));
        assertThat(held.getFirst()).containsExactly("split", "method", "response", "task", "row", "pain", "pain_prediction", "relapse",
                "relapse_probability");
        for (String split : List.of("1", "2")) {
            Set<String> pain = new TreeSet<>();
            Set<String> relapse = new TreeSet<>();
            held.stream().filter(line -> line.get(0).equals(split) && line.get(1).equals("gp")).forEach(line ->
                    (line.get(2).equals("pain") ? pain : relapse).add(line.get(4)));
            assertThat(pain).isNotEmpty();
            Set<String> both = pain.stream().filter(row -> !row.startsWith("tromso") && number(row) % 7 != 5).collect(Collectors.toSet());
            assertThat(both).isNotEmpty().isEqualTo(relapse.stream().filter(row -> number(row) % 7 != 3).collect(Collectors.toSet()));
        }
        assertThat(Files.readString(run("gp").resolve("metrics.json"))).contains("\"responses\"", "\"pain\"", "\"relapse\"", "\"oslo\"")
                .doesNotContain(" in oslo");
        assertThat(table(run("gp").resolve("scores.csv")).getFirst()).containsExactly("split", "method", "response", "task", "metric",
                "value");
        assertThat(Files.readString(run("gp").resolve("report.html"))).contains("How well it predicts: pain", "How well it predicts: "
                + "relapse", "Task by task: relapse", "How sure a prediction is: pain", "How sure a prediction is: relapse",
                "What drives predictions: pain", "What a block is worth: relapse", "How alike tasks "
                + "are: pain", "How alike tasks are: relapse");
    }

    @Test
    void eachResponseIsExplained() throws IOException {
        List<List<String>> importances = table(run("gp").resolve("importance.csv"));
        assertThat(importances.getFirst()).startsWith("response", "task", "source", "column", "change", "rise");
        assertThat(importances.stream().skip(1).map(line -> String.join(" in ", line.subList(0, 2))).distinct()).containsExactlyInAnyOrder(
                "pain in oslo", "pain in bergen", "pain in tromso", "relapse in oslo", "relapse in bergen");
        assertThat(table(run("gp").resolve("worth.csv")).stream().map(line -> String.join(" ", line.subList(0, 4))))
                .contains("pain oslo labs yes", "pain bergen labs no", "relapse bergen labs no");
        assertThat(table(run("gp").resolve("agreement.csv")).stream().skip(1).map(line -> line.getFirst() + " " + new TreeSet<>(
                line.subList(1, 3)))).as("tasks about the same response").containsExactlyInAnyOrder("pain [bergen, oslo]",
                "pain [oslo, tromso]", "pain [bergen, tromso]", "relapse [bergen, oslo]");
    }

    private static double cell(List<List<String>> table, List<String> line, String column) {
        return Double.parseDouble(line.get(table.getFirst().indexOf(column)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gp", "mtl-hmb"})
    void predictionsOfEachResponseHaveParts(String model) throws IOException {
        String header = "id,age,weight,crp,site\n";
        Path csv = Files.writeString(folder.resolve("why.csv"), header + "a,60,70,5,tromso\nb,50,80,4,oslo\nc,70,60,,oslo\n");
        assertThat(program.run("explain", run(model).toString(), csv.toString())).as("no column names the task").isEqualTo(2);
        Files.writeString(csv, header.replace("site", "task") + "a,60,70,5,tromso\nb,50,80,4,oslo\nc,70,60,,oslo\n");
        Path out = folder.resolve("why-" + model);
        assertThat(program.run("explain", run(model).toString(), csv.toString(), "--out", out.toString())).as(program.err.toString())
                .isZero();
        assertThat(program.err.toString()).contains("response 'relapse' was not observed in task 'tromso'");
        List<List<String>> parts = table(out.resolve("explanations.csv"));
        assertThat(parts.getFirst()).startsWith("id", "response", "task", "prediction", "probability", "linear").contains("shared", "own");
        assertThat(parts.getFirst().contains("low")).as("the Gaussian process says how sure it is").isEqualTo(model.equals("gp"));
        assertThat(parts.stream().skip(1).map(line -> String.join(" ", line.subList(0, 3)))).containsExactly("a pain tromso", "b pain oslo",
                "b relapse oslo", "c pain oslo", "c relapse oslo");
        for (List<String> line : parts.subList(1, parts.size())) {
            double linear = cell(parts, line, "linear");
            assertThat(cell(parts, line, "baseline") + cell(parts, line, "source exam") + cell(parts, line, "source labs"))
                    .isCloseTo(linear, within(1e-9));
            assertThat(cell(parts, line, "baseline") + cell(parts, line, "shared") + cell(parts, line, "own"))
                    .isCloseTo(linear, within(1e-9));
            boolean pain = line.get(1).equals("pain");
            assertThat(line.get(pain ? 4 : 3)).as("another response's").isEmpty();
            double predicted = pain ? cell(parts, line, "prediction") : cell(parts, line, "probability");
            assertThat(pain ? predicted : Math.log(predicted / (1 - predicted))).isCloseTo(linear, within(1e-9));
        }
        assertThat(Files.readString(out.resolve("report.html"))).contains("pain: What moves these predictions most is",
                "relapse: What moves these predictions most is", "Parts of predictions: pain", "Parts of predictions: relapse",
                "How predictions go with columns: relapse");
    }

    private static int number(String row) {
        return Integer.parseInt(row.replaceFirst("[a-z]+", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gp", "mtl-hmb"})
    void rowsArePredictedAndJudged(String model) throws IOException {
        Path csv = Files.writeString(folder.resolve("new.csv"), rows("oslo", 30, 9, true));
        assertThat(program.run("predict", run(model).toString(), csv.toString(), "--task", "oslo")).as(program.err.toString()).isZero();
        List<String> lines = program.out.toString().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("id,task,pain_prediction,relapse_probability");
        assertThat(lines).hasSize(31).allMatch(line -> line.split(",").length == 4);
        Path out = folder.resolve("judged-" + model);
        assertThat(program.run("evaluate", run(model).toString(), csv.toString(), "--task", "oslo", "--out", out.toString()))
                .as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("pain in oslo", "relapse in oslo", "RMSE", "AUC");
        assertThat(Files.readString(out.resolve("evaluation.csv"))).startsWith("response,task,metric").contains("\npain,oslo,",
                "\nrelapse,oslo,");
        assertThat(Files.readAllLines(out.resolve("predictions.csv")).getFirst())
                .isEqualTo("id,task,pain,relapse,pain_prediction,relapse_probability,note");
        assertThat(Files.readString(out.resolve("report.html"))).contains("How well it predicts: pain", "How well it predicts: relapse",
                "What drives predictions: pain", "What drives predictions: relapse");
    }

    /** Named as predictions are, each beside its own; the Gaussian process adds its interval of the one that has units. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "gp | id,task,pain_prediction,pain_low,pain_high,pain_model low,pain_model high,relapse_probability,relapse_set",
        "mtl-hmb | id,task,pain_prediction,pain_low,pain_high,relapse_probability,relapse_set"})
    void eachResponseHasItsIntervals(String model, String header) throws IOException {
        Path csv = Files.writeString(folder.resolve("sure.csv"), rows("oslo", 200, 9, true).replaceFirst("site", "task")
                + rows("tromso", 30, 10, true).lines().skip(1)
                .map(row -> row.replaceFirst("(,[^,]*)$", ",$1")).collect(Collectors.joining("\n")));
        assertThat(program.run("predict", run(model).toString(), csv.toString(), "--interval", "0.8")).as(program.err.toString()).isZero();
        List<List<String>> lines = program.out.toString().lines().map(line -> Arrays.asList(line.split(",", -1))).toList();
        assertThat(String.join(",", lines.getFirst())).isEqualTo(header);
        int set = lines.getFirst().indexOf("relapse_set");
        List<List<String>> given = table(csv);
        int pain = 0;
        int relapse = 0;
        for (int row = 1; row < lines.size(); row++) {
            List<String> cells = lines.get(row);
            List<String> truth = given.get(row);
            pain += !truth.get(4).isEmpty() && Double.parseDouble(cells.get(3)) <= Double.parseDouble(truth.get(4))
                    && Double.parseDouble(cells.get(4)) >= Double.parseDouble(truth.get(4)) ? 1 : 0;
            assertThat(cells.get(set).isEmpty()).as(cells.toString()).isEqualTo(cells.get(1).equals("tromso"));
            relapse += !truth.get(5).isEmpty() && List.of(cells.get(set).split(" \\| ")).contains(truth.get(5)) ? 1 : 0;
        }
        Path out = folder.resolve("sure-" + model);
        assertThat(program.run("evaluate", run(model).toString(), csv.toString(), "--interval", "0.8", "--out", out.toString()))
                .as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("pain: 80.0 % prediction intervals", "relapse: 80.0 % prediction sets")
                .containsPattern("relapse in oslo +172 +" + percent(relapse / 172.0));
        assertThat(Files.readString(out.resolve("report.html"))).contains("How sure a prediction is: pain",
                "How sure a prediction is: relapse");
        assertThat((double) pain / given.stream().skip(1).filter(row -> !row.get(4).isEmpty()).count()).isBetween(0.6, 1.0);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    @Test
    void whatATaskDidNotObserveIsNotPredictedThere() throws IOException {
        Path csv = Files.writeString(folder.resolve("tromso.csv"), rows("tromso", 3, 9, false));
        assertThat(program.run("predict", run("gp").toString(), csv.toString(), "--task", "tromso")).isZero();
        assertThat(program.err.toString()).contains("response 'relapse' was not observed in task 'tromso' of the study, so it is not "
                + "predicted there");
        assertThat(program.out.toString().lines().skip(1)).hasSize(3).allMatch(line -> line.matches("tromso\\d,tromso,[0-9.]+,"));
    }

    @Test
    void eachRowIsCompletedOnce() throws IOException {
        Path out = folder.resolve("completed");
        assertThat(program.run("impute", run("mtl-hmb").toString(), "--out", out.toString())).as(program.err.toString()).isZero();
        List<List<String>> completed = table(out.resolve("bergen.csv"));
        assertThat(completed.getFirst()).containsExactly("id", "age", "weight", "pain", "again", "site", "crp");
        assertThat(completed).hasSize(41).allMatch(line -> !line.get(6).isEmpty());
        assertThat(program.run("describe", out.toString())).as(program.err.toString()).isZero();
    }

    /** Each draw has a row once; both responses have predictions and coefficients of their own. */
    @Test
    void eachRowIsDrawnOnce() throws IOException {
        Path out = folder.resolve("drawn");
        assertThat(program.run("impute", run("gp").toString(), "--out", out.toString(), "--draws", "3", "--coefficients", "age,crp"))
                .as(program.err.toString()).isZero();
        assertThat(table(out.resolve("draw-2/bergen.csv"))).hasSize(41).allMatch(line -> !line.get(6).isEmpty());
        assertThat(program.run("describe", out.resolve("draw-3").toString())).as(program.err.toString()).isZero();
        assertThat(table(out.resolve("imputed.csv"))).hasSize(121).contains(List.of("task", "id", "age", "weight", "crp"),
                List.of("bergen", "bergen5", "0", "0", "1"), List.of("oslo", "oslo3", "0", "0", "0"));
        List<List<String>> predictions = table(out.resolve("predictions.csv"));
        assertThat(Files.readAllLines(out.resolve("predictions.csv")).getFirst()).startsWith("task,id,pain_prediction,").contains(
                "relapse_probability");
        assertThat(predictions.subList(1, 121)).allMatch(line -> !line.get(2).isEmpty()
                && line.get(4).isEmpty() == line.getFirst().equals("tromso"));
        List<List<String>> pooled = table(out.resolve("coefficients.csv"));
        assertThat(pooled).extracting(line -> line.get(0) + ": " + line.get(1)).containsExactly("response: coefficient",
                "pain: task bergen", "pain: task oslo", "pain: task tromso", "pain: age", "pain: crp",
                "relapse: task bergen", "relapse: task oslo", "relapse: age", "relapse: crp");
        // pain = z + crp / 2, age = 60 + 10 z
        assertThat(Double.parseDouble(pooled.get(5).get(2))).isBetween(0.3, 0.7);
        assertThat(Double.parseDouble(pooled.get(9).get(2))).isNegative();
    }

    @Test
    void aNewTaskComesWithAllItsResponses() throws IOException {
        Path csv = Files.writeString(folder.resolve("bodo.csv"), rows("bodo", 40, 5, true));
        Path out = folder.resolve("with-bodo");
        assertThat(program.run("transfer", run("gp").toString(), csv.toString(), "--task", "bodo", "--repeats", "2", "--quiet", "--out",
                out.toString())).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("pain in bodo", "relapse in bodo");
        assertThat(program.run("predict", out.toString(), csv.toString(), "--task", "bodo")).as(program.err.toString()).isZero();
        assertThat(program.out.toString().lines().skip(1)).hasSize(40).allMatch(line -> line.split(",").length == 4);
        assertThat(program.run("predict", out.toString(), csv.toString(), "--task", "bodo", "--interval", "0.8")).isZero();
        assertThat(program.out.toString().lines().skip(1)).hasSize(40).allMatch(line -> line.split(",").length == 9);
        assertThat(program.run("transfer", run("mtl-hmb").toString(), csv.toString())).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "column = \"pain\" | kind = \"binary\" | column 'pain' is the response 'pain' already; a response has columns of its own",
        "column = \"again\" | kind = \"scale\" | a response is \"continuous\", \"binary\"",
        "column = \"again\" | kind = \"binary\"\\nname = \"Pain\" | response 'Pain' and response 'pain' have names too much alike",
        "column = \"again\" | kind = \"binary\"\\nname = \"pain in oslo\" | response 'pain in oslo' and response 'pain' have names",
        "column = \"again\" | kind = \"binary\"\\nname = \"a/b\" | response 'a/b' becomes the name of a file",
        "column = \"agian\" | kind = \"binary\" | response column 'agian' is not in the first file of any task; did you mean 'again'?",
        "column = \"age\" | kind = \"continuous\" | column 'age' of source 'exam' is already the response 'age'",
        "column = \"again\" | kind = \"binary\"\\nnmae = \"x\" | unknown key 'nmae' in [response]; did you mean 'name'?"})
    void whatCannotBeIsRefusedInOneLine(String column, String kind, String said) throws IOException {
        String second = "[[response]]\n" + column + "\n" + kind.replace("\\n", "\n") + "\n";
        Path study = study("bad", "[[response]]\ncolumn = \"pain\"\nkind = \"continuous\"\nmissing = \"allowed\"\n" + second, "gp");
        assertThat(program.run("describe", study.toString())).as(program.out.toString()).isEqualTo(2);
        assertThat(program.err.toString().lines()).hasSize(1).allMatch(line -> line.contains(said) && line.contains("study.toml:"));
    }

    @Test
    void aTaskWithoutAnyResponseIsRefused() throws IOException {
        Path study = study("none", RESPONSES, "gp");
        Files.writeString(study.resolve("tromso.csv"), rows("tromso", 10, 1, false));
        assertThat(program.run("describe", study.toString())).isEqualTo(2);
        assertThat(program.err.toString().lines()).hasSize(1).allMatch(line ->
                line.contains("no row of task 'tromso' has any of the responses 'pain' and 'relapse'")
                || line.contains("no row of task 'tromso' has any of the responses"));
    }

    @Test
    void aMissingResponseIsAnErrorUnlessAllowed() throws IOException {
        Path study = study("strict", RESPONSES.replaceFirst("missing = \"allowed\"\n", ""), "gp");
        assertThat(program.run("describe", study.toString())).isEqualTo(2);
        assertThat(program.err.toString().lines()).hasSize(1).allMatch(line -> line.contains("oslo.csv:5:") && line.contains(
                "response 'pain' is missing"));
    }
}
