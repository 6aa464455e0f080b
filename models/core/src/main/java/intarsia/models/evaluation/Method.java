package intarsia.models.evaluation;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.baseline.RidgeRegression;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.Split;
import intarsia.models.data.TaskSet;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbOptions;
import intarsia.models.tenmtl.Contender;
import intarsia.models.tenmtl.TensorForm;
import java.util.List;

/**
 * A way to fit, with a name: what is held against others.
 *
 * @param key  its name in files
 * @param name its name for people
 * @param fit  what it does
 */
public record Method(String key, String name, Fit fit) {
    /** Fits all tasks on their training rows, stopping by validation rows; test rows are not looked at. */
    @FunctionalInterface
    public interface Fit {
        /** The fitted model. */
        Predictor fit(Engine engine, TaskSet data, List<Split> splits, RandomStream random, Progress progress);
    }

    /** MTL-HMB with these options. */
    public static Method mtlHmb(MtlHmbOptions options) {
        return new Method("mtl-hmb", "MTL-HMB",
                (engine, data, splits, random, progress) -> MtlHmb.fit(engine, data, splits, options, random, progress).orThrow());
    }

    /** A network for each task alone. */
    public static Method singleTask(SingleTask options) {
        return new Method("stl", "STL", options::fit);
    }

    /** Plain logistic or linear regression for each task alone. */
    public static Method regression(RidgeRegression options) {
        return new Method("regression", "regression", (engine, data, splits, random, progress) -> options.fit(data, splits));
    }

    /** A model for each task as one of many individuals, what it is fitted with being chosen by validation rows. */
    public static Method personal(Contender contender, TensorForm form) {
        return new Method(contender.key(), contender.name(), (engine, data, splits, random, progress) -> contender.fit(data, splits, form));
    }
}
