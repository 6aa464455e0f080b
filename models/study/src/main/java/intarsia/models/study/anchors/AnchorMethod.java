package intarsia.models.study.anchors;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.ImputationMethod;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.ResponseFamily;
import intarsia.models.sharing.AnchorChoice;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what a model is to take as its anchor, by changing the tables that it is fitted on; then fits it.
 *
 * @param key      its name in files: the estimator's kind, "-" and what is done
 * @param name     its name for people
 * @param settings the settings that it is for
 * @param change   what is done to the tables
 * @param fitted   what is fitted
 */
record AnchorMethod(String key, String name, List<String> settings, Change change, Estimator fitted) implements Estimator {
    /** Signs flipped to choose an anchor. */
    private static final int FLIPS = 199;

    /** What is done to the tables: responses of test rows are not looked at, nor are their cells but to complete their own row. */
    @FunctionalInterface
    interface Change {
        /** The tables as they are. */
        Change NONE = (drawn, context) -> drawn.split();
        /** Nothing was missing: what cannot be known. */
        Change KNOWN = (drawn, context) -> FactorTasks.with(drawn.split(), task -> drawn.whole().get(task.name()));

        DataSplit apply(FactorTasks.Drawn drawn, FitContext context);

        /** Sources that a task lacks, imputed. */
        static Change completed(ImputationMethod method) {
            return (drawn, context) -> {
                ImputationMethod.Learned learned = method.learn(context);
                return FactorTasks.with(drawn.split(), task -> {
                    Map<Source, double[][]> blocks = task.cells();
                    drawn.whole().get(task.name()).keySet().forEach(source -> blocks.computeIfAbsent(source, missing ->
                            learned.expected(context.engine(), task.name(), missing, Observations.of(task))));
                    return blocks;
                });
            };
        }

        /** One common source is the anchor of all tasks; the others are left out. */
        static Change only(String anchor) {
            return (drawn, context) -> keeping(drawn.split(), List.of(FactorTasks.source(anchor)));
        }

        /** The common sources that training and validation rows make {@link AnchorChoice} choose. */
        static Change chosen() {
            return (drawn, context) -> {
                TaskSet.Builder known = TaskSet.builder();
                drawn.split().tasks().forEach(task -> {
                    int[] rows = task.trainAndValidation();
                    Task.Builder some = Task.continuous(task.task().name());
                    task.observations(rows).blocks().forEach(some::block);
                    known.task(some.response(task.responses(rows)));
                });
                return keeping(drawn.split(), AnchorChoice.of(context.engine(), known.build(), FLIPS, context.random()).chosen().anchor());
            };
        }

        /**
         * The common sources are one, "anchor", in whose place each task has a source that may be another one's.
         *
         * @param shift 0 for the source that is precise in the task itself, 1 for the next task's
         */
        static Change exchanged(int shift) {
            return (drawn, context) -> {
                List<Source> anchors = drawn.split().data().anchors();
                List<Task> tasks = drawn.split().taskList();
                return FactorTasks.with(drawn.split(), task -> {
                    Map<Source, double[][]> blocks = task.cells();
                    blocks.keySet().removeAll(anchors);
                    blocks.put(FactorTasks.source("anchor"), task.cells().get(anchors.get((tasks.indexOf(task) + shift)
                            % anchors.size())));
                    return blocks;
                });
            };
        }

        private static DataSplit keeping(DataSplit split, List<Source> anchors) {
            Set<Source> kept = new HashSet<>(split.data().others());
            kept.addAll(anchors);
            return FactorTasks.with(split, task -> task.only(kept).cells());
        }
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return fitted.learns(family);
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        return fitted.fit(context);
    }
}
