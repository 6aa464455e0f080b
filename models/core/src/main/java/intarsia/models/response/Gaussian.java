package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.optim.solve.Family;
import java.util.List;

/** A quantity on a scale: squared error, identity link. */
public record Gaussian() implements ResponseFamily {
    @Override
    public String key() {
        return "continuous";
    }

    @Override
    public Family glm() {
        return Family.GAUSSIAN;
    }

    @Override
    public double glmScale() {
        return 0.5;
    }

    @Override
    public Node loss(Node eta, Node y) {
        return eta.minus(y).square();
    }

    @Override
    public Node mean(Node eta) {
        return eta;
    }

    @Override
    public boolean standardized() {
        return true;
    }

    @Override
    public int stratum(double y) {
        return 0;
    }

    @Override
    public double expected(double[] responses) {
        double mean = 0;
        for (double y : responses) {
            mean += y / responses.length;
        }
        return mean;
    }

    @Override
    public String problem(double y) {
        return Double.isFinite(y) ? null : Double.isNaN(y) ? "missing" : Double.toString(y);
    }

    @Override
    public String predicted() {
        return "prediction";
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
    public double deviance(double y, double mean) {
        return (y - mean) * (y - mean);
    }

    @Override
    public double devianceSlope(double y, double mean) {
        return 2 * (mean - y);
    }
}
