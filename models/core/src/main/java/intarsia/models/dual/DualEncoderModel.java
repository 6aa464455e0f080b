package intarsia.models.dual;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Predictor;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Observations;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /**
     * How much of a task's prediction comes from what is shared: the variance of beta_r'C over rows, as a share of it and the variance of alpha_r'S_r;
     * NaN if neither varies.
     */
    public double sharedShare(String task, Observations rows) {
        Parts parts = parts(task(task), rows);
        double shared = variance(parts.shared());
        return shared / (shared + variance(parts.own()));
    }

    private record Parts(double[] own, double[] shared) {}

    private Parts parts(int r, Observations rows) {
        Precision precision = weights.isEmpty() ? Precision.F64 : weights.values().iterator().next().precision();
        try (Engine engine = Engine.options().precision(precision).open()) {
            Graph graph = new Graph();
            Encoders encoders = new Encoders(options, common, tasks.stream().map(DenseRows::task).toList());
            Node x = graph.input("x", rows.size(), tasks.get(r).width());
            Node own = encoders.own(graph, r, x);
            Node shared = encoders.shared(graph, x);
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(0));
            graph.parameters().keySet().forEach(name -> parameters.set(name, weights.get(name)));
            Plan plan = Plan.compile(parameters, own, shared);
            plan.set(x, tasks.get(r).dense(rows));
            plan.run();
            return new Parts(times(Alternation.rows(plan.get(own)), coefficients.own()[r]),
                    times(Alternation.rows(plan.get(shared)), coefficients.shared()[r]));
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
