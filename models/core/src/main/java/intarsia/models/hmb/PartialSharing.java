package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.Split;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.CoefficientPath;
import intarsia.models.dual.CoefficientProblem;
import intarsia.models.dual.Coefficients;
import intarsia.models.dual.EncodedTask;
import intarsia.models.dual.Similarity;
import intarsia.models.net.Loss;
import intarsia.models.net.TaskNetwork;
import intarsia.models.net.TaskTable;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Partial sharing, which arXiv 2505.24413 leaves open: a task too different from the others drops out of the shared path's head. Ours. A task's prediction is
 * linear in what its heads read,
 *
 * <pre>
 * z^t = beta_t'h_L + alpha_t'k_L + b_t,   beta_t = w_c + (rows of w_p^t that read h_L),   alpha_t = the other rows of w_p^t,   b_t = b + b^t
 * </pre>
 *
 * so that the heads of an MTL-HMB are the coefficients of a dual encoder. Step 2 is trained with {@code tau sum_t ||beta_t - w_c||^2} added, which draws the
 * tasks together; then the heads are solved for as {@link CoefficientProblem} does, with one of its similarities between the beta_t, and everything below them
 * as it is. A task that joins has no part of its own on the shared path's last layer (rows of 0 in w_p^t); one that differs has. The result is an MTL-HMB like any
 * other.
 *
 * @param model        the same network with these heads
 * @param strength     c of {@code lambda_t = c sqrt(d / n_t)}, with the smallest validation loss on a path from the one at which all share
 * @param coefficients beta_t, alpha_t, b_t and the center
 */
public record PartialSharing(MtlHmbModel model, double strength, Coefficients coefficients) {
    private static final SolverOptions SOLVER = new SolverOptions(1e-7, 20_000);
    private static final double JOINED = 1e-4;

    /** The names of the tasks that have dropped out: apart from the center, or from the mean where there is none. */
    public List<String> apart() {
        List<String> apart = new ArrayList<>();
        for (int t = 0; t < coefficients.tasks(); t++) {
            if (coefficients.deviation(t) > JOINED) {
                apart.add(model.layout().tasks().get(t).name());
            }
        }
        return apart;
    }

    /**
     * Fits step 2 anew on training rows; validation rows stop it, and choose the strength.
     *
     * @param fitted  on these data; its step 1 is kept
     * @param drawing tau, not negative
     * @param ridge   rho, on alpha_t
     * @param shares  of the largest strength to choose from, falling, the first 1: {@link CoefficientPath#falling}
     */
    public static Outcome<PartialSharing> fit(Engine engine, MtlHmbModel fitted, TaskSet data, List<Split> splits, Similarity similarity, double drawing,
            double ridge, List<Double> shares, RandomStream random, Progress progress) {
        List<TaskTable> tables = fitted.completion().tables(fitted.precision(), data, splits);
        TaskNetwork network = new Drawn(HmbNetwork.of(fitted.options(), fitted.layout()), drawing);
        return MtlHmb.training(fitted.options(), tables).fit(engine, network, tables, random, "learning tasks", progress).map(trained -> {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            trained.model().toMap().forEach((name, value) -> weights.put(MtlHmbModel.NETWORK + name, value));
            return heads(engine, fitted.with(weights), tables, similarity, ridge, shares);
        });
    }

    /** The network with its tasks' heads drawn to the shared one. */
    private record Drawn(HmbNetwork network, double drawing) implements TaskNetwork {
        @Override
        public Result apply(Graph graph, int task, Node x) {
            return network.apply(graph, task, x);
        }

        @Override
        public Node penalty(Graph graph, List<Result> results) {
            Node sum = network.penalty(graph, results);
            for (int t = 0; t < results.size(); t++) {
                sum = sum.plus(network.apart(graph, t).square().sum().times(drawing));
            }
            return sum;
        }
    }

    private static PartialSharing heads(Engine engine, MtlHmbModel model, List<TaskTable> tables, Similarity similarity, double ridge, List<Double> shares) {
        List<EncodedTask> train = new ArrayList<>();
        List<EncodedTask> validation = new ArrayList<>();
        for (int t = 0; t < tables.size(); t++) {
            TaskTable table = tables.get(t);
            Family family = table.loss() == Loss.CROSS_ENTROPY ? Family.BINOMIAL : Family.GAUSSIAN;
            train.add(encoded(engine, model, t, table.x(), table.y(), family));
            validation.add(encoded(engine, model, t, table.xv(), table.yv(), family));
        }
        CoefficientProblem problem = new CoefficientProblem(train, similarity, 0, ridge, SOLVER);
        double largest = problem.pathStart();
        CoefficientPath path = CoefficientPath.of(problem, shares.stream().map(share -> share * largest).toList());
        int best = 0;
        for (int i = 1; i < shares.size(); i++) {
            best = CoefficientPath.loss(validation, path.solutions().get(i)) < CoefficientPath.loss(validation, path.solutions().get(best)) ? i : best;
        }
        Coefficients at = path.solutions().get(best);
        return new PartialSharing(withHeads(model, at), path.strengths().get(best), at);
    }

    /** What the heads read of rows. */
    private static EncodedTask encoded(Engine engine, MtlHmbModel model, int task, double[] x, double[] y, Family family) {
        Graph graph = new Graph();
        Node input = graph.input("x", y.length, x.length / y.length);
        HmbNetwork.Paths paths = HmbNetwork.of(model.options(), model.layout()).paths(graph, task, input);
        Map<String, Tensor> weights = model.below(MtlHmbModel.NETWORK);
        Parameters parameters = Parameters.of(engine, graph, RandomStream.of(0));
        graph.parameters().keySet().forEach(name -> parameters.set(name, weights.get(name)));
        Plan plan = Plan.compile(parameters, paths.own(), paths.shared());
        plan.set(input, x);
        plan.run();
        return new EncodedTask(plan.get(paths.own()).toRows(), plan.get(paths.shared()).toRows(), y, family);
    }

    private static MtlHmbModel withHeads(MtlHmbModel model, Coefficients at) {
        HmbNetwork network = HmbNetwork.of(model.options(), model.layout());
        double[] center = center(at);
        Map<String, Tensor> heads = new LinkedHashMap<>();
        put(heads, model, HmbNetwork.SHARED_HEAD, center, 0);
        for (int t = 0; t < at.tasks(); t++) {
            double[] own = Arrays.copyOf(at.shared()[t], center.length + at.own()[t].length);
            for (int j = 0; j < center.length; j++) {
                own[j] -= center[j];
            }
            System.arraycopy(at.own()[t], 0, own, center.length, at.own()[t].length);
            put(heads, model, network.ownHead(t), own, at.intercepts()[t]);
        }
        return model.with(heads);
    }

    private static void put(Map<String, Tensor> heads, MtlHmbModel model, String path, double[] weight, double bias) {
        heads.put(MtlHmbModel.NETWORK + path + "/weight", Tensor.of(Shape.of(weight.length, 1), weight).to(model.precision()));
        heads.put(MtlHmbModel.NETWORK + path + "/bias", Tensor.vector(bias).to(model.precision()));
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
}
