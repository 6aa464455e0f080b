package intarsia.models.gp;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.AcceptsTasks;
import intarsia.models.Finding;
import intarsia.models.ImputationMethod;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Outcome;
import intarsia.models.RecordsPredictions;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.DataException;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fitted multi-task Gaussian process. It holds the encoded training rows, or the inducing rows among them: whoever has the model has, in
 * effect, these data.
 *
 * @param settings what it reads and was fitted with
 * @param weights  {@code hyperparameters} (logarithms); for each source {@code source/NAME/center}, and {@code source/NAME/imputer/...}
 *                 where it is imputed; for the first tasks' rows that are kept {@code tasks/responses}, {@code tasks/coefficients} (c of
 *                 the posterior), {@code tasks/source/NAME/rows} (the numbers of rows that have the source) and
 *                 {@code tasks/source/NAME/features}; with inducing rows {@code tasks/reducer} (C of the posterior) and
 *                 {@code tasks/variances} (see {@link VarianceComponents}); where blocks are outputs {@code source/NAME/outputs/...}
 *                 ({@link BlockDirections}) and {@code unlabelled/source/NAME/...}, the rows without responses; for each task that was
 *                 added the same in {@code added/TASK/...}, and its {@code place} (loadings and scale, or the number of its group)
 */
public record MultitaskGpModel(Settings settings, Weights weights) implements RecordsPredictions, AcceptsTasks, ImputesBlocks {
    /**
     * What is saved besides the weights.
     *
     * @param options  what it was fitted with
     * @param layout   the sources, and the tasks it was fitted on
     * @param encoding the way from raw cells to features
     * @param scale    what the scales of responses were moderated by
     * @param rows     for each of these tasks how many rows it was learned from
     * @param inducing for each of these tasks how many inducing rows are kept; none listed where the solution is exact and all rows are
     * @param groups   for each of these tasks the number of its group, from 0; all 0 where all share
     * @param outputs  for each source how many outputs it has, 0 for anchors; none listed unless blocks are outputs
     * @param unlabelled how many rows without response blocks were learned from, where they are outputs
     * @param added    tasks that were added
     */
    public record Settings(MultitaskGp options, Layout layout, FeatureEncoding encoding, ResponseScale scale, List<Integer> rows,
            List<Integer> inducing, List<Integer> groups, List<Integer> outputs, int unlabelled, List<Addition> added) {
        /** Copies the lists. */
        public Settings {
            rows = List.copyOf(rows);
            inducing = List.copyOf(inducing);
            groups = List.copyOf(groups);
            outputs = List.copyOf(outputs);
            added = List.copyOf(added);
        }
    }

    /**
     * A task that was added.
     *
     * @param task     its name
     * @param response what is known of its response
     * @param rows     how many rows it was learned from
     */
    public record Addition(String task, ResponseFamily response, int rows) {}

    /**
     * Makes sure that weights and settings fit each other.
     *
     * @throws IllegalArgumentException naming what does not
     */
    public MultitaskGpModel {
        new GpStorage(settings, weights).check();
    }

    GpStorage storage() {
        return new GpStorage(settings, weights);
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        Map<String, ResponseFamily> responses = new TreeMap<>(settings.layout.responses());
        settings.added.forEach(added -> responses.put(added.task, added.response));
        return responses;
    }

    @Override
    public List<Source> sources() {
        return settings.layout.sources();
    }

    /** The anchors. */
    @Override
    public List<Source> requiredSources() {
        return settings.layout.anchors();
    }

    private boolean joint() {
        return settings.options.missing() == MultitaskGp.MissingBlocks.JOINT;
    }

    /** Not where blocks are outputs: what is conditioned on differs from row to row. */
    @Override
    public boolean recordsPredictions() {
        return !joint();
    }

