package intarsia.models.files;

import intarsia.linalg.Tensor;
import intarsia.models.Predictor;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Encoding;
import intarsia.models.data.Source;
import intarsia.models.data.Task.ResponseKind;
import intarsia.models.dual.Coefficients;
import intarsia.models.dual.DualEncoderModel;
import intarsia.models.dual.DualEncoderOptions;
import intarsia.models.hmb.Layout;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.hmb.MtlHmbOptions;
import intarsia.models.tenmtl.TenMtlModel;
import intarsia.models.tenmtl.TenMtlOptions;
import intarsia.models.tenmtl.TensorEncoding;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model of one of the kinds that a run folder may hold: what is written of each, and how it is read back. */
public sealed interface StoredModel {
    /** Its kind's name. */
    String kind();

    /** It, as what predicts. */
    Predictor predictor();

    /** The names of its tasks. */
    List<String> tasks();

    /** The sources without which nothing can be predicted. */
    List<Source> needed();

    /** What {@code model.json} holds. */
    Document document(Schema schema);

    /** What {@code weights.safetensors} holds. */
    Map<String, Tensor> weights();

    /** What {@code model.json} may hold, by kind. */
    sealed interface Document {
        /** How cells of new rows become numbers. */
        Schema schema();

        /**
         * The model with these weights.
         *
         * @throws IllegalArgumentException if they do not fit
         */
        StoredModel with(Map<String, Tensor> weights);
    }

    /** An MTL-HMB. */
    record Hmb(MtlHmbModel model) implements StoredModel {
        static final String KIND = "mtl-hmb";

        private record Saved(String kind, int format, MtlHmbOptions options, Layout layout, Encoding encoding, Schema schema) implements Document {
            @Override
            public StoredModel with(Map<String, Tensor> weights) {
                MtlHmbModel model = new MtlHmbModel(options, layout, encoding, weights);
                model.check();
                return new Hmb(model);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Predictor predictor() {
            return model;
        }

        @Override
        public List<String> tasks() {
            return model.layout().tasks().stream().map(Layout.TaskInfo::name).toList();
        }

        @Override
        public List<Source> needed() {
            return model.layout().anchors();
        }

        @Override
        public Document document(Schema schema) {
            return new Saved(KIND, RunFolder.FORMAT, model.options(), model.layout(), model.encoding(), schema);
        }

        @Override
        public Map<String, Tensor> weights() {
            return model.weights();
        }
    }

    /** A dual encoder; its coefficients are among the weights, under {@code coefficients/}. */
    record Dual(DualEncoderModel model) implements StoredModel {
        static final String KIND = "dual-encoder";
        private static final String OWN = "coefficients/own";
        private static final String INTERCEPTS = "coefficients/intercepts";
        private static final String SHARED = "coefficients/shared";
        private static final String CENTERS = "coefficients/centers";

        private record Rows(String name, ResponseKind responseKind, List<Source> sources) {}

        private record Saved(String kind, int format, DualEncoderOptions options, int common, List<Rows> tasks, List<Integer> cluster, List<Double> trace,
                Encoding encoding, Schema schema) implements Document {
            @Override
            public StoredModel with(Map<String, Tensor> weights) {
                Map<String, Tensor> encoders = new LinkedHashMap<>(weights);
                double[][] own = rows(encoders.remove(OWN), OWN);
                Tensor intercepts = encoders.remove(INTERCEPTS);
                double[][] shared = rows(encoders.remove(SHARED), SHARED);
                double[][] centers = encoders.containsKey(CENTERS) ? rows(encoders.remove(CENTERS), CENTERS) : new double[0][];
                int count = tasks.size();
                if (own.length != count || shared.length != count || intercepts == null || intercepts.size() != count
                        || cluster.size() != (centers.length > 0 ? count : 0)
                        || cluster.stream().anyMatch(k -> k < 0 || k >= centers.length)
                        || Arrays.stream(centers).anyMatch(center -> center.length != shared[0].length)) {
                    throw new IllegalArgumentException("the coefficients are not those of " + count + " tasks");
                }
                DualEncoderModel model = new DualEncoderModel(options, common,
                        tasks.stream().map(task -> new DenseRows(task.name(), task.responseKind(), task.sources(), encoding)).toList(), encoders,
                        new Coefficients(own, intercepts.toDoubles(), shared, centers, cluster.stream().mapToInt(Integer::intValue).toArray()), trace);
                model.check();
                return new Dual(model);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Predictor predictor() {
            return model;
        }

        @Override
        public List<String> tasks() {
            return model.tasks().stream().map(DenseRows::task).toList();
        }

        @Override
        public List<Source> needed() {
            return model.anchors();
        }

        @Override
        public Document document(Schema schema) {
            // The last task's encoding knows all tasks: a transfer adds to it.
            return new Saved(KIND, RunFolder.FORMAT, model.options(), model.common(),
                    model.tasks().stream().map(rows -> new Rows(rows.task(), rows.kind(), rows.sources())).toList(),
                    Arrays.stream(model.coefficients().cluster()).boxed().toList(), model.trace(), model.tasks().getLast().encoding(), schema);
        }

        @Override
        public Map<String, Tensor> weights() {
            Coefficients at = model.coefficients();
            Map<String, Tensor> all = new LinkedHashMap<>(model.weights());
            int widest = Arrays.stream(at.own()).mapToInt(alpha -> alpha.length).max().orElseThrow();
            all.put(OWN, Tensor.matrix(Arrays.stream(at.own()).map(alpha -> Arrays.copyOf(alpha, widest)).toArray(double[][]::new)));
            all.put(INTERCEPTS, Tensor.vector(at.intercepts()));
            all.put(SHARED, Tensor.matrix(at.shared()));
            if (at.centers().length > 0) {
                all.put(CENTERS, Tensor.matrix(at.centers()));
            }
            return all;
        }

        private static double[][] rows(Tensor matrix, String name) {
            if (matrix == null || matrix.shape().rank() != 2) {
                throw new IllegalArgumentException("weights '" + name + "' are missing or no matrix");
            }
            return matrix.toRows();
        }
    }

    /** A TenMTL. */
    record TenMtl(TenMtlModel model) implements StoredModel {
        static final String KIND = "tenmtl";

        private record Saved(String kind, int format, TenMtlOptions options, TensorEncoding encoding, List<String> individuals,
                double dispersion, Schema schema) implements Document {
            @Override
            public StoredModel with(Map<String, Tensor> weights) {
                TenMtlModel model = new TenMtlModel(options, encoding, individuals, dispersion, weights);
                model.check();
                return new TenMtl(model);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Predictor predictor() {
            return model;
        }

        @Override
        public List<String> tasks() {
            return model.individuals();
        }

        @Override
        public List<Source> needed() {
            return model.encoding().modes().stream().flatMap(mode -> mode.sources().stream()).toList();
        }

        @Override
        public Document document(Schema schema) {
            return new Saved(KIND, RunFolder.FORMAT, model.options(), model.encoding(), model.individuals(), model.dispersion(), schema);
        }

        @Override
        public Map<String, Tensor> weights() {
            return model.weights();
        }
    }

    /** What a kind's {@code model.json} holds, or null for a kind that is not known. */
    static Class<? extends Document> documents(String kind) {
        return switch (kind) {
            case Hmb.KIND -> Hmb.Saved.class;
            case Dual.KIND -> Dual.Saved.class;
            case TenMtl.KIND -> TenMtl.Saved.class;
            default -> null;
        };
    }
}
