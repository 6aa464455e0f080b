package intarsia.models.study.hmb;

import intarsia.linalg.Tensor;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.Additions;
import intarsia.models.hmb.BlockImputation;
import intarsia.models.hmb.Hbi;
import intarsia.models.hmb.HeterogeneousTransfer;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.Separation;
import intarsia.models.hmb.Steps;
import intarsia.models.hmb.Variant;
import intarsia.models.mbi.MultipleBlockImputation;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskTable;
import intarsia.models.selection.ModelSelection;
import intarsia.models.selection.SearchSpace;
import intarsia.models.stacking.Stacking;
import intarsia.models.study.FittedNetworks;
import intarsia.models.study.NetworkChoice;
import intarsia.models.study.NetworkChoice.Inputs;
import java.util.List;
import java.util.function.Function;

/**
 * The methods of the paper's study, each tuned on a grid; one more is one more entry. Step 1's networks are chosen source by source by the
 * imputation loss of held-out rows, then step 2's on the rows completed.
 *
 * @param grid      what tuning chooses from
 * @param selection how
 */
record HmbMethods(Grid grid, ModelSelection selection) {
    /** The paper's without R_orth, which does harm. */
    private static final MtlHmb BARE = MtlHmb.published().orthogonality(0);
    /** Our additions, with representations as wide as those of step 1. */
    private static final MtlHmb WIDE = MtlHmb.options().width(MtlHmb.options().imputer().width());

    /** All of them. */
    List<Estimator> all() {
        return List.of(
                new Tuned("stl", "STL", context -> {
                    FeatureEncoding encoding = encoding(context);
                    return alone(context, null, Inputs.observed(context, task -> ObservedFeatures.alone(task, encoding)));
                }),
                new Tuned("htl", "HTL", context -> transfer(context, grid.networks())),
                new Tuned("mtl-hmb", "MTL-HMB", context -> stepTwo(context, grid.networks(), imputed(context, grid.imputers()))),
                MultipleBlockImputation.DEFAULT.scaling(Scaling.RAW).named("mbi", "MBI"),
                new Tuned("hps", "HPS on the anchor", context -> trunk(context, null, anchors(context))),
                new Tuned("ablation-1", "Ablation 1: HBI + STL", context -> {
                    BlockImputation imputation = imputed(context, grid.imputers());
                    return alone(context, imputation, Inputs.completed(context, imputation));
                }),
                new Tuned("ablation-2", "Ablation 2: HBI + HPS", context -> {
                    BlockImputation imputation = imputed(context, grid.imputers());
                    return trunk(context, imputation, Inputs.completed(context, imputation));
                }),
                new Tuned("ablation-3", "Ablation 3: column means + step 2",
                        context -> stepTwo(context, grid.networks(), BlockImputation.columnMeans(context.split(), Scaling.RAW))),
                new Tuned("htl-no-orth", "HTL, no R_orth", context -> transfer(context, without(Term.ORTHOGONALITY))),
                new Tuned("htl-no-dr", "HTL, no R_dr", context -> transfer(context, without(Term.REDUNDANCY))),
                new Tuned("htl-anchor", "HTL, task encoders read the anchor", context ->
                        stepTwo(context, without(Term.IMPUTATION), unread(context))),
                stepTwo("htl-imputed", "MTL-HMB, no R_imp", Term.IMPUTATION),
                stepTwo("mtl-hmb-no-orth", "MTL-HMB, no R_orth, tuned", Term.ORTHOGONALITY),
                stepTwo("mtl-hmb-no-dr", "MTL-HMB, no R_dr", Term.REDUNDANCY),
                new Tuned("htl-released", "HTL, penalties 1", context -> transfer(context, grid.released().stream()
                        .map(options -> options.penalties(1, 0, 1)).distinct().toList())),
                new Tuned("mtl-hmb-released", "MTL-HMB, released variant", context -> stepTwo(context, grid.released(),
                        imputed(context, grid.imputers().stream().map(options -> options.variant(Variant.RELEASED)).toList()))),
                MtlHmb.SPACE.tuned(MtlHmb.options(), SearchSpace.Effort.QUICK, key -> false)
                        .named("mtl-hmb-added", "MTL-HMB, our additions"),
                MultitaskGp.options(),
                MultitaskGp.options().missing(MultitaskGp.MissingBlocks.IMPUTED).named("gp-imputed", "Gaussian process, blocks imputed"),
                MultitaskGp.options().missing(MultitaskGp.MissingBlocks.JOINT).named("gp-joint", "Gaussian process, joint blocks"),
                Stacking.options(),
                apart("apart-none", "MTL-HMB, no R_orth", 0, Separation.ORTHOGONALITY),
                apart("apart-orth-low", "MTL-HMB, R_orth 0.01", 0.01, Separation.ORTHOGONALITY),
                apart("apart-orth-high", "MTL-HMB, R_orth 1", 1, Separation.ORTHOGONALITY),
                apart("apart-hsic-low", "MTL-HMB, HSIC 0.01", 0.01, Separation.HSIC),
                apart("apart-hsic-high", "MTL-HMB, HSIC 1", 1, Separation.HSIC),
                apart("apart-adversary-low", "MTL-HMB, adversary 0.01", 0.01, Separation.ADVERSARIAL),
                apart("apart-adversary-high", "MTL-HMB, adversary 1", 1, Separation.ADVERSARIAL),
                steps("steps-two", "MTL-HMB, two steps", BARE, Steps.TWO, 1),
                steps("steps-one-high", "MTL-HMB, one step, lambda 1", BARE, Steps.ONE, 1),
                steps("steps-one", "MTL-HMB, one step, lambda 0.1", BARE, Steps.ONE, 0.1),
                steps("steps-one-low", "MTL-HMB, one step, lambda 0.01", BARE, Steps.ONE, 0.01),
                steps("steps-one-draws", "MTL-HMB, one step, lambda 0.1, draws", BARE, Steps.ONE_DRAWS, 0.1),
                steps("steps-two-orth", "MTL-HMB, two steps, R_orth", MtlHmb.published(), Steps.TWO, 1),
                steps("steps-one-orth", "MTL-HMB, one step, lambda 0.1, R_orth", MtlHmb.published(), Steps.ONE, 0.1),
                steps("steps-two-added", "MTL-HMB, our additions, two steps", WIDE, Steps.TWO, 1),
                steps("steps-one-added", "MTL-HMB, our additions, one step, lambda 0.1", WIDE, Steps.ONE, 0.1));
    }

