package intarsia.models.sharing;

import intarsia.linalg.Engine;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Tuning;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskFeatures;
import intarsia.models.data.TaskSplit;
import intarsia.models.dual.CoefficientPath;
import intarsia.models.dual.CoefficientProblem;
import intarsia.models.dual.CoefficientSolution;
import intarsia.models.dual.Coefficients;
import intarsia.models.dual.DualEncoder.PenaltyWeight;
import intarsia.models.dual.EncodedTask;
import intarsia.models.dual.Group;
import intarsia.models.dual.Similarity;
import intarsia.models.hmb.Additions;
import intarsia.models.hmb.HmbHeads;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.net.TaskTable;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.HeldOutLoss;
import intarsia.models.selection.Selection;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Partial sharing, which arXiv 2505.24413 leaves open: a task too different from the others drops out of MTL-HMB's shared head. Ours. A
 * task's prediction is linear in what its heads read ({@link HmbHeads}),
 *
 * <pre>
 * z^t = beta_t'h_L + alpha_t'k_L + b_t,   beta_t = w_c + delta_t
 * </pre>
 *
 * so that the heads of an MTL-HMB are the coefficients of a dual encoder. Step 2 is trained with {@code tau sum_t ||delta_t||^2} added,
 * which shrinks the tasks' heads towards the shared one; then the heads are solved for as {@link CoefficientProblem} does, with one of its
 * similarities between the beta_t, and everything below them as it is. A task that shares all has {@code delta_t = 0}; one that differs has
 * not. The result is an MTL-HMB like any other.
 *
 * @param network    the MTL-HMB
 * @param similarity what it costs tasks to differ
 * @param ratios     of the largest penalty weight to choose from by validation rows, falling, the first 1, at which all tasks share
 * @param tau        how strongly the heads are shrunk in training, not negative
 * @param ridge      rho, on alpha_t, not negative
 */
public record PartialSharing(MtlHmb network, Similarity similarity, List<Double> ratios, double tau, double ridge) implements Estimator {
    /** Its name in files. */
    public static final String KEY = "partial-sharing";

    private static final SolverOptions SOLVER = new SolverOptions(1e-7, 20_000);

    /**
     * What sharing gave.
     *
     * @param model        the same network with these heads
     * @param ratio        of the penalty weight to the largest
     * @param weight       c of {@code lambda_t = c sqrt(d / n_t)}, with the smallest loss on validation rows
     * @param coefficients beta_t, alpha_t, b_t and the center
     */
    public record Shared(MtlHmbModel model, double ratio, double weight, Coefficients coefficients) {
        private static final double EQUAL = 1e-4;

        /** The names of the tasks that have dropped out: whose beta_t is not the center, or the mean where there is no center. */
        public List<String> deviating() {
            List<String> deviating = new ArrayList<>();
            double size = norm(center(coefficients));
            for (int t = 0; t < coefficients.tasks(); t++) {
                if (coefficients.deviation(t) > EQUAL * size) {
                    deviating.add(model.tasks().get(t));
                }
            }
            return deviating;
        }
    }

    /** Copies the list, checks the numbers, and leaves the linear path out: a task's prediction is what its heads read. */
    public PartialSharing {
        ratios = List.copyOf(ratios);
        if (network == null || similarity == null || !(tau >= 0 && ridge >= 0) || Double.isInfinite(tau) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("partial sharing: needs a network and a similarity; tau " + tau + " and ridge " + ridge
                    + " must be finite and not negative");
        }
        if (ratios.isEmpty() || ratios.getFirst() != 1) {
            throw new IllegalArgumentException("partial sharing: ratios " + ratios + " must begin with 1");
        }
        network = network.additions(network.additions().linear(Additions.Linear.NONE));
    }

    /** Group similarity, ten penalty weights down to a hundredth of the largest, tau 1, ridge 0.1. */
    public static PartialSharing of(MtlHmb network) {
        return new PartialSharing(network, new Group(), new PenaltyWeight.Path(10, 0.01).ratios(), 1, 0.1);
    }

    /** With all tasks sharing: at the largest penalty weight. */
    public PartialSharing everything() {
        return new PartialSharing(network, similarity, List.of(1.0), tau, ridge);
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "MTL-HMB, partial sharing";
    }

    /** Those of one linear predictor: the heads' solver knows no other. */
    @Override
    public boolean learns(ResponseFamily family) {
        return family.predictors() == 1;
    }

    /** Validation rows stop step 2 and choose the penalty weight; how far each task deviates at each weight is told to the progress. */
    @Override
    public Outcome<MtlHmbModel> fit(FitContext context) {
        requireLearned(context.split());
        return network.fit(context).then(model -> share(context, model)).map(Shared::model);
    }

