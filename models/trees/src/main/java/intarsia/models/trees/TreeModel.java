package intarsia.models.trees;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Weights;
import intarsia.models.data.Observations;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Source;
import intarsia.models.net.ObservedTasks;
import intarsia.models.net.ObservedTasks.TaskSources;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trees for each kind of response among the tasks. It predicts in plain Java, with the same bits everywhere, and takes rows with any
 * missing cells; sources that all tasks have must be given. Immutable.
 */
public final class TreeModel implements Model {
    /** Names it in files. */
    public static final String KIND = "trees";

    private final Settings settings;
    private final Weights weights;
    private final Map<String, Group> groups = new LinkedHashMap<>();

    private record Group(TreeRows rows, TreeEnsemble trees) {}

    /**
     * What is saved besides the trees.
     *
     * @param chosen what tuning chose
     * @param linear whether trees add up to the linear predictor, else to the mean
     * @param tasks  what is read
     */
    public record Settings(Map<String, String> chosen, boolean linear, ObservedTasks tasks) {
        /** Checks that nothing is missing. */
        public Settings {
            if (chosen == null || tasks == null || tasks.alone() || chosen.containsValue(null)) {
                throw new IllegalArgumentException("trees need their tasks, read together, and what was chosen");
            }
            chosen = new LinkedHashMap<>(chosen);
        }
    }

    /**
     * Puts together what was fitted or read.
     *
     * @param settings what the trees mean
     * @param weights  of each kind of response, under its name: {@code base}, {@code roots} and {@code nodes} ({@link TreeEnsemble})
     * @throws IllegalArgumentException if they do not fit each other
     */
    public TreeModel(Settings settings, Weights weights) {
        this.settings = settings;
        this.weights = weights;
        Weights rest = weights;
        for (ResponseFamily family : settings.tasks.tasks().stream().map(TaskSources::response).distinct().toList()) {
            List<TaskSources> of = settings.tasks.tasks().stream().filter(task -> task.response().equals(family)).toList();
            TreeRows rows = new TreeRows(of, settings.tasks.encoding());
            Group group = new Group(rows, TreeEnsemble.of(weights.below(family.key()), rows.width()));
            of.forEach(task -> groups.put(task.name(), group));
            rest = rest.without(family.key());
        }
        rest.check(Map.of());
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        return settings.tasks.responses();
    }

    @Override
    public List<Source> sources() {
        return settings.tasks.sources();
    }

    @Override
    public List<Source> requiredSources() {
        return settings.tasks.common();
    }

    @Override
    public BoundModel bind(Engine engine) {
        return BoundModel.of(this);
    }

    @Override
    public double[] predict(String task, Observations rows) {
        ResponseFamily family = response(task);
        rows.require(requiredSources());
        Group group = groups.get(task);
        float[] x = group.rows.of(task, rows);
        double[] sums = new double[rows.size()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = group.trees.of(x, i * group.rows.width());
        }
        return predicted(settings.tasks.encoding().response().get(task), family, settings.linear, sums);
    }

    /** Predictions of sums over trees: linear predictors, or means of responses as they are learned. */
    static double[] predicted(ResponseEncoding response, ResponseFamily family, boolean linear, double[] sums) {
        return linear ? response.respond(family, sums) : Arrays.stream(sums).map(response.moments()::decode).toArray();
    }

    @Override
    public ModelState state() {
        return new ModelState(KIND, settings, weights);
    }

    @Override
    public Map<String, String> hyperparameters() {
        return settings.chosen;
    }

    /** Whether this was chosen for some kind of response. */
    boolean chose(String name, String value) {
        return settings.chosen.entrySet().stream().anyMatch(chosen -> chosen.getValue().equals(value)
                && (chosen.getKey().equals(name) || chosen.getKey().startsWith(name + " (")));
    }
}
