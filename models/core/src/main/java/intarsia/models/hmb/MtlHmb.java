package intarsia.models.hmb;

import intarsia.autodiff.plan.Parameters;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::train).toList(), options.scaling());
        Layout layout = Layout.of(data, encoding);
        Dense dense = new Dense(options, layout, encoding);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, Map<String, Tensor>> imputers = new LinkedHashMap<>();
        for (Source source : layout.others()) {
            Outcome<Map<String, Tensor>> outcome = fitImputer(engine, data, splits, options, dense, source,
                    random.child("imputer/" + source.name()), progress);
            if (outcome instanceof Outcome.Diverged<Map<String, Tensor>>(int epoch, String where)) {
                return new Outcome.Diverged<>(epoch, where);
            }
            imputers.put(source.name(), outcome.orThrow());
            outcome.orThrow().forEach((name, value) -> weights.put(MtlHmbModel.IMPUTER + source.name() + "/" + name, value));
        }
        List<TaskTable> tables = new ArrayList<>();
        for (int t = 0; t < data.tasks().size(); t++) {
            tables.add(table(engine, data.tasks().get(t), splits.get(t), encoding, dense, imputers));
        }
        Outcome<Parameters> outcome = training(options, tables)
                .fit(engine, new HmbNetwork(options, layout), tables, random.child("network"), "learning tasks", progress);
        return switch (outcome) {
            case Outcome.Converged<Parameters>(Parameters p, int epochs) ->
                    new Outcome.Converged<>(model(options, layout, encoding, weights, p), epochs);
            case Outcome.Stopped<Parameters>(Parameters p, String why) -> new Outcome.Stopped<>(model(options, layout, encoding, weights, p), why);
            case Outcome.Diverged<Parameters>(int epoch, String where) -> new Outcome.Diverged<>(epoch, where);
        };
    }

    private static Outcome<Map<String, Tensor>> fitImputer(Engine engine, TaskSet data, List<Split> splits, MtlHmbOptions options, Dense dense,
            Source source, RandomStream random, Progress progress) {
        Collector with = new Collector(dense, source, true);
        Collector without = new Collector(dense, source, false);
        Collector heldOut = new Collector(dense, source, true);
        for (int t = 0; t < data.tasks().size(); t++) {
            Task task = data.tasks().get(t);
            int[] learn = splits.get(t).train();
            int[] judge = splits.get(t).validation();
            if (options.reading() == Reading.RELEASED) {
                int[] shuffled = shuffled(splits.get(t).known(), random.child("held-out/" + task.name()));
                int out = (int) Math.rint(0.1 * shuffled.length);
                judge = IntStream.of(shuffled).limit(out).sorted().toArray();
                learn = IntStream.of(shuffled).skip(out).sorted().toArray();
            }
            with.add(task, learn);
            without.add(task, learn);
            heldOut.add(task, judge);
        }
        if (with.table().anchor().length == 0) {
            throw new DataException("source '" + source.name() + "': none of the rows to learn from has it, so it cannot be imputed");
        }
        return dense.imputer(source).fit(engine, with.table(), without.table(), heldOut.table(), random, "imputing " + source.name(), progress);
    }

    private static int[] shuffled(int[] rows, RandomStream random) {
        int[] copy = rows.clone();
        random.shuffle(copy);
        return copy;
    }

    private static TaskTable table(Engine engine, Task task, Split split, Encoding encoding, Dense dense, Map<String, Map<String, Tensor>> imputers) {
        int[] judge = split.validation().length > 0 ? split.validation() : split.train();
        return new TaskTable(task.name(), TaskTable.loss(task.responseKind()),
                dense.all(engine, task.name(), Observations.of(task, split.train()), imputers), TaskTable.responses(encoding, task, split.train()),
                dense.all(engine, task.name(), Observations.of(task, judge), imputers), TaskTable.responses(encoding, task, judge));
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

    private static MtlHmbModel model(MtlHmbOptions options, Layout layout, Encoding encoding, Map<String, Tensor> imputers, Parameters network) {
        Map<String, Tensor> weights = new LinkedHashMap<>(imputers);
        network.toMap().forEach((name, value) -> weights.put(MtlHmbModel.NETWORK + name, value));
        return new MtlHmbModel(options, layout, encoding, weights);
    }

    /** Rows from several tasks that have a source, or those that lack it, as one table for step 1. */
    private static final class Collector {
        private final Dense dense;
        private final Source source;
        private final boolean having;
        private final List<double[]> anchors = new ArrayList<>();
        private final List<double[]> blocks = new ArrayList<>();

        Collector(Dense dense, Source source, boolean having) {
            this.dense = dense;
            this.source = source;
            this.having = having;
        }

        void add(Task task, int[] rows) {
            boolean[] there = Dense.observed(task.blocks().get(source), task.size());
            int[] chosen = IntStream.of(rows).filter(i -> there[i] == having).toArray();
            if (chosen.length > 0) {
                Observations observations = Observations.of(task, chosen);
                anchors.add(dense.anchor(task.name(), observations));
                blocks.add(having ? dense.encode(task.name(), source, observations.blocks().get(source)) : new double[0]);
            }
        }

        BlockImputer.Table table() {
            return new BlockImputer.Table(joined(anchors), joined(blocks), anchors.size());
        }

        private static double[] joined(List<double[]> pieces) {
            return pieces.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
        }
    }
}
