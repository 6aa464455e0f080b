package intarsia.models.baseline;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Outcome;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Encoding;
import intarsia.models.data.Features;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.Mlp;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskNetwork;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import intarsia.models.net.Trained;
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

    /** Fits every task on its observed sources. */
    public Predictor fit(Engine engine, TaskSet data, List<Split> splits, RandomStream random, Progress progress) {
        Map<String, NetworkModel> fitted = new LinkedHashMap<>();
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::train).toList(), scaling);
        for (int t = 0; t < data.tasks().size(); t++) {
            Task task = data.tasks().get(t);
            Features features = DenseRows.of(task, encoding);
            fitted.put(task.name(), fit(engine, features, TaskTable.of(features, task, splits.get(t)), random.child(task.name()), progress)
                    .orThrow().model());
        }
        return (task, rows) -> fitted.get(data.task(task).name()).predict(task, rows);
    }

    /** Fits one task on whatever features it is given. */
    public Outcome<Trained<NetworkModel>> fit(Engine engine, Features features, TaskTable table, RandomStream random, Progress progress) {
        Mlp perceptron = Mlp.of(features.width(), width, depth + 1, 1);
        TaskNetwork alone = (graph, number, x) -> new TaskNetwork.Result(perceptron.apply(graph, "network", x), List.of());
        return NetworkModel.fit(engine, List.of(features), List.of(table), alone, TaskTraining.of(training), random,
                "learning " + features.task() + " alone", progress);
    }
}
