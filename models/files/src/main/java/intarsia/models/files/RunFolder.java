package intarsia.models.files;

import intarsia.linalg.Tensor;
import intarsia.models.data.Encoding;
import intarsia.models.hmb.Layout;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.hmb.MtlHmbOptions;
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
public record RunFolder(MtlHmbModel model, Schema schema, Provenance provenance) {
    private static final String MODEL = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String PROVENANCE = "provenance.json";
    private static final String KIND = "mtl-hmb";
    private static final int FORMAT = 1;

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

    /** What {@code model.json} holds. */
    private record Document(String kind, int format, MtlHmbOptions options, Layout layout, Encoding encoding, Schema schema) {}

    /** Writes its files into a folder that is being written. */
    public void write(FolderWriter folder) {
        folder.write(MODEL, Json.write(new Document(KIND, FORMAT, model.options(), model.layout(), model.encoding(), schema)));
        folder.write(WEIGHTS, SafeTensors.of(model.weights()).toBytes());
        folder.write(PROVENANCE, Json.write(provenance));
    }

    /**
     * Reads a model.
     *
     * @throws FileException if the folder is missing, foreign or damaged, or its weights do not fit its model
     */
    public static RunFolder read(Path folder) {
        Manifest files = Manifest.open(folder);
        Document document = files.json(MODEL, Document.class);
        if (document.kind() == null || !document.kind().equals(KIND) || document.format() != FORMAT) {
            throw new FileException(folder.resolve(MODEL), "is a model of kind '" + document.kind() + "', format " + document.format()
                    + "; this program reads '" + KIND + "', format " + FORMAT);
        }
        Map<String, Tensor> weights = files.tensors(WEIGHTS).tensors();
        try {
            MtlHmbModel model = new MtlHmbModel(document.options(), document.layout(), document.encoding(), weights);
            model.check();
            return new RunFolder(model, document.schema(), files.json(PROVENANCE, Provenance.class));
        } catch (IllegalArgumentException e) {
            throw new FileException(folder.resolve(WEIGHTS), "does not fit " + MODEL + ": " + e.getMessage());
        } catch (NullPointerException | IndexOutOfBoundsException | ArithmeticException e) {
            // The records say what a model is made of; a file with one of them missing or out of step was made by hand.
            throw new FileException(folder.resolve(MODEL), "is not a whole model: parts of it are missing or do not fit together; run fit again");
        }
    }
}
