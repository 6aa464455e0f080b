package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.optim.solve.NegativeBinomial;
import java.util.List;

/**
 * A number of events, 0, 1, 2, ...: Poisson, log link, or negative binomial where a task's numbers are overdispersed. A response is the
 * number, or the number and the exposure in which the events were counted: person-years, an area. Predictions are rates per unit of
 * exposure; the expected number is the rate times the exposure, and the variance {@code mean + dispersion mean^2}.
 *
 * @param exposure whether a response says its exposure; 1 otherwise
 */
public record Count(boolean exposure) implements ResponseFamily {
    /** A rate cannot be 0 where events are expected. */
    static final double LEAST_RATE = 1e-300;

    /** The dispersion that stands for none. */
    private static final double LEAST_DISPERSION = 0x1p-60;

    @Override
    public String key() {
        return "count";
    }

    @Override
    public int columns() {
        return exposure ? 2 : 1;
    }

    @Override
    public boolean hasOffset() {
        return exposure;
    }

    @Override
    public ResponseFamily withoutOffset() {
        return new Count(false);
    }

    /** The logarithm of the exposure. */
    @Override
    public double offset(double[] y, int at) {
        return exposure ? Elementary.log(y[at + 1]) : 0;
    }

    /** The number expected, of a rate. */
    @Override
    public void addOffset(double[] y, int at, double[] predicted, int from) {
        predicted[from] *= exposure(y, at);
    }

    @Override
    public List<String> predicted() {
        return List.of(exposure ? "rate" : "expected");
    }

    @Override
    public String problem(double[] y, int at) {
        if (!(y[at] >= 0 && y[at] <= Integer.MAX_VALUE && y[at] == Math.rint(y[at]))) {
            return Double.isNaN(y[at]) ? "missing" : y[at] + ", a count must be 0, 1, 2, ...";
        }
        double of = exposure(y, at);
        return of > 0 && of < Double.POSITIVE_INFINITY ? null : "counted in an exposure of " + of + ", which must be above 0";
    }

    private double exposure(double[] y, int at) {
        return exposure ? y[at + 1] : 1;
    }

    @Override
    public double[] expected(double[] responses, double[] weights) {
        double events = 0;
        double time = 0;
        for (int i = 0; i < weights.length; i++) {
            events += weights[i] * responses[i * columns()];
            time += weights[i] * exposure(responses, i * columns());
        }
        return new double[] {(events == 0 ? 0.5 : events) / (time == 0 ? 1 : time)};
    }

    @Override
    public Likelihood likelihood() {
        return Likelihood.NEGATIVE_BINOMIAL;
    }

    /**
     * The rate of events, and the dispersion: the most probable one where it is significant ({@link NegativeBinomial#overdispersed}),
     * else 0.
     */
    @Override
    public ResponseBaseline baseline(double[] responses, double[] weights, double[] eta) {
        double[] given = new double[2 * eta.length];
        for (int i = 0; i < eta.length; i++) {
            given[2 * i] = responses[i * columns()];
            given[2 * i + 1] = exposure(responses, i * columns()) * Elementary.exp(eta[i]);
        }
        double rate = new Count(true).expected(given, weights)[0];
        double[] counts = new double[eta.length];
        double[] means = new double[eta.length];
        for (int i = 0; i < eta.length; i++) {
            counts[i] = given[2 * i];
            means[i] = rate * given[2 * i + 1];
        }
        return baseline(rate, NegativeBinomial.overdispersed(counts, means, weights)
                ? NegativeBinomial.dispersion(counts, means, weights) : 0);
    }

    /** Of events with this rate and dispersion. */
    public static ResponseBaseline baseline(double rate, double dispersion) {
        return new ResponseBaseline(List.of(), List.of(rate, dispersion));
    }

    /** The dispersion; 0 where counts are not overdispersed. */
    public static double dispersion(ResponseBaseline baseline) {
        return baseline.values().getLast();
    }

    @Override
    public void check(ResponseBaseline baseline) {
        if (baseline == null || !baseline.at().isEmpty() || baseline.values().size() != 2 || !(baseline.values().getFirst() > 0)
                || !(baseline.values().getLast() >= 0)) {
            throw new IllegalArgumentException("the baseline of a count is a rate above 0 and a dispersion, not " + baseline);
        }
    }

    /** The count, the number expected of a row with linear predictor 0, and the dispersion. */
    @Override
    public void encode(double[] y, int at, ResponseBaseline baseline, double[] learned, int to) {
        learned[to] = y[at];
        learned[to + 1] = baseline.values().getFirst() * exposure(y, at);
        learned[to + 2] = Math.max(LEAST_DISPERSION, dispersion(baseline));
    }

    @Override
    public Node respond(Node eta, ResponseBaseline baseline) {
        return eta.exp().times(baseline.values().getFirst());
    }

    @Override
    public void respond(double[] eta, int from, ResponseBaseline baseline, double[] predicted, int to) {
        predicted[to] = baseline.values().getFirst() * Elementary.exp(eta[from]);
    }

    @Override
    public void linear(double[] predicted, int from, double[] eta, int to) {
        eta[to] = Elementary.log(Math.max(LEAST_RATE, predicted[from]));
    }

    @Override
    public String linearScale() {
        return exposure ? "log rate" : "log of the expected number";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.DEVIANCE, Metric.LOG_SCORE, Metric.MAE);
    }

    @Override
    public Metric chosenBy() {
        return Metric.DEVIANCE;
    }

    /** {@code 2 (y log(y / mean) - y + mean)}. */
    @Override
    public double deviance(double[] y, int at, double[] predicted, int from) {
        double mean = Math.max(LEAST_RATE, predicted[from] * exposure(y, at));
        return 2 * ((y[at] == 0 ? 0 : y[at] * Elementary.log(y[at] / mean)) - y[at] + mean);
    }

    @Override
    public void devianceSlopes(double[] y, int at, double[] predicted, int from, double[] slopes, int to) {
        slopes[to] = predicted[from] * exposure(y, at) < LEAST_RATE ? 0 : 2 * (exposure(y, at) - y[at] / predicted[from]);
    }
}
