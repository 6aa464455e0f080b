package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import intarsia.cli.bits.BitsTable;
import intarsia.cli.json.DocumentForms;
import intarsia.models.files.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code --json} standard output is one document of the published form, from every command, errors too. */
class AnswerTest {
    private static final String GENERATED = "## The document\n";
    private static final JsonNode SCHEMA = schema();

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Set<String> answered = new TreeSet<>();

    private static JsonNode schema() {
        try (InputStream in = DocumentForms.class.getResourceAsStream("schema.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode document(int status, String... args) throws IOException {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), args)).as(err.toString()).isEqualTo(status);
        assertThat(out.toString()).endsWith("\n").matches("\\p{ASCII}*").satisfies(text -> assertThat(text.lines()).hasSize(1));
        JsonNode document = new ObjectMapper().readTree(out.toString());
        List<String> wrong = new FormCheck(SCHEMA).problems(document);
        assertThat(wrong).as(document.toPrettyString()).isEmpty();
        assertThat(document.path("status").asInt()).isEqualTo(status);
        return document;
    }

    private JsonNode result(String... args) throws IOException {
        JsonNode document = document(0, args);
        answered.add(document.path("command").asText());
        assertThat(document.path("error").isNull()).isTrue();
        return document.path("result");
    }

    private static List<String> column(JsonNode table, String name) {
        int at = 0;
        while (!table.path("columns").path(at).asText().equals(name)) {
            at++;
        }
        List<String> cells = new ArrayList<>();
        for (JsonNode row : table.path("rows")) {
            cells.add(row.get(at).asText());
        }
        return cells;
    }

    @Test
    void everyCommandAnswersInTheFormOfTheSchema() throws IOException {
        Path study = Clinics.write(folder, "model = \"dual-encoder\"\nepochs = 3\n", new SplittableRandom(3));
        String run = folder.resolve("run").toString();
        JsonNode described = result("describe", study.toString(), "--json").path("study");
        assertThat(column(described.path("sources"), "status")).containsExactly("observed", "observed", "observed", "absent");
        JsonNode fitted = result("fit", study.toString(), "--repeats", "2", "--quiet", "--kernels", "scalar", "--out", run, "--json");
        assertThat(fitted.path("model").asText()).isEqualTo("dual-encoder");
        assertThat(column(fitted.path("scores"), "task")).contains("north", "south");
        JsonNode model = result("describe", run, "--json").path("model");
        assertThat(model.path("kind").asText()).isEqualTo("dual-encoder");
        assertThat(model.path("bits").asText()).isEqualTo(BitsTable.read().digest());

        String rows = study.resolve("north.csv").toString();
        JsonNode predicted = result("predict", run, rows, "--task", "north", "--interval", "0.8", "--json").path("predictions");
        Path csv = folder.resolve("predicted.csv");
        assertThat(result("predict", run, rows, "--task", "north", "--interval", "0.8", "--out", csv.toString(), "--json").path("rows")
                .asInt()).isEqualTo(30);
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(31);
        for (int i = 0; i < 30; i++) {
            List<String> cells = new ArrayList<>();
            predicted.path("rows").path(i).forEach(cell -> cells.add(cell.isNumber() ? Double.toString(cell.doubleValue())
                    : cell.asText()));
            assertThat(String.join(",", cells)).isEqualTo(lines.get(i + 1));
        }
        assertThat(result("evaluate", run, rows, "--task", "north", "--interval", "0.8", "--json").path("coverage").path("rows"))
                .hasSize(1);
        assertThat(result("explain", run, rows, "--task", "north", "--json").path("explanations").path("rows")).hasSize(30);
        JsonNode imputed = result("impute", run, "--draws", "2", "--coefficients", "all", "--out", folder.resolve("done").toString(),
                "--json");
        assertThat(imputed.path("blocks").asInt()).isEqualTo(30);
        assertThat(column(imputed.path("coefficients"), "coefficient")).contains("age", "crp");
        assertThat(result("link", study.toString(), "--out", folder.resolve("linked").toString(), "--json").path("blocks").asInt())
                .isEqualTo(30);
        Path newcomer = folder.resolve("west.csv");
        Clinics.patients(newcomer, true, new SplittableRandom(4));
        assertThat(result("transfer", run, newcomer.toString(), "--repeats", "2", "--quiet", "--json").path("task").asText())
                .isEqualTo("west");
        Path onnx = folder.resolve("model.onnx");
        assertThat(result("export", run, "--onnx", onnx.toString(), "--json").path("bytes").asLong()).isEqualTo(Files.size(onnx));
        Files.delete(study.resolve("study.toml"));
        assertThat(result("init", study.toString(), "--response", "pressure", "--json").path("study").asText()).endsWith("study.toml");
        assertThat(column(result("doctor", "--kernels", "scalar", "--json").path("kernels"), "name")).contains("scalar");
        studies();
        assertThat(answered).as("commands").isEqualTo(commands());
    }

    private void studies() throws IOException {
        assertThat(result("study", "simulate", "--setting", "D", "--n", "100", "--out", folder.resolve("drawn").toString(), "--json")
                .path("tasks").asInt()).isEqualTo(2);
        assertThat(result("study", "mtl-hmb", "--setting", "D", "--values", "100", "--methods", "stl", "--grid", "fixed", "--epochs", "1",
                "--replicates", "1", "--quiet", "--kernels", "scalar", "--out", folder.resolve("a").toString(), "--json").path("done")
                .asInt()).isEqualTo(1);
        assertThat(result("study", "tenmtl", "--setting", "II-beta", "--values", "0.5", "--methods", "global", "--replicates", "1",
                "--quiet", "--out", folder.resolve("c").toString(), "--json").path("items").asInt()).isEqualTo(1);
        assertThat(result("study", "sharing", "--setting", "alike", "--values", "100", "--methods", "gp-alone", "--replicates", "1",
                "--quiet", "--kernels", "scalar", "--out", folder.resolve("d").toString(), "--json").path("items").asInt()).isEqualTo(1);
        assertThat(result("study", "anchors", "--setting", "chain", "--values", "30", "--methods", "ridge-alone", "--replicates", "1",
                "--quiet", "--kernels", "scalar", "--out", folder.resolve("e").toString(), "--json").path("items").asInt()).isEqualTo(1);
        document(2, "study", "anchors", "--setting", "chain", "--methods", "hmb-a", "--out", folder.resolve("f").toString(), "--json");
        // its networks take long: answered by the same lines as the two above, so its error has to do
        assertThat(document(2, "study", "dual-encoder", "--setting", "nosuch", "--out", folder.resolve("b").toString(), "--json")
                .path("command").asText()).isEqualTo("study dual-encoder");
        answered.add("study dual-encoder");
        federated();
    }

    /** A coordinator and two nodes, whose answers are taken together. */
    private void federated() throws IOException {
        FederatedProgram program = new FederatedProgram(folder.resolve("federated"), "one", "two");
        for (String name : List.of("one", "two")) {
            Clinics.write(Files.createDirectories(program.study(name).getParent()), "", new SplittableRandom(3));
        }
        List<FederatedProgram.Ended> ended = program.fit(List.of("--modes", "exam", "--json"), List.of("--json"));
        for (FederatedProgram.Ended each : ended) {
            JsonNode document = new ObjectMapper().readTree(each.out());
            assertThat(each.status()).as(each.err()).isZero();
            assertThat(new FormCheck(SCHEMA).problems(document)).isEmpty();
            answered.add(document.path("command").asText());
        }
    }

    /** All that do something: not help, and not those that hold others. */
    private static Set<String> commands() {
        Set<String> names = new TreeSet<>();
        Main.program().getSubcommands().forEach((name, command) -> {
            if (!command.getSubcommands().isEmpty()) {
                command.getSubcommands().keySet().forEach(inner -> names.add(name + " " + inner));
            } else if (!name.equals("help")) {
                names.add(name);
            }
        });
        return names;
    }

    /** What text rounds, the document has exactly; the text is of the same figures. */
    @Test
    void howTasksDifferAndWhichAnchorIsBest() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        Files.writeString(folder.resolve("study.toml"), """
                [response]
                column = "y"
                kind = "continuous"
                [tasks]
                a = "a.csv"
                b = "b.csv"
                c = "c.csv"
                [sources]
                one = ["x"]
                two = ["z"]
                """);
        for (String task : List.of("a", "b", "c")) {
            StringBuilder csv = new StringBuilder("x,z,y\n");
            for (int i = 0; i < (task.equals("c") ? 2 : 25); i++) {
                double x = random.nextDouble();
                csv.append(x).append(',').append(random.nextDouble()).append(',').append(x + 0.1 * random.nextDouble()).append('\n');
            }
            Files.writeString(folder.resolve(task + ".csv"), csv);
        }
        String[] asked = {"describe", folder.toString(), "--heterogeneity", "--by-method", "--anchors", "--permutations", "19"};
        List<String> with = new ArrayList<>(List.of(asked));
        with.add("--json");
        JsonNode study = result(with.toArray(String[]::new)).path("study");
        JsonNode differ = study.path("heterogeneity");
        assertThat(differ.path("permutations").asInt()).isEqualTo(19);
        assertThat(column(differ.path("distributions"), "second")).containsExactly("b", "c", "c");
        assertThat(differ.path("disagreement").path("rows").path(1)).as("two rows are too few").hasToString(
                "[\"\",\"a\",\"c\",25,2,null,null]");
        assertThat(column(differ.path("sharing"), "learned")).containsExactly("together", "in groups");
        assertThat(column(differ.path("groups"), "task")).containsExactly("a", "b", "c");
        assertThat(column(differ.path("methods"), "method")).containsExactly("pooled-regression", "mtl-hmb", "dual-encoder", "gp");
        assertThat(column(differ.path("methods"), "p").get(2)).as("two rows are too few to stop early by").isEqualTo("null");
        List<String> problems = column(differ.path("methods"), "problem");
        assertThat(problems).filteredOn(problem -> !problem.equals("null")).containsExactly(problems.get(2));
        assertThat(problems.get(2)).contains("task 'c'", "early stopping");
        JsonNode anchors = study.path("anchors");
        assertThat(column(anchors, "anchor")).containsExactly("one + two", "one", "two");
        assertThat(column(anchors, "chosen")).containsOnlyOnce("yes");
        out.getBuffer().setLength(0);
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), asked)).isZero();
        String text = out.toString();
        double squared = Double.parseDouble(column(differ.path("distributions"), "squared MMD").getFirst());
        double gain = Double.parseDouble(column(anchors, "gain").get(2));
        assertThat(gain).as("without x little is left to predict by").isNegative();
        assertThat(text).contains(String.format("%.4f", squared)).contains(String.format("%+.1f %%", -100 * gain))
                .contains("fewer than 3 rows", "\neach method, rows left out",
                        "\ndual encoder is not judged: " + problems.get(2) + "\n")
                .containsPattern("(?m)^(sharing|no difference).*\\(p 0.05");
        assertThat(result("describe", folder.toString(), "--json").path("study").path("anchors").isNull()).isTrue();
    }

    @Test
    void everyErrorIsADocumentToo() throws IOException {
        JsonNode absent = document(2, "predict", "no-such-run", "rows.csv", "--json");
        assertThat(absent.path("command").asText()).isEqualTo("predict");
        assertThat(absent.path("result").isNull()).isTrue();
        assertThat(err.toString()).isEqualTo("intarsia: " + absent.path("error").path("message").asText() + "\n");
        JsonNode option = document(2, "fit", "--json");
        assertThat(option.path("command").asText()).isEqualTo("fit");
        assertThat(option.path("error").path("message").asText()).contains("--out").contains("intarsia fit --help");
        assertThat(document(2, "nosuch", "--json").path("command").isNull()).isTrue();
        assertThat(document(2, "study", "nosuch", "--json").path("error").path("message").asText()).contains("nosuch");
    }

    @Test
    void namesArriveAsTheyAre() throws IOException {
        Path study = Clinics.write(folder, "", new SplittableRandom(3));
        Path toml = study.resolve("study.toml");
        Files.writeString(toml, "name = \"Kliniken in K\u00f6ln \\u202e\\u001b[31m \\\"two\\\"\"\n" + Files.readString(toml));
        assertThat(result("describe", study.toString(), "--json").path("study").path("name").asText())
                .isEqualTo("Kliniken in K\u00f6ln \u202e\u001b[31m \"two\"");
    }

    @Test
    void helpStaysText() {
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "fit", "--json", "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: intarsia fit").contains("--json");
    }

    @Test
    void theSchemaIsWrittenFromTheRecords() throws IOException {
        String right = Json.write(new DocumentForms().schema());
        Path written = Path.of("target/schema.json");
        Files.writeString(written, right);
        assertThat(new String(DocumentForms.class.getResourceAsStream("schema.json").readAllBytes(), StandardCharsets.UTF_8))
                .as("the right schema is %s", written.toAbsolutePath()).isEqualTo(right);
    }

    @Test
    void thePageIsWrittenFromTheRecords() throws IOException {
        String page = Files.readString(Path.of("../docs/json.md"));
        int generated = page.indexOf(GENERATED);
        String right = (generated < 0 ? page : page.substring(0, generated)) + new DocumentForms().page();
        Path written = Path.of("target/json.md");
        Files.writeString(written, right);
        assertThat(page).as("the right page is %s", written.toAbsolutePath()).isEqualTo(right);
    }

    /** The checker of forms finds what is wrong. */
    @Test
    void aDocumentOfAnotherFormIsNoticed() throws IOException {
        String good = "{\"format\":1,\"version\":\"1\",\"command\":\"export\",\"status\":0,\"notes\":[],"
                + "\"result\":{\"file\":\"a\",\"bytes\":3},\"error\":null}";
        FormCheck check = new FormCheck(SCHEMA);
        ObjectMapper mapper = new ObjectMapper();
        assertThat(check.problems(mapper.readTree(good))).isEmpty();
        for (String bad : List.of(good.replace("\"bytes\":3", "\"bytes\":3.5"), good.replace(",\"bytes\":3", ""),
                good.replace("\"notes\":[]", "\"notes\":[1]"), good.replace("export", "init"), good.replace("\"bytes\":3",
                        "\"bytes\":3,\"more\":1"), good.replace("\"error\":null", "\"error\":{\"message\":\"m\"}"))) {
            assertThat(check.problems(mapper.readTree(bad))).as(bad).isNotEmpty();
        }
    }
}
