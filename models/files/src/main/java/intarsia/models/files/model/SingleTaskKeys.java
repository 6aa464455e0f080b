package intarsia.models.files.model;

import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.SingleTask;
import intarsia.models.files.Section;
import java.util.List;

/** The options of networks that serve as baselines: keys of {@code [fit]}; they are trained as MTL-HMB is. */
final class SingleTaskKeys {
    private static final Key<Integer> WIDTH = Key.width("single_task_width", SingleTask.DEFAULT.width(),
            "Width of the single-task network's layers.");
    private static final Key<Integer> DEPTH = Key.depth("single_task_depth", SingleTask.DEFAULT.depth(),
            "Hidden layers of the single-task network.");
    static final KeyTable TABLE = new KeyTable("", "stl, hps", "", List.of(WIDTH, DEPTH));

    private SingleTaskKeys() {}

    static SingleTask singleTask(Section fit) {
        return new SingleTask(WIDTH.of(fit), DEPTH.of(fit), MtlHmbKeys.training(fit), MtlHmbKeys.scaling(fit));
    }

    static HardSharing hardSharing(Section fit) {
        return new HardSharing(WIDTH.of(fit), DEPTH.of(fit), MtlHmbKeys.training(fit), MtlHmbKeys.scaling(fit));
    }
}
