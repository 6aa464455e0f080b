package intarsia.models.files;

import intarsia.linalg.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A fitted model on disk, readable from any language: {@code weights.safetensors} holds every learned number, {@code model.json} what they mean,
 * {@code provenance.json} where they come from.
 *
 * @param model      the model
 * @param schema     how cells of new rows become numbers
 * @param provenance where it comes from
 */
public record RunFolder(StoredModel model, Schema schema, Provenance provenance) {
    private static final String MODEL = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String PROVENANCE = "provenance.json";
    static final int FORMAT = 1;

    /**
     * Where a model comes from.
     *
     * @param version   of the program
     * @param study     the study's folder, as an absolute path
     * @param digest    SHA-256 over the study's files
     * @param files     SHA-256 of each file
     * @param seed      what all random numbers were derived from
     * @param kernels   the kernels that computed it
     * @param precision the precision it was computed in
     */
    public record Provenance(String version, String study, String digest, Map<String, String> files, long seed, String kernels, String precision) {}

    /** What every kind's {@code model.json} begins with. */
    private record Head(String kind, int format) {}

    /** Writes its files into a folder that is being written. */
    public void write(FolderWriter folder) {
        folder.write(MODEL, Json.write(model.document(schema)));
        folder.write(WEIGHTS, SafeTensors.of(model.weights()).toBytes());
        folder.write(PROVENANCE, Json.write(provenance));
    }

    /** Whether a folder looks like a run, and not like a study. */
    public static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(Manifest.FILE_NAME)) && Files.exists(folder.resolve(MODEL));
    }

    /**
     * Reads a model.
     *
     * @throws FileException if the folder is missing, foreign or damaged, or its weights do not fit its model
     */
    public static RunFolder read(Path folder) {
        Manifest files = Manifest.open(folder);
        Head head = Json.head(folder.resolve(MODEL), files.bytes(MODEL), Head.class);
        Class<? extends StoredModel.Document> documents = head.kind() == null ? null : StoredModel.documents(head.kind());
        if (documents == null || head.format() != FORMAT) {
            throw new FileException(folder.resolve(MODEL), "is a model of kind '" + head.kind() + "', format " + head.format()
                    + "; this program reads 'mtl-hmb', 'dual-encoder' and 'tenmtl', format " + FORMAT);
        }
        StoredModel.Document document = files.json(MODEL, documents);
        Map<String, Tensor> weights = files.tensors(WEIGHTS).tensors();
        try {
            return new RunFolder(document.with(weights), document.schema(), files.json(PROVENANCE, Provenance.class));
        } catch (IllegalArgumentException e) {
            throw new FileException(folder.resolve(WEIGHTS), "does not fit " + MODEL + ": " + e.getMessage());
        } catch (NullPointerException | IndexOutOfBoundsException | ArithmeticException e) {
            // The records say what a model is made of; a file with one of them missing or out of step was made by hand.
            throw new FileException(folder.resolve(MODEL), "is not a whole model: parts of it are missing or do not fit together; run fit again");
        }
    }
}
