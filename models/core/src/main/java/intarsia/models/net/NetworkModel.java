package intarsia.models.net;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.models.BoundModel;
import intarsia.models.SharedPredictor;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.DataException;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.RowEncoder;
import intarsia.models.data.Source;
import intarsia.models.data.TaskFeatures;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseBaseline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that predicts for tasks, with its learned numbers: what models that are networks are made of.
 *
 * @param features for each task, what the network reads
 * @param network  the network
 * @param weights  its parameters
 */
public record NetworkModel(List<? extends TaskFeatures> features, TaskNetwork network, Weights weights) {
    /** Copies the list. */
    public NetworkModel {
        features = List.copyOf(features);
    }

    private record Bound(TaskFeatures features, RowEncoder encoder, RowProgram program, RowProgram shared) {}

    /** It on an engine: what network models answer with. It refuses a task that it does not have. */
    public BoundNetwork bind(Engine engine) {
        Map<String, Bound> tasks = new LinkedHashMap<>();
        for (int t = 0; t < features.size(); t++) {
            TaskFeatures of = features.get(t);
            tasks.put(of.task(), new Bound(of, of.bind(engine), program(engine, t, false), tellsShared(t) ? shared(engine, t) : null));
        }
        return new BoundNetwork(tasks);
    }

    /** A network on an engine. */
    public static final class BoundNetwork implements BoundModel, SharedPredictor {
        private final Map<String, Bound> tasks;

        BoundNetwork(Map<String, Bound> tasks) {
            this.tasks = tasks;
        }

        private Bound of(String task) {
            Bound of = tasks.get(task);
            if (of == null) {
                throw new DataException("no task '" + task + "'; the model has " + String.join(", ", tasks.keySet()));
            }
            return of;
        }

        @Override
        public double[] predict(String task, Observations rows) {
            Bound of = of(task);
            return of.features.respond(of.program.run(of.encoder.dense(rows))[0]);
        }

        @Override
        public boolean tellsShared(String task) {
            return of(task).shared != null;
        }

        @Override
        public Both predictBoth(String task, Observations rows) {
            Bound of = of(task);
            if (of.shared == null) {
                throw new IllegalArgumentException("the network does not tell what is shared of task '" + task + "'");
            }
            double[] dense = of.encoder.dense(rows);
            return new Both(of.features.respond(of.program.run(dense)[0]), of.features.respond(of.shared.run(dense)[0]));
        }

        @Override
        public void close() {
            tasks.values().forEach(of -> {
                of.encoder.close();
                of.program.close();
                if (of.shared != null) {
                    of.shared.close();
                }
            });
        }
    }

    private boolean tellsShared(int task) {
        Graph graph = new Graph();
        return network.shared(graph, task, graph.input("rows", 1, features.get(task).width())) != null;
    }

    private RowProgram shared(Engine engine, int task) {
        return new RowProgram(engine, weights, features.get(task).width(), (graph, x) -> List.of(network.shared(graph, task, x)));
    }

    /**
     * Records predictions for rows of a task.
     *
     * @param cells of each source
     */
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        int number = features.stream().map(TaskFeatures::task).toList().indexOf(task);
        TaskFeatures of = features.get(number);
        Node rows = of.record(graph, cells);
        return of.respond(weights.recorded(rows, (inner, x) -> network.apply(inner, number, x).z()));
    }

    /**
     * The encoding with the baselines of some tasks, thresholds and cumulative hazards, as they are given the network's linear predictors
     * of training and validation rows. Ours; without validation rows, of which a network has learned less, its predictions are too sure.
     */
    public FeatureEncoding calibrated(Engine engine, List<TaskSplit> tasks) {
        FeatureEncoding encoding = features.getFirst().encoding();
        List<String> names = features.stream().map(TaskFeatures::task).toList();
        Map<String, ResponseEncoding> responses = new LinkedHashMap<>();
        for (TaskSplit split : tasks) {
            String task = split.task().name();
            ResponseEncoding own = encoding.response().get(task);
            if (!own.baseline().equals(ResponseBaseline.NONE)) {
                int[] rows = split.trainAndValidation();
                double[] eta = linear(engine, names.indexOf(task), split.observations(rows));
                responses.put(task, own.calibrated(split.task().family(), split.responses(rows),
                        split.weights(rows), eta));
            }
        }
        return encoding.withResponses(responses);
    }

    private double[] linear(Engine engine, int task, Observations rows) {
        try (RowEncoder encoder = features.get(task).bind(engine); RowProgram program = program(engine, task, false)) {
            return program.run(encoder.dense(rows))[0];
        }
    }

    /**
     * What the network makes of rows of a task on the way, as {@link TaskNetwork.Result} lists it; each {@code rows x width}, row-major.
     */
    public double[][] represent(Engine engine, int task, Observations rows) {
        try (RowEncoder encoder = features.get(task).bind(engine); RowProgram program = program(engine, task, true)) {
            return program.run(encoder.dense(rows));
        }
    }

    private RowProgram program(Engine engine, int task, boolean representations) {
        return new RowProgram(engine, weights, features.get(task).width(), (graph, x) -> {
            TaskNetwork.Result result = network.apply(graph, task, x);
            return representations ? result.representations() : List.of(result.z());
        });
    }

    /** The shapes of a network's parameters, for tasks with this many features each. */
    public static Map<String, Shape> shapes(TaskNetwork network, List<Integer> widths) {
        Graph graph = new Graph();
        for (int t = 0; t < widths.size(); t++) {
            network.apply(graph, t, graph.input("x" + t, 1, widths.get(t)));
        }
        return Weights.shapes(graph);
    }
}
