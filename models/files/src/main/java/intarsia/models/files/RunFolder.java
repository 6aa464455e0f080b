package intarsia.models.files;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import intarsia.linalg.Tensor;
import intarsia.models.data.Encoding;
import intarsia.models.hmb.Layout;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.hmb.MtlHmbOptions;
import intarsia.models.tenmtl.TenMtlModel;
import intarsia.models.tenmtl.TenMtlOptions;
import intarsia.models.tenmtl.TensorEncoding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A fitted model on disk, readable from any language: {@code weights.safetensors} holds every learned number, {@code model.json} what they mean,
 * {@code provenance.json} where they come from.
 *
 * @param model      the model
 * @param schema     how cells of new rows become numbers
 * @param provenance where it comes from
 */
public record RunFolder(RunModel model, Schema schema, Provenance provenance) {
    private static final String MODEL = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String PROVENANCE = "provenance.json";
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

    /** How {@code model.json} begins; the rest is for its kind to say. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Kind(String kind, int format) {}

    /** What {@code model.json} holds: all of a model but its weights. */
    private sealed interface Document {
        Schema schema();

        RunModel with(Map<String, Tensor> weights);
    }

    private record HmbDocument(String kind, int format, MtlHmbOptions options, Layout layout, Encoding encoding, Schema schema)
            implements Document {
        @Override
        public RunModel with(Map<String, Tensor> weights) {
            MtlHmbModel model = new MtlHmbModel(options, layout, encoding, weights);
            model.check();
            return new RunModel.Hmb(model);
        }
    }

    private record TenMtlDocument(String kind, int format, TenMtlOptions options, TensorEncoding encoding, List<String> individuals,
            double dispersion, Schema schema) implements Document {
        @Override
        public RunModel with(Map<String, Tensor> weights) {
            TenMtlModel model = new TenMtlModel(options, encoding, individuals, dispersion, weights);
            model.check();
            return new RunModel.TenMtl(model);
        }
    }

    /** Writes its files into a folder that is being written. */
    public void write(FolderWriter folder) {
        Document document = switch (model) {
            case RunModel.Hmb(MtlHmbModel hmb) -> new HmbDocument(model.kind(), FORMAT, hmb.options(), hmb.layout(), hmb.encoding(), schema);
            case RunModel.TenMtl(TenMtlModel ten) -> new TenMtlDocument(model.kind(), FORMAT, ten.options(), ten.encoding(),
                    ten.individuals(), ten.dispersion(), schema);
        };
        folder.write(MODEL, Json.write(document));
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
        Document document = document(folder, files);
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

    private static Document document(Path folder, Manifest files) {
        Kind kind = files.json(MODEL, Kind.class);
        Class<? extends Document> type = kind.format() != FORMAT ? null
                : RunModel.Hmb.KIND.equals(kind.kind()) ? HmbDocument.class
                : RunModel.TenMtl.KIND.equals(kind.kind()) ? TenMtlDocument.class : null;
        if (type == null) {
            throw new FileException(folder.resolve(MODEL), "is a model of kind '" + kind.kind() + "', format " + kind.format()
                    + "; this program reads '" + RunModel.Hmb.KIND + "' and '" + RunModel.TenMtl.KIND + "', format " + FORMAT);
        }
        return files.json(MODEL, type);
    }
}
