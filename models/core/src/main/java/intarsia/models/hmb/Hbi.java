package intarsia.models.hmb;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Trained;
import intarsia.models.baseline.ConditionalBaselines;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.DenseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** HBI, heterogeneous block-wise imputation: step 1 of MTL-HMB, one model a source ({@link BlockImputer} has the formulas). */
public final class Hbi {
    private static final double RELEASED_HELD_OUT = 0.1;

    private Hbi() {}

    /** All of step 1: sources are encoded, and every one that is missing somewhere is imputed. */
    static Outcome<BlockImputation> fit(FitContext context, MtlHmb options) {
        Outcome<BlockImputation> imputed = new Outcome.Converged<>(begun(context, options), 0);
        for (Source source : context.split().data().others()) {
            imputed = imputed.then(before -> fit(context.child("imputer/" + source.name()), before, source, options)
                    .map(trained -> before.with(source, trained.model())));
        }
        return imputed;
    }

    /** Before a source's imputer is learned. */
    static BlockImputation begun(FitContext context, MtlHmb options) {
        BlockImputation bare = BlockImputation.columnMeans(context.split(), options.scaling());
        return bare.with(ConditionalBaselines.of(context.engine(), context.split(), bare.encoding()));
    }

    /**
     * Learns to impute one source from the anchor, on training rows and those whose response is not known, stopping by validation rows; no
     * response is looked at.
     *
     * @param imputation says how rows are encoded
     * @param source     one of its other sources
     * @param options    whose variant and imputer count
     * @throws DataException if no row to learn from has the source
     */
    public static Outcome<Trained<BlockImputation.Imputer>> fit(FitContext context, BlockImputation imputation, Source source,
            MtlHmb options) {
        boolean given = options.variant() == Variant.PAPER || !context.split().isByRow();
        List<TaskSplit> splits = given ? context.split().once() : context.split().once().stream().map(split -> released(split,
                context.random().child("held-out/" + split.task().name()))).toList();
        Collector with = new Collector(imputation, source, true);
        Collector without = new Collector(imputation, source, false);
        Collector heldOut = new Collector(imputation, source, true);
        for (TaskSplit split : splits) {
            Supplier<Observations> rows = learned(context.split(), split);
            with.add(split.task(), rows);
            without.add(split.task(), rows);
            heldOut.add(split.task(), () -> split.observations(split.validation()));
        }
        requireSome(with.table(), source);
        BlockImputer imputer = BlockImputer.of(options, imputation, source);
        try (Engine scope = context.engine().scope()) {
            return imputer.fit(scope, with.table(), without.table(), heldOut.table(), context.random(),
                            "imputing " + source.name(), context.progress())
                    .map(trained -> trained.map(imputer::with));
        }
    }

    /** The rows to learn from that have a source, each once. */
    static BlockImputer.Table having(DataSplit split, BlockImputation imputation, Source source) {
        Collector with = new Collector(imputation, source, true);
        for (TaskSplit task : split.once()) {
            with.add(task.task(), learned(split, task));
        }
        return requireSome(with.table(), source);
    }

    /** A task's rows to learn from, and those whose response is not known. */
    private static Supplier<Observations> learned(DataSplit split, TaskSplit task) {
        return () -> task.observations(task.train()).and(split.unlabelled(task.task()));
    }

    private static BlockImputer.Table requireSome(BlockImputer.Table with, Source source) {
        if (with.rows() == 0) {
            throw new DataException("source '" + source.name() + "': none of the rows to learn from has it, so it cannot be imputed");
        }
        return with;
    }

    /** A tenth of the training and validation rows held out, as the released code does; only where rows are split one by one. */
    private static TaskSplit released(TaskSplit split, RandomStream random) {
        int[] shuffled = split.trainAndValidation();
        random.shuffle(shuffled);
        int out = (int) Math.rint(RELEASED_HELD_OUT * shuffled.length);
        return new TaskSplit(split.task(), Arrays.copyOfRange(shuffled, out, shuffled.length), Arrays.copyOf(shuffled, out), split.test());
    }

    /** Rows from several tasks that have a source, or those that lack it, as one table for step 1. */
    private static final class Collector {
        private final BlockImputation imputation;
        private final Source source;
        private final boolean having;
        private final List<Some> parts = new ArrayList<>();

        /** Some of a task's rows, which are found again whenever they are asked for. */
        private record Some(Task task, Supplier<Observations> rows, int[] chosen) {}

        Collector(BlockImputation imputation, Source source, boolean having) {
            this.imputation = imputation;
            this.source = source;
            this.having = having;
        }

        void add(Task task, Supplier<Observations> rows) {
            Observations all = rows.get();
            double[][] block = all.blocks().get(source);
            int[] chosen = IntStream.range(0, all.size()).filter(i -> RowCompletion.observed(block, i) == having).toArray();
            if (chosen.length > 0) {
                parts.add(new Some(task, rows, chosen));
            }
        }

        BlockImputer.Table table() {
            return new BlockImputer.Table(dense(imputation.layout().anchors()), dense(having ? List.of(source) : List.of()), parts.size());
        }

        private DenseRows dense(List<Source> of) {
            int rows = parts.stream().mapToInt(part -> part.chosen.length).sum();
            int width = of.stream().mapToInt(imputation.encoding()::width).sum();
            return new DenseRows(rows, width, () -> {
                double[] all = new double[rows * width];
                int at = 0;
                for (Some part : parts) {
                    double[] piece = ObservedFeatures.of(part.task, of, imputation.encoding())
                            .dense(part.rows.get().select(part.chosen));
                    System.arraycopy(piece, 0, all, at, piece.length);
                    at += piece.length;
                }
                return all;
            });
        }
    }
}
