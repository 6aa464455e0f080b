package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Predictor;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.net.TaskNetwork;
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
        Map<String, intarsia.linalg.Shape> expected = new LinkedHashMap<>();
        Graph graph = new Graph();
        HmbNetwork network = new HmbNetwork(options, layout);
        for (int t = 0; t < layout.tasks().size(); t++) {
            network.apply(graph, t, graph.input("x" + t, 1, layout.width()));
        }
        graph.parameters().forEach((name, node) -> expected.put(NETWORK + name, node.shape()));
        Dense dense = new Dense(options, layout, encoding);
        for (Source source : layout.others()) {
            dense.imputer(source).shapes().forEach((name, shape) -> expected.put(IMPUTER + source.name() + "/" + name, shape));
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
        try (Engine engine = engine()) {
            double[] linear = run(engine, task, rows).z().toDoubles();
            boolean binary = layout.tasks().get(layout.task(task)).responseKind() == Task.ResponseKind.BINARY;
            for (int i = 0; i < linear.length; i++) {
                linear[i] = binary ? intarsia.linalg.Elementary.sigmoid(linear[i]) : encoding.decodeResponse(task, linear[i]);
            }
            return linear;
        }
    }

    /** The blocks that are not there, or have no number in a row, filled from the anchor; those that are there as they are. */
    public Map<Source, double[][]> impute(String task, Observations rows) {
        try (Engine engine = engine()) {
            Dense dense = new Dense(options, layout, encoding);
            double[] all = dense.all(engine, task, rows, imputers());
            Map<Source, double[][]> completed = new LinkedHashMap<>();
            layout.anchors().forEach(source -> completed.put(source, rows.blocks().get(source)));
            for (Source source : layout.others()) {
                double[][] cells = dense.cells(source, all, rows.size());
                double[][] given = rows.blocks().get(source);
                boolean[] there = Dense.observed(given, rows.size());
                for (int i = 0; i < cells.length; i++) {
                    if (there[i]) {
                        cells[i] = given[i];
                    }
                }
                completed.put(source, cells);
            }
            return completed;
        }
    }

    /** What the encoders of step 2 make of rows. */
    public Representations represent(String task, Observations rows) {
        try (Engine engine = engine()) {
            Run run = run(engine, task, rows);
            return new Representations(run.h(), run.k());
        }
    }

    private record Run(Tensor z, Tensor h, Tensor k) {}

    private Run run(Engine engine, String task, Observations rows) {
        double[] x = new Dense(options, layout, encoding).all(engine, task, rows, imputers());
        Graph graph = new Graph();
        Node input = graph.input("x", rows.size(), layout.width());
        TaskNetwork.Result result = new HmbNetwork(options, layout).apply(graph, layout.task(task), input);
        Parameters parameters = Parameters.of(engine, graph, RandomStream.of(0));
        graph.parameters().keySet().forEach(name -> parameters.set(name, weights.get(NETWORK + name)));
        Node h = result.representations().get(0);
        Node k = result.representations().get(1);
        Plan plan = Plan.compile(parameters, result.z(), h, k);
        plan.set(input, x);
        plan.run();
        return new Run(plan.get(result.z()), plan.get(h), plan.get(k));
    }

    private Map<String, Map<String, Tensor>> imputers() {
        return Dense.bySource(List.copyOf(layout.others()), weights, IMPUTER);
    }

    private Engine engine() {
        return Engine.options().precision(weights.values().iterator().next().precision()).open();
    }
}
