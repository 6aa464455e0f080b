package intarsia.cli;

import intarsia.models.baseline.SingleTask;
import intarsia.models.data.Encoding;
import intarsia.models.dual.CoefficientPath;
import intarsia.models.dual.DualEncoder;
import intarsia.models.dual.DualEncoderOptions;
import intarsia.models.dual.Similarity;
import intarsia.models.files.Section;
import intarsia.models.net.Training;
import java.util.List;

/**
 * What the block {@code [fit.dual-encoder]} of a study file says about the model.
 *
 * <pre>
 * [fit.dual-encoder]
 * similarity = "group"        lasso, ridge, fusion, clusters(K), lowrank(K)
 * strength = 0.1              c of lambda_r = c sqrt(d / n_r); not given: chosen on a path from the largest strength down
 * path = 8                    strengths on the path
 * ratio = 0.01                the last strength as a share of the largest
 * folds = 5                   of the cross-validation that chooses
 * ridge = 0.1                 rho, on the coefficients of the tasks' own encoders
 * orthogonality = 0.01        mu
 * decay = 0.001               omega, on the encoders' weights
 * width = 32                  of the encoders' hidden layers
 * depth = 2                   linear layers of the encoders; 0: the columns themselves
 * shared = 8                  what the shared encoder gives
 * own = 4                     what a task's own encoder gives
 * steps = 30                  Adam steps in an alternation
 * alternations = 20
 * tolerance = 0.001
 * starts = 2
 * batch, learning_rate, patience, epochs                of the warm-up
 * standardize = true
 * single_task_width, single_task_depth                  of the network it is held against
 * </pre>
 *
 * @param model         the model's options
 * @param strengthGiven whether the strength is given, and not chosen
 * @param shares        of the largest strength, to choose from
 * @param folds         of the cross-validation
 * @param singleTask    the single-task network's, trained in the same way
 */
record DualEncoderSettings(DualEncoderOptions model, boolean strengthGiven, List<Double> shares, int folds, SingleTask singleTask) {
    static final String SECTION = "dual-encoder";

    private static final List<String> KEYS = List.of("similarity", "strength", "path", "ratio", "folds", "ridge", "orthogonality", "decay", "width", "depth",
            "shared", "own", "steps", "alternations", "tolerance", "starts", "batch", "learning_rate", "patience", "epochs", "standardize",
            "single_task_width", "single_task_depth");

    /** Reads and checks them. */
    static DualEncoderSettings of(Section fit, long seed) {
        Section own = fit.sectionOrEmpty(SECTION);
        own.only(KEYS);
        Training warmUp = FitSettings.check(own, "learning_rate", () -> Training.PUBLISHED
                .batch(FitSettings.whole(own, "batch", 16))
                .patience(FitSettings.whole(own, "patience", 15))
                .epochs(FitSettings.whole(own, "epochs", 300))
                .learningRate(own.number("learning_rate", 0.005)));
        Encoding.Scaling scaling = own.flag("standardize", true) ? Encoding.Scaling.STANDARDIZED : Encoding.Scaling.RAW;
        Similarity similarity = FitSettings.check(own, "similarity", () -> Similarity.of(own.text("similarity", "group")));
        int depth = FitSettings.whole(own, "depth", 2, 0, 100);
        DualEncoderOptions model = FitSettings.check(own, "strength", () -> DualEncoder.options()
                .similarity(similarity, FitSettings.weight(own, "strength", 0))
                .weights(FitSettings.weight(own, "ridge", 0.1), FitSettings.weight(own, "orthogonality", 0.01), FitSettings.weight(own, "decay", 0.001))
                .encoders(FitSettings.width(own, "width", 32), depth, FitSettings.width(own, "shared", 8), FitSettings.width(own, "own", 4))
                .warmUp(warmUp)
                .alternation(FitSettings.whole(own, "steps", 30), FitSettings.whole(own, "alternations", 20), FitSettings.weight(own, "tolerance", 1e-3))
                .starts(FitSettings.whole(own, "starts", 2))
                .scaling(scaling)
                .seed(seed));
        double ratio = own.number("ratio", 0.01);
        if (!(ratio > 0 && ratio < 1)) {
            throw own.error("ratio", "'ratio' must be above 0 and below 1, not " + ratio);
        }
        List<Double> shares = FitSettings.check(own, "path", () -> CoefficientPath.falling(1, FitSettings.whole(own, "path", 8), ratio));
        int folds = FitSettings.whole(own, "folds", 5, 2, 1_000_000);
        return new DualEncoderSettings(model, own.has("strength"), shares, folds, new SingleTask(
                FitSettings.width(own, "single_task_width", 32), FitSettings.depth(own, "single_task_depth", 2), warmUp, scaling));
    }
}
