package intarsia.models.baseline;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.Features;
import intarsia.models.net.Mlp;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskNetwork;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import intarsia.models.net.Trained;
import intarsia.models.net.Training;
import java.util.ArrayList;
import java.util.List;

/**
 * HPS, hard parameter sharing: all tasks share every layer but the last (as ablation 2 of arXiv 2505.24413, appendix A.3, uses it).
 *
 * <pre>
 * z^t = trunk(x) w^t + b^t,   trunk = depth layers of relu,   minimize sum_t loss^t
 * </pre>
 *
 * All tasks must have the same features: the anchor alone, or rows made whole.
 *
 * @param width    width of the trunk's layers
 * @param depth    the trunk's layers, at least 1; a linear head follows
 * @param training how it is trained
 */
public record HardSharing(int width, int depth, Training training) {
    /** Checks both. */
    public HardSharing {
        if (width < 1 || depth < 1) {
            throw new IllegalArgumentException("hard sharing: width " + width + " and depth " + depth + " must be at least 1");
        }
    }

    /** Fits all tasks. */
    public Outcome<Trained<NetworkModel>> fit(Engine engine, List<? extends Features> features, List<TaskTable> tables, RandomStream random,
            Progress progress) {
        int inputs = features.getFirst().width();
        if (features.stream().anyMatch(of -> of.width() != inputs)) {
            throw new IllegalArgumentException("hard sharing: features of " + features.stream().map(of -> of.task() + ": " + of.width()).toList()
                    + "; tasks that share a trunk must have the same");
        }
        List<Integer> sizes = new ArrayList<>(List.of(inputs));
        for (int l = 0; l < depth; l++) {
            sizes.add(width);
        }
        Mlp trunk = new Mlp(sizes, true);
        TaskNetwork network = (graph, task, x) -> new TaskNetwork.Result(
                Mlp.linear(graph, "task/" + features.get(task).task() + "/head", trunk.apply(graph, "trunk", x), 1), List.of());
        return NetworkModel.fit(engine, features, tables, network, TaskTraining.of(training), random, "learning tasks with a shared trunk", progress);
    }
}
