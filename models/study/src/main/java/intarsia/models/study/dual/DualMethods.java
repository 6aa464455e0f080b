package intarsia.models.study.dual;

import intarsia.linalg.Tensor;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Weights;
import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.TaskSplit;
import intarsia.models.dual.Clusters;
import intarsia.models.dual.DualEncoder;
import intarsia.models.dual.Fusion;
import intarsia.models.dual.Group;
import intarsia.models.dual.Lasso;
import intarsia.models.dual.LowRank;
import intarsia.models.dual.Ridge;
import intarsia.models.dual.Similarity;
import intarsia.models.hmb.HeterogeneousTransfer;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.net.Training;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.ModelSelection;
import intarsia.models.selection.Tuned;
import intarsia.models.sharing.PartialSharing;
import intarsia.models.study.FittedNetworks;
import intarsia.models.study.NetworkChoice;
import intarsia.models.study.NetworkChoice.Candidates;
import intarsia.models.study.NetworkChoice.Inputs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * The methods: each network is 32 wide, trained in the same way, and chosen among one and two hidden layers by validation rows; the dual
 * encoder's penalty weight and the ridge on its task-specific parts, one of two, are chosen by the same rows.
 */
public final class DualMethods {
    private static final Scaling SCALING = Scaling.STANDARDIZED;
    private static final int WIDTH = 32;
    private static final DualEncoder DUAL = DualEncoder.options();
    private static final Training TRAINING = DUAL.warmUp();
    private static final List<Integer> DEPTHS = List.of(1, 2);
    private static final double[] RIDGES = {0.1, 10};
    private static final NetworkChoice CHOICE = new NetworkChoice(new ModelSelection(ModelSelection.Search.EXHAUSTIVE));
    private static final MtlHmb HMB = MtlHmb.published().width(16).depth(2).training(TRAINING).scaling(SCALING);

    private static final List<Estimator> ALL = List.of(
            new Chosen("median", "Median", DualMethods::median),
            new Tuned("ridge", "Ridge", List.of(new Regression(1000), new Regression(100), new Regression(10), new Regression(1)), true),
            new Chosen("stl", "Single task", DualMethods::singleTask),
            new Chosen("pooled", "Pooled", PooledNetwork::fit),
            new Chosen("hps", "HPS", DualMethods::hardSharing),
            new Chosen("htl", "HTL", DualMethods::transfer),
            // The linear task-specific parts are penalized away.
            DUAL.encoders(new DualEncoder.Encoders(1, 0, 1, 1)).penalties(new DualEncoder.Penalties(1e9, 0,
                    0)).alternation(DUAL.alternation().starts(1))
                    .named("armul", "Linear ARMUL"),
            similar("group", "Dual encoder", new Group()),
            similar("lasso", "Dual, lasso", new Lasso()),
            similar("ridged", "Dual, ridge", new Ridge()),
            similar("fusion", "Dual, fusion", new Fusion()),
            similar("clusters", "Dual, 2 clusters", new Clusters(2)),
            similar("lowrank", "Dual, rank 2", new LowRank(2)),
            HMB.named("hmb", "MTL-HMB"),
            new PartialSharing(HMB, new Group(), List.of(1.0), 1, 0.1).named("hmb-all", "MTL-HMB, all share"),
            new PartialSharing(HMB, new Group(), new DualEncoder.PenaltyWeight.Path(10, 0.01).ratios(), 1, 0.1)
                    .named("hmb-part", "MTL-HMB, partial sharing"));

    private DualMethods() {}

    /** All of them. */
    public static List<Estimator> all() {
        return ALL;
    }

    /** A method that chooses as it fits. */
    private record Chosen(String key, String name, Function<FitContext, Model> chosen) implements Estimator {
        @Override
        public Outcome<? extends Model> fit(FitContext context) {
            return new Outcome.Converged<>(chosen.apply(context), 1);
        }
    }

    private static Estimator similar(String key, String name, Similarity similarity) {
        return new Tuned(key, name, DoubleStream.of(RIDGES).mapToObj(ridge -> DUAL.similarity(similarity)
                .penalties(new DualEncoder.Penalties(ridge, DUAL.penalties().orthogonality(), DUAL.penalties().decay()))).toList(), false);
    }

    private static Model median(FitContext context) {
        Map<String, ResponseFamily> responses = new LinkedHashMap<>();
        Weights medians = Weights.NONE;
        for (TaskSplit split : context.split().tasks()) {
            double[] sorted = Arrays.stream(split.responses(split.trainAndValidation())).sorted().toArray();
            responses.put(split.task().name(), split.task().family());
            medians = medians.and(split.task().name(), Tensor.vector((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2));
        }
        return new MeanPredictor.Means(responses, medians);
    }

    static FittedNetworks singleTask(FitContext context) {
        FeatureEncoding encoding = FeatureEncoding.of(context.split(), SCALING);
        return CHOICE.each(context, null, Inputs.observed(context, task -> ObservedFeatures.alone(task, encoding)), new Candidates<>(
                DEPTHS.stream().map(depth -> new SingleTask(WIDTH, depth, TRAINING, SCALING)).toList(), of -> "depth " + of.depth(),
                        SingleTask::epochs));
    }

    private static Model hardSharing(FitContext context) {
        FeatureEncoding encoding = FeatureEncoding.of(context.split(), SCALING);
        Inputs inputs = Inputs.observed(context, task -> ObservedFeatures.of(task, context.split().data().anchors(), encoding));
        return CHOICE.together(context, null, inputs, new Candidates<>(
                DEPTHS.stream().map(depth -> new HardSharing(WIDTH, depth, TRAINING, SCALING)).toList(), of -> "depth " + of.depth(),
                        HardSharing::epochs));
    }

    private static Model transfer(FitContext context) {
        FeatureEncoding encoding = FeatureEncoding.of(context.split(), SCALING);
        Inputs inputs = Inputs.observed(context, task -> HeterogeneousTransfer.features(task, context.split().data(), encoding));
        return CHOICE.together(context, null, inputs, new Candidates<>(DEPTHS.stream().map(depth -> new HeterogeneousTransfer(
                MtlHmb.published().width(WIDTH).depth(depth).penalties(0.01, 0, 0.01).training(TRAINING).scaling(SCALING))).toList(),
                of -> "depth " + of.options().encoder().depth(), HeterogeneousTransfer::epochs));
    }
}
