package intarsia.models.dual;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Encoding;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.Loss;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
 * and coefficients together on mini-batches (with everything shared in the first start, the third, ...; coefficients free in the others), it alternates:
 * Adam on the encoders, coefficients held (steps that raise the objective are taken back); then the coefficients, encoders held, to a subgradient norm of
 * 1e-5 of the gradient's at zero, 1e-9 without encoders ({@link CoefficientProblem}). So the objective never rises. It has converged when an alternation
 * lowers it by less than the tolerance, or when several in a row have brought no better validation loss; the state with the best one is kept.
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
     * Fits on each task's training rows, at the options' strength; the validation rows choose the start and the state kept, test rows are not looked at.
     *
     * @param splits one for each task, in order
     */
    public static Outcome<DualEncoderModel> fit(Engine engine, TaskSet data, List<Split> splits, DualEncoderOptions options, RandomStream random,
            Progress progress) {
        return paths(engine, data, splits, options, null, random, progress).best().model();
    }

    /**
     * The same for falling strengths, chosen from by validation rows: {@link CoefficientPath#falling} shares of the largest strength, which is computed
     * for the encoders that a fit with everything shared gives.
     *
     * @param shares of the largest strength, falling, the first 1
     */
    public static StrengthPath path(Engine engine, TaskSet data, List<Split> splits, DualEncoderOptions options, List<Double> shares,
            RandomStream random, Progress progress) {
        if (shares.isEmpty() || shares.getFirst() != 1) {
            throw new IllegalArgumentException("shares " + shares + ": must begin with 1");
        }
        return paths(engine, data, splits, options, shares, random, progress);
    }

    /**
     * Cross-validation over shares of the largest strength: each task's training and validation rows are dealt into folds at random; for each fold a
     * path is fitted on the others, and the fold both stops it and judges it.
     *
     * @return losses by share
     */
    public static CoefficientPath.CrossValidation crossValidate(Engine engine, TaskSet data, List<Split> splits, DualEncoderOptions options,
            List<Double> shares, int folds, RandomStream random, Progress progress) {
        List<int[][]> dealt = new ArrayList<>();
        for (int t = 0; t < splits.size(); t++) {
            int[] known = splits.get(t).known();
            dealt.add(Arrays.stream(Folds.deal(known.length, folds, random.child("folds").child("task/" + data.tasks().get(t).name())))
                    .map(fold -> Arrays.stream(fold).map(i -> known[i]).toArray()).toArray(int[][]::new));
        }
        double[][] losses = new double[folds][];
        for (int fold = 0; fold < folds; fold++) {
            int left = fold;
            List<Split> without = dealt.stream().map(of -> new Split(Folds.without(of, left), of[left], new int[0])).toList();
            List<StrengthPath.Point> points = path(engine, data, without, options, shares, random.child("fold", fold), progress).points();
            // A path of one point is the same at every strength.
            losses[fold] = IntStream.range(0, shares.size()).mapToDouble(i -> points.get(Math.min(i, points.size() - 1)).validationLoss()).toArray();
        }
        return CoefficientPath.CrossValidation.of(shares, losses);
    }

    /**
     * One more task for a fitted model: C and all other tasks stay as they are; S_new, alpha_new, b_new and beta_new are fitted by the same alternation with
     * the same similarity and strength, beta_new drawn to what was learned (TransferProblem says how, for each similarity). O(rows of the new task).
     *
     * @param task  the new task; it observes every source that C reads, under a name of its own
     * @param split its rows to learn from and to stop by
     * @return the model with the task added
     * @throws DataException if the name is taken, a source that C reads is not observed, or no row is left to stop by
     */
    public static Outcome<DualEncoderModel> transfer(Engine engine, DualEncoderModel model, Task task, Split split, RandomStream random,
            Progress progress) {
        List<Source> anchors = model.anchors();
        if (model.tasks().stream().anyMatch(known -> known.task().equalsIgnoreCase(task.name()))) {
            throw new DataException("task '" + task.name() + "': the model has one of this name already");
        }
        anchors.stream().filter(source -> !task.blocks().containsKey(source)).findFirst().ifPresent(source -> {
            throw new DataException("task '" + task.name() + "': does not observe source '" + source.name() + "', which the shared encoder reads");
        });
        DualEncoderOptions options = model.options();
        DenseRows rows = rows(task, anchors, model.tasks().getFirst().encoding().with(task, split.train()));
        TaskTable plain = table(rows, task, split);
        TaskTable table = new TaskTable(plain.name(), plain.loss(), withShared(model, plain.x(), plain.y().length), plain.y(),
                withShared(model, plain.xv(), plain.yv().length), plain.yv());
        Encoders encoders = new Encoders(options, model.common(), List.of(task.name()), true);
        Outcome<DualEncoderModel> best = null;
        double bestLoss = Double.POSITIVE_INFINITY;
        for (int start = 0; start < options.starts(); start++) {
            Outcome<Descent> begun = begin(engine, encoders, List.of(table), List.of(table.x().length / table.y().length), (encoded, strength) ->
                    new TransferProblem(encoded.getFirst(), options.similarity(), strength, options.ridge(), model.coefficients(), options.solver()),
                    false, random.child("start", start), progress);
            Outcome<Descent.State> ended = begun instanceof Outcome.Diverged<Descent>(int epoch, String where)
                    ? new Outcome.Diverged<>(epoch, where) : begun.orThrow().alternate(options.strength(), progress);
            double loss = loss(ended);
            if (best == null || loss < bestLoss) {
                best = ended.map(state -> model.with(rows, state.weights(), state.coefficients(), state.trace()));
                bestLoss = loss;
            }
        }
        return best;
    }

    /** Dense rows with C(x) after their columns. */
    private static double[] withShared(DualEncoderModel model, double[] dense, int rows) {
        double[][] shared = model.shared(dense, rows);
        int width = dense.length / rows;
        int d = shared[0].length;
        double[] both = new double[rows * (width + d)];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(dense, i * width, both, i * (width + d), width);
            System.arraycopy(shared[i], 0, both, i * (width + d) + width, d);
        }
        return both;
    }

    private static double loss(Outcome<Descent.State> ended) {
        return ended instanceof Outcome.Diverged<Descent.State> ? Double.POSITIVE_INFINITY : ended.orThrow().validationLoss();
    }

    /** The best of several starts; without shares, at the options' own strength. */
    private static StrengthPath paths(Engine engine, TaskSet data, List<Split> splits, DualEncoderOptions options, List<Double> shares,
            RandomStream random, Progress progress) {
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::train).toList(), options.scaling());
        List<DenseRows> rows = new ArrayList<>();
        List<TaskTable> tables = new ArrayList<>();
        for (int t = 0; t < data.tasks().size(); t++) {
            DenseRows own = rows(data.tasks().get(t), data.anchors(), encoding);
            rows.add(own);
            tables.add(table(own, data.tasks().get(t), splits.get(t)));
        }
        int common = data.anchors().stream().mapToInt(encoding::width).sum();
        Encoders encoders = new Encoders(options, common, data.tasks().stream().map(Task::name).toList());
        StrengthPath best = null;
        for (int start = 0; start < options.starts(); start++) {
            try (Engine scope = engine.scope()) {
                StrengthPath next = start(scope, encoders, rows, tables, shares, start % 2 == 0, random.child("start", start), progress);
                best = best == null || next.best().validationLoss() < best.best().validationLoss() ? next : best;
            }
        }
        return best;
    }

    private static StrengthPath start(Engine engine, Encoders encoders, List<DenseRows> rows, List<TaskTable> tables, List<Double> shares,
            boolean everything, RandomStream random, Progress progress) {
        DualEncoderOptions options = encoders.options();
        Outcome<Descent> begun = begin(engine, encoders, tables, rows.stream().map(DenseRows::width).toList(), (tasks, strength) ->
                new CoefficientProblem(tasks, options.similarity(), strength, options.ridge(), options.solver()), everything, random, progress);
        if (begun instanceof Outcome.Diverged<Descent>(int epoch, String where)) {
            return new StrengthPath(List.of(new StrengthPath.Point(Double.NaN, options.strength(), new Outcome.Diverged<>(epoch, where),
                    Double.POSITIVE_INFINITY)));
        }
        Descent descent = begun.orThrow();
        if (shares == null) {
            return new StrengthPath(List.of(point(encoders, rows, Double.NaN, options.strength(), descent.alternate(options.strength(), progress))));
        }
        Outcome<Descent.State> all = descent.alternate(Double.POSITIVE_INFINITY, progress);
        double largest = new CoefficientProblem(descent.encoded(), options.similarity(), 0, options.ridge(), options.solver()).pathStart();
        List<StrengthPath.Point> points = new ArrayList<>(List.of(point(encoders, rows, 1, largest, all)));
        // With low rank there is no strength; and where sharing costs nothing there is nothing to choose.
        for (double share : largest > 0 ? shares.subList(1, shares.size()) : List.<Double>of()) {
            points.add(point(encoders, rows, share, share * largest, descent.alternate(share * largest, progress)));
        }
        return new StrengthPath(points);
    }

    /** Encoders warmed up, with everything shared or coefficients free. */
    private static Outcome<Descent> begin(Engine engine, Encoders encoders, List<TaskTable> tables, List<Integer> widths, Alternation.Steps steps,
            boolean everything, RandomStream random, Progress progress) {
        Map<String, Tensor> warm = new LinkedHashMap<>();
        if (encoders.options().depth() > 0) {
            boolean squares = tables.stream().anyMatch(table -> table.loss() == Loss.SQUARED_ERROR);
            var outcome = new TaskTraining(encoders.options().warmUp(), TaskTraining.BatchLoss.MEAN, TaskTraining.Epoch.LONGEST_TASK)
                    .fit(engine, new WarmUp(encoders, everything, squares ? 2 : 1), tables, random.child("warm-up"), "warming up", progress);
            if (outcome instanceof Outcome.Diverged<?>(int epoch, String where)) {
                return new Outcome.Diverged<>(epoch, where);
            }
            warm.putAll(outcome.orThrow().model().toMap());
        }
        return new Outcome.Converged<>(new Descent(encoders.options(), new Alternation(engine, encoders, tables, widths, warm, steps)), 0);
    }

    private static StrengthPath.Point point(Encoders encoders, List<DenseRows> rows, double share, double strength, Outcome<Descent.State> ended) {
        DualEncoderOptions options = encoders.options().similarity(encoders.options().similarity(), strength);
        return new StrengthPath.Point(share, strength, ended.map(state ->
                new DualEncoderModel(options, encoders.common(), rows, state.weights(), state.coefficients(), state.trace())), loss(ended));
    }

    /** Numbers to learn from and to stop by, some of each. */
    private static TaskTable table(DenseRows rows, Task task, Split split) {
        if (split.validation().length == 0) {
            throw new DataException("task '" + task.name() + "': of its " + task.size() + " rows none is left to stop by; a task needs at least 3 rows"
                    + (task.responseKind() == Task.ResponseKind.BINARY ? " of one class" : ""));
        }
        return TaskTable.of(rows, task, split);
    }

    /** A task's observed sources, anchors first. */
    static DenseRows rows(Task task, List<Source> anchors, Encoding encoding) {
        List<Source> sources = new ArrayList<>(anchors);
        task.blocks().keySet().stream().filter(source -> !anchors.contains(source)).forEach(sources::add);
        return new DenseRows(task.name(), task.responseKind(), sources, encoding);
    }
}