    /** The paper's method untuned, with another term that keeps representations apart. */
    private static Estimator apart(String key, String name, double weight, Separation separation) {
        return MtlHmb.published().orthogonality(weight).additions(Additions.NONE.separation(separation)).named(key, name);
    }

    /** Untuned, in one step or two. */
    private static Estimator steps(String key, String name, MtlHmb options, Steps steps, double balance) {
        return options.additions(options.additions().steps(steps).balance(balance)).named(key, name);
    }

    /** The penalties of step 2. */
    private enum Term {
        ORTHOGONALITY,
        IMPUTATION,
        REDUNDANCY
    }

    /** The grid's points without one of the penalties. */
    private List<MtlHmb> without(Term term) {
        return grid.networks().stream().map(point -> {
            MtlHmb.Penalties all = point.penalties();
            return switch (term) {
                case ORTHOGONALITY -> point.penalties(0, all.imputation(), all.redundancy());
                case IMPUTATION -> point.penalties(all.orthogonality(), 0, all.redundancy());
                case REDUNDANCY -> point.penalties(all.orthogonality(), all.imputation(), 0);
            };
        }).distinct().toList();
    }

    /** MTL-HMB without one of the penalties. */
    private Estimator stepTwo(String key, String name, Term left) {
        return new Tuned(key, name, context -> stepTwo(context, without(left), imputed(context, grid.imputers())));
    }

