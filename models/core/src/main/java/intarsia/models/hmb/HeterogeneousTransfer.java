package intarsia.models.hmb;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Encoding;
import intarsia.models.data.Features;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskTable;
import intarsia.models.net.Trained;
import java.util.ArrayList;
import java.util.List;

/**
 * HTL, transfer between heterogeneous feature spaces (Bica &amp; van der Schaar 2022) as arXiv 2505.24413, appendix A.5.2, adapts it: the network of MTL-HMB's
 * step 2 without imputation.
 *
 * <pre>
 * h^t = phi_c(x0^t),   k^t = phi_p^t(the task's own sources, without the anchor),   then the same two paths and heads
 * minimize  sum_t loss^t + gamma R_orth + kappa R_dr
 * </pre>
 *
 * A task that observes nothing but the anchor has an encoder of its own that reads the anchor (a choice of ours; the paper has no such task).
 */
public final class HeterogeneousTransfer {
    private HeterogeneousTransfer() {}

    /** What it reads of every task: the anchor, then the task's own sources. Learned from training rows. */
    public static List<Features> features(TaskSet data, List<Split> splits, Encoding.Scaling scaling) {
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::train).toList(), scaling);
        List<Features> features = new ArrayList<>();
        for (Task task : data.tasks()) {
            List<Source> sources = new ArrayList<>(data.anchors());
            data.others().stream().filter(task.blocks()::containsKey).forEach(sources::add);
            features.add(new DenseRows(task.name(), task.responseKind(), sources, encoding));
        }
        return features;
    }

    /**
     * Fits all tasks; of the options, those of step 2 count, but for {@code imputationWeight}.
     *
     * @param features as {@link #features} gives them
     * @param tables   their training and validation rows
     */
    public static Outcome<Trained<NetworkModel>> fit(Engine engine, TaskSet data, List<Features> features, List<TaskTable> tables,
            MtlHmbOptions options, RandomStream random, Progress progress) {
        int anchorWidth = data.anchors().stream().mapToInt(features.getFirst().encoding()::width).sum();
        List<HmbNetwork.Reader> readers = new ArrayList<>();
        for (Features of : features) {
            int from = of.width() > anchorWidth ? anchorWidth : 0;
            readers.add(new HmbNetwork.Reader(of.task(), new HmbNetwork.Range(from, of.width()), List.of()));
        }
        return NetworkModel.fit(engine, features, tables, new HmbNetwork(options, anchorWidth, readers), MtlHmb.training(options, tables), random,
                "learning tasks by transfer", progress);
    }
}
