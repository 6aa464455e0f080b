package intarsia.models.files;

import intarsia.linalg.Tensor;
import intarsia.models.Predictor;
import intarsia.models.data.Source;
import intarsia.models.hmb.Layout;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.tenmtl.TenMtlModel;
import java.util.List;
import java.util.Map;

/** A model that a {@link RunFolder} can keep. */
public sealed interface RunModel {
    /** What it is called in {@code model.json} and at the command line. */
    String kind();

    /** The names of its tasks. */
    List<String> tasks();

    /** The names of the sources without which it predicts nothing. */
    List<String> needed();

    /** The model, predicting. */
    Predictor predictor();

    /** All its learned numbers, by name. */
    Map<String, Tensor> weights();

    /** MTL-HMB. */
    record Hmb(MtlHmbModel model) implements RunModel {
        /** Its kind. */
        public static final String KIND = "mtl-hmb";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<String> tasks() {
            return model.layout().tasks().stream().map(Layout.TaskInfo::name).toList();
        }

        @Override
        public List<String> needed() {
            return model.layout().anchors().stream().map(Source::name).toList();
        }

        @Override
        public Predictor predictor() {
            return model;
        }

        @Override
        public Map<String, Tensor> weights() {
            return model.weights();
        }
    }

    /** TenMTL. */
    record TenMtl(TenMtlModel model) implements RunModel {
        /** Its kind. */
        public static final String KIND = "tenmtl";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<String> tasks() {
            return model.individuals();
        }

        @Override
        public List<String> needed() {
            return model.encoding().modes().stream().flatMap(mode -> mode.sources().stream()).map(Source::name).toList();
        }

        @Override
        public Predictor predictor() {
            return model;
        }

        @Override
        public Map<String, Tensor> weights() {
            return model.weights();
        }
    }
}
