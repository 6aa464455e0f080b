package intarsia.models.dual;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.net.Training;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.SearchSpace.Option;
import intarsia.models.selection.SearchSpace;
import intarsia.models.selection.Selection;
import intarsia.optim.solve.SolverOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The dual encoder (arXiv 2505.24281). The objective is ours:
 *
 * <pre>
 * minimize over C, S_r, alpha_r, b_r, beta_r, centers
 *   sum_r (1/n_r) sum_i loss(y_ri, alpha_r'S_r(x_ri) + beta_r'C(x_ri) + b_r)
 *   + similarity(beta_1, ..., beta_R) + rho sum_r ||alpha_r||^2
 *   + mu sum_r ||S_r(X_r)'C(X_r)||_F^2 / n_r^2 + omega/2 ||encoder weights||^2
 * </pre>
 *
 * with the loss of a {@link intarsia.models.response.Likelihood} of one linear predictor; x_ri are the sources a task observes, C reads the
 * anchors only. After a warm-up that trains encoders and coefficients together on mini-batches (with one beta for all tasks in the first
 * start, the third, ...; one for each task in the others), it alternates: Adam on the encoders, coefficients held (steps that raise the
 * objective are taken back); then the coefficients, encoders held, to a subgradient norm of 1e-5 of the gradient's at zero, 1e-7 without
 * encoders ({@link CoefficientProblem}). So the objective never rises. It has converged when an alternation lowers it by less than the
 * tolerance, or when several in a row have brought no better validation loss; the state with the best one is kept. Validation rows also
 * choose among starts, and the penalty weight where it is not given.
 *
 * <p>An alternation costs O(rows) on the encoders and O(rows p^2) on the coefficients, p of them a task: linear in tasks.
 *
 * {@snippet class="intarsia.tutorial.Snippets" region="dual-encoder"}
 *
 * @param similarity  what it costs tasks to differ
 * @param weight      the penalty weight: given, or chosen
 * @param encoders    their sizes
 * @param penalties   rho, mu and omega
 * @param warmUp      how encoders and coefficients are first trained together
 * @param alternation how they are then minimized in turn
 * @param scaling     whether continuous quantities are standardized
 */
