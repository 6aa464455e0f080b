package intarsia.models.files.model;

import intarsia.models.Estimator;
import intarsia.models.Model;
import intarsia.models.Weights;
import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.baseline.RegressionModel;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.DataException;
import intarsia.models.data.Task;
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
import intarsia.models.reduction.ApartModel;
import intarsia.models.reduction.BinaryReduction;
import intarsia.models.reduction.ReducedModel;
import intarsia.models.reduction.ResponsesApart;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import intarsia.models.stacking.StackedModel;
import intarsia.models.stacking.Stacking;
import intarsia.models.tenmtl.PersonalBaselines;
import intarsia.models.tenmtl.PersonalModel;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TenMtlModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All kinds of model: how a study file asks for each, and how a saved one is read back. A new model is one line in each list, or a
 * {@link ModelModule} elsewhere.
 */
public final class ModelKinds {
    private static final List<String> NETWORKS = List.of(SingleTask.KEY, Regression.KEY);

    private static final List<Asked> ASKED = Stream.of(Stream.of(
            new Asked(Stacking.KEY, AutoKeys.CANDIDATES, AutoKeys.TABLE, AutoKeys::read),
            new Asked(MtlHmb.KEY, NETWORKS, MtlHmbKeys.TABLE, study ->
                    TuningKeys.tuned(study, study.fit(), MtlHmbKeys.read(study.fit()), MtlHmb.SPACE)),
            new Asked(DualEncoder.KEY, NETWORKS, DualEncoderKeys.TABLE, study ->
                    TuningKeys.tuned(study, DualEncoderKeys.TABLE.in(study.fit()), DualEncoderKeys.read(study.fit()), DualEncoder.SPACE)),
            new Asked(TenMtl.KEY, PersonalBaselines.DEFAULT, TenMtlKeys.TABLE, TenMtlKeys::read),
            new Asked(MultitaskGp.KEY, List.of(Regression.KEY), GpKeys.TABLE, study -> GpKeys.read(study.fit())),
            new Asked(Regression.KEY, List.of(), TuningKeys.REGRESSION, study -> TuningKeys.regression(study, false)),
            new Asked(Regression.POOLED_KEY, List.of(Regression.KEY), TuningKeys.REGRESSION, study -> TuningKeys.regression(study, true)),
            new Asked(MeanPredictor.KEY, List.of(Regression.KEY), null, study -> new MeanPredictor()),
            new Asked(SingleTask.KEY, List.of(Regression.KEY), SingleTaskKeys.TABLE, study ->
                    TuningKeys.tuned(study, study.fit(), SingleTaskKeys.singleTask(study.fit()), SingleTask.SPACE)),
            new Asked(HardSharing.KEY, NETWORKS, SingleTaskKeys.TABLE, study ->
                    TuningKeys.tuned(study, study.fit(), SingleTaskKeys.hardSharing(study.fit()), HardSharing.SPACE)),
            new Asked(HeterogeneousTransfer.KEY, NETWORKS, MtlHmbKeys.TABLE, study -> TuningKeys.tuned(study,
                    study.fit(), new HeterogeneousTransfer(MtlHmbKeys.read(study.fit())), HeterogeneousTransfer.SPACE)),
            new Asked(MultipleBlockImputation.KEY, List.of(Regression.KEY), null, study -> MultipleBlockImputation.DEFAULT)),
            PersonalBaselines.keys().stream().map(key -> new Asked(key, List.of(Regression.KEY), TenMtlKeys.TABLE,
                    study -> PersonalBaselines.of(key, TenMtlKeys.form(study)))),
            ModelModules.ALL.stream().flatMap(module -> module.estimators().stream()).map(estimator -> new Asked(estimator.key(),
                    List.of(Regression.KEY), null, study -> estimator))).flatMap(Function.identity()).toList();