    /**
     * Fits step 2 of an MTL-HMB anew; step 1 is kept, and the baselines of responses until the heads are found.
     *
     * @param fitted on the context's data
     */
    public Outcome<Shared> share(FitContext context, MtlHmbModel fitted) {
        requireLearned(context.split());
        List<TaskTable> tables = fitted.imputation().tables(context.engine(), context.split());
        return HmbHeads.shrink(context, fitted, tables, tau).then(model -> solve(context, model, tables));
    }

    private Outcome<Shared> solve(FitContext context, MtlHmbModel model, List<TaskTable> tables) {
        List<EncodedTask> train = new ArrayList<>();
        List<EncodedTask> held = new ArrayList<>();
        for (int t = 0; t < tables.size(); t++) {
            TaskTable table = tables.get(t);
            train.add(encoded(context.engine(), model, t, table, table.x().numbers(), table.y(), table.w()));
            held.add(encoded(context.engine(), model, t, table, table.xv().numbers(), table.yv(), table.wv()));
        }
        CoefficientProblem problem = new CoefficientProblem(train, similarity, 0, ridge, SOLVER);
        double largest = problem.pathStart();
        if (!Double.isFinite(largest)) {
            throw new DataException("partial sharing: similarity " + similarity.key()
                    + " has no weight from which all tasks share; take another");
        }
        CoefficientPath path = CoefficientPath.of(problem, ratios.stream().map(ratio -> ratio * largest).toList());
        double[] losses = path.solutions().stream().mapToDouble(at -> loss(model, context.split(), held, at.coefficients())).toArray();
        int chosen = Selection.of(ratios, losses).chosen();
        context.progress().chose(new Tuning(name(), path.solutions().stream().map(at -> deviations(at.coefficients())).toList(), losses,
                chosen, losses.length, 0));
        CoefficientSolution solution = path.solutions().get(chosen);
        Coefficients at = solution.coefficients();
        Shared shared = new Shared(withHeads(model, at).calibrated(context), ratios.get(chosen), path.weights().get(chosen), at);
        return solution.converged() ? new Outcome.Converged<>(shared, 0)
                : new Outcome.Stopped<>(shared, "the heads' solver reached its limit of " + SOLVER.maxIterations() + " iterations");
    }

    private static EncodedTask encoded(Engine engine, MtlHmbModel model, int task, TaskTable table, double[] x, double[] y,
            double[] weights) {
        HmbHeads.Inputs inputs = HmbHeads.inputs(engine, model, task, x);
        return new EncodedTask(inputs.taskSpecific(), inputs.shared(), y, weights, table.family().likelihood());
    }

    /** How far predictions are from held-out responses, the mean over tasks. */
    private static double loss(MtlHmbModel model, DataSplit split, List<EncodedTask> held, Coefficients at) {
        List<TaskFeatures> features = model.imputation().features();
        double sum = 0;
        for (int t = 0; t < held.size(); t++) {
            TaskSplit task = split.tasks().get(t);
            double[] eta = held.get(t).eta(at.taskSpecific()[t], at.intercepts()[t], at.shared()[t]);
            sum += HeldOutLoss.of(task, task.stopping(), features.get(t).respond(eta));
        }
        return sum / held.size();
    }

    /** How far each task is from the center, 0 for those that share, with blanks between. */
    private static String deviations(Coefficients at) {
        return IntStream.range(0, at.tasks())
                .mapToObj(t -> at.deviation(t) <= Shared.EQUAL ? "0" : String.format(Locale.ROOT, "%.6g", at.deviation(t)))
                .collect(Collectors.joining(" "));
    }

    private static MtlHmbModel withHeads(MtlHmbModel model, Coefficients at) {
        double[] center = center(at);
        List<HmbHeads.Head> heads = new ArrayList<>();
        for (int t = 0; t < at.tasks(); t++) {
            double[] deviation = at.shared()[t].clone();
            for (int j = 0; j < center.length; j++) {
                deviation[j] -= center[j];
            }
            heads.add(new HmbHeads.Head(deviation, at.taskSpecific()[t], at.intercepts()[t]));
        }
        return HmbHeads.replace(model, center, heads);
    }

    /** What goes into the shared head: the tasks' center, their mean where there is none or are several. */
    private static double[] center(Coefficients at) {
        if (at.centers().length == 1) {
            return at.centers()[0];
        }
        double[] mean = new double[at.shared()[0].length];
        for (double[] beta : at.shared()) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += beta[j] / at.tasks();
            }
        }
        return mean;
    }

    private static double norm(double[] vector) {
        double squares = 0;
        for (double v : vector) {
            squares += v * v;
        }
        return Math.sqrt(squares);
    }
}
