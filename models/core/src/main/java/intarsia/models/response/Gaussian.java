package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.optim.solve.Family;
import java.util.Arrays;
import java.util.List;

/**
 * A quantity on a scale: squared error, identity link.
 *
 * @param hasOffset whether a response is followed by its offset, what is known of it: models learn what it lies above that
 */
public record Gaussian(boolean hasOffset) implements ResponseFamily {
    @Override
    public int columns() {
        return hasOffset ? 2 : 1;
    }

    @Override
    public ResponseFamily withoutOffset() {
        return CONTINUOUS;
    }

    @Override
    public double offset(double[] y, int at) {
        return hasOffset ? y[at + 1] : 0;
    }

    @Override
    public void addOffset(double[] y, int at, double[] predicted, int from) {
        predicted[from] += offset(y, at);
    }

    /** What the offset does not tell. */
    private double rest(double[] y, int at) {
        return hasOffset ? y[at] - y[at + 1] : y[at];
    }

    @Override
    public String key() {
        return "continuous";
    }

    @Override
    public List<String> predicted() {
        return List.of(hasOffset ? "prediction at offset 0" : "prediction");
    }

    @Override
    public String problem(double[] y, int at) {
        if (!Double.isFinite(y[at])) {
            return Double.isNaN(y[at]) ? "missing" : Double.toString(y[at]);
        }
        return Double.isFinite(offset(y, at)) ? null : "given with an offset of " + offset(y, at) + ", which must be a number";
    }

    @Override
    public boolean standardized() {
        return true;
    }

    @Override
    public double[] expected(double[] responses, double[] weights) {
        double all = Arrays.stream(weights).sum();
        double mean = 0;
        for (int i = 0; i < weights.length; i++) {
            mean += rest(responses, i * columns()) / all * weights[i];
        }
        return new double[] {mean};
    }

    @Override
    public void encode(double[] y, int at, ResponseBaseline baseline, double[] learned, int to) {
        learned[to] = rest(y, at);
    }

    @Override
    public Likelihood likelihood() {
        return Likelihood.SQUARED_ERROR;
    }

    @Override
    public Node respond(Node eta, ResponseBaseline baseline) {
        return eta;
    }

    @Override
    public void respond(double[] eta, int from, ResponseBaseline baseline, double[] predicted, int to) {
        predicted[to] = eta[from];
    }

    @Override
    public void linear(double[] predicted, int from, double[] eta, int to) {
        eta[to] = predicted[from];
    }

    @Override
    public String linearScale() {
        return "the response's own unit";
    }

    @Override
    public Family glm() {
        return Family.GAUSSIAN;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.RMSE, Metric.MAE, Metric.R2);
    }

    @Override
    public Metric chosenBy() {
        return Metric.RMSE;
    }

    @Override
    public double deviance(double[] y, int at, double[] predicted, int from) {
        return (rest(y, at) - predicted[from]) * (rest(y, at) - predicted[from]);
    }

    @Override
    public void devianceSlopes(double[] y, int at, double[] predicted, int from, double[] slopes, int to) {
        slopes[to] = 2 * (predicted[from] - rest(y, at));
    }
}