    private static final List<Saved<?>> SAVED = Stream.concat(Stream.<Saved<?>>of(
            new Saved<>(Stacking.KEY, StackedModel.Settings.class, StackedModel.Settings::names, (s, weights, members) -> {
                weights.check(Map.of());
                return new StackedModel(s, members);
            }),
            new Saved<>(ApartModel.KIND, ApartModel.Settings.class, ApartModel.Settings::names, (s, weights, members) -> {
                weights.check(Map.of());
                return new ApartModel(s, members);
            }),
            new Saved<>(ReducedModel.KIND, ReducedModel.Settings.class, ReducedModel.Settings::names, ReducedModel::new),
            Saved.of(MtlHmb.KEY, MtlHmbModel.Settings.class,
                    (s, weights) -> new MtlHmbModel(s.options(), s.layout(), s.encoding(), weights)),
            Saved.of(DualEncoder.KEY, DualEncoderModel.Settings.class, DualEncoderModel::new),
            Saved.of(TenMtl.KEY, TenMtlModel.Settings.class, TenMtlModel::new),
            Saved.of(PersonalModel.KIND, PersonalModel.Settings.class, PersonalModel::new),
            Saved.of(MultitaskGp.KEY, MultitaskGpModel.Settings.class, MultitaskGpModel::new),
            Saved.of(Regression.KEY, RegressionModel.Settings.class, (s, weights) ->
                    new RegressionModel(s.options(), s.tasks(), weights)),
            Saved.of(MultipleBlockImputation.KEY, MbiModel.Settings.class,
                    (s, weights) -> new MbiModel(s.options(), s.layout(), s.encoding(), weights)),
            Saved.of(MeanPredictor.KEY, MeanPredictor.Settings.class, (s, weights) -> new MeanPredictor.Means(s.responses(), weights)),
            Saved.of(SingleTask.KEY, SingleTask.Settings.class, (s, weights) -> new ObservedNetwork(s.options(), s.tasks(), weights)),
            Saved.of(HardSharing.KEY, HardSharing.Settings.class, (s, weights) -> new ObservedNetwork(s.options(), s.tasks(), weights)),
            Saved.of(HeterogeneousTransfer.KEY, HeterogeneousTransfer.Settings.class,
                    (s, weights) -> new ObservedNetwork(s.options(), s.tasks(), weights))),
            ModelModules.ALL.stream().flatMap(module -> module.saved().stream())).toList();

    private ModelKinds() {}

    /**
     * A model that a study file may ask for.
     *
     * @param key       its name
     * @param baselines what it is compared with unless the study file says otherwise
     * @param keys      what a study file may say of it; null if nothing
     * @param read      its estimator, with the options of a study file
     */
    record Asked(String key, List<String> baselines, KeyTable keys, Function<Study, Estimator> read) {
        /**
         * Its estimator for a study's responses, those of levels reduced to binary ones where it takes that; empty if it learns neither.
         */
        Optional<Estimator> learning(Study study) {
            return ModelKinds.learning(read.apply(study), study);
        }
    }

    /**
     * A model that a folder may hold.
     *
     * @param kind     names it in the folder
     * @param settings what is saved besides the weights
     * @param members  the names of the models that it is made of
     * @param restore  makes the model of all, and checks that they fit
     */
    public record Saved<S extends Record>(String kind, Class<S> settings, Function<S, List<String>> members, Restore<S> restore) {
        /** Makes a model of its settings, its own weights and its members. */
        public interface Restore<S> {
            Model model(S settings, Weights weights, Map<String, Model> members);
        }

        /** A model that is not made of others. */
        public static <S extends Record> Saved<S> of(String kind, Class<S> settings, BiFunction<S, Weights, Model> restore) {
            return new Saved<>(kind, settings, none -> List.of(), (read, weights, members) -> restore.apply(read, weights));
        }

        List<String> names(Record read) {
            return members.apply(settings.cast(read));
        }

        Model model(Record read, Weights weights, Map<String, Model> of) {
            return restore.model(settings.cast(read), weights, of);
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

    /** An estimator as it learns a study's responses, apart where it does not fit them together; empty if it does not. */
    static Optional<Estimator> learning(Estimator estimator, Study study) {
        return BinaryReduction.learning(ResponsesApart.of(estimator, study.tasks().tasks()), families(study));
    }

    /** That a model does not learn a study's responses, and which do. */
    static String refusal(String name, Study study) {
        List<String> kinds = families(study).stream().map(ResponseFamily::key).distinct().toList();
        return "'" + name + "' does not learn " + String.join(" and ", kinds) + " responses"
                + (families(study).stream().anyMatch(ResponseFamily::hasOffset) ? " with offsets" : "")
                + (families(study).stream().anyMatch(of -> of instanceof Survival survival && survival.discrete()) ? " in discrete time"
                        : "")
                + "; those that do are "
                + ASKED.stream().filter(asked -> learns(asked, study)).map(Asked::key).collect(Collectors.joining(", "));
    }

    /** The mixture always does: of what learns. What the study file does not suit in another way does not. */
    private static boolean learns(Asked asked, Study study) {
        try {
            return asked.key.equals(Stacking.KEY) || asked.learning(study).isPresent();
        } catch (DataException e) {
            return false;
        }
    }

    private static List<ResponseFamily> families(Study study) {
        return study.tasks().tasks().stream().map(Task::family).distinct().toList();
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
