package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.optim.solve.Family;
import java.util.Arrays;
import java.util.List;

/** A quantity on a scale: squared error, identity link. */
public record Gaussian() implements ResponseFamily {
    @Override
    public String key() {
        return "continuous";
    }

    @Override
    public List<String> predicted() {
        return List.of("prediction");
    }

    @Override
    public String problem(double[] y, int at) {
        return Double.isFinite(y[at]) ? null : Double.isNaN(y[at]) ? "missing" : Double.toString(y[at]);
    }

    @Override
    public boolean standardized() {
        return true;
    }

    @Override
    public double[] expected(double[] responses, double[] weights) {
        double all = Arrays.stream(weights).sum();
        double mean = 0;
        for (int i = 0; i < responses.length; i++) {
            mean += responses[i] / all * weights[i];
        }
        return new double[] {mean};
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
        return (y[at] - predicted[from]) * (y[at] - predicted[from]);
    }

    @Override
    public void devianceSlopes(double[] y, int at, double[] predicted, int from, double[] slopes, int to) {
        slopes[to] = 2 * (predicted[from] - y[at]);
    }
}
