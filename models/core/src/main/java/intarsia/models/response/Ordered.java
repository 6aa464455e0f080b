package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.optim.solve.Lbfgs;
import intarsia.optim.solve.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One of several levels in an order: cumulative logit, {@code P(y <= k) = sigmoid(threshold_k - eta)}, proportional odds (McCullagh 1980).
 * The thresholds are the task's own.
 *
 * @param levels the levels' names from the lowest to the highest, two at least; a response is the place of its level among them
 */
public record Ordered(List<String> levels) implements LevelResponse {
    /** No linear predictor comes near: what bounds the lowest and the highest level. */
    private static final double FAR = 1e3;
    private static final Lbfgs.Options SEARCH = Lbfgs.Options.DEFAULT.withTolerances(1e-8, 1e-14);

    /** Copies and checks. */
    public Ordered {
        levels = LevelResponse.checked(levels);
    }

    @Override
    public String key() {
        return "ordered";
    }

    @Override
    public Likelihood likelihood() {
        return Likelihood.INTERVAL;
    }

    /**
     * The most probable thresholds; of rows that are all alike the log odds of being at a level or below. Where a level was not seen, half
     * a row of each with linear predictor 0 is added.
     */
    @Override
    public ResponseBaseline baseline(double[] responses, double[] weights, double[] eta) {
        List<Double> start = thresholds(expected(responses, weights));
        if (Arrays.stream(eta).allMatch(of -> of == 0)) {
            return new ResponseBaseline(List.of(), start);
        }
        boolean all = IntStream.range(0, levels.size()).allMatch(k -> Arrays.stream(responses).anyMatch(y -> y == k));
        Objective objective = (thresholds, gradient) -> {
            Arrays.fill(gradient, 0);
            double sum = 0;
            for (int i = 0; i < eta.length; i++) {
                sum += loss(thresholds, (int) responses[i], eta[i], weights[i], gradient);
            }
            for (int k = 0; k < levels.size() && !all; k++) {
                sum += loss(thresholds, k, 0, 0.5, gradient);
            }
            return sum;
        };
        double[] found = Lbfgs.minimize(objective, start.stream().mapToDouble(Double::doubleValue).toArray(), SEARCH).point();
        return new ResponseBaseline(List.of(), DoubleStream.of(found).boxed().toList());
    }

    /** Minus the log-likelihood of a level; infinite where thresholds do not increase. */
    private double loss(double[] thresholds, int level, double eta, double weight, double[] gradient) {
        boolean lowest = level == 0;
        boolean highest = level == levels.size() - 1;
        double loss = 0;
        if (!lowest) {
            loss += Elementary.softplus(thresholds[level - 1] - eta);
            gradient[level - 1] += weight * Elementary.sigmoid(thresholds[level - 1] - eta);
        }
        if (!highest) {
            loss += Elementary.softplus(eta - thresholds[level]);
            gradient[level] -= weight * Elementary.sigmoid(eta - thresholds[level]);
        }
        if (!lowest && !highest) {
            double width = thresholds[level] - thresholds[level - 1];
            if (!(width > 0)) {
                return Double.POSITIVE_INFINITY;
            }
            double share = -Elementary.log1p(-Elementary.exp(-width));
            double slope = 1 / (Elementary.exp(width) - 1);
            loss += share;
            gradient[level] -= weight * slope;
            gradient[level - 1] += weight * slope;
        }
        return weight * loss;
    }

    private static List<Double> thresholds(double[] shares) {
        List<Double> thresholds = new ArrayList<>();
        double below = 0;
        for (int k = 0; k < shares.length - 1; k++) {
            below += shares[k];
            double above = 0;
            for (int j = k + 1; j < shares.length; j++) {
                above += shares[j];
            }
            thresholds.add(Elementary.log(below / above));
        }
        return thresholds;
    }

    @Override
    public void check(ResponseBaseline baseline) {
        if (baseline == null || !baseline.at().isEmpty() || baseline.values().size() != levels.size() - 1) {
            throw new IllegalArgumentException("the thresholds of " + levels.size() + " levels are one fewer than those, not " + baseline);
        }
        ResponseBaseline.increasing("thresholds", baseline.values());
    }

    /** The thresholds below and above the level. */
    @Override
    public void encode(double[] y, int at, ResponseBaseline baseline, double[] learned, int to) {
        int level = (int) y[at];
        learned[to] = level == 0 ? -FAR : baseline.values().get(level - 1);
        learned[to + 1] = level == levels.size() - 1 ? FAR : baseline.values().get(level);
    }

    @Override
    public Node respond(Node eta, ResponseBaseline baseline) {
        int last = levels.size() - 1;
        double[] thresholds = baseline.values().stream().mapToDouble(Double::doubleValue).toArray();
        Node below = eta.graph().constant(Tensor.of(Shape.of(1, last), thresholds)).minus(eta).sigmoid();
        List<Node> parts = new ArrayList<>(List.of(below.slice(1, 0, 1)));
        if (last > 1) {
            parts.add(below.slice(1, 1, last).minus(below.slice(1, 0, last - 1)));
        }
        parts.add(eta.minus(thresholds[last - 1]).sigmoid());
        return eta.graph().concat(1, parts);
    }

    @Override
    public void respond(double[] eta, int from, ResponseBaseline baseline, double[] predicted, int to) {
        double below = 0;
        for (int k = 0; k < levels.size(); k++) {
            boolean last = k == levels.size() - 1;
            double next = last ? 1 : Elementary.sigmoid(baseline.values().get(k) - eta[from]);
            // The highest level's by its own sigmoid, since 1 - (nearly 1) has no digits.
            predicted[to + k] = last ? Elementary.sigmoid(eta[from] - baseline.values().get(k - 1)) : next - below;
            below = next;
        }
    }

    /** The mean over thresholds of the log odds of being above. */
    @Override
    public void linear(double[] predicted, int from, double[] eta, int to) {
        eta[to] = 0;
        for (int k = 1; k < levels.size(); k++) {
            double below = 0;
            double above = 0;
            for (int j = 0; j < levels.size(); j++) {
                below += j < k ? predicted[from + j] : 0;
                above += j < k ? 0 : predicted[from + j];
            }
            eta[to] += Elementary.log(Math.max(LEAST, above) / Math.max(LEAST, below)) / (levels.size() - 1);
        }
    }

    @Override
    public String linearScale() {
        return "log odds of being above a threshold, mean over thresholds";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.LOG_LOSS, Metric.LEVEL_ERROR, Metric.KAPPA, Metric.ACCURACY);
    }
}
