package intarsia.models.study;

import intarsia.models.FitContext;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Task;
import intarsia.models.data.TaskFeatures;
import intarsia.models.hmb.BlockImputation;
import intarsia.models.net.NetworkEstimator;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskTable;
import intarsia.models.selection.ModelSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Networks chosen on a grid by validation loss, on whatever rows they are given: what the methods of studies have in common.
 *
 * @param selection how the grid is gone through
 */
public record NetworkChoice(ModelSelection selection) {
    /**
     * What networks read of every task, with their rows.
     *
     * @param features task by task
     * @param tables   task by task
     */
    public record Inputs(List<TaskFeatures> features, List<TaskTable> tables) {
        /** Observed sources of every task. */
        public static Inputs observed(FitContext context, Function<Task, ObservedFeatures> made) {
            List<ObservedFeatures> features = context.split().map(split -> made.apply(split.task()));
            return new Inputs(List.copyOf(features), IntStream.range(0, features.size())
                    .mapToObj(t -> TaskTable.of(features.get(t), context.split().tasks().get(t))).toList());
        }

        /** Completed rows of every task. */
        public static Inputs completed(FitContext context, BlockImputation imputation) {
            return new Inputs(imputation.features(), imputation.tables(context.engine(), context.split()));
        }
    }

    /**
     * Points of a grid.
     *
     * @param points  what is chosen from
     * @param label   what a point is called, for people
     * @param limited a point with a limit of epochs
     */
    public record Candidates<E extends NetworkEstimator>(List<E> points, Function<E, String> label, Limited<E> limited) {}

    /** Limits a point's epochs. */
    @FunctionalInterface
    public interface Limited<E> {
        /** The point with at most so many epochs. */
        E at(E point, int epochs);
    }

    /** A network for each task, each chosen by itself. */
    public <E extends NetworkEstimator> FittedNetworks each(FitContext context, BlockImputation imputation, Inputs inputs,
            Candidates<E> candidates) {
        List<NetworkModel> networks = new ArrayList<>();
        for (int t = 0; t < inputs.features.size(); t++) {
            networks.add(choose(context, context, new Inputs(List.of(inputs.features.get(t)), List.of(inputs.tables.get(t))), candidates));
        }
        return new FittedNetworks(networks, imputation, context.split());
    }

    /** One network for all tasks. */
    public <E extends NetworkEstimator> FittedNetworks together(FitContext context, BlockImputation imputation, Inputs inputs,
            Candidates<E> candidates) {
        return new FittedNetworks(List.of(choose(context, context.child("network"), inputs, candidates)), imputation, context.split());
    }

    private <E extends NetworkEstimator> NetworkModel choose(FitContext context, FitContext own, Inputs inputs, Candidates<E> candidates) {
        return selection.<E, NetworkModel>choose("network", context, candidates.points, candidates.label, (engine, point, epochs) ->
                candidates.limited.at(point, epochs).fit(own.on(engine), inputs.features, inputs.tables)
                        .map(trained -> trained.map(weights ->
                                new NetworkModel(inputs.features, point.network(inputs.features), weights)))).model();
    }
}
