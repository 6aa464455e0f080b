package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import java.util.List;

/**
 * A number of events, 0, 1, 2, ...: Poisson, log link. A response is the number, or the number and the exposure in which the events were
 * counted: person-years, an area. Predictions are rates per unit of exposure; the expected number is the rate times the exposure.
 *
 * @param exposure whether a response says its exposure; 1 otherwise
 */
public record Count(boolean exposure) implements ResponseFamily {
    /** A rate cannot be 0 where events are expected. */
    private static final double LEAST_RATE = 1e-300;

    @Override
    public String key() {
        return "count";
    }

    @Override
    public int columns() {
        return exposure ? 2 : 1;
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
    public double[] expected(double[] responses) {
        double events = 0;
        double time = 0;
        for (int at = 0; at < responses.length; at += columns()) {
            events += responses[at];
            time += exposure(responses, at);
        }
        return new double[] {(events == 0 ? 0.5 : events) / (time == 0 ? 1 : time)};
    }

    @Override
    public Likelihood likelihood() {
        return Likelihood.POISSON;
    }

    @Override
    public ResponseBaseline baseline(double[] responses, double[] eta) {
        double[] weighted = new double[2 * eta.length];
        for (int i = 0; i < eta.length; i++) {
            weighted[2 * i] = responses[i * columns()];
            weighted[2 * i + 1] = exposure(responses, i * columns()) * Elementary.exp(eta[i]);
        }
        return new ResponseBaseline(List.of(), List.of(new Count(true).expected(weighted)[0]));
    }

    @Override
    public void check(ResponseBaseline baseline) {
        if (baseline == null || !baseline.at().isEmpty() || baseline.values().size() != 1 || !(baseline.values().getFirst() > 0)) {
            throw new IllegalArgumentException("the baseline of a count is one rate above 0, not " + baseline);
        }
    }

    /** The count, and the number expected of a row with linear predictor 0. */
    @Override
    public void encode(double[] y, int at, ResponseBaseline baseline, double[] learned, int to) {
        learned[to] = y[at];
        learned[to + 1] = baseline.values().getFirst() * exposure(y, at);
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
    public List<Metric> metrics() {
        return List.of(Metric.DEVIANCE, Metric.MAE);
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
        slopes[to] = 2 * (exposure(y, at) - y[at] / Math.max(LEAST_RATE, predicted[from]));
    }
}
