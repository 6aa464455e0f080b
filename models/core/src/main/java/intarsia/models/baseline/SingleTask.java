package intarsia.models.baseline;

import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Trained;
import intarsia.models.Weights;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Task;
import intarsia.models.data.TaskFeatures;
import intarsia.models.net.Mlp;
import intarsia.models.net.NetworkEstimator;
import intarsia.models.net.ObservedNetwork;
import intarsia.models.net.ObservedTasks;
import intarsia.models.net.TaskNetwork;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import intarsia.models.net.Training;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.SearchSpace;
import intarsia.models.selection.SearchSpace.Option;
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
public record SingleTask(int width, int depth, Training training, FeatureEncoding.Scaling scaling) implements NetworkEstimator {
    /** Its name in files. */
    public static final String KEY = "stl";
    /** Width 64, three hidden layers, patient training, standardized. */
    public static final SingleTask DEFAULT = new SingleTask(64, 3, Training.PATIENT, FeatureEncoding.Scaling.STANDARDIZED);

    /** What tuning may change: the depth, and batches. */
    public static final SearchSpace<SingleTask> SPACE = new SearchSpace<>(List.of(
            new Option<>("single_task_depth", Map.of("2", o -> new SingleTask(o.width, 2, o.training, o.scaling)), Map.of()),
            new Option<>("batch", Map.of(), Map.of("8", o -> new SingleTask(o.width, o.depth, o.training.batch(8), o.scaling)))), false);

    /**
     * What is saved of a fitted one.
     *
     * @param options what it was fitted with
     * @param tasks   what it reads
     */
    public record Settings(SingleTask options, ObservedTasks tasks) {}

    /** Nothing is shared but options, which are chosen for one response. */
    @Override
    public Object together(Task task) {
        return List.of(task.about(), task.family());
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "single-task network";
    }

    /** Checks both. */
    public SingleTask {
        if (width < 1 || depth < 1 || training == null || scaling == null) {
            throw new IllegalArgumentException("single task: width " + width + " and depth " + depth
                    + " must be at least 1, training and scaling given");
        }
    }

    /** With another limit of epochs. */
    public SingleTask epochs(int limit) {
        return new SingleTask(width, depth, training.epochs(limit), scaling);
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
    public SingleTask atMost(int limit) {
        return limit < training.epochs() ? epochs(limit) : this;
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        requireLearned(context.split());
        FeatureEncoding encoding = ConditionalBaselines.of(context.engine(), context.split(),
                FeatureEncoding.of(context.split(), scaling));
        List<ObservedFeatures> features = context.split().map(split -> ObservedFeatures.alone(split.task(), encoding));
        return fit(context, features);
    }

    /** Each task by itself, with random numbers of its own; the loss is summed over tasks. */
    @Override
    public Outcome<Trained<Weights>> fit(FitContext context, List<? extends TaskFeatures> features, List<TaskTable> tables) {
        Outcome<Trained<Weights>> all = new Outcome.Converged<>(new Trained<>(Weights.NONE, 0, 0), 0);
        for (int t = 0; t < tables.size(); t++) {
            List<TaskFeatures> one = List.of(features.get(t));
            TaskTable table = tables.get(t);
            FitContext own = context.child(table.name());
            all = all.then(before -> TaskTraining.of(training)
                    .fit(own.engine(), network(one), List.of(table), own.random(), "learning " + table.name() + " alone", own.progress())
                    .map(next -> new Trained<>(before.model().and(next.model()), before.loss() + next.loss(),
                            before.steps() + next.steps())));
        }
        return all;
    }

    /** A perceptron for each task, which share nothing. */
    @Override
    public TaskNetwork network(List<? extends TaskFeatures> features) {
        return (graph, task, x) -> {
            TaskFeatures of = features.get(task);
            Mlp network = Mlp.of(of.width(), width, depth + 1, of.family().predictors());
            return new TaskNetwork.Result(network.apply(graph, "task/" + of.task() + "/network", x), List.of());
        };
    }

    @Override
    public Record settings(ObservedTasks tasks) {
        return new Settings(this, tasks);
    }

    @Override
    public Map<String, String> hyperparameters() {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("width", Integer.toString(width));
        chosen.put("depth", Integer.toString(depth));
        chosen.put("batch", Integer.toString(training.batch()));
        return chosen;
    }
}