    /**
     * As expressions of kernels; the graph holds the rows that were learned from, and for responses whose mean is no linear predictor a
     * matrix as large as their number squared.
     *
     * @throws intarsia.models.data.DataException if the task was added later, or there is none of this name
     */
    @Override
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        response(task);
        if (settings.added.stream().anyMatch(added -> added.task().equals(task))) {
            throw new DataException("task '" + task + "' was added to a Gaussian process, and cannot be written as a graph; "
                    + "fit it together with the others");
        }
        try (Engine engine = Engine.open(); BoundGp bound = bind(engine)) {
            return bound.record(graph, task, cells);
        }
    }

    @Override
    public BoundGp bind(Engine engine) {
        return new BoundGp(this, engine);
    }

    /**
     * Predictions with their uncertainty, with an engine of its own; {@link #bind} for more than a few calls.
     *
     * @throws intarsia.models.data.DataException if there is no such task, or the rows lack a source that every row must have
     */
    public PredictiveDistribution predictive(String task, Observations rows) {
        try (Engine engine = Engine.open(); BoundGp bound = bind(engine)) {
            return bound.predictive(task, rows);
        }
    }

    /** Not where blocks are outputs: the new rows' blocks would be outputs, too. */
    @Override
    public boolean acceptsTasks() {
        return !joint();
    }

    /** Not needed: a constant response is one with little noise. */
    @Override
    public boolean needsVariedResponse() {
        return false;
    }

    /**
     * The model with a task added. The new task's function has the prior that the first tasks' rows leave, hyperparameters kept; its noise
     * is at the level of all; its loadings, where there are any, are those under which its rows are most likely, out of each first task's,
     * their mean and none; its group the most likely of those there are and one of its own.
     */
    @Override
    public Outcome<MultitaskGpModel> add(Engine engine, TaskSplit task, RandomStream random) {
        return new Outcome.Converged<>(new GpTaskAdder(this, engine).add(task.withoutValidation()), 1);
    }

    /** Where blocks are imputed for predictions. */
    @Override
    public boolean imputes() {
        return settings.options.missing() != MultitaskGp.MissingBlocks.ABSENT;
    }

    @Override
    public ImputationMethod imputationMethod() {
        return joint() ? new OutputImputation(settings.options) : new LinearImputation();
    }

    /**
     * Means of imputed blocks given the anchor, and the row's other blocks where they are outputs; means of a task's features, or over all
     * tasks, where blocks are not imputed for predictions.
     */
    @Override
    public Map<Source, double[][]> impute(Engine engine, String task, Observations rows) {
        response(task);
        rows.require(requiredSources());
        if (!joint()) {
            return storage().completer().impute(task, rows);
        }
        try (BoundGp bound = bind(engine)) {
            double[][][] expected = bound.expected(task, rows);
            return bound.completer().impute(task, rows, s -> expected[s]);
        }
    }

    @Override
    public ModelState state() {
        return new ModelState(MultitaskGp.KEY, settings, weights);
    }

    @Override
    public Map<String, String> hyperparameters() {
        MultitaskGp options = settings.options;
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("kernels", String.join(", ", options.kernels().kinds().stream().map(GpFindings::name).toList()));
        if (options.kernels().has(KernelKind.SMOOTH)) {
            chosen.put("smooth kernel", GpFindings.name(options.kernels().smooth()));
        }
        long groups = settings.groups.stream().distinct().count();
        chosen.put("shared part", options.rank() > 0 ? "covariance of tasks of rank " + options.rank()
                : options.sharing() == MultitaskGp.Sharing.ALL ? "one function" : groups + (groups == 1 ? " group" : " groups")
                        + " of tasks");
        chosen.put("missing blocks", GpFindings.name(options.missing()));
        chosen.put("inference", inference());
        return chosen;
    }

    /** In words. */
    private String inference() {
        int rows = settings.rows.stream().mapToInt(Integer::intValue).sum();
        int kept = settings.inducing.stream().mapToInt(Integer::intValue).sum();
        int searched = settings.options.search().rows();
        return (settings.inducing.isEmpty() ? "exact, " + rows + " rows" : kept + " inducing rows of " + rows)
                + (rows > searched ? "; hyperparameters by " + searched + " of them" : "");
    }

    @Override
    public List<Finding> findings(TaskSet data) {
        return new GpFindings(this).all();
    }
}