    /** Missing blocks are 0, and so are not read. */
    private static BlockImputation unread(FitContext context) {
        BlockImputation zeros = BlockImputation.columnMeans(context.split(), Scaling.RAW);
        for (Source source : context.split().data().others()) {
            int width = zeros.encoding().width(source);
            zeros = zeros.with(source, (graph, anchor) ->
                    anchor.matmul(graph.constant(Tensor.zeros(anchor.shape().size(1), width))));
        }
        return zeros;
    }

    /** A method that chooses as it fits. */
    private record Tuned(String key, String name, Function<FitContext, FittedNetworks> chosen) implements Estimator {
        @Override
        public Outcome<? extends Model> fit(FitContext context) {
            return new Outcome.Converged<>(chosen.apply(context), 1);
        }
    }

    private static FeatureEncoding encoding(FitContext context) {
        return FeatureEncoding.of(context.split(), Scaling.RAW);
    }

    private static Inputs anchors(FitContext context) {
        FeatureEncoding encoding = encoding(context);
        return Inputs.observed(context, task -> ObservedFeatures.of(task, context.split().data().anchors(), encoding));
    }

    private FittedNetworks alone(FitContext context, BlockImputation imputation, Inputs inputs) {
        return choice().each(context, imputation, inputs, new NetworkChoice.Candidates<>(grid.singles(), HmbMethods::label,
                SingleTask::epochs));
    }

    private FittedNetworks trunk(FitContext context, BlockImputation imputation, Inputs inputs) {
        return choice().together(context, imputation, inputs,
                new NetworkChoice.Candidates<>(grid.trunks(), of -> of.width() + "x" + of.depth(),
                HardSharing::epochs));
    }

    private NetworkChoice choice() {
        return new NetworkChoice(selection);
    }

    private FittedNetworks transfer(FitContext context, List<MtlHmb> points) {
        List<HeterogeneousTransfer> candidates = points.stream()
                .map(options -> new HeterogeneousTransfer(options.penalties(options.penalties().orthogonality(), 0,
                        options.penalties().redundancy())))
                .distinct().toList();
        FeatureEncoding encoding = encoding(context);
        Inputs inputs = Inputs.observed(context, task -> HeterogeneousTransfer.features(task, context.split().data(), encoding));
        return choice().together(context, null, inputs, new NetworkChoice.Candidates<>(candidates, of -> label(of.options()),
                HeterogeneousTransfer::epochs));
    }

    private FittedNetworks stepTwo(FitContext context, List<MtlHmb> points, BlockImputation imputation) {
        List<TaskTable> tables = imputation.tables(context.engine(), context.split());
        FitContext own = context.child("network");
        NetworkModel network = selection.<MtlHmb, NetworkModel>choose("network", context, points, HmbMethods::label,
                (engine, point, epochs) -> point.epochs(epochs).learn(own.on(engine), imputation, tables)).model();
        return new FittedNetworks(List.of(network), imputation, context.split());
    }

    private BlockImputation imputed(FitContext context, List<MtlHmb> points) {
        BlockImputation bare = BlockImputation.columnMeans(context.split(), Scaling.RAW);
        BlockImputation imputation = bare;
        for (Source source : context.split().data().others()) {
            FitContext own = context.child("imputer/" + source.name());
            imputation = imputation.with(source, selection.<MtlHmb, BlockImputation.Imputer>choose("imputer of " + source.name(), context,
                    points,
                    point -> point.imputer().width() + "x" + point.imputer().depth(),
                    (engine, point, epochs) -> Hbi.fit(own.on(engine), bare, source, point.epochs(epochs))).model());
        }
        return imputation;
    }

    private static String label(SingleTask point) {
        return point.width() + "x" + point.depth() + " of " + point.training().batch();
    }

    private static String label(MtlHmb point) {
        MtlHmb.Penalties penalties = point.penalties();
        return point.encoder().width() + "x" + point.encoder().depth() + " " + penalties.orthogonality() + "/" + penalties.imputation()
                + "/"
                + penalties.redundancy();
    }
}
