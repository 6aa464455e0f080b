package intarsia.models.dual;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Encoding;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The dual encoder (arXiv 2505.24281). The objective is ours:
 *
 * <pre>
 * minimize over C, S_r, alpha_r, b_r, beta_r, centers
 *   sum_r (1/n_r) sum_i loss(y_ri, alpha_r'S_r(x_ri) + beta_r'C(x_ri) + b_r)
 *   + similarity(beta_1, ..., beta_R) + rho sum_r ||alpha_r||^2
 *   + mu sum_r ||S_r(X_r)'C(X_r)||_F^2 / n_r^2 + omega/2 ||encoder weights||^2
 * </pre>
 *
 * with loss (y - eta)^2 / 2 or the logistic one; x_ri are the sources a task observes, C reads the anchors only. After a warm-up that trains encoders
 * and free coefficients together on mini-batches, it alternates: Adam on the encoders, coefficients held (steps that raise the objective are taken
 * back); then the coefficients, encoders held, to a stated accuracy ({@link CoefficientProblem}). So the objective never rises. It has converged when an
 * alternation lowers it by less than the tolerance; the state with the best validation loss is kept.
 */
public final class DualEncoder {
    private DualEncoder() {}

    /** The default options. */
    public static DualEncoderOptions options() {
        return DualEncoderOptions.DEFAULT;
    }

    /** Fits on all rows, a fifth of them held out to stop by, with an F64 engine of one thread. */
    public static Outcome<DualEncoderModel> fit(TaskSet data, DualEncoderOptions options) {
        RandomStream random = RandomStream.of(options.seed(), "fit");
        try (Engine engine = Engine.open()) {
            return fit(engine, data, Split.random(data, 0.2, 0, random), options, random, Progress.NONE);
        }
    }

    /**
     * Fits on each task's training rows; the validation rows choose the start and the state kept, test rows are not looked at.
     *
     * @param splits one for each task, in order
     */
    public static Outcome<DualEncoderModel> fit(Engine engine, TaskSet data, List<Split> splits, DualEncoderOptions options, RandomStream random,
            Progress progress) {
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::train).toList(), options.scaling());
        List<DenseRows> rows = new ArrayList<>();
        List<TaskTable> tables = new ArrayList<>();
        for (int t = 0; t < data.tasks().size(); t++) {
            DenseRows own = rows(data.tasks().get(t), data.anchors(), encoding);
            rows.add(own);
            tables.add(TaskTable.of(own, data.tasks().get(t), splits.get(t)));
        }
        int common = data.anchors().stream().mapToInt(encoding::width).sum();
        Encoders encoders = new Encoders(options, common, data.tasks().stream().map(Task::name).toList());
        Outcome<DualEncoderModel> best = null;
        double bestLoss = Double.POSITIVE_INFINITY;
        for (int start = 0; start < options.starts(); start++) {
            Run run = run(engine, options, encoders, rows, tables, random.child("start", start), progress);
            if (best == null || run.validationLoss() < bestLoss) {
                best = run.outcome();
                bestLoss = run.validationLoss();
            }
        }
        return best;
    }

    private record Run(Outcome<DualEncoderModel> outcome, double validationLoss) {}

    private static Run run(Engine engine, DualEncoderOptions options, Encoders encoders, List<DenseRows> rows, List<TaskTable> tables,
            RandomStream random, Progress progress) {
        Map<String, Tensor> warm = new LinkedHashMap<>();
        if (options.depth() > 0) {
            var outcome = new TaskTraining(options.warmUp(), TaskTraining.BatchLoss.MEAN, TaskTraining.Epoch.LONGEST_TASK)
                    .fit(engine, encoders, tables, random.child("warm-up"), "warming up", progress);
            if (outcome instanceof Outcome.Diverged<?>(int epoch, String where)) {
                return new Run(new Outcome.Diverged<>(epoch, where), Double.POSITIVE_INFINITY);
            }
            warm.putAll(outcome.orThrow().model().toMap());
        }
        Alternation alternation = new Alternation(engine, options, encoders, tables, rows.stream().map(DenseRows::width).toList(), warm);
        Coefficients at = alternation.problem().solve();
        List<Double> trace = new ArrayList<>();
        double objective = alternation.smooth(at) + alternation.problem().penalty(at);
        trace.add(objective);
        double bestLoss = alternation.validationLoss(at);
        Coefficients bestAt = at;
        Map<String, Tensor> bestWeights = alternation.weights();
        String why = "it reached its limit of " + options.alternations() + " alternations";
        int done = 0;
        while (why != null && done < options.alternations()) {
            done++;
            double smooth = alternation.encoderSteps(at, alternation.smooth(at));
            if (!Double.isFinite(smooth)) {
                return new Run(new Outcome.Diverged<>(done, "alternating"), Double.POSITIVE_INFINITY);
            }
            CoefficientProblem problem = alternation.problem();
            at = problem.solve(at);
            double next = alternation.smooth(at) + problem.penalty(at);
            trace.add(next);
            double loss = alternation.validationLoss(at);
            if (loss < bestLoss) {
                bestLoss = loss;
                bestAt = at;
                bestWeights = alternation.weights();
            }
            progress.report("alternating", done, options.alternations());
            why = objective - next <= options.tolerance() * Math.abs(objective) ? null : why;
            objective = next;
            if (Thread.currentThread().isInterrupted()) {
                why = "it was interrupted after " + done + " alternations";
                break;
            }
        }
        DualEncoderModel model = new DualEncoderModel(options, encoders.common(), rows, bestWeights, bestAt, trace);
        return new Run(why == null ? new Outcome.Converged<>(model, done) : new Outcome.Stopped<>(model, why), bestLoss);
    }

    /** A task's observed sources, anchors first. */
    static DenseRows rows(Task task, List<Source> anchors, Encoding encoding) {
        List<Source> sources = new ArrayList<>(anchors);
        task.blocks().keySet().stream().filter(source -> !anchors.contains(source)).forEach(sources::add);
        return new DenseRows(task.name(), task.responseKind(), sources, encoding);
    }
}
