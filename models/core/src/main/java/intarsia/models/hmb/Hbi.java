package intarsia.models.hmb;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.Trained;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** HBI, heterogeneous block-wise imputation: step 1 of MTL-HMB, one model a source ({@link BlockImputer} has the formulas). */
public final class Hbi {
    private Hbi() {}

    /**
     * Learns to impute one source from the anchor, on training rows, stopping by validation rows; no response is looked at.
     *
     * @param completion says how rows are encoded
     * @param options    whose imputer's width, depth, orthogonality and training are used
     */
    public static Outcome<Trained<Completion.Imputer>> fit(Engine engine, TaskSet data, List<Split> splits, Completion completion, Source source,
            MtlHmbOptions options, RandomStream random, Progress progress) {
        return weights(engine, data, splits, completion, source, options, random, progress)
                .map(trained -> trained.map(weights -> imputer(options, completion, source, weights)));
    }

    static Completion.Imputer imputer(MtlHmbOptions options, Completion completion, Source source, Map<String, Tensor> weights) {
        BlockImputer imputer = BlockImputer.of(options, completion, source);
        return (engine, anchor) -> {
            try (Engine scope = engine.scope()) {
                return imputer.impute(scope, weights, anchor);
            }
        };
    }

    /** Learns the weights of a source's encoder and predictor. */
    static Outcome<Trained<Map<String, Tensor>>> weights(Engine engine, TaskSet data, List<Split> splits, Completion completion, Source source,
            MtlHmbOptions options, RandomStream random, Progress progress) {
        Collector with = new Collector(completion, source, true);
        Collector without = new Collector(completion, source, false);
        Collector heldOut = new Collector(completion, source, true);
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
        try (Engine scope = engine.scope()) {
            return BlockImputer.of(options, completion, source)
                    .fit(scope, with.table(), without.table(), heldOut.table(), random, "imputing " + source.name(), progress);
        }
    }

    private static int[] shuffled(int[] rows, RandomStream random) {
        int[] copy = rows.clone();
        random.shuffle(copy);
        return copy;
    }

    /** Rows from several tasks that have a source, or those that lack it, as one table for step 1. */
    private static final class Collector {
        private final Completion completion;
        private final Source source;
        private final boolean having;
        private final List<double[]> anchors = new ArrayList<>();
        private final List<double[]> blocks = new ArrayList<>();

        Collector(Completion completion, Source source, boolean having) {
            this.completion = completion;
            this.source = source;
            this.having = having;
        }

        void add(Task task, int[] rows) {
            boolean[] there = Completion.observed(task.blocks().get(source), task.size());
            int[] chosen = IntStream.of(rows).filter(i -> there[i] == having).toArray();
            if (chosen.length > 0) {
                Observations observations = Observations.of(task, chosen);
                anchors.add(completion.anchor(task.name(), observations));
                blocks.add(having ? completion.encoding().encode(task.name(), source, observations.blocks().get(source)) : new double[0]);
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
