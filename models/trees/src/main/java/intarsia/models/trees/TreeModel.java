package intarsia.models.trees;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.ModelState;
import intarsia.models.RecordsPredictions;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.Observations;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Source;
import intarsia.models.net.ObservedTasks.TaskSources;
import intarsia.models.net.ObservedTasks;
import intarsia.models.response.Likelihood;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Trees for each kind of response among the tasks. It predicts in plain Java, with the same bits everywhere, and takes rows with any
 * missing cells; sources that all tasks have must be given. Immutable.
 */
public final class TreeModel implements RecordsPredictions {
    /** Names it in files. */
    public static final String KIND = "trees";

    /** Leaves are above 0; their F32 sum may not be where millions of events are expected. */
    private static final double LEAST_RATIO = 1e-9;

    /** Of these means are of events over those expected. */
    private static final Set<Likelihood> EVENTS = Set.of(Likelihood.POISSON, Likelihood.NEGATIVE_BINOMIAL);

    private final Settings settings;
    private final Weights weights;
    private final Map<String, Group> groups = new LinkedHashMap<>();

    /** Tasks whose trees are the same, one ensemble for each linear predictor. */
    private record Group(TreeRows rows, List<TreeEnsemble> trees) {
        double[] sums(String task, Observations observed) {
            float[] x = rows.of(task, observed);
            double[] sums = new double[observed.size() * trees.size()];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = trees.get(i % trees.size()).of(x, i / trees.size() * rows.width());
            }
            return sums;
        }
    }

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
     * @param weights  of each family of responses and linear predictor, under its {@link #path}: {@code base}, {@code roots} and
     *                 {@code nodes} ({@link TreeEnsemble})
     * @throws IllegalArgumentException if they do not fit each other
     */
    public TreeModel(Settings settings, Weights weights) {
        this.settings = settings;
        this.weights = weights;
        Weights rest = weights;
        List<ResponseFamily> families = families(settings.tasks.tasks());
        for (ResponseFamily family : families) {
            List<TaskSources> of = settings.tasks.tasks().stream().filter(task -> task.response().equals(family)).toList();
            TreeRows rows = new TreeRows(of, settings.tasks.encoding());
            List<TreeEnsemble> trees = new ArrayList<>();
            for (int k = 0; k < family.predictors(); k++) {
                String path = path(families, family, k);
                trees.add(TreeEnsemble.of(weights.below(path), rows.width()));
                rest = rest.without(path);
            }
            of.forEach(task -> groups.put(task.name(), new Group(rows, trees)));
        }
        rest.check(Map.of());
    }

    /** The tasks' families, by their kinds, those of one kind in the order of their first tasks. */
    static List<ResponseFamily> families(List<TaskSources> tasks) {
        return tasks.stream().map(TaskSources::response).distinct().sorted(Comparator.comparing(ResponseFamily::key)).toList();
    }

    /** Where the trees of a family's linear predictor stand among the weights, such as {@code classes-1/2}. */
    static String path(List<ResponseFamily> families, ResponseFamily family, int predictor) {
        int place = families.stream().filter(other -> other.key().equals(family.key())).toList().indexOf(family);
        return family.key() + "-" + (place + 1) + "/" + (predictor + 1);
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        return settings.tasks.responses();
    }

    @Override
    public String missingCells() {
        return "each tree goes the way that it learned for them";
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
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        ResponseFamily family = response(task);
        ResponseEncoding response = settings.tasks.encoding().response().get(task);
        Group group = groups.get(task);
        CellNodes features = group.rows.record(task, cells);
        int place = group.rows.place(task);
        Node sums = graph.concat(1, group.trees.stream().map(trees -> trees.record(features, place)).toList());
        return settings.linear ? response.respond(family, sums)
                : EVENTS.contains(family.likelihood()) ? response.respond(family, sums.max(graph.constant(LEAST_RATIO)).log())
                : sums.affine(response.moments().scale(), response.moments().mean());
    }

    @Override
    public BoundModel bind(Engine engine) {
        return BoundModel.of(this);
    }

    @Override
    public double[] predict(String task, Observations rows) {
        ResponseFamily family = response(task);
        rows.require(requiredSources());
        return predicted(settings.tasks.encoding().response().get(task), family, settings.linear, groups.get(task).sums(task, rows));
    }

    /** Predictions of sums over trees: linear predictors, or means of responses as they are learned, of events over those expected. */
    static double[] predicted(ResponseEncoding response, ResponseFamily family, boolean linear, double[] sums) {
        return linear ? response.respond(family, sums)
                : EVENTS.contains(family.likelihood()) ? response.respond(family,
                        Arrays.stream(sums).map(ratio -> Elementary.log(Math.max(LEAST_RATIO, ratio))).toArray())
                : Arrays.stream(sums).map(response.moments()::decode).toArray();
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
