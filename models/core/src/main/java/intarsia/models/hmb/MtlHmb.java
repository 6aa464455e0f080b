package intarsia.models.hmb;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Trained;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import intarsia.models.net.Training;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.SearchSpace;
import intarsia.models.selection.SearchSpace.Option;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * MTL-HMB (arXiv 2505.24413): missing blocks are imputed ({@link BlockImputer}), then one network learns all tasks ({@link HmbNetwork}):
 *
 * <pre>
 * minimize  sum_t loss^t + gamma R_orth + delta R_imp + kappa R_dr
 * </pre>
 *
 * by Adam on mini-batches, stopped by the summed validation loss. {@link Steps} may make both steps one ({@link JointLearning}).
 *
 * {@snippet class="intarsia.tutorial.Snippets" region="mtl-hmb"}
 *
 * @param variant   the paper's or the released code's
 * @param encoder   step 2's encoders, phi_c and phi_p
 * @param path      step 2's shared and task-specific paths
 * @param penalties weights of step 2's regularizers
 * @param imputer   step 1
 * @param training  how step 2 is trained
 * @param scaling   whether continuous quantities are standardized
 * @param additions what is ours in step 2
 */
public record MtlHmb(Variant variant, Encoder encoder, Path path, Penalties penalties, Imputer imputer, Training training,
        FeatureEncoding.Scaling scaling, Additions additions) implements Estimator {
    /** Its name in files. */
    public static final String KEY = "mtl-hmb";

    private static final MtlHmb PUBLISHED = new MtlHmb(Variant.PAPER, new Encoder(64, 2, 64), new Path(64, 2),
            new Penalties(0.01, 0.01, 0.01), new Imputer(32, 1, 0, Training.DEFAULT), Training.DEFAULT,
            FeatureEncoding.Scaling.STANDARDIZED, Additions.NONE);
    private static final MtlHmb DEFAULT = PUBLISHED.encoder(new Encoder(32, 3, 4)).path(new Path(32, 3))
            .imputer(new Imputer(32, 1, 0, Training.PATIENT)).training(Training.PATIENT).additions(Additions.DEFAULT);

    /** What tuning may change: the linear path, all penalties, batches and depths. */
    public static final SearchSpace<MtlHmb> SPACE = new SearchSpace<>(List.of(
            new Option<>("linear", Map.of("beside", o -> o.additions(o.additions.linear(Additions.Linear.BESIDE))), Map.of()),
            new Option<>("orthogonality", Map.of(), Map.of("0.1", o -> o.orthogonality(0.1))),
            new Option<>("batch", Map.of(), Map.of("8", o -> o.training(o.training.batch(8)))),
            new Option<>("depth", Map.of(), Map.of("2", o -> o.depth(2))),
            new Option<>("columns", Map.of(), Map.of("0.1", o -> o.additions(o.additions.columns(0.1))))), false);

    /**
     * Step 2's encoders, shared and task-specific alike.
     *
     * @param width          width of hidden layers
     * @param depth          linear layers
     * @param representation width of h and k, what they give
     */
    public record Encoder(int width, int depth, int representation) {
        /** Checks every number. */
        public Encoder {
            positive("encoder width", width);
            positive("encoder depth", depth);
            positive("representation", representation);
        }
    }

    /**
     * Step 2's shared and task-specific paths.
     *
     * @param width width of layers
     * @param depth layers
     */
    public record Path(int width, int depth) {
        /** Checks every number. */
        public Path {
            positive("path width", width);
            positive("path depth", depth);
        }
    }

    /**
     * Weights of step 2's regularizers.
     *
     * @param orthogonality gamma, of {@code R_orth}
     * @param imputation    delta, of {@code R_imp}
     * @param redundancy    kappa, of {@code R_dr}
     */
    public record Penalties(double orthogonality, double imputation, double redundancy) {
        /** Checks every number. */
        public Penalties {
            notNegative("orthogonality penalty", orthogonality);
            notNegative("imputation penalty", imputation);
            notNegative("redundancy penalty", redundancy);
        }
    }

    /**
     * Step 1's networks, for each source.
     *
     * @param width         width of layers and representations
     * @param depth         linear layers
     * @param orthogonality weight of an orthogonality term that the released code may add and the paper does not have; 0 leaves it out
     * @param training      how they are trained
     */
    public record Imputer(int width, int depth, double orthogonality, Training training) {
        /** Checks every number. */
        public Imputer {
            positive("imputer width", width);
            positive("imputer depth", depth);
            notNegative("imputer orthogonality penalty", orthogonality);
            if (training == null) {
                throw new IllegalArgumentException("imputer: its training is missing");
            }
        }
    }

    /** Checks that nothing is missing. */
    public MtlHmb {
        if (Stream.of(variant, encoder, path, penalties, imputer, training, scaling, additions).anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(
                    "mtl-hmb: needs variant, encoder, path, penalties, imputer, training, scaling and additions");
        }
        if (variant == Variant.RELEASED && additions.steps() != Steps.TWO) {
            throw new IllegalArgumentException("mtl-hmb: the released variant has two steps; one step needs variant \"paper\"");
        }
    }

    /** The defaults: width 32 and depth 3, representations 4 wide, penalties 0.01, imputers of one layer, the additions' defaults. */
    public static MtlHmb options() {
        return DEFAULT;
    }

    /** The paper's method, nothing added: width 64 and depth 2 throughout. */
    public static MtlHmb published() {
        return PUBLISHED;
    }

    /** Another variant. */
    public MtlHmb variant(Variant other) {
        return new MtlHmb(other, encoder, path, penalties, imputer, training, scaling, additions);
    }

    /** With other encoders. */
    public MtlHmb encoder(Encoder other) {
        return new MtlHmb(variant, other, path, penalties, imputer, training, scaling, additions);
    }

    /** With other paths. */
    public MtlHmb path(Path other) {
        return new MtlHmb(variant, encoder, other, penalties, imputer, training, scaling, additions);
    }

    /** With encoders, representations and paths of this width. */
    public MtlHmb width(int all) {
        return encoder(new Encoder(all, encoder.depth, all)).path(new Path(all, path.depth));
    }

    /** With encoders and paths of this depth. */
    public MtlHmb depth(int both) {
        return encoder(new Encoder(encoder.width, both, encoder.representation)).path(new Path(path.width, both));
    }

    /** With other penalties. */
    public MtlHmb penalties(Penalties other) {
        return new MtlHmb(variant, encoder, path, other, imputer, training, scaling, additions);
    }

    /** With other penalties: gamma, delta, kappa. */
    public MtlHmb penalties(double gamma, double delta, double kappa) {
        return penalties(new Penalties(gamma, delta, kappa));
    }

    /** With another gamma. */
    public MtlHmb orthogonality(double gamma) {
        return penalties(gamma, penalties.imputation, penalties.redundancy);
    }

    /** With another step 1. */
    public MtlHmb imputer(Imputer other) {
        return new MtlHmb(variant, encoder, path, penalties, other, training, scaling, additions);
    }

    /** With step 2 trained in another way. */
    public MtlHmb training(Training other) {
        return new MtlHmb(variant, encoder, path, penalties, imputer, other, scaling, additions);
    }

    /** With another limit of epochs, of each step. */
    public MtlHmb epochs(int limit) {
        return imputer(new Imputer(imputer.width, imputer.depth, imputer.orthogonality, imputer.training.epochs(limit)))
                .training(training.epochs(limit));
    }

    /** With quantities standardized or raw. */
    public MtlHmb scaling(FeatureEncoding.Scaling other) {
        return new MtlHmb(variant, encoder, path, penalties, imputer, training, other, additions);
    }

    /** With other additions. */
    public MtlHmb additions(Additions other) {
        return new MtlHmb(variant, encoder, path, penalties, imputer, training, scaling, other);
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "MTL-HMB";
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return true;
    }

    @Override
    public String reference() {
        return "Sui, Xu, Bai, Qu: Multi-task learning for heterogeneous multi-source block-wise missing data. arXiv 2505.24413 (2025).";
    }

    @Override
    public boolean made(Model model) {
        return model instanceof MtlHmbModel fitted && fitted.options().equals(this);
    }

    @Override
    public MtlHmb atMost(int limit) {
        return limit < training.epochs() ? epochs(limit) : this;
    }

    @Override
    public Outcome<MtlHmbModel> fit(FitContext context) {
        boolean two = additions.steps() == Steps.TWO;
        return (two ? twoSteps(context) : JointLearning.fit(context.child("network"), this, Hbi.begun(context, this)))
                .map(learned -> {
                    MtlHmbModel model = MtlHmbModel.of(this, learned.imputation(), learned.network()).calibrated(context);
                    return additions.linear() == Additions.Linear.NONE ? model : context.part(new Linear(learned.imputation(),
                            model.encoding()), () -> new LinearPath(context.child("linear"), model)).orNetwork(context, model);
                });
    }

    private Outcome<JointLearning.Learned> twoSteps(FitContext context) {
        Outcome<BlockImputation> imputed = context.part(new Imputed(variant, imputer, scaling), () -> Hbi.fit(context, this));
        return imputed.then(imputation -> learn(context.child("network"), imputation, imputation.tables(context.engine(), context.split()))
                .map(trained -> new JointLearning.Learned(imputation, trained.model().weights())));
    }

    /** What step 1 depends on. */
    private record Imputed(Variant variant, Imputer imputer, FeatureEncoding.Scaling scaling) {}

    /** What the linear path depends on. */
    private record Linear(BlockImputation imputation, FeatureEncoding encoding) {}

    /**
     * Step 2 alone, on rows completed in whatever way: for choosing options, and for other imputations.
     *
     * @param context its engine computes, its random numbers are used, its split is not looked at
     */
    public Outcome<Trained<NetworkModel>> learn(FitContext context, BlockImputation imputation, List<TaskTable> tables) {
        HmbNetwork network = HmbNetwork.of(this, imputation.layout(), imputation.encoding());
        HmbNetwork learned = HmbNetwork.learned(this, imputation);
        return training(tables).fit(context.engine(), learned, tables, context.random(), "learning tasks", context.progress())
                .map(of -> of.map(weights -> new NetworkModel(imputation.features(), network, network.withLinearPath(weights))));
    }

    TaskTraining training(List<TaskTable> tables) {
        return switch (variant) {
            case PAPER -> TaskTraining.of(training);
            case RELEASED -> { // its decay counts epochs, which end with the shortest task
                int steps = Math.max(1, tables.stream().mapToInt(TaskTable::rows).min().orElseThrow() / training.batch());
                yield new TaskTraining(training.decay(training.decay(), training.decayEvery() * steps),
                        TaskTraining.BatchLoss.MEAN, TaskTraining.Epoch.SHORTEST_TASK);
            }
        };
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + ": must be at least 1");
        }
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + ": must be finite and not negative");
        }
    }
}
