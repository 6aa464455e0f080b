package intarsia.models.net;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Trained;
import intarsia.models.Weights;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.TaskFeatures;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An estimator whose model is one network on observed sources: its options say what the network is. */
public interface NetworkEstimator extends Estimator {
    /** The network for tasks with these features. */
    TaskNetwork network(List<? extends TaskFeatures> features);

    /**
     * Learns the network on rows that are encoded already, in whatever way: observed blocks only, or completed ones.
     *
     * @param context its engine computes, its random numbers are used, its split is not looked at
     * @param tables  the tasks' training and validation rows, as many as features
     */
    Outcome<Trained<Weights>> fit(FitContext context, List<? extends TaskFeatures> features, List<TaskTable> tables);

    /** Fits the network on observed features, and the {@link FittedBaselines baselines} that go with it. */
    default Outcome<ObservedNetwork> fit(FitContext context, List<ObservedFeatures> observed) {
        return new FittedBaselines<ObservedNetwork>((own, encoding) -> {
            List<ObservedFeatures> features = observed.stream().map(of -> of.with(encoding)).toList();
            List<TaskTable> tables = IntStream.range(0, features.size())
                    .mapToObj(t -> TaskTable.of(features.get(t), own.split().tasks().get(t))).toList();
            return fit(own, features, tables).map(trained -> new ObservedNetwork(this, ObservedTasks.of(features), trained.model()));
        }, ObservedNetwork::network, ObservedNetwork::with).fit(context, observed.getFirst().encoding());
    }

    /** What is saved besides the weights: a record of the options and the tasks. */
    Record settings(ObservedTasks tasks);

    /** What was chosen, for people. */
    Map<String, String> hyperparameters();
}
