package intarsia.models.files.model;

import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.files.Section;
import intarsia.models.hmb.Additions;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.Separation;
import intarsia.models.hmb.Steps;
import intarsia.models.hmb.Variant;
import intarsia.models.net.Activation;
import intarsia.models.net.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** MTL-HMB's options: the keys of {@code [fit]} itself. */
final class MtlHmbKeys {
    private static final MtlHmb STANDARD = MtlHmb.options();
    private static final Key<String> VARIANT = Key.choice("variant", "paper", List.of("paper", "released"),
            "The method as the paper states it, or as the authors' released code computes it.");
    private static final Key<Integer> WIDTH = Key.width("width", STANDARD.encoder().width(),
            "Width of encoders and paths.");
    private static final Key<Integer> REPRESENTATION = Key.width("representation", STANDARD.encoder().representation(),
            "Width of the shared and the task-specific representations.");
    private static final Key<Integer> DEPTH = Key.depth("depth", STANDARD.encoder().depth(), "Layers of encoders and paths.");
    private static final Key<Double> ORTHOGONALITY = Key.weight("orthogonality", STANDARD.penalties().orthogonality(),
            "gamma, the weight of the penalty that keeps shared and task-specific representations apart.");
    private static final Key<String> SEPARATION = Key.choice("separation", name(STANDARD.additions().separation()),
            List.of("orthogonality", "hsic", "adversarial"), "What gamma weighs: R_orth, or one of ours: the Hilbert-Schmidt independence "
                    + "criterion; or an adversary that is to tell tasks by their shared representations.");
    private static final Key<String> STEPS = Key.choice("steps", name(STANDARD.additions().steps()), List.of("two", "one", "one-draws"),
            "First imputation, then responses, as in the paper; or both together with one objective, imputed blocks at their "
                    + "expectations or drawn, which is ours.");
    private static final Key<Double> BALANCE = Key.weight("balance", STANDARD.additions().balance(),
            "lambda, what imputation and reconstruction weigh beside the responses in one step.");
    private static final Key<Double> IMPUTATION = Key.weight("imputation", STANDARD.penalties().imputation(),
            "delta, the weight of the penalty on what reads imputed blocks.");
    private static final Key<Double> REDUNDANCY = Key.weight("redundancy", STANDARD.penalties().redundancy(),
            "kappa, the weight of the penalty on what shared and task-specific layers both do.");
    private static final Key<Integer> IMPUTER_WIDTH = Key.width("imputer_width", STANDARD.imputer().width(),
            "Width of the imputers' networks.");
    private static final Key<Integer> IMPUTER_DEPTH = Key.depth("imputer_depth", STANDARD.imputer().depth(),
            "Layers of the imputers' networks.");
    private static final Key<String> ACTIVATION = Key.choice("activation", name(STANDARD.additions().activation()),
            List.of("relu", "softplus"), "What stands between layers; relu is the paper's.");
    private static final Key<String> LINEAR = Key.choice("linear", name(STANDARD.additions().linear()),
            List.of("none", "instead", "beside"),
            "Ridge regression in place of a network that does not beat it on validation rows, or also learned together with it; "
                    + "none is the paper's.");
    private static final Key<Double> RIDGE = Key.weight("ridge", STANDARD.additions().ridge(),
            "The weight of the squared coefficients of a linear path that is learned with the network.");
    private static final Key<Double> DECAY = Key.weight("decay", STANDARD.additions().decay(),
            "The weight of all layers' squared weights.");
    private static final Key<Double> COLUMNS = Key.weight("columns", STANDARD.additions().columns(),
            "The weight of a group lasso over the columns that encoders read.");
    private static final TrainingKeys TRAINING = new TrainingKeys(STANDARD.training());
    private static final Key<Boolean> STANDARDIZE = Key.flag("standardize", STANDARD.scaling() == Scaling.STANDARDIZED,
            "Whether continuous columns and responses are brought to mean 0 and standard deviation 1.");
    static final KeyTable TABLE = new KeyTable("", "mtl-hmb, htl",
            "R_orth, R_imp and R_dr are in the [glossary](glossary.md). The other networks (stl, hps) read the keys `batch` to "
                    + "`standardize`.", all());

    private MtlHmbKeys() {}

    private static List<Key<?>> all() {
        List<Key<?>> all = new ArrayList<>(List.of(VARIANT, WIDTH, DEPTH, REPRESENTATION, STEPS, BALANCE, ORTHOGONALITY, SEPARATION,
                IMPUTATION, REDUNDANCY, IMPUTER_WIDTH, IMPUTER_DEPTH, ACTIVATION, LINEAR, RIDGE, DECAY, COLUMNS));
        all.addAll(TRAINING.keys());
        all.add(STANDARDIZE);
        return List.copyOf(all);
    }

    static MtlHmb read(Section fit) {
        requireWeight(fit);
        Training training = training(fit);
        return STANDARD
                .variant(value(Variant.class, VARIANT.of(fit)))
                .encoder(new MtlHmb.Encoder(WIDTH.of(fit), DEPTH.of(fit), REPRESENTATION.of(fit)))
                .path(new MtlHmb.Path(WIDTH.of(fit), DEPTH.of(fit)))
                .additions(new Additions(value(Activation.class, ACTIVATION.of(fit)), value(Additions.Linear.class, LINEAR.of(fit)),
                        RIDGE.of(fit), DECAY.of(fit), COLUMNS.of(fit), value(Separation.class, SEPARATION.of(fit)),
                        value(Steps.class, STEPS.of(fit)), BALANCE.of(fit)))
                .penalties(new MtlHmb.Penalties(ORTHOGONALITY.of(fit), IMPUTATION.of(fit), REDUNDANCY.of(fit)))
                .imputer(new MtlHmb.Imputer(IMPUTER_WIDTH.of(fit), IMPUTER_DEPTH.of(fit), STANDARD.imputer().orthogonality(), training))
                .training(training)
                .scaling(scaling(fit));
    }

    /** A term that is asked for but weighs nothing would be missed by nobody. */
    private static void requireWeight(Section fit) {
        if (!SEPARATION.of(fit).equals(name(Separation.ORTHOGONALITY)) && ORTHOGONALITY.of(fit) == 0) {
            throw fit.error(SEPARATION.name(), "'separation' is \"" + SEPARATION.of(fit) + "\" but its weight, 'orthogonality', is 0, so "
                    + "that it does nothing; give a weight, such as 0.01, or take 'separation' out");
        }
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E value(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** How networks are trained, the single-task baseline's too. */
    static Training training(Section fit) {
        return TRAINING.read(fit);
    }

    static Scaling scaling(Section fit) {
        return STANDARDIZE.of(fit) ? Scaling.STANDARDIZED : Scaling.RAW;
    }
}
