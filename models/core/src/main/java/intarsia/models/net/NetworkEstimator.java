package intarsia.models.net;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Trained;
import intarsia.models.Weights;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.TaskFeatures;
import intarsia.models.data.TaskSplit;
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

    /** Fits the network on observed features, and estimates the responses' baselines that go with it. */
    default Outcome<ObservedNetwork> fit(FitContext context, List<ObservedFeatures> features) {
        List<TaskSplit> splits = context.split().tasks();
        List<TaskTable> tables = IntStream.range(0, features.size()).mapToObj(t -> TaskTable.of(features.get(t), splits.get(t))).toList();
        return fit(context, features, tables)
                .map(trained -> new ObservedNetwork(this, ObservedTasks.of(features), trained.model()))
                .map(network -> network.with(network.network().calibrated(context.engine(), splits)));
    }

    /** What is saved besides the weights: a record of the options and the tasks. */
    Record settings(ObservedTasks tasks);

    /** What was chosen, for people. */
    Map<String, String> hyperparameters();
}