public record DualEncoder(Similarity similarity, PenaltyWeight weight, Encoders encoders, Penalties penalties, Training warmUp,
        Alternation alternation, FeatureEncoding.Scaling scaling) implements Estimator {
    /** Its name in files. */
    public static final String KEY = "dual-encoder";

    private static final DualEncoder DEFAULT = new DualEncoder(new Group(), new PenaltyWeight.Path(8, 0.01), new Encoders(32, 2, 8, 4),
            new Penalties(0.1, 0.01, 0.001), Training.PUBLISHED.batch(16).patience(15).epochs(300).learningRate(0.005),
            new Alternation(30, 20, 1e-3, 3, 2), FeatureEncoding.Scaling.STANDARDIZED);

    /** What tuning may change: whether there are encoders at all, their width, and the ridge. */
    public static final SearchSpace<DualEncoder> SPACE = new SearchSpace<>(List.of(
            new Option<>("depth", Map.of("0", o ->
                    o.encoders(new Encoders(o.encoders.width, 0, o.encoders.shared, o.encoders.taskSpecific))), Map.of()),
            new Option<>("decay", Map.of(), Map.of("0.1", o ->
                    o.penalties(new Penalties(o.penalties.ridge, o.penalties.orthogonality, 0.1)))),
            new Option<>("ridge", Map.of(), Map.of("1", o ->
                    o.penalties(new Penalties(1, o.penalties.orthogonality, o.penalties.decay))))),
            false);

    /** c of {@code lambda_r = c sqrt(d / n_r)}. */
    public sealed interface PenaltyWeight {
        /** Given. */
        record Fixed(double lambda) implements PenaltyWeight {
            /** Checks the weight. */
            public Fixed {
                notNegative("penalty weight", lambda);
            }
        }

        /**
         * Chosen by validation rows on a regularization path: weights that fall in equal ratios from the largest one, at which all tasks
         * share, each fitted from where the one before ended. The largest is computed for the encoders that a fit with everything shared
         * gives.
         *
         * @param count how many weights, at least 2
         * @param ratio of the smallest to the largest, between 0 and 1
         */
        record Path(int count, double ratio) implements PenaltyWeight {
            /** Checks both. */
            public Path {
                if (count < 2 || !(ratio > 0 && ratio < 1)) {
                    throw new IllegalArgumentException("path of " + count + " penalty weights down to " + ratio
                            + " of the largest: needs at least 2 weights and a ratio between 0 and 1");
                }
            }

            /** The weights as ratios of the largest, falling, the first 1. */
            public List<Double> ratios() {
                return IntStream.range(0, count).mapToObj(i -> StrictMath.pow(ratio, i / (count - 1.0))).toList();
            }
        }
    }

    /**
     * Sizes of the encoders.
     *
     * @param width        width of the hidden layers
     * @param depth        linear layers; 0 means the features themselves
     * @param shared       d, what C gives
     * @param taskSpecific d_S, what S_r gives
     */
    public record Encoders(int width, int depth, int shared, int taskSpecific) {
        /** Checks them. */
        public Encoders {
            atLeast("width", width, 1);
            atLeast("depth", depth, 0);
            atLeast("shared", shared, 1);
            atLeast("task-specific", taskSpecific, 1);
        }
    }

    /**
     * Weights of what is added to the losses besides the similarity.
     *
     * @param ridge         rho, on alpha_r
     * @param orthogonality mu, between S_r and C
     * @param decay         omega, on the encoders' weights: without it they could grow while coefficients, and so the similarity's penalty,
     *                      shrink
     */
    public record Penalties(double ridge, double orthogonality, double decay) {
        /** Checks them. */
        public Penalties {
            notNegative("ridge", ridge);
            notNegative("orthogonality", orthogonality);
            notNegative("decay", decay);
        }
    }

    /**
     * How encoders and coefficients are minimized in turn.
     *
     * @param steps     Adam steps on the encoders in an alternation
     * @param most      most alternations at a penalty weight
     * @param tolerance it has converged when an alternation lowers the objective by less than this share of it
     * @param patience  or when so many alternations in a row have brought no better validation loss
     * @param starts    how many starts; the one with the best validation loss is kept
     */
    public record Alternation(int steps, int most, double tolerance, int patience, int starts) {
        /** Checks them. */
        public Alternation {
            atLeast("steps", steps, 1);
            atLeast("alternations", most, 1);
            notNegative("tolerance", tolerance);
            atLeast("patience", patience, 1);
            atLeast("starts", starts, 1);
        }

        /** With another number of starts. */
        public Alternation starts(int count) {
            return new Alternation(steps, most, tolerance, patience, count);
        }
    }

    /** Checks that nothing is missing. */
    public DualEncoder {
        if (Stream.of(similarity, weight, encoders, penalties, warmUp, alternation, scaling).anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(
                    KEY + ": needs similarity, penalty weight, encoders, penalties, warm-up, alternation and scaling");
        }
    }

    /** The default: group similarity, eight penalty weights down to a hundredth of the largest, two encoder layers of width 32. */
    public static DualEncoder options() {
        return DEFAULT;
    }

    /** With another similarity. */
    public DualEncoder similarity(Similarity other) {
        return new DualEncoder(other, weight, encoders, penalties, warmUp, alternation, scaling);
    }

    /** With another penalty weight. */
    public DualEncoder weight(PenaltyWeight other) {
        return new DualEncoder(similarity, other, encoders, penalties, warmUp, alternation, scaling);
    }

    /** With encoders of another size. */
    public DualEncoder encoders(Encoders other) {
        return new DualEncoder(similarity, weight, other, penalties, warmUp, alternation, scaling);
    }

    /** With other penalties. */
    public DualEncoder penalties(Penalties other) {
        return new DualEncoder(similarity, weight, encoders, other, warmUp, alternation, scaling);
    }

    /** With another warm-up. */
    public DualEncoder warmUp(Training other) {
        return new DualEncoder(similarity, weight, encoders, penalties, other, alternation, scaling);
    }

    /** With another alternation. */
    public DualEncoder alternation(Alternation other) {
        return new DualEncoder(similarity, weight, encoders, penalties, warmUp, other, scaling);
    }

    /** With continuous quantities standardized or raw. */
    public DualEncoder scaling(FeatureEncoding.Scaling other) {
        return new DualEncoder(similarity, weight, encoders, penalties, warmUp, alternation, other);
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "dual encoder";
    }

    /** Those of one linear predictor. */
    @Override
    public boolean learns(ResponseFamily family) {
        return family.predictors() == 1;
    }

    @Override
    public String reference() {
        return "Sui, Xu, Bai, Qu: Multi-task learning for heterogeneous data via integrating shared and task-specific encodings. arXiv "
                + "2505.24281 (2025); with an objective of Intarsia's own.";
    }

    /** But for the penalty weight, which a model says in numbers. */
    @Override
    public boolean made(Model model) {
        return model instanceof DualEncoderModel fitted && fitted.settings().options().weight(weight).equals(this);
    }

    /**
     * Fits it; validation rows choose start, penalty weight and the state kept.
     *
     * @throws intarsia.models.data.DataException if a task has no validation rows
     */
    @Override
    public Outcome<DualEncoderModel> fit(FitContext context) {
        requireLearned(context.split());
        return path(context).best().outcome().map(model -> model.calibrated(context.engine(), context.split().tasks()));
    }

    /**
     * Fits it, and gives a model for every penalty weight on the path, from the largest down, with their losses on validation rows; a
     * single one where the weight is given or does not matter. They are those of the start with the smallest loss. Baselines of responses
     * are those that it began with.
     */
    public Selection<PathPoint> path(FitContext context) {
        return new DualFit(this, context).path();
    }

    /** How exactly coefficient problems are solved: without encoders once, to six digits of the coefficients, else for an alternation. */
    SolverOptions solver() {
        return encoders.depth() == 0 ? new SolverOptions(1e-7, 20_000) : new SolverOptions(1e-5, 2_000);
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + ": must be finite and not negative");
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + ": must be at least " + least);
        }
    }
}
