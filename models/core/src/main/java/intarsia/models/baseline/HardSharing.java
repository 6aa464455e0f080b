package intarsia.models.baseline;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Trained;
import intarsia.models.Weights;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.TaskFeatures;
import intarsia.models.net.Mlp;
import intarsia.models.net.NetworkEstimator;
import intarsia.models.net.ObservedNetwork;
import intarsia.models.net.ObservedTasks;
import intarsia.models.net.RowStack;
import intarsia.models.net.TaskNetwork;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import intarsia.models.net.Training;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.SearchSpace.Option;
import intarsia.models.selection.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * HPS, hard parameter sharing: all tasks share every layer but the last. It reads the anchor; in ablation 2 of arXiv 2505.24413, appendix
 * A.3, completed rows.
 *
 * <pre>
 * z^t = trunk(x) w^t + b^t,   trunk = depth layers of relu,   minimize sum_t loss^t
 * </pre>
 *
 * @param width    width of the trunk's layers
 * @param depth    the trunk's layers, at least 1; a linear head follows
 * @param training how it is trained
 * @param scaling  whether continuous quantities are standardized
 */
public record HardSharing(int width, int depth, Training training, FeatureEncoding.Scaling scaling) implements NetworkEstimator {
    /** Its name in files. */
    public static final String KEY = "hps";

    /** What tuning may change: the depth, and batches. */
    public static final SearchSpace<HardSharing> SPACE = new SearchSpace<>(List.of(
            new Option<>("single_task_depth", Map.of("2", o -> new HardSharing(o.width, 2, o.training, o.scaling)), Map.of()),
            new Option<>("batch", Map.of(), Map.of("8", o -> new HardSharing(o.width, o.depth, o.training.batch(8), o.scaling)))), false);

    /**
     * What is saved of a fitted one.
     *
     * @param options what it was fitted with
     * @param tasks   what it reads
     */
    public record Settings(HardSharing options, ObservedTasks tasks) {}

    /** Checks both. */
    public HardSharing {
        if (width < 1 || depth < 1 || training == null || scaling == null) {
            throw new IllegalArgumentException("hard sharing: width " + width + " and depth " + depth
                    + " must be at least 1, training and scaling given");
        }
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "hard parameter sharing";
    }

    /** With another limit of epochs. */
    public HardSharing epochs(int limit) {
        return new HardSharing(width, depth, training.epochs(limit), scaling);
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
    public HardSharing atMost(int limit) {
        return limit < training.epochs() ? epochs(limit) : this;
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        requireLearned(context.split());
        FeatureEncoding encoding = ConditionalBaselines.of(context.engine(), context.split(),
                FeatureEncoding.of(context.split(), scaling));
        List<ObservedFeatures> features = context.split().map(split ->
                ObservedFeatures.of(split.task(), context.split().data().anchors(), encoding));
        return fit(context, features);
    }

    /** All tasks at once; they must have the same number of features. */
    @Override
    public Outcome<Trained<Weights>> fit(FitContext context, List<? extends TaskFeatures> features, List<TaskTable> tables) {
        int inputs = features.getFirst().width();
        if (features.stream().anyMatch(of -> of.width() != inputs)) {
            throw new IllegalArgumentException("hard sharing: features of "
                    + features.stream().map(of -> of.task() + ": " + of.width()).toList()
                    + "; tasks that share a trunk must have the same");
        }
        return TaskTraining.of(training).fit(context.engine(), network(features), tables, context.random(),
                "learning tasks with a shared trunk", context.progress());
    }

    @Override
    public TaskNetwork network(List<? extends TaskFeatures> features) {
        List<Integer> sizes = new ArrayList<>(List.of(features.getFirst().width()));
        sizes.addAll(Collections.nCopies(depth, width));
        return new Sharing(new Mlp(sizes, true), features);
    }

    private record Sharing(Mlp trunk, List<? extends TaskFeatures> features) implements TaskNetwork {
        @Override
        public Result apply(Graph graph, int task, Node x) {
            return head(graph, task, trunk.apply(graph, "trunk", x));
        }

        @Override
        public List<Result> apply(Graph graph, List<Node> xs) {
            RowStack stack = RowStack.of(graph, xs);
            Node a = trunk.apply(graph, "trunk", stack.each(xs::get));
            return IntStream.range(0, xs.size()).mapToObj(t -> head(graph, t, stack.rows(a, t))).toList();
        }

        private Result head(Graph graph, int task, Node a) {
            TaskFeatures of = features.get(task);
            return new Result(Mlp.linear(graph, "task/" + of.task() + "/head", a, of.family().predictors()), List.of());
        }
    }

    @Override
    public Record settings(ObservedTasks tasks) {
        return new Settings(this, tasks);
    }

    @Override
    public Map<String, String> hyperparameters() {
        return Map.of("width", Integer.toString(width), "depth", Integer.toString(depth));
    }
}
