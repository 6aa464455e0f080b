package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import java.util.List;

/**
 * One of several named classes without an order: multinomial, softmax of a linear predictor for each class.
 *
 * @param levels the classes' names, two at least; a response is the place of its class among them
 */
public record Classes(List<String> levels) implements LevelResponse {
    /** Copies and checks. */
    public Classes {
        levels = LevelResponse.checked(levels);
    }

    @Override
    public String key() {
        return "classes";
    }

    @Override
    public int predictors() {
        return levels.size();
    }

    @Override
    public Likelihood likelihood() {
        return Likelihood.SOFTMAX;
    }

    /** 1 at the class, 0 at the others. */
    @Override
    public void encode(double[] y, int at, ResponseBaseline baseline, double[] learned, int to) {
        for (int k = 0; k < levels.size(); k++) {
            learned[to + k] = k == y[at] ? 1 : 0;
        }
    }

    @Override
    public Node respond(Node eta, ResponseBaseline baseline) {
        return eta.softmax();
    }

    @Override
    public void respond(double[] eta, int from, ResponseBaseline baseline, double[] predicted, int to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < levels.size(); k++) {
            largest = Math.max(largest, eta[from + k]);
        }
        double sum = 0;
        for (int k = 0; k < levels.size(); k++) {
            predicted[to + k] = Elementary.exp(eta[from + k] - largest);
            sum += predicted[to + k];
        }
        for (int k = 0; k < levels.size(); k++) {
            predicted[to + k] /= sum;
        }
    }

    /** Logarithms of probabilities, less their mean: linear predictors that sum to 0. */
    @Override
    public void linear(double[] predicted, int from, double[] eta, int to) {
        double mean = 0;
        for (int k = 0; k < levels.size(); k++) {
            eta[to + k] = Elementary.log(Math.max(LEAST, predicted[from + k]));
            mean += eta[to + k] / levels.size();
        }
        for (int k = 0; k < levels.size(); k++) {
            eta[to + k] -= mean;
        }
    }

    @Override
    public String linearScale() {
        return "log probability, less the mean over classes";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.AUC, Metric.LOG_LOSS, Metric.ACCURACY, Metric.MACRO_F1);
    }
}
