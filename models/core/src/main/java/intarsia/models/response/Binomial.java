package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.optim.solve.Family;
import java.util.List;

/** 0 or 1: negative log-likelihood, logit link. */
public record Binomial() implements ResponseFamily {
    @Override
    public String key() {
        return "binary";
    }

    @Override
    public List<String> predicted() {
        return List.of("probability");
    }

    @Override
    public String problem(double[] y, int at) {
        return y[at] == 0 || y[at] == 1 ? null : Double.isNaN(y[at]) ? "missing" : y[at] + ", a binary one must be 0 or 1";
    }

    @Override
    public int stratum(double[] y, int at) {
        return y[at] == 1 ? 1 : 0;
    }

    @Override
    public int strata() {
        return 2;
    }

    @Override
    public double[] expected(double[] responses, double[] weights) {
        double ones = 0;
        double zeros = 0;
        for (int i = 0; i < responses.length; i++) {
            ones += responses[i] == 1 ? weights[i] : 0;
            zeros += responses[i] == 1 ? 0 : weights[i];
        }
        double more = ones == 0 || zeros == 0 ? 0.5 : 0;
        return new double[] {(ones + more) / (ones + zeros + 2 * more)};
    }

    @Override
    public Likelihood likelihood() {
        return Likelihood.BERNOULLI;
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
        return -2 * Elementary.log(probability(y[at], predicted[from]));
    }

    @Override
    public void devianceSlopes(double[] y, int at, double[] predicted, int from, double[] slopes, int to) {
        double probability = y[at] == 1 ? predicted[from] : 1 - predicted[from];
        slopes[to] = probability == probability(y[at], predicted[from]) ? (y[at] == 1 ? -2 : 2) / probability : 0;
    }

    /** Of y. */
    private static double probability(double y, double mean) {
        return Math.min(1 - LEAST, Math.max(LEAST, y == 1 ? mean : 1 - mean));
    }
}
