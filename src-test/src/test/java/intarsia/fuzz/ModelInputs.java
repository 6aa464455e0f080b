package intarsia.fuzz;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.data.Observations;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.NewRows;
import intarsia.models.files.Study;
import intarsia.models.files.model.FitOptions;
import intarsia.models.files.model.ModelKinds;
import intarsia.models.files.model.RunFolder;
import intarsia.models.files.model.TrainingSummary;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tiny model of every kind, fitted once and saved; a file of its folder is changed and its digest computed again. */
final class ModelInputs {
    private static final String SUMS = "SHA256SUMS";
    private static final String MODEL = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    static final Mutator JSON = new JsonMutator(new TextMutator(List.of(
            "{", "}", "[", "]", "\"", ",", ":", "null", "0", "-1", "1e999", "NaN", "\"kind\"", "\"format\":3", "\"a\"", "\\u0000", "\n",
            "\u2028")));

    private final Engine engine;
    private final Path folder;
    private final Path rows;
    private final Map<String, Model> models = new LinkedHashMap<>();

    /** Fits and saves them. */
    ModelInputs(Path folder, Study study, Engine engine) throws IOException {
        this.engine = engine;
        this.folder = folder;
        rows = Files.writeString(folder.resolve("given.csv"), StudyInputs.ROWS);
        for (String kind : ModelKinds.names()) {
            Model model = FitOptions.read(study, kind).model().fit(study.tasks(), 1).orThrow();
            models.put(kind, model);
            try (FolderWriter writer = FolderWriter.begin(folder.resolve(kind), false)) {
                new RunFolder(model, study.schema(), null, TrainingSummary.of(study.tasks()), null).write(writer);
                writer.commit();
            }
        }
    }

    /** The settings or the weights of each. */
    Target folders() throws IOException {
        List<Target.Start> starts = new ArrayList<>();
        for (String kind : models.keySet()) {
            starts.add(start(folder.resolve(kind), MODEL, StandardCharsets.UTF_8));
            starts.add(start(folder.resolve(kind), WEIGHTS, StandardCharsets.ISO_8859_1));
        }
        Mutator tensors = new TensorsMutator(JSON);
        return new Target("model folders", (input, random) -> (input.startsWith("{") ? JSON : tensors).mutate(input, random), starts);
    }

    private Target.Start start(Path run, String name, Charset charset) throws IOException {
        byte[] right = Files.readAllBytes(run.resolve(name));
        return new Target.Start(new String(right, charset), text -> {
            try {
                write(run, name, text.getBytes(charset));
                RunFolder read = RunFolder.read(run);
                predict(read.model(), NewRows.read(rows, read.schemaFor(run), read.model().tasks(), List.of(), null));
            } finally {
                write(run, name, right);
            }
        });
    }

    /** Predicts with every model. */
    void predict(NewRows given) {
        models.values().forEach(model -> predict(model, given));
    }

    private void predict(Model model, NewRows given) {
        try (BoundModel bound = model.bind(engine)) {
            for (String task : model.tasks()) {
                NewRows ofTask = given.ofTask(task);
                if (ofTask.size() > 0) {
                    Observations observed = new Observations(ofTask.ids(), ofTask.blocks());
                    bound.predict(task, observed);
                    if (model instanceof ImputesBlocks imputes && imputes.imputes()) {
                        imputes.impute(engine, task, observed);
                    }
                }
            }
        }
    }

    private static void write(Path run, String name, byte[] bytes) throws IOException {
        Files.write(run.resolve(name), bytes);
        List<String> sums = Files.readAllLines(run.resolve(SUMS)).stream()
                .map(line -> line.endsWith("  " + name) ? sha256(bytes) + "  " + name : line).toList();
        Files.write(run.resolve(SUMS), sums);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
