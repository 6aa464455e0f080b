package intarsia.models.dual;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import intarsia.models.net.DenseRows;
import intarsia.models.net.TaskTable;
import intarsia.optim.Optimizer;
import intarsia.optim.OptimizerRun;
import intarsia.optim.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The encoders' half of an alternation: plans on all training rows with the coefficients as inputs, and plans of what the encoders make of
 * rows.
 */
final class EncoderSteps {
    private static final double LEAST_RATE = 1e-7;

    private final DualEncoder options;
    private final List<TaskRows> tasks;
    private final Parameters parameters;
    private final Plan step;
    private final Node smooth;
    private final List<Node> alphas = new ArrayList<>();
    private final List<Node> betas = new ArrayList<>();
    private final List<Node> intercepts = new ArrayList<>();
    private final Encoding train;
    private final Encoding validation;
    private double rate;

    /** What the encoders make of rows: a plan, and for each task its outputs S_r and C. */
    private record Encoding(Plan plan, List<Node> specific, List<Node> shared) {
        static Encoding compile(Parameters parameters, List<Node> specific, List<Node> shared) {
            List<Node> outputs = new ArrayList<>(specific);
            outputs.addAll(shared);
            return new Encoding(Plan.compile(parameters, outputs), specific, shared);
        }

        void feed(List<Node> inputs, List<DenseRows> rows) {
            for (int t = 0; t < rows.size(); t++) {
                set(plan, inputs.get(t), rows.get(t).numbers());
            }
        }
    }

    EncoderSteps(Engine engine, DualNetwork network, List<TaskRows> tasks, Weights start) {
        this.options = network.options();
        this.tasks = tasks;
        this.rate = options.warmUp().learningRate();
        Graph graph = new Graph();
        List<Node> xs = new ArrayList<>();
        List<Node> ys = new ArrayList<>();
        List<Node> specifics = new ArrayList<>();
        List<Node> shareds = new ArrayList<>();
        Map<Node, double[]> weights = new LinkedHashMap<>();
        List<Node> terms = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            TaskTable table = tasks.get(t).table();
            xs.add(graph.input("x/" + t, table.rows(), table.width()));
            ys.add(graph.input("y/" + t, table.rows(), table.family().learned()));
            Node specific = network.taskSpecific(graph, t, xs.get(t));
            Node shared = network.shared(graph, xs.get(t));
            specifics.add(specific);
            shareds.add(shared);
            alphas.add(graph.input("alpha/" + t, specific.shape().size(1), 1));
            betas.add(graph.input("beta/" + t, shared.shape().size(1), 1));
            intercepts.add(graph.input("intercept/" + t, 1));
            Node eta = specific.matmul(alphas.get(t)).plus(shared.matmul(betas.get(t))).plus(intercepts.get(t));
            Node each = table.family().likelihood().loss(eta, ys.get(t));
            if (table.weighted()) {
                Node weight = graph.input("weight/" + t, table.rows(), 1);
                weights.put(weight, TaskTable.shares(table.w()));
                each = each.times(weight);
            }
            terms.add(each.mean().times(table.family().likelihood().graphScale()));
            terms.add(network.orthogonality(specific, shared));
        }
        terms.add(network.decay(graph));
        smooth = graph.sum(terms);
        parameters = Parameters.of(engine, graph, RandomStream.of(0));
        graph.parameters().keySet().forEach(name -> parameters.set(name, start.get(name)));
        step = Plan.training(parameters, smooth);
        for (int t = 0; t < tasks.size(); t++) {
            set(step, xs.get(t), tasks.get(t).table().x().numbers());
            set(step, ys.get(t), tasks.get(t).table().y());
        }
        weights.forEach((input, values) -> set(step, input, values));
        train = Encoding.compile(parameters, specifics, shareds);
        train.feed(xs, tasks.stream().map(task -> task.table().x()).toList());
        validation = validation(network);
    }

    private Encoding validation(DualNetwork network) {
        Graph graph = new Graph();
        List<Node> xs = new ArrayList<>();
        List<Node> specifics = new ArrayList<>();
        List<Node> shareds = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            TaskTable table = tasks.get(t).table();
            xs.add(graph.input("x/" + t, table.stoppingRows(), table.width()));
            specifics.add(network.taskSpecific(graph, t, xs.get(t)));
            shareds.add(network.shared(graph, xs.get(t)));
        }
        Encoding encoding = Encoding.compile(parameters, specifics, shareds);
        encoding.feed(xs, tasks.stream().map(task -> task.table().xv()).toList());
        return encoding;
    }

    private static void set(Plan plan, Node input, double[] values) {
        if (plan.reads(input)) {
            plan.set(input, values);
        }
    }

    /** The encoders' weights as they are. */
    Weights weights() {
        return Weights.of(parameters);
    }

    void restore(Weights weights) {
        parameters.setAll(weights.tensors());
    }

    /** What the encoders make of the training rows. */
    List<EncodedTask> encoded() {
        return encode(train, false);
    }

    /** The mean over tasks of how far predictions are from validation responses. */
    double validationLoss(Coefficients at) {
        List<EncodedTask> encoded = encode(validation, true);
        double sum = 0;
        for (int t = 0; t < encoded.size(); t++) {
            sum += tasks.get(t).validationLoss(encoded.get(t).eta(at.taskSpecific()[t], at.intercepts()[t], at.shared()[t]));
        }
        return sum / encoded.size();
    }

    private List<EncodedTask> encode(Encoding encoding, boolean held) {
        encoding.plan.run();
        // Without encoders, tasks that have more features than others are wider; all become as wide as the widest, by zeros.
        int widest = encoding.specific.stream().mapToInt(node -> node.shape().size(1)).max().orElseThrow();
        List<EncodedTask> encoded = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            TaskTable table = tasks.get(t).table();
            double[][] padded = Arrays.stream(encoding.plan.get(encoding.specific.get(t)).toRows()).map(row -> Arrays.copyOf(row, widest))
                    .toArray(double[][]::new);
            double[][] shared = encoding.plan.get(encoding.shared.get(t)).toRows();
            encoded.add(new EncodedTask(padded, shared, held ? table.yv() : table.y(), held ? table.wv() : table.w(),
                    table.family().likelihood()));
        }
        return encoded;
    }

    /** How wide a task's alpha is. */
    int specificWidth(int task) {
        return alphas.get(task).shape().size(0);
    }

    /** The objective's part that depends on the encoders, with these coefficients. */
    double smooth(Coefficients at) {
        load(at);
        step.run();
        return step.scalar(smooth);
    }

    /**
     * Adam steps on the encoders, the coefficients held: taken back, and tried again at half the rate, if they raise the objective. Gives
     * its new value.
     */
    double descend(Coefficients at, double before) {
        if (options.encoders().depth() == 0) {
            return before;
        }
        load(at);
        Map<String, Tensor> kept = parameters.toMap();
        while (rate > LEAST_RATE) {
            OptimizerRun adam = Optimizer.adam(new Schedule.StepDecay(rate, options.warmUp().decay(), options.warmUp().decayEvery()))
                    .bind(parameters.engine().kernels(), parameters.values(), parameters.gradients());
            for (int i = 0; i < options.alternation().steps(); i++) {
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
            step.set(alphas.get(t), Arrays.copyOf(at.taskSpecific()[t], specificWidth(t)));
            step.set(betas.get(t), at.shared()[t]);
            step.set(intercepts.get(t), new double[] {at.intercepts()[t]});
        }
    }
}
