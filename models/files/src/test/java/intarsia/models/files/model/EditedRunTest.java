package intarsia.models.files.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.Regression;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.dual.DualEncoder;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.NewRows;
import intarsia.models.files.Study;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.stacking.Stacking;
import intarsia.models.tenmtl.TenMtl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A model file edited by hand, its digests computed again: every field in turn is taken away, made null, made another kind of value or a
 * huge number, and every list loses its first element, has it twice, or its first two exchanged. Each is refused with one line, or gives
 * numbers; what a prediction hangs on is refused, or what is predicted is the same to the bit.
 */
class EditedRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final MultitaskGp GP = MultitaskGp.options().search(new MultitaskGp.Search(1, 10, 400, 1_000));

    @TempDir
    private Path folder;

    static Stream<Arguments> models() {
        return Stream.of(Arguments.of(MtlHmb.KEY, MtlHmb.options().width(3).depth(1).epochs(2)),
                Arguments.of(DualEncoder.KEY, DualEncoder.options()), Arguments.of(TenMtl.KEY, TenMtl.tuned()),
                Arguments.of(MultitaskGp.KEY, GP), Arguments.of("gp with inducing rows", GP.inducing(new MultitaskGp.Inducing(8, 0))),
                Arguments.of(Stacking.KEY, new Stacking(List.of(Regression.DEFAULT, Regression.POOLED, GP), 3)),
                Arguments.of(Regression.KEY, Regression.DEFAULT),
                        Arguments.of(HardSharing.KEY, new HardSharing(4, 1, SingleTask.DEFAULT.training().epochs(2),
                        SingleTask.DEFAULT.scaling())));
    }

    private Study study() throws IOException {
        Files.writeString(folder.resolve("study.toml"), """
                id = "id"
                [response]
                column = "y"
                kind = "continuous"
                [tasks]
                a = "a.csv"
                b = "b.csv"
                [sources]
                exam = ["x1", "x2"]
                labs = ["z", "w"]
                [columns]
                x2 = { kind = "binary" }
                z = { kind = "categorical", levels = ["low", "middle", "high"] }
                """);
        String[] levels = {"low", "middle", "high"};
        for (String task : List.of("a", "b")) {
            StringBuilder csv = new StringBuilder(task.equals("a") ? "id,x1,x2,z,w,y\n" : "id,x1,x2,y\n");
            for (int i = 0; i < 18; i++) {
                csv.append(task).append(i).append(',').append(i * 7 % 11).append(',').append(i * 5 % 2)
                        .append(task.equals("a") ? "," + levels[i % 3] + "," + i * 3 % 13 : "").append(',').append(i * 7 % 11 + i % 3)
                        .append('\n');
            }
            Files.writeString(folder.resolve(task + ".csv"), csv);
        }
        return Study.read(folder);
    }

    @ParameterizedTest
    @MethodSource("models")
    void isRefusedOrGivesNumbers(String key, Estimator estimator) throws IOException {
        Study study = study();
        Model model = estimator.fit(study.tasks(), 1).orThrow();
        Path run = folder.resolve("run");
        try (FolderWriter writer = FolderWriter.begin(run, false)) {
            new RunFolder(model, study.schema(), new RunFolder.Provenance(List.of(new Program("1", "bits")), folder.toString(),
                    study.digest(), study.digests(), 1, "scalar", "F64"), TrainingSummary.of(study.tasks()), null).write(writer);
            writer.commit();
        }
        List<String> files;
        try (Stream<Path> all = Files.list(run)) {
            files = all.map(file -> file.getFileName().toString()).filter(name -> name.matches("model.json|member-.*")).sorted().toList();
        }
        List<String> believed = new ArrayList<>();
        int refused = 0;
        Path rows = Files.writeString(folder.resolve("rows.csv"), "id,task,x1,x2,z,w\nr,a,3,1,high,4\ns,b,2.5,0,low,\n");
        try (Engine engine = Engine.open()) {
            List<double[]> before = new ArrayList<>();
            assertThat(use(run, rows, engine, before)).isNull();
            for (String name : files) {
                String good = Files.readString(run.resolve(name));
                for (Edit edit : edits(JSON.readTree(good))) {
                    write(run, name, JSON.writeValueAsString(edit.text));
                    List<double[]> after = new ArrayList<>();
                    String problem = use(run, rows, engine, after);
                    refused += problem == null ? 0 : 1;
                    if (problem == null && edit.mustBeRefused && !Arrays.deepEquals(before.toArray(), after.toArray())) {
                        believed.add(name + ": " + edit.what);
                    }
                }
                write(run, name, good);
            }
        }
        assertThat(refused).as("edits refused").isGreaterThan(50);
        assertThat(believed).as("edits that were believed").isEmpty();
    }

    /** What a person is told, in one line, or null if it predicts. */
    private static String use(Path run, Path rows, Engine engine, List<double[]> predicted) {
        try {
            RunFolder read = RunFolder.read(run);
            Model model = read.model();
            NewRows given = NewRows.read(rows, read.schemaFor(run), model.tasks(), List.of(), null);
            try (BoundModel bound = model.bind(engine)) {
                for (String task : model.tasks()) {
                    NewRows own = given.ofTask(task);
                    Observations observed = new Observations(own.ids(), own.blocks());
                    predicted.add(bound.predict(task, observed));
                    if (model instanceof ImputesBlocks imputes && imputes.imputes()) {
                        imputes.impute(engine, task, observed).values().forEach(block -> predicted.addAll(List.of(block)));
                    }
                }
            }
            return null;
        } catch (DataException e) {
            assertThat(e.getMessage().lines()).hasSize(1);
            return e.getMessage();
        }
    }

    /** Writes a file and its digest. */
    private static void write(Path run, String name, String text) throws IOException {
        Files.writeString(run.resolve(name), text);
        StringBuilder sums = new StringBuilder();
        for (String line : Files.readAllLines(run.resolve("SHA256SUMS"))) {
            sums.append(line.endsWith("  " + name) ? sha256(text) + "  " + name : line).append('\n');
        }
        Files.writeString(run.resolve("SHA256SUMS"), sums);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private record Edit(String what, JsonNode text, boolean mustBeRefused) {}

    private static List<Edit> edits(JsonNode good) {
        List<Edit> edits = new ArrayList<>();
        collect(good, good, "", edits);
        return edits;
    }

    private static void collect(JsonNode root, JsonNode node, String pointer, List<Edit> edits) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
                change(root, pointer, edits, at + " taken away", true, parent -> ((ObjectNode) parent).remove(name));
                boolean nullable = object.get(name).isNull();
                change(root, pointer, edits, at + " null", !nullable && !at.matches("/schema|/settings/imputer"), parent ->
                        ((ObjectNode) parent).putNull(name));
                change(root, pointer, edits, at + " a list", !object.get(name).isArray(), parent -> ((ObjectNode) parent).putArray(name));
                if (object.get(name).isNumber()) {
                    change(root, pointer, edits, at + " 1e400", true,
                            parent -> ((ObjectNode) parent).put(name, new java.math.BigDecimal("1e400")));
                    change(root, pointer, edits, at + " -7", false, parent -> ((ObjectNode) parent).put(name, -7));
                } else if (object.get(name).isTextual()) {
                    change(root, pointer, edits, at + " other text", false, parent -> ((ObjectNode) parent).put(name, "\u0000../x"));
                }
                collect(root, object.get(name), at, edits);
            });
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            // What a cell means hangs on these; lists of numbers and of missing codes may be anything.
            boolean meaning = pointer.matches(".*/(anchors|others|columns|levels|features/[a-z]+|tasks|sources)") && !array.get(0).isNull();
            change(root, pointer, edits, pointer + " without its first", meaning, list -> ((ArrayNode) list).remove(0));
            change(root, pointer, edits, pointer + " with its first twice", meaning, list -> ((ArrayNode) list).insert(0, array.get(0)));
            if (array.size() > 1 && !array.get(0).equals(array.get(1))) {
                boolean ordered = pointer.matches(".*/(columns|levels|features/[a-z]+)");
                change(root, pointer, edits, pointer + " exchanged", ordered, list -> {
                    JsonNode first = ((ArrayNode) list).remove(0);
                    ((ArrayNode) list).insert(1, first);
                });
            }
            for (int i = 0; i < array.size(); i++) {
                collect(root, array.get(i), pointer + "/" + i, edits);
            }
        }
    }

    private static void change(JsonNode root, String pointer, List<Edit> edits, String what, boolean refused, Consumer<JsonNode> edit) {
        JsonNode copy = root.deepCopy();
        edit.accept(copy.at(pointer));
        edits.add(new Edit(what, copy, refused));
    }
}
