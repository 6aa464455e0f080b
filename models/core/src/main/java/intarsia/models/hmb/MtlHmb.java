package intarsia.models.hmb;

import intarsia.autodiff.plan.Parameters;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.TaskSet;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import intarsia.models.net.Trained;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MTL-HMB (arXiv 2505.24413): first every missing block is imputed ({@link BlockImputer}), then one network learns all tasks ({@link HmbNetwork}):
 *
 * <pre>
 * minimize  sum_t loss^t + gamma R_orth + delta R_imp + kappa R_dr
 * </pre>
 *
 * by Adam on mini-batches, stopped by the validation loss summed over tasks, the best state kept.
 *
 * <pre>
 * switch (MtlHmb.fit(data, MtlHmb.options().width(64).orthogonality(0.1).seed(42))) {
 *     case Converged(var model, var epochs) -&gt; model.predict("hungarian", rows);
 *     case Stopped(var model, var why)      -&gt; ...
 *     case Diverged(var epoch, var where)   -&gt; ...
 * }
 * </pre>
 */
public final class MtlHmb {
    private MtlHmb() {}

    /** The default options. */
    public static MtlHmbOptions options() {
        return MtlHmbOptions.DEFAULT;
    }

    /** Fits on all rows, a fifth of them held out to stop by, with an F64 engine of one thread. */
    public static Outcome<MtlHmbModel> fit(TaskSet data, MtlHmbOptions options) {
        RandomStream random = RandomStream.of(options.seed(), "fit");
        try (Engine engine = Engine.open()) {
            return fit(engine, data, Split.random(data, 0.2, 0, random), options, random, Progress.NONE);
        }
    }

    /**
     * Fits on each task's training rows, stopping by its validation rows; test rows are not looked at.
     *
     * @param splits one for each task, in order
     * @param random what all random numbers are derived from, instead of the options' seed
     */
    public static Outcome<MtlHmbModel> fit(Engine engine, TaskSet data, List<Split> splits, MtlHmbOptions options, RandomStream random,
            Progress progress) {
        Completion completion = Completion.columnMeans(data, splits, options.scaling());
        Map<String, Tensor> imputers = new LinkedHashMap<>();
        for (Source source : completion.layout().others()) {
            Outcome<Trained<Map<String, Tensor>>> outcome = Hbi.weights(engine, data, splits, completion, source, options,
                    random.child("imputer/" + source.name()), progress);
            if (outcome instanceof Outcome.Diverged<Trained<Map<String, Tensor>>>(int epoch, String where)) {
                return new Outcome.Diverged<>(epoch, where);
            }
            Map<String, Tensor> weights = outcome.orThrow().model();
            weights.forEach((name, value) -> imputers.put(MtlHmbModel.IMPUTER + source.name() + "/" + name, value));
            completion = completion.with(source, Hbi.imputer(options, completion, source, weights));
        }
        Completion whole = completion;
        List<TaskTable> tables = whole.tables(engine.precision(), data, splits);
        try (Engine scope = engine.scope()) {
            return training(options, tables)
                    .fit(scope, HmbNetwork.of(options, whole.layout()), tables, random.child("network"), "learning tasks", progress)
                    .map(trained -> model(options, whole, imputers, trained.model()));
        }
    }

    /**
     * Step 2 alone, on rows made whole in whatever way: for tuning, and for other imputations.
     *
     * @param tables the completion's, at the engine's precision
     */
    public static Outcome<Trained<NetworkModel>> learn(Engine engine, Completion completion, List<TaskTable> tables, MtlHmbOptions options,
            RandomStream random, Progress progress) {
        return NetworkModel.fit(engine, completion.features(engine.precision()), tables, HmbNetwork.of(options, completion.layout()),
                training(options, tables), random, "learning tasks", progress);
    }

    static TaskTraining training(MtlHmbOptions options, List<TaskTable> tables) {
        return switch (options.reading()) {
            case PAPER -> TaskTraining.of(options.training());
            case RELEASED -> {
                // Its decay counts epochs, which end with the shortest task.
                int shortest = tables.stream().mapToInt(t -> t.y().length).min().orElseThrow();
                int steps = Math.max(1, shortest / options.training().batch());
                yield new TaskTraining(options.training().decay(options.training().decay(), options.training().decayEvery() * steps),
                        TaskTraining.BatchLoss.MEAN, TaskTraining.Epoch.SHORTEST_TASK);
            }
        };
    }

    private static MtlHmbModel model(MtlHmbOptions options, Completion completion, Map<String, Tensor> imputers, Parameters network) {
        Map<String, Tensor> weights = new LinkedHashMap<>(imputers);
        network.toMap().forEach((name, value) -> weights.put(MtlHmbModel.NETWORK + name, value));
        return new MtlHmbModel(options, completion.layout(), completion.encoding(), weights);
    }
}
