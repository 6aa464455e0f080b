package intarsia.cli;

import intarsia.models.baseline.SingleTask;
import intarsia.models.data.Encoding;
import intarsia.models.files.Section;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbOptions;
import intarsia.models.hmb.Reading;
import intarsia.models.net.Training;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What the block {@code [fit]} of a study file says about the model.
 *
 * <pre>
 * [fit]
 * model = "mtl-hmb"            what fit learns unless --model says so; or "dual-encoder", "tenmtl"
 * reading = "paper"            or "released"
 * width = 64                   of encoders, representations and paths
 * depth = 2                    of encoders and paths
 * weights = [0.01, 0.01, 0.01] gamma, delta, kappa: orthogonality, imputation, redundancy
 * imputer_width = 32
 * imputer_depth = 1
 * batch = 16
 * learning_rate = 0.001
 * patience = 30
 * epochs = 2000
 * averaging = 0.995            of weights over steps; 0 for none
 * standardize = true
 * single_task_width = 64
 * single_task_depth = 3       hidden layers
 * </pre>
 *
 * @param model      the model's options
 * @param singleTask the single-task network's, trained in the same way
 */
record FitSettings(MtlHmbOptions model, SingleTask singleTask) {
    static final List<String> KEYS = List.of("model", "reading", "width", "depth", "weights", "imputer_width", "imputer_depth", "batch",
            "learning_rate", "patience", "epochs", "averaging", "standardize", "single_task_width", "single_task_depth",
            DualEncoderSettings.SECTION, FitTenMtl.SECTION);

    /** Reads and checks them. */
    static FitSettings of(Section fit, long seed) {
        fit.only(KEYS);
        MtlHmbOptions defaults = MtlHmb.options();
        Training training = check(fit, "batch", () -> Training.DEFAULT
                .batch(whole(fit, "batch", Training.DEFAULT.batch()))
                .patience(whole(fit, "patience", Training.DEFAULT.patience()))
                .epochs(whole(fit, "epochs", Training.DEFAULT.epochs()))
                .learningRate(fit.number("learning_rate", Training.DEFAULT.learningRate()))
                .averaging(fit.number("averaging", Training.DEFAULT.averaging())));
        Encoding.Scaling scaling = fit.flag("standardize", true) ? Encoding.Scaling.STANDARDIZED : Encoding.Scaling.RAW;
        List<Double> weights = fit.has("weights") ? fit.numbers("weights")
                : List.of(defaults.orthogonality(), defaults.imputationWeight(), defaults.redundancy());
        if (weights.size() != 3) {
            throw fit.error("weights", "'weights' must list three numbers: gamma, delta, kappa");
        }
        MtlHmbOptions model = check(fit, "width", () -> defaults
                .reading(reading(fit))
                .width(width(fit, "width", defaults.width()))
                .depth(depth(fit, "depth", defaults.depth()))
                .weights(weights.get(0), weights.get(1), weights.get(2))
                .imputer(width(fit, "imputer_width", defaults.imputerWidth()), depth(fit, "imputer_depth", defaults.imputerDepth()), 0)
                .imputerTraining(training)
                .training(training)
                .scaling(scaling)
                .seed(seed));
        return new FitSettings(model, new SingleTask(width(fit, "single_task_width", SingleTask.DEFAULT.width()),
                depth(fit, "single_task_depth", SingleTask.DEFAULT.depth()), training, scaling));
    }

    private static Reading reading(Section fit) {
        String given = fit.text("reading", "paper");
        return switch (given) {
            case "paper" -> Reading.PAPER;
            case "released" -> Reading.RELEASED;
            default -> throw fit.error("reading", "'reading' must be \"paper\" or \"released\", not \"" + given + "\"");
        };
    }

    /** A width of layers: beyond that, no machine has the memory. */
    static int width(Section fit, String key, int otherwise) {
        return whole(fit, key, otherwise, 1, 10_000);
    }

    static int depth(Section fit, String key, int otherwise) {
        return whole(fit, key, otherwise, 1, 100);
    }

    static int whole(Section fit, String key, int otherwise) {
        return whole(fit, key, otherwise, 1, 1_000_000);
    }

    static int whole(Section fit, String key, int otherwise, int from, int to) {
        long value = fit.integer(key, otherwise);
        if (value < from || value > to) {
            throw fit.error(key, "'" + key + "' must be a whole number from " + from + " to " + to + ", not " + value);
        }
        return (int) value;
    }

    static double weight(Section fit, String key, double otherwise) {
        double value = fit.number(key, otherwise);
        if (value < 0) {
            throw fit.error(key, "'" + key + "' must be at least 0, not " + value);
        }
        return value;
    }

    static <T> T check(Section fit, String key, Supplier<T> made) {
        try {
            return made.get();
        } catch (intarsia.models.data.DataException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw fit.error(key, e.getMessage().toLowerCase(Locale.ROOT));
        }
    }
}
