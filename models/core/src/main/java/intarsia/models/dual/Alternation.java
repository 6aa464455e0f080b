package intarsia.models.dual;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.net.Loss;
import intarsia.models.net.TaskTable;
import intarsia.optim.Optimizer;
import intarsia.optim.OptimizerRun;
import intarsia.optim.Schedule;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The alternation at work: the encoders' plans on all training rows, with the coefficients as inputs; and the coefficient problem on what the encoders
 * make of those rows.
 */
final class Alternation {
    private static final double LEAST_RATE = 1e-7;

    /** What the coefficients' half is, for encoded tasks and a strength. */
    @FunctionalInterface
    interface Steps {
        CoefficientStep at(List<EncodedTask> tasks, double strength);
    }

    private final DualEncoderOptions options;
    private final Steps steps;
    private final List<TaskTable> tasks;
    private final Parameters parameters;
    private final Plan step;
    private final Node smooth;
    private final List<Node> alphas = new ArrayList<>();
    private final List<Node> betas = new ArrayList<>();
    private final List<Node> intercepts = new ArrayList<>();
    private final Plan train;
    private final Plan validation;
    private final List<Node> trainOwn = new ArrayList<>();
    private final List<Node> trainShared = new ArrayList<>();
    private final List<Node> validationOwn = new ArrayList<>();
    private final List<Node> validationShared = new ArrayList<>();
    private double rate;

    Alternation(Engine engine, Encoders encoders, List<TaskTable> tasks, List<Integer> widths, Map<String, Tensor> start, Steps steps) {
        this.options = encoders.options();
        this.steps = steps;
        this.tasks = tasks;
        this.rate = options.warmUp().learningRate();
        Graph graph = new Graph();
        List<Node> xs = new ArrayList<>();
        List<Node> ys = new ArrayList<>();
        List<Node> terms = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            TaskTable task = tasks.get(t);
            int n = task.y().length;
            Node x = graph.input("x/" + t, n, widths.get(t));
            Node y = graph.input("y/" + t, n, 1);
            xs.add(x);
            ys.add(y);
            Node own = encoders.own(graph, t, x);
            Node shared = encoders.shared(graph, x);
            trainOwn.add(own);
            trainShared.add(shared);
            alphas.add(graph.input("alpha/" + t, own.shape().size(1), 1));
            betas.add(graph.input("beta/" + t, shared.shape().size(1), 1));
            intercepts.add(graph.input("intercept/" + t, 1));
            Node eta = own.matmul(alphas.get(t)).plus(shared.matmul(betas.get(t))).plus(intercepts.get(t));
            // Half the squared error, as the coefficient problem has it.
            terms.add(task.loss().each(eta, y).mean().times(task.loss() == Loss.SQUARED_ERROR ? 0.5 : 1));
            terms.add(encoders.orthogonality(own, shared));
        }
        terms.add(encoders.decay(graph));
        smooth = graph.sum(terms);
        parameters = Parameters.of(engine, graph, RandomStream.of(0));
        start.forEach((name, value) -> {
            if (graph.parameters().containsKey(name)) {
                parameters.set(name, value);
            }
        });
        step = Plan.training(parameters, smooth);
        List<Node> outputs = new ArrayList<>(trainOwn);
        outputs.addAll(trainShared);
        train = Plan.compile(parameters, outputs);
        for (int t = 0; t < tasks.size(); t++) {
            set(step, xs.get(t), tasks.get(t).x());
            set(step, ys.get(t), tasks.get(t).y());
            set(train, xs.get(t), tasks.get(t).x());
        }
        Graph judged = new Graph();
        List<Node> judgedXs = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            Node x = judged.input("x/" + t, tasks.get(t).yv().length, widths.get(t));
            judgedXs.add(x);
            validationOwn.add(encoders.own(judged, t, x));
            validationShared.add(encoders.shared(judged, x));
        }
        List<Node> judgedOutputs = new ArrayList<>(validationOwn);
        judgedOutputs.addAll(validationShared);
        validation = Plan.compile(parameters, judgedOutputs);
        for (int t = 0; t < tasks.size(); t++) {
            set(validation, judgedXs.get(t), tasks.get(t).xv());
        }
    }

    private static void set(Plan plan, Node input, double[] values) {
        if (plan.reads(input)) {
            plan.set(input, values);
        }
    }

    Map<String, Tensor> weights() {
        return parameters.toMap();
    }

    void restore(Map<String, Tensor> weights) {
        parameters.setAll(weights);
    }

    /** The coefficients' half for the encoders as they are. */
    CoefficientStep step(double strength) {
        return steps.at(encoded(), strength);
    }

    /** What the encoders make of the training rows. */
    List<EncodedTask> encoded() {
        return features(train, trainOwn, trainShared, false);
    }

    /** The mean validation loss, summed over tasks. */
    double validationLoss(Coefficients at) {
        return CoefficientPath.loss(features(validation, validationOwn, validationShared, true), at);
    }

    private List<EncodedTask> features(Plan plan, List<Node> own, List<Node> shared, boolean judged) {
        plan.run();
        // Without encoders of their own, tasks that have more features than others are wider; all become as wide as the widest, by zeros.
        int widest = own.stream().mapToInt(node -> node.shape().size(1)).max().orElseThrow();
        List<EncodedTask> features = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            Family family = tasks.get(t).loss() == Loss.CROSS_ENTROPY ? Family.BINOMIAL : Family.GAUSSIAN;
            double[][] padded = Arrays.stream(plan.get(own.get(t)).toRows()).map(row -> Arrays.copyOf(row, widest)).toArray(double[][]::new);
            features.add(new EncodedTask(padded, plan.get(shared.get(t)).toRows(), judged ? tasks.get(t).yv() : tasks.get(t).y(), family));
        }
        return features;
    }

    /** The objective's part that depends on the encoders, with these coefficients. */
    double smooth(Coefficients at) {
        load(at);
        step.run();
        return step.scalar(smooth);
    }

    /**
     * Adam steps on the encoders, the coefficients held: taken back, and tried again at half the rate, if they raise the objective. Gives its new value.
     */
    double encoderSteps(Coefficients at, double before) {
        if (options.depth() == 0) {
            return before;
        }
        load(at);
        Map<String, Tensor> kept = parameters.toMap();
        while (rate > LEAST_RATE) {
            OptimizerRun adam = Optimizer.adam(new Schedule.StepDecay(rate, options.warmUp().decay(), options.warmUp().decayEvery()))
                    .bind(parameters.engine().kernels(), parameters.values(), parameters.gradients());
            for (int i = 0; i < options.steps(); i++) {
                step.run();
                adam.step();
            }
            step.run();
            double after = step.scalar(smooth);
            if (after <= before) {
                return after;
            }
            parameters.setAll(kept);
            rate /= 2;
        }
        return before;
    }

    private void load(Coefficients at) {
        for (int t = 0; t < tasks.size(); t++) {
            step.set(alphas.get(t), Arrays.copyOf(at.own()[t], alphas.get(t).shape().size(0)));
            step.set(betas.get(t), at.shared()[t]);
            step.set(intercepts.get(t), new double[] {at.intercepts()[t]});
        }
    }
}
