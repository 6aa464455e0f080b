package intarsia.models.files.model;

import intarsia.models.Estimator;
import intarsia.models.Model;
import intarsia.models.Weights;
import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.baseline.RegressionModel;
import intarsia.models.baseline.SingleTask;
import intarsia.models.dual.DualEncoder;
import intarsia.models.dual.DualEncoderModel;
import intarsia.models.files.Study;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.gp.MultitaskGpModel;
import intarsia.models.hmb.HeterogeneousTransfer;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.mbi.MbiModel;
import intarsia.models.mbi.MultipleBlockImputation;
import intarsia.models.net.ObservedNetwork;
import intarsia.models.tenmtl.PersonalBaselines;
import intarsia.models.tenmtl.PersonalModel;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TenMtlModel;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** All kinds of model: how a study file asks for each, and how a saved one is read back. A new model is one line in each list. */
public final class ModelKinds {
    private static final List<String> NETWORKS = List.of(SingleTask.KEY, Regression.KEY);

    private static final List<Asked> ASKED = Stream.concat(Stream.of(
            new Asked(MtlHmb.KEY, NETWORKS, MtlHmbKeys.TABLE, study -> MtlHmbKeys.read(study.fit())),
            new Asked(DualEncoder.KEY, NETWORKS, DualEncoderKeys.TABLE, study -> DualEncoderKeys.read(study.fit())),
            new Asked(TenMtl.KEY, PersonalBaselines.DEFAULT, TenMtlKeys.TABLE, TenMtlKeys::read),
            new Asked(MultitaskGp.KEY, List.of(Regression.KEY), GpKeys.TABLE, study -> GpKeys.read(study.fit())),
            new Asked(Regression.KEY, List.of(), null, study -> Regression.DEFAULT),
            new Asked(MeanPredictor.KEY, List.of(Regression.KEY), null, study -> new MeanPredictor()),
            new Asked(SingleTask.KEY, List.of(Regression.KEY), SingleTaskKeys.TABLE, study -> SingleTaskKeys.singleTask(study.fit())),
            new Asked(HardSharing.KEY, NETWORKS, SingleTaskKeys.TABLE, study -> SingleTaskKeys.hardSharing(study.fit())),
            new Asked(HeterogeneousTransfer.KEY, NETWORKS, MtlHmbKeys.TABLE, study ->
                    new HeterogeneousTransfer(MtlHmbKeys.read(study.fit()))),
            new Asked(MultipleBlockImputation.KEY, List.of(Regression.KEY), null, study -> MultipleBlockImputation.DEFAULT)),
            PersonalBaselines.keys().stream().map(key -> new Asked(key, List.of(Regression.KEY), TenMtlKeys.TABLE,
                    study -> PersonalBaselines.of(key, TenMtlKeys.form(study))))).toList();

    private static final List<Saved<?>> SAVED = List.of(
            new Saved<>(MtlHmb.KEY, MtlHmbModel.Settings.class,
                    (s, weights) -> new MtlHmbModel(s.options(), s.layout(), s.encoding(), weights)),
            new Saved<>(DualEncoder.KEY, DualEncoderModel.Settings.class, DualEncoderModel::new),
            new Saved<>(TenMtl.KEY, TenMtlModel.Settings.class, TenMtlModel::new),
            new Saved<>(PersonalModel.KIND, PersonalModel.Settings.class, PersonalModel::new),
            new Saved<>(MultitaskGp.KEY, MultitaskGpModel.Settings.class, MultitaskGpModel::new),
            new Saved<>(Regression.KEY, RegressionModel.Settings.class, (s, weights) ->
                    new RegressionModel(s.options(), s.tasks(), weights)),
            new Saved<>(MultipleBlockImputation.KEY, MbiModel.Settings.class,
                    (s, weights) -> new MbiModel(s.options(), s.layout(), s.encoding(), weights)),
            new Saved<>(MeanPredictor.KEY, MeanPredictor.Settings.class, (s, weights) -> new MeanPredictor.Means(s.responses(), weights)),
            new Saved<>(SingleTask.KEY, SingleTask.Settings.class, (s, weights) -> new ObservedNetwork(s.options(), s.tasks(), weights)),
            new Saved<>(HardSharing.KEY, HardSharing.Settings.class, (s, weights) -> new ObservedNetwork(s.options(), s.tasks(), weights)),
            new Saved<>(HeterogeneousTransfer.KEY, HeterogeneousTransfer.Settings.class,
                    (s, weights) -> new ObservedNetwork(s.options(), s.tasks(), weights)));

    private ModelKinds() {}

    /**
     * A model that a study file may ask for.
     *
     * @param key       its name
     * @param baselines what it is compared with unless the study file says otherwise
     * @param keys      what a study file may say of it; null if nothing
     * @param read      its estimator, with the options of a study file
     */
    record Asked(String key, List<String> baselines, KeyTable keys, Function<Study, Estimator> read) {}

    /**
     * A model that a folder may hold.
     *
     * @param kind     names it in the folder
     * @param settings what is saved beside the weights
     * @param restore  makes the model of both, and checks that they fit
     */
    record Saved<S extends Record>(String kind, Class<S> settings, BiFunction<S, Weights, Model> restore) {
        Model model(Record read, Weights weights) {
            return restore.apply(settings.cast(read), weights);
        }
    }

    /** The keys of all models. */
    static Stream<KeyTable> tables() {
        return ASKED.stream().map(Asked::keys).filter(Objects::nonNull).distinct();
    }

    /** The names of all models that can be asked for. */
    public static List<String> names() {
        return ASKED.stream().map(Asked::key).toList();
    }

    /**
     * The model of this name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    static Asked asked(String name) {
        return ASKED.stream().filter(asked -> asked.key.equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "no model '" + name + "'; there are " + String.join(", ", names())));
    }

    /** What reads a saved kind back, or null for a kind that is not known. */
    static Saved<?> saved(String kind) {
        return SAVED.stream().filter(saved -> saved.kind.equals(kind)).findFirst().orElse(null);
    }

    /** The kinds that a folder may hold. */
    static List<String> savedKinds() {
        return SAVED.stream().map(Saved::kind).toList();
    }
}
