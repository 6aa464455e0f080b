package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.Tensor;
import intarsia.models.Predictor;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.net.NetworkModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fitted MTL-HMB: all values, so that it can be written down and read back. Weights are named {@code network/...} (step 2) and
 * {@code imputer/SOURCE/...} (step 1).
 *
 * @param options  what it was fitted with
 * @param layout   sources, features and tasks
 * @param encoding the way from raw cells to features
 * @param weights  all learned numbers by name
 */
public record MtlHmbModel(MtlHmbOptions options, Layout layout, Encoding encoding, Map<String, Tensor> weights) implements Predictor {
    static final String NETWORK = "network/";
    static final String IMPUTER = "imputer/";

    /** Copies the map, keeping its order. */
    public MtlHmbModel {
        weights = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /**
     * Representations of rows: what tasks share and what they do not.
     *
     * @param shared h, rows x d
     * @param own    k, rows x d
     */
    public record Representations(Tensor shared, Tensor own) {}

    /**
     * Makes sure that the weights are those of the layout and the options: for a model that was read from somewhere.
     *
     * @throws IllegalArgumentException naming the weights that are missing, too many or of another shape
     */
    public void check() {
        if ((long) options.depth() + options.pathDepth() + options.imputerDepth() > weights.size()) {
            throw new IllegalArgumentException("depths " + options.depth() + ", " + options.pathDepth() + " and " + options.imputerDepth()
                    + " need more than the " + weights.size() + " weights there are");
        }
        Map<String, intarsia.linalg.Shape> expected = new LinkedHashMap<>();
        Graph graph = new Graph();
        HmbNetwork network = HmbNetwork.of(options, layout);
        for (int t = 0; t < layout.tasks().size(); t++) {
            network.apply(graph, t, graph.input("x" + t, 1, layout.width()));
        }
        graph.parameters().forEach((name, node) -> expected.put(NETWORK + name, node.shape()));
        Completion completion = new Completion(layout, encoding, Map.of());
        for (Source source : layout.others()) {
            BlockImputer.of(options, completion, source).shapes().forEach((name, shape) -> expected.put(IMPUTER + source.name() + "/" + name, shape));
        }
        expected.forEach((name, shape) -> {
            if (!weights.containsKey(name) || !weights.get(name).shape().equals(shape)) {
                throw new IllegalArgumentException("weights '" + name + "' should be " + shape + " and are "
                        + (weights.containsKey(name) ? weights.get(name).shape() : "missing"));
            }
        });
        weights.keySet().stream().filter(name -> !expected.containsKey(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("weights '" + name + "' belong to nothing in the model");
        });
    }

    @Override
    public double[] predict(String task, Observations rows) {
        return network().predict(task, rows);
    }

    /** The blocks that are not there, or have no number in a row, filled from the anchor; those that are there as they are. */
    public Map<Source, double[][]> impute(String task, Observations rows) {
        try (Engine engine = Engine.options().precision(precision()).open()) {
            return completion().complete(engine, task, rows);
        }
    }

    /** What the encoders of step 2 make of rows. */
    public Representations represent(String task, Observations rows) {
        List<Tensor> representations = network().represent(task, rows);
        return new Representations(representations.get(0), representations.get(1));
    }

    /** With other weights of the same names. */
    MtlHmbModel with(Map<String, Tensor> changed) {
        Map<String, Tensor> all = new LinkedHashMap<>(weights);
        all.putAll(changed);
        return new MtlHmbModel(options, layout, encoding, all);
    }

    private NetworkModel network() {
        return new NetworkModel(completion().features(precision()), HmbNetwork.of(options, layout), below(NETWORK));
    }

    Completion completion() {
        Completion completion = new Completion(layout, encoding, Map.of());
        for (Source source : layout.others()) {
            completion = completion.with(source, Hbi.imputer(options, completion, source, below(IMPUTER + source.name() + "/")));
        }
        return completion;
    }

    /** The weights whose names begin like this, named by the rest. */
    Map<String, Tensor> below(String prefix) {
        Map<String, Tensor> below = new LinkedHashMap<>();
        weights.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), value);
            }
        });
        return below;
    }

    Precision precision() {
        return weights.values().iterator().next().precision();
    }
}
