package intarsia.models.hmb;

import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Trained;
import intarsia.models.Weights;
import intarsia.models.baseline.ConditionalBaselines;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskFeatures;
import intarsia.models.data.TaskSet;
import intarsia.models.net.NetworkEstimator;
import intarsia.models.net.ObservedNetwork;
import intarsia.models.net.ObservedTasks;
import intarsia.models.net.TaskNetwork;
import intarsia.models.net.TaskTable;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.SearchSpace.Option;
import intarsia.models.selection.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * HTL, transfer between heterogeneous feature spaces (Bica &amp; van der Schaar 2022) as arXiv 2505.24413, appendix A.5.2, adapts it: the
 * network of MTL-HMB's step 2 without imputation.
 *
 * <pre>
 * h^t = phi_c(x0^t),   k^t = phi_p^t(the task's other sources),   then the same two paths and heads
 * minimize  sum_t loss^t + gamma R_orth + kappa R_dr
 * </pre>
 *
 * The task-specific encoder of a task that observes nothing but the anchor reads the anchor (a choice of ours; the paper has no such task).
 *
 * @param options of which those of step 2 count, but for the imputation penalty and the linear path, which it does not have
 */
public record HeterogeneousTransfer(MtlHmb options) implements NetworkEstimator {
    /** Its name in files. */
    public static final String KEY = "htl";

    /** What tuning may change: gamma, the depth, and batches. */
    public static final SearchSpace<HeterogeneousTransfer> SPACE = new SearchSpace<>(List.of(
            new Option<>("orthogonality", Map.of("0.1", o -> new HeterogeneousTransfer(o.options.orthogonality(0.1))), Map.of()),
            new Option<>("depth", Map.of(), Map.of("2", o -> new HeterogeneousTransfer(o.options.depth(2)))),
            new Option<>("batch", Map.of(), Map.of("8", o ->
                    new HeterogeneousTransfer(o.options.training(o.options.training().batch(8)))))), false);

    /**
     * What is saved of a fitted one.
     *
     * @param options what it was fitted with
     * @param tasks   what it reads
     */
    public record Settings(HeterogeneousTransfer options, ObservedTasks tasks) {}

    /** Checks that the options are there, and leaves the linear path out. */
    public HeterogeneousTransfer {
        if (options == null) {
            throw new IllegalArgumentException("htl: its options are missing");
        }
        options = options.additions(options.additions().withoutLinear());
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "heterogeneous transfer";
    }

    /** With another limit of epochs. */
    public HeterogeneousTransfer epochs(int limit) {
        return new HeterogeneousTransfer(options.epochs(limit));
    }

    /** All: a linear predictor each, or one for each class. */
    @Override
    public boolean learns(ResponseFamily family) {
        return true;
    }

    @Override
    public boolean made(Model model) {
        return model instanceof ObservedNetwork fitted && fitted.estimator().equals(this);
    }

    @Override
    public HeterogeneousTransfer atMost(int limit) {
        return limit < options.training().epochs() ? epochs(limit) : this;
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        requireLearned(context.split());
        FeatureEncoding encoding = ConditionalBaselines.of(context.engine(), context.split(),
                FeatureEncoding.of(context.split(), options.scaling()));
        List<ObservedFeatures> features = context.split().map(split -> features(split.task(), context.split().data(), encoding));
        return fit(context, features);
    }

    /** What it reads of a task: the anchors, then the task's other sources. */
    public static ObservedFeatures features(Task task, TaskSet data, FeatureEncoding encoding) {
        List<Source> sources = new ArrayList<>(data.anchors());
        data.others().stream().filter(task.blocks()::containsKey).forEach(sources::add);
        return ObservedFeatures.of(task, sources, encoding);
    }

    @Override
    public Outcome<Trained<Weights>> fit(FitContext context, List<? extends TaskFeatures> features, List<TaskTable> tables) {
        return options.training(tables).fit(context.engine(), network(features), tables, context.random(), "learning tasks by transfer",
                context.progress());
    }

    /** The sources that all tasks read come first in their features: they are the anchor. */
    @Override
    public TaskNetwork network(List<? extends TaskFeatures> features) {
        List<Source> anchors = features.getFirst().sources().stream()
                .filter(source -> features.stream().allMatch(of -> of.sources().contains(source))).toList();
        int anchorWidth = anchors.stream().mapToInt(features.getFirst().encoding()::width).sum();
        List<HmbReader> readers = new ArrayList<>();
        for (TaskFeatures of : features) {
            if (!of.sources().subList(0, anchors.size()).equals(anchors)) {
                throw new IllegalArgumentException("htl: task '" + of.task() + "' reads " + of.sources().stream().map(Source::name).toList()
                        + "; the sources of all tasks, " + anchors.stream().map(Source::name).toList() + ", must come first");
            }
            List<Source> others = of.sources().subList(anchors.size(), of.sources().size());
            readers.add(new HmbReader(of.task(), "", of.family(), new HmbReader.Range(others.isEmpty() ? 0 : anchorWidth, of.width()),
                    List.of(), of.encoding().varying(others.isEmpty() ? anchors : others, of.task())));
        }
        return new HmbNetwork(options, anchorWidth, readers);
    }

    @Override
    public Record settings(ObservedTasks tasks) {
        return new Settings(this, tasks);
    }

    @Override
    public Map<String, String> hyperparameters() {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("width", Integer.toString(options.encoder().width()));
        chosen.put("depth", Integer.toString(options.encoder().depth()));
        chosen.put("orthogonality penalty", Double.toString(options.penalties().orthogonality()));
        chosen.put("redundancy penalty", Double.toString(options.penalties().redundancy()));
        return chosen;
    }
}
