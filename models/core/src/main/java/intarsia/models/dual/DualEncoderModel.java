package intarsia.models.dual;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.models.AcceptsTasks;
import intarsia.models.BoundModel;
import intarsia.models.Finding;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Outcome;
import intarsia.models.RecordsPredictions;
import intarsia.models.SharedPredictor;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.dual.DualEncoder.Alternation;
import intarsia.models.dual.DualEncoder.Encoders;
import intarsia.models.dual.DualEncoder.Penalties;
import intarsia.models.dual.DualEncoder.PenaltyWeight;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.ObservedTasks;
import intarsia.models.net.Training;
import intarsia.models.response.ResponseFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A fitted dual encoder: all values. It needs the sources that all tasks observe; another source of a task that a row lacks is filled with
 * the task's means.
 *
 * <p>Weights: the encoders' as {@code shared/encoder/...} and {@code task/TASK/encoder/...}; for each task {@code head/TASK/own} (alpha_r),
 * {@code head/TASK/shared} (beta_r) and {@code head/TASK/intercept}; {@code centers} [K x d] where the similarity has some.
 *
 * @param settings what it is, but for the numbers
 * @param weights  the learned numbers
 */
public record DualEncoderModel(Settings settings, Weights weights) implements RecordsPredictions, AcceptsTasks {
    /**
     * What is saved besides the weights.
     *
     * @param similarity  what it costs tasks to differ
     * @param weight      c of {@code lambda_r = c sqrt(d / n_r)}
     * @param ratio       of the weight to the largest, where it was chosen on a path; 0 where it was given
     * @param encoders    their sizes
     * @param penalties   rho, mu and omega
     * @param warmUp      how encoders and coefficients were first trained together
     * @param alternation how they were then minimized in turn
     * @param tasks       what it reads
     * @param clusters    for each task, the number of its center; empty where there are no centers
     * @param trace       the objective at the start and after every alternation; it never rises; that of the last task added, if one was
     */
    public record Settings(Similarity similarity, double weight, double ratio, Encoders encoders, Penalties penalties, Training warmUp,
            Alternation alternation, ObservedTasks tasks, List<Integer> clusters, List<Double> trace) {
        /** Checks that nothing is missing, and copies. */
        public Settings {
            if (tasks == null || clusters == null || trace == null || !(ratio >= 0 && ratio <= 1)) {
                throw new IllegalArgumentException("dual encoder: needs tasks, clusters, a trace and a ratio from 0 to 1");
            }
            new DualEncoder(similarity, new PenaltyWeight.Fixed(weight), encoders, penalties, warmUp, alternation,
                    tasks.encoding().scaling());
            clusters = List.copyOf(clusters);
            trace = List.copyOf(trace);
        }

        /** The estimator of such a model, its penalty weight given. */
        DualEncoder options() {
            return new DualEncoder(similarity, new PenaltyWeight.Fixed(weight), encoders, penalties, warmUp, alternation,
                    tasks.encoding().scaling());
        }

        /** The same with other tasks. */
        Settings tasks(ObservedTasks other, List<Integer> itsClusters, List<Double> itsTrace) {
            return new Settings(similarity, weight, ratio, encoders, penalties, warmUp, alternation, other, itsClusters, itsTrace);
        }

        /** The network of its tasks. */
        DualNetwork network() {
            return DualNetwork.of(options(), tasks);
        }

        /** The tasks' names. */
        List<String> names() {
            return tasks.tasks().stream().map(ObservedTasks.TaskSources::name).toList();
        }
    }

