package intarsia.models.net;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.data.Features;
import intarsia.models.data.Observations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trained network with all it needs to predict.
 *
 * @param features for each task, what the network reads
 * @param network  the network
 * @param weights  its parameters
 */
public record NetworkModel(List<Features> features, TaskNetwork network, Map<String, Tensor> weights) implements Predictor {
    /** Copies the list. */
    public NetworkModel {
        features = List.copyOf(features);
    }

    /** Trains a network on tables of these features. */
    public static Outcome<Trained<NetworkModel>> fit(Engine engine, List<? extends Features> features, List<TaskTable> tables, TaskNetwork network,
            TaskTraining training, RandomStream random, String stage, Progress progress) {
        try (Engine scope = engine.scope()) {
            return training.fit(scope, network, tables, random, stage, progress)
                    .map(trained -> trained.map(parameters -> new NetworkModel(List.copyOf(features), network, parameters.toMap())));
        }
    }

    @Override
    public double[] predict(String task, Observations rows) {
        Features own = features.get(task(task));
        return own.respond(run(task, rows).getFirst().toDoubles());
    }

    /** What the network makes of rows on the way, as {@link TaskNetwork.Result} lists it. */
    public List<Tensor> represent(String task, Observations rows) {
        List<Tensor> all = run(task, rows);
        return all.subList(1, all.size());
    }

    /** The linear prediction, then the representations. */
    private List<Tensor> run(String task, Observations rows) {
        int number = task(task);
        try (Engine engine = Engine.options().precision(weights.values().iterator().next().precision()).open()) {
            Graph graph = new Graph();
            Node x = graph.input("x", rows.size(), features.get(number).width());
            TaskNetwork.Result result = network.apply(graph, number, x);
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(0));
            graph.parameters().keySet().forEach(name -> parameters.set(name, weights.get(name)));
            List<Node> wanted = new ArrayList<>(List.of(result.z()));
            wanted.addAll(result.representations());
            Plan plan = Plan.compile(parameters, wanted.toArray(Node[]::new));
            plan.set(x, features.get(number).dense(rows));
            plan.run();
            return wanted.stream().map(plan::get).toList();
        }
    }

    private int task(String name) {
        for (int t = 0; t < features.size(); t++) {
            if (features.get(t).task().equals(name)) {
                return t;
            }
        }
        throw new IllegalArgumentException("no task '" + name + "'; there are " + features.stream().map(Features::task).toList());
    }
}
