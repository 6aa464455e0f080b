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
    public Family glm() {
        return Family.BINOMIAL;
    }

    @Override
    public double glmScale() {
        return 1;
    }

    @Override
    public Node loss(Node eta, Node y) {
        return eta.softplus().minus(y.times(eta));
    }

    @Override
    public Node mean(Node eta) {
        return eta.sigmoid();
    }

    @Override
    public boolean standardized() {
        return false;
    }

    @Override
    public int stratum(double y) {
        return y == 1 ? 1 : 0;
    }

    @Override
    public double expected(double[] responses) {
        int ones = 0;
        for (double y : responses) {
            ones += y == 1 ? 1 : 0;
        }
        boolean one = ones == 0 || ones == responses.length;
        return one ? (ones + 0.5) / (responses.length + 1) : (double) ones / responses.length;
    }

    @Override
    public String problem(double y) {
        return y == 0 || y == 1 ? null : Double.isNaN(y) ? "missing" : y + ", a binary one must be 0 or 1";
    }

    @Override
    public String predicted() {
        return "probability";
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
    public double deviance(double y, double mean) {
        return -2 * Elementary.log(probability(y, mean));
    }

    @Override
    public double devianceSlope(double y, double mean) {
        return (y == 1 ? -2 : 2) / probability(y, mean);
    }

    /** Of y. */
    private static double probability(double y, double mean) {
        return Math.min(1 - 1e-15, Math.max(1e-15, y == 1 ? mean : 1 - mean));
    }
}
