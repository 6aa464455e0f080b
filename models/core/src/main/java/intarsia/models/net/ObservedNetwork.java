package intarsia.models.net;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.RecordsPredictions;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;

/**
 * A fitted network on observed sources. A source that a row lacks is filled with the task's means.
 *
 * @param estimator its options, which say what the network is
 * @param observed  what it reads of each task
 * @param weights   the network's parameters
 */
public record ObservedNetwork(NetworkEstimator estimator, ObservedTasks observed, Weights weights) implements RecordsPredictions {
    /**
     * Makes sure that the weights are those of the network.
     *
     * @throws IllegalArgumentException naming the weights that are missing, too many or of another shape
     */
    public ObservedNetwork {
        if (estimator == null || observed == null) {
            throw new IllegalArgumentException("a network needs its options and its tasks");
        }
        List<ObservedFeatures> features = observed.features();
        weights.check(NetworkModel.shapes(estimator.network(features), features.stream().map(ObservedFeatures::width).toList()));
    }

    /** The same with another encoding. */
    ObservedNetwork with(FeatureEncoding encoding) {
        return new ObservedNetwork(estimator, new ObservedTasks(observed.tasks(), encoding, observed.alone()), weights);
    }

    /** The network with its numbers. */
    NetworkModel network() {
        List<ObservedFeatures> features = observed.features();
        return new NetworkModel(features, estimator.network(features), weights);
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        return observed.responses();
    }

    @Override
    public List<Source> sources() {
        return observed.sources();
    }

    @Override
    public List<Source> requiredSources() {
        return observed.common();
    }

    @Override
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        response(task);
        return network().record(graph, task, cells);
    }

    @Override
    public BoundModel bind(Engine engine) {
        List<Source> required = requiredSources();
        BoundModel network = network().bind(engine);
        return new BoundModel() {
            @Override
            public double[] predict(String task, Observations rows) {
                response(task);
                rows.require(required);
                return network.predict(task, rows);
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }

    @Override
    public ModelState state() {
        return new ModelState(estimator.key(), estimator.settings(observed), weights);
    }

    @Override
    public Map<String, String> hyperparameters() {
        return estimator.hyperparameters();
    }
}
