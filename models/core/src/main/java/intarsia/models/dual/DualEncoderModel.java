package intarsia.models.dual;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Predictor;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A fitted dual encoder: all values.
 *
 * @param options      what it was fitted with
 * @param common       how many features all tasks have
 * @param tasks        each task's features
 * @param weights      the encoders' learned numbers by name
 * @param coefficients alpha, b, beta and the centers
 * @param trace        the objective at the start and after every alternation; it never rises
 */
public record DualEncoderModel(DualEncoderOptions options, int common, List<DenseRows> tasks, Map<String, Tensor> weights, Coefficients coefficients,
        List<Double> trace) implements Predictor {
    /** Copies lists and map, keeping their order. */
    public DualEncoderModel {
        tasks = List.copyOf(tasks);
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        trace = List.copyOf(trace);
    }

    @Override
    public double[] predict(String task, Observations rows) {
        int r = task(task);
        Parts parts = parts(r, rows);
        double[] eta = new double[rows.size()];
        for (int i = 0; i < eta.length; i++) {
            eta[i] = parts.own()[i] + parts.shared()[i] + coefficients.intercepts()[r];
        }
        return tasks.get(r).respond(eta);
    }

    /** What the tasks share, with the shares of predictions taken over these rows. */
    public Sharing sharing(TaskSet data) {
        List<String> names = tasks.stream().map(DenseRows::task).toList();
        return Sharing.of(names, coefficients, names.stream().mapToDouble(name -> sharedShare(name, Observations.of(data.task(name)))).toArray());
    }

    /**
     * How much of a task's prediction comes from what is shared: the variance of beta_r'C over rows, as a share of it and the variance of alpha_r'S_r;
     * NaN if neither varies.
     */
    public double sharedShare(String task, Observations rows) {
        Parts parts = parts(task(task), rows);
        double shared = variance(parts.shared());
        return shared / (shared + variance(parts.own()));
    }

    /** The sources that the shared encoder reads: those that every task observes. */
    public List<Source> anchors() {
        List<Source> anchors = new ArrayList<>();
        int width = 0;
        for (Source source : tasks.getFirst().sources()) {
            if (width < common) {
                anchors.add(source);
                width += tasks.getFirst().encoding().width(source);
            }
        }
        return anchors;
    }

    /** With one more task. */
    DualEncoderModel with(DenseRows task, Map<String, Tensor> encoder, Coefficients one, List<Double> itsTrace) {
        List<DenseRows> more = new ArrayList<>(tasks);
        more.add(task);
        Map<String, Tensor> all = new LinkedHashMap<>(weights);
        all.putAll(encoder);
        return new DualEncoderModel(options, common, more, all, coefficients.with(one), itsTrace);
    }

    private record Parts(double[] own, double[] shared) {}

    private Parts parts(int r, Observations rows) {
        DenseRows task = tasks.get(r);
        List<double[][]> encoded = encode(task.dense(rows), rows.size(), (graph, x) -> List.of(encoders().own(graph, r, x), encoders().shared(graph, x)));
        return new Parts(times(encoded.get(0), coefficients.own()[r]), times(encoded.get(1), coefficients.shared()[r]));
    }

    /** C(x) of dense rows whose first columns are the common ones. */
    double[][] shared(double[] dense, int rows) {
        return encode(dense, rows, (graph, x) -> List.of(encoders().shared(graph, x))).getFirst();
    }

    private Encoders encoders() {
        return new Encoders(options, common, tasks.stream().map(DenseRows::task).toList());
    }

    private List<double[][]> encode(double[] dense, int rows, BiFunction<Graph, Node, List<Node>> outputs) {
        Precision precision = weights.isEmpty() ? Precision.F64 : weights.values().iterator().next().precision();
        try (Engine engine = Engine.options().precision(precision).open()) {
            Graph graph = new Graph();
            Node x = graph.input("x", rows, dense.length / rows);
            List<Node> wanted = outputs.apply(graph, x);
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(0));
            graph.parameters().keySet().forEach(name -> parameters.set(name, weights.get(name)));
            Plan plan = Plan.compile(parameters, wanted);
            plan.set(x, dense);
            plan.run();
            return wanted.stream().map(plan::get).map(Tensor::toRows).toList();
        }
    }

    /**
     * Makes sure that the weights and coefficients are those of the tasks and the options: for a model that was read from somewhere.
     *
     * @throws IllegalArgumentException naming what is missing, too much or of another shape
     */
    public void check() {
        Graph graph = new Graph();
        for (int r = 0; r < tasks.size(); r++) {
            Node x = graph.input("x" + r, 1, tasks.get(r).width());
            encoders().own(graph, r, x);
            encoders().shared(graph, x);
        }
        Map<String, Shape> expected = new LinkedHashMap<>();
        graph.parameters().forEach((name, node) -> expected.put(name, node.shape()));
        expected.forEach((name, shape) -> {
            if (!weights.containsKey(name) || !weights.get(name).shape().equals(shape)) {
                throw new IllegalArgumentException("weights '" + name + "' should be " + shape + " and are "
                        + (weights.containsKey(name) ? weights.get(name).shape() : "missing"));
            }
        });
        weights.keySet().stream().filter(name -> !expected.containsKey(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("weights '" + name + "' belong to nothing in the model");
        });
        int width = options.depth() == 0 ? common : options.shared();
        for (int r = 0; r < tasks.size(); r++) {
            if (coefficients.shared()[r].length != width || coefficients.own()[r].length < (options.depth() == 0 ? tasks.get(r).width() : options.own())) {
                throw new IllegalArgumentException("the coefficients of task '" + tasks.get(r).task() + "' do not fit the encoders");
            }
        }
    }

    private int task(String name) {
        for (int r = 0; r < tasks.size(); r++) {
            if (tasks.get(r).task().equals(name)) {
                return r;
            }
        }
        throw new IllegalArgumentException("no task '" + name + "'; there are " + tasks.stream().map(DenseRows::task).toList());
    }

    private static double[] times(double[][] rows, double[] by) {
        double[] product = new double[rows.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = Coefficients.dot(rows[i], by);
        }
        return product;
    }

    private static double variance(double[] values) {
        double mean = 0;
        for (double v : values) {
            mean += v / values.length;
        }
        double variance = 0;
        for (double v : values) {
            variance += (v - mean) * (v - mean) / values.length;
        }
        return variance;
    }
}
