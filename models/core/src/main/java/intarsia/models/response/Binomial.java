package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.optim.solve.Family;
import java.util.Arrays;
import java.util.List;

/**
 * 0 or 1: negative log-likelihood, logit link.
 *
 * @param hasOffset whether a response is followed by its offset, what is known of its log odds
 */
public record Binomial(boolean hasOffset) implements ResponseFamily {
    @Override
    public int columns() {
        return hasOffset ? 2 : 1;
    }

    @Override
    public ResponseFamily withoutOffset() {
        return BINARY;
    }

    @Override
    public double offset(double[] y, int at) {
        return hasOffset ? y[at + 1] : 0;
    }

    @Override
    public void addOffset(double[] y, int at, double[] predicted, int from) {
        if (offset(y, at) != 0 && predicted[from] > 0 && predicted[from] < 1) {
            double ones = predicted[from] * Elementary.exp(Math.min(0, offset(y, at)));
            double zeros = (1 - predicted[from]) * Elementary.exp(Math.min(0, -offset(y, at)));
            predicted[from] = ones / (ones + zeros);
        }
    }

    @Override
    public String key() {
        return "binary";
    }

    @Override
    public List<String> predicted() {
        return List.of(hasOffset ? "probability at offset 0" : "probability");
    }

    @Override
    public String problem(double[] y, int at) {
        if (y[at] != 0 && y[at] != 1) {
            return Double.isNaN(y[at]) ? "missing" : y[at] + ", a binary one must be 0 or 1";
        }
        return Double.isFinite(offset(y, at)) ? null : "given with an offset of " + offset(y, at) + ", which must be a number";
    }

    @Override
    public int stratum(double[] y, int at) {
        return y[at] == 1 ? 1 : 0;
    }

    @Override
    public int strata() {
        return 2;
    }

    /** With offsets the most probable one; half a row of each class has their mean. */
    @Override
    public double[] expected(double[] responses, double[] weights) {
        double ones = 0;
        double zeros = 0;
        for (int i = 0; i < weights.length; i++) {
            ones += responses[i * columns()] == 1 ? weights[i] : 0;
            zeros += responses[i * columns()] == 1 ? 0 : weights[i];
        }
        double more = ones == 0 || zeros == 0 ? 0.5 : 0;
        double share = (ones + more) / (ones + zeros + 2 * more);
        return new double[] {hasOffset ? Elementary.sigmoid(intercept(share, more, responses, weights)) : share};
    }

    /** The log odds b with {@code sum v sigmoid(b + offset) = share sum v}. */
    private static double intercept(double share, double more, double[] responses, double[] weights) {
        double mean = 0;
        double all = Arrays.stream(weights).sum();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            mean += responses[2 * i + 1] * (weights[i] / all);
            low = Math.min(low, responses[2 * i + 1]);
            high = Math.max(high, responses[2 * i + 1]);
        }
        if (weights.length == 0) {
            return 0;
        }
        double logOdds = Elementary.log(share / (1 - share));
        double center = mean;
        return IncreasingRoot.of(b -> {
            double excess = 2 * more * Elementary.sigmoid(b + center) - share * (all + 2 * more);
            double slope = 0;
            for (int i = 0; i < weights.length; i++) {
                double p = Elementary.sigmoid(b + responses[2 * i + 1]);
                excess += weights[i] * p;
                slope += weights[i] * p * (1 - p);
            }
            return new double[] {excess, slope};
        }, logOdds - high, logOdds - low, logOdds - mean);
    }

    @Override
    public Likelihood likelihood() {
        return hasOffset ? Likelihood.BERNOULLI_WITH_OFFSET : Likelihood.BERNOULLI;
    }

    @Override
    public void encode(double[] y, int at, ResponseBaseline baseline, double[] learned, int to) {
        System.arraycopy(y, at, learned, to, columns());
    }

    @Override
    public Node respond(Node eta, ResponseBaseline baseline) {
        return eta.sigmoid();
    }

    @Override
    public void respond(double[] eta, int from, ResponseBaseline baseline, double[] predicted, int to) {
        predicted[to] = Elementary.sigmoid(eta[from]);
    }

    @Override
    public void linear(double[] predicted, int from, double[] eta, int to) {
        eta[to] = Elementary.log(probability(1, predicted[from]) / probability(0, predicted[from]));
    }

    @Override
    public String linearScale() {
        return "log odds";
    }

    @Override
    public Family glm() {
        return Family.BINOMIAL;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.AUC, Metric.LOG_LOSS, Metric.BRIER, Metric.ACCURACY);
    }

    @Override
    public Metric chosenBy() {
        return Metric.LOG_LOSS;
    }

    @Override
    public double deviance(double[] y, int at, double[] predicted, int from) {
        return -2 * Elementary.log(probability(y[at], own(y, at, predicted[from])));
    }

    /** With the row's offset. */
    private double own(double[] y, int at, double probability) {
        if (!hasOffset) {
            return probability;
        }
        double[] own = {probability};
        addOffset(y, at, own, 0);
        return own[0];
    }

    @Override
    public void devianceSlopes(double[] y, int at, double[] predicted, int from, double[] slopes, int to) {
        double own = own(y, at, predicted[from]);
        double probability = y[at] == 1 ? own : 1 - own;
        slopes[to] = probability == probability(y[at], own) ? (y[at] == 1 ? -2 : 2) / probability * rise(y, at, predicted[from]) : 0;
    }

    /** The derivative of the probability with the offset by that without. */
    private double rise(double[] y, int at, double probability) {
        double more = Elementary.exp(Math.min(0, offset(y, at)));
        double less = Elementary.exp(Math.min(0, -offset(y, at)));
        double all = probability * more + (1 - probability) * less;
        return hasOffset ? more / all * (less / all) : 1;
    }

    /** Of y. */
    private static double probability(double y, double mean) {
        return Math.min(1 - LEAST, Math.max(LEAST, y == 1 ? mean : 1 - mean));
    }
}
