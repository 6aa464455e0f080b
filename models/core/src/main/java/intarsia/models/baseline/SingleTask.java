package intarsia.models.baseline;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.Mlp;
import intarsia.models.net.TaskNetwork;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import intarsia.models.net.Training;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * STL: a perceptron for each task, on the sources that the task observes; the single-task network of arXiv 2505.24413, appendix A.5.2.
 *
 * <pre>
 * z^t = MLP^t([x0 | observed sources]),   minimize loss^t for each t alone
 * </pre>
 *
 * @param width    width of the hidden layers
 * @param depth    hidden layers; a linear one follows
 * @param training how it is trained
 * @param scaling  whether continuous quantities are standardized
 */
public record SingleTask(int width, int depth, Training training, Encoding.Scaling scaling) {
    /** Width 64, three hidden layers, the paper's training, standardized. */
    public static final SingleTask DEFAULT = new SingleTask(64, 3, Training.DEFAULT, Encoding.Scaling.STANDARDIZED);

    /** Fits every task. */
    public Predictor fit(Engine engine, TaskSet data, List<Split> splits, RandomStream random, Progress progress) {
        Map<String, Fitted> fitted = new LinkedHashMap<>();
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::train).toList(), scaling);
        for (int t = 0; t < data.tasks().size(); t++) {
            Task task = data.tasks().get(t);
            DenseRows rows = DenseRows.of(task, encoding);
            Mlp network = Mlp.of(rows.width(), width, depth + 1, 1);
            Split split = splits.get(t);
            int[] judge = split.validation().length > 0 ? split.validation() : split.train();
            TaskTable table = new TaskTable(task.name(), TaskTable.loss(task.responseKind()),
                    rows.dense(Observations.of(task, split.train())), TaskTable.responses(encoding, task, split.train()),
                    rows.dense(Observations.of(task, judge)), TaskTable.responses(encoding, task, judge));
            TaskNetwork alone = (graph, number, x) -> new TaskNetwork.Result(network.apply(graph, "network", x), List.of());
            Parameters parameters = TaskTraining.of(training)
                    .fit(engine, alone, List.of(table), random.child(task.name()), "learning " + task.name() + " alone", progress).orThrow();
            fitted.put(task.name(), new Fitted(rows, network, parameters.toMap()));
        }
        return (task, rows) -> fitted.get(data.task(task).name()).predict(rows);
    }

    private record Fitted(DenseRows rows, Mlp network, Map<String, Tensor> weights) {
        double[] predict(Observations observations) {
            try (Engine engine = Engine.options().precision(weights.values().iterator().next().precision()).open()) {
                Graph graph = new Graph();
                Node x = graph.input("x", observations.size(), rows.width());
                Node z = network.apply(graph, "network", x);
                Parameters parameters = Parameters.of(engine, graph, RandomStream.of(0));
                parameters.setAll(weights);
                Plan plan = Plan.compile(parameters, z);
                plan.set(x, rows.dense(observations));
                plan.run();
                return rows.respond(plan.get(z).toDoubles());
            }
        }
    }
}
