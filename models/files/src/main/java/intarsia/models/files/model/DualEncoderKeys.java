package intarsia.models.files.model;

import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.dual.DualEncoder;
import intarsia.models.dual.Similarity;
import intarsia.models.files.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The dual encoder's options: the keys of {@code [fit.dual-encoder]}. */
final class DualEncoderKeys {
    private static final DualEncoder STANDARD = DualEncoder.options();
    private static final DualEncoder.PenaltyWeight.Path STANDARD_PATH = (DualEncoder.PenaltyWeight.Path) STANDARD.weight();
    private static final Key<Similarity> SIMILARITY = new Key<>("similarity",
            "one of " + Similarity.forms().stream().map(Similarity.Form::toString).collect(Collectors.joining(", ")),
            "\"" + STANDARD.similarity().key() + "\"", "The penalty on differences between tasks' coefficients.", (section, key) -> {
                try {
                    return Similarity.of(section.text(key, STANDARD.similarity().key()));
                } catch (IllegalArgumentException e) {
                    throw section.error(key, e.getMessage());
                }
            });
    private static final Key<Double> PENALTY = new Key<>("penalty", "number, at least 0", "chosen on a path",
            "c of lambda_r = c sqrt(d / n_r), the weight of the similarity; chosen on a regularization path by validation rows if not "
                    + "given.",
            Key.weight("penalty", 0, "").read());
    private static final Key<Integer> PATH = Key.whole("path", STANDARD_PATH.count(), 2, 1000, "Weights on the regularization path.");
    private static final Key<Double> RATIO = Key.between("ratio", STANDARD_PATH.ratio(), 0, 1,
            "The last weight on the path as a share of the first.");
    private static final Key<Double> RIDGE = Key.weight("ridge", STANDARD.penalties().ridge(),
            "rho, on the coefficients of the task-specific encoders.");
    private static final Key<Double> ORTHOGONALITY = Key.weight("orthogonality", STANDARD.penalties().orthogonality(),
            "mu, between shared and task-specific encoders.");
    private static final Key<Double> DECAY = Key.weight("decay", STANDARD.penalties().decay(), "omega, on the encoders' weights.");
    private static final Key<Integer> WIDTH = Key.width("width", STANDARD.encoders().width(), "Width of the encoders' hidden layers.");
    private static final Key<Integer> DEPTH = Key.whole("depth", STANDARD.encoders().depth(), 0, 100,
            "Linear layers of the encoders; 0 for the columns themselves.");
    private static final Key<Integer> SHARED = Key.width("shared", STANDARD.encoders().shared(), "Outputs of the shared encoder.");
    private static final Key<Integer> TASK_SPECIFIC = Key.width("task_specific", STANDARD.encoders().taskSpecific(),
            "Outputs of a task-specific encoder.");
    private static final Key<Integer> STEPS = Key.whole("steps", STANDARD.alternation().steps(), 1, 1_000_000,
            "Adam steps in an alternation.");
    private static final Key<Integer> ALTERNATIONS = Key.whole("alternations", STANDARD.alternation().most(), 1, 1_000_000,
            "Most alternations.");
    private static final Key<Double> TOLERANCE = Key.weight("tolerance", STANDARD.alternation().tolerance(),
            "Converged when an alternation lowers the objective by less than this share of it.");
    private static final Key<Integer> STARTS = Key.whole("starts", STANDARD.alternation().starts(), 1, 1000,
            "Starts, of which the best is kept.");
    private static final TrainingKeys WARM_UP = new TrainingKeys(STANDARD.warmUp());
    private static final Key<Boolean> STANDARDIZE = Key.flag("standardize", STANDARD.scaling() == Scaling.STANDARDIZED,
            "Whether continuous columns and responses are brought to mean 0 and standard deviation 1.");
    static final KeyTable TABLE = new KeyTable(DualEncoder.KEY, DualEncoder.KEY,
            "The training keys, from `batch` on, are those of the warm-up.", all());

    private DualEncoderKeys() {}

    private static List<Key<?>> all() {
        List<Key<?>> all = new ArrayList<>(List.of(SIMILARITY, PENALTY, PATH, RATIO, RIDGE, ORTHOGONALITY, DECAY, WIDTH, DEPTH, SHARED,
                TASK_SPECIFIC, STEPS, ALTERNATIONS, TOLERANCE, STARTS));
        all.addAll(WARM_UP.keys());
        all.add(STANDARDIZE);
        return List.copyOf(all);
    }

    static DualEncoder read(Section fit) {
        Section section = TABLE.in(fit);
        DualEncoder.PenaltyWeight weight = section.has(PENALTY.name()) ? new DualEncoder.PenaltyWeight.Fixed(PENALTY.of(section))
                : new DualEncoder.PenaltyWeight.Path(PATH.of(section), RATIO.of(section));
        return new DualEncoder(SIMILARITY.of(section), weight,
                new DualEncoder.Encoders(WIDTH.of(section), DEPTH.of(section), SHARED.of(section), TASK_SPECIFIC.of(section)),
                new DualEncoder.Penalties(RIDGE.of(section), ORTHOGONALITY.of(section), DECAY.of(section)),
                WARM_UP.read(section),
                new DualEncoder.Alternation(STEPS.of(section), ALTERNATIONS.of(section), TOLERANCE.of(section),
                        STANDARD.alternation().patience(), STARTS.of(section)),
                STANDARDIZE.of(section) ? Scaling.STANDARDIZED : Scaling.RAW);
    }
}