    /**
     * Makes sure that the weights are those of the tasks and the settings.
     *
     * @throws IllegalArgumentException naming what is missing, too much or of another shape
     */
    public DualEncoderModel {
        if (settings == null || weights == null) {
            throw new IllegalArgumentException("dual encoder: needs settings and weights");
        }
        DualNetwork network = settings.network();
        if (settings.encoders.depth() > weights.tensors().size()) {
            throw new IllegalArgumentException("depth " + settings.encoders.depth() + " needs more than the " + weights.tensors().size()
                    + " weights there are");
        }
        List<Integer> widths = settings.tasks.features().stream().map(ObservedFeatures::width).toList();
        Map<String, Shape> expected = new LinkedHashMap<>(NetworkModel.shapes(network, widths));
        int centers = weights.tensors().containsKey(Heads.CENTERS) ? weights.get(Heads.CENTERS).shape().rows() : 0;
        if (centers > 0) {
            expected.put(Heads.CENTERS, Shape.of(centers, network.sharedWidth()));
        }
        weights.check(expected);
        int tasks = settings.names().size();
        int most = settings.similarity.centers(tasks);
        if (centers > most || centers == 0 && most > 0) {
            throw new IllegalArgumentException("weights 'centers' hold " + centers + " centers of similarity " + settings.similarity.key());
        }
        if (settings.clusters.size() != (centers > 0 ? tasks : 0)
                || settings.clusters.stream().anyMatch(cluster -> cluster < 0 || cluster >= centers)) {
            throw new IllegalArgumentException("clusters " + settings.clusters + " of " + tasks + " tasks with " + centers + " centers");
        }
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

    /** The tasks' coefficients, in the order of the tasks. */
    public Coefficients coefficients() {
        return Heads.coefficients(weights, settings.names(), settings.clusters);
    }

    @Override
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        response(task);
        return network().record(graph, task, cells);
    }

    @Override
    public BoundModel bind(Engine engine) {
        List<Source> required = requiredSources();
        return new Bound(required, network().bind(engine));
    }

    private record Bound(List<Source> required, NetworkModel.BoundNetwork network) implements BoundModel, SharedPredictor {
        @Override
        public double[] predict(String task, Observations rows) {
            rows.require(required);
            return network.predict(task, rows);
        }

        @Override
        public Both predictBoth(String task, Observations rows) {
            rows.require(required);
            return network.predictBoth(task, rows);
        }

        @Override
        public void close() {
            network.close();
        }
    }

    /** With the baselines of some tasks' responses that go with it. */
    DualEncoderModel calibrated(Engine engine, List<TaskSplit> splits) {
        ObservedTasks tasks = settings.tasks;
        FeatureEncoding encoding = network().calibrated(engine, splits);
        return new DualEncoderModel(settings.tasks(new ObservedTasks(tasks.tasks(), encoding, tasks.alone()), settings.clusters,
                settings.trace), weights);
    }

    private NetworkModel network() {
        return new NetworkModel(settings.tasks.features(), settings.network(), weights);
    }

    @Override
    public ModelState state() {
        return new ModelState(DualEncoder.KEY, settings, weights);
    }

    @Override
    public Map<String, String> hyperparameters() {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("similarity", settings.similarity.key());
        chosen.put("penalty weight", String.format(Locale.ROOT, "%.4g", settings.weight));
        if (settings.ratio > 0) {
            chosen.put("ratio to the largest penalty weight", String.format(Locale.ROOT, "%.4g", settings.ratio));
        }
        chosen.put("ridge", Double.toString(settings.penalties.ridge()));
        chosen.put("width", Integer.toString(settings.encoders.width()));
        chosen.put("depth", Integer.toString(settings.encoders.depth()));
        return chosen;
    }

    /**
     * What tasks share: a table with a row a task, their similarity, a tree of them, and the objective after every alternation. A task
     * without rows in the data has no shared share.
     */
    @Override
    public List<Finding> findings(TaskSet data) {
        return sharing(data).findings(settings.trace);
    }

    Sharing sharing(TaskSet data) {
        Coefficients at = coefficients();
        List<String> names = settings.names();
        double[] share = new double[names.size()];
        NetworkModel network = network();
        try (Engine engine = Engine.options().precision(weights.precision()).open()) {
            for (int r = 0; r < share.length; r++) {
                String name = names.get(r);
                double[][] encoded = data.tasks().stream().anyMatch(task -> task.name().equals(name))
                        ? network.represent(engine, r, Observations.of(data.task(name))) : new double[2][0];
                share[r] = Sharing.share(encoded[0], at.taskSpecific()[r], encoded[1], at.shared()[r]);
            }
        }
        return new Sharing(names, at, share);
    }

    @Override
    public boolean needsVariedResponse() {
        return true;
    }

    /**
     * The model with a task added: S_new, alpha_new, b_new and beta_new are fitted by the same alternation with the same similarity and
     * penalty weight, beta_new shrunk towards what was learned ({@link Similarity} says how). O(rows of the new task).
     *
     * @throws intarsia.models.data.DataException if its name is taken, it lacks a source that the shared encoder reads, or no row is left
     * for early stopping
     */
    @Override
    public Outcome<DualEncoderModel> add(Engine engine, TaskSplit task, RandomStream random) {
        return new TaskAddition(this, task).fit(engine, random);
    }
}
