package intarsia.models.response;

import intarsia.linalg.Elementary;
import java.util.List;

/**
 * One of several named classes without an order: multinomial, softmax of a linear predictor for each class.
 *
 * @param levels the classes' names, two at least; a response is the place of its class among them
 */
public record Classes(List<String> levels) implements ResponseFamily {
    /** Copies and checks. */
    public Classes {
        levels = LevelShares.checked(levels);
    }

    @Override
    public String key() {
        return "classes";
    }

    @Override
    public int width() {
        return levels.size();
    }

    @Override
    public int predictors() {
        return levels.size();
    }

    @Override
    public List<String> predicted() {
        return levels.stream().map(level -> "probability of " + level).toList();
    }

    @Override
    public String problem(double[] y, int at) {
        return LevelShares.problem(y[at], levels);
    }

    @Override
    public int stratum(double[] y, int at) {
        return (int) y[at];
    }

    @Override
    public int strata() {
        return levels.size();
    }

    @Override
    public double[] expected(double[] responses) {
        return LevelShares.of(responses, levels.size());
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

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.AUC, Metric.LOG_LOSS, Metric.ACCURACY, Metric.MACRO_F1);
    }

    @Override
    public Metric chosenBy() {
        return Metric.LOG_LOSS;
    }

    @Override
    public double deviance(double[] y, int at, double[] predicted, int from) {
        return LevelShares.deviance(y[at], predicted, from);
    }

    @Override
    public void devianceSlopes(double[] y, int at, double[] predicted, int from, double[] slopes, int to) {
        LevelShares.slopes(y[at], predicted, from, slopes, to, levels.size());
    }
}
