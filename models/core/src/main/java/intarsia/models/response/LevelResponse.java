package intarsia.models.response;

import intarsia.linalg.Elementary;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** One of several named levels: a response is the place of its level among them, a prediction the probability of each. */
public interface LevelResponse extends ResponseFamily {
    /** The names of the levels, two at least. */
    @Override
    List<String> levels();

    @Override
    default int width() {
        return levels().size();
    }

    @Override
    default List<String> predicted() {
        return levels().stream().map(level -> "probability of " + level).toList();
    }

    @Override
    default String problem(double[] y, int at) {
        return y[at] >= 0 && y[at] < width() && y[at] == Math.rint(y[at]) ? null
                : Double.isNaN(y[at]) ? "missing" : y[at] + ", which is not the code of one of the levels " + levels();
    }

    @Override
    default int stratum(double[] y, int at) {
        return (int) y[at];
    }

    @Override
    default int strata() {
        return width();
    }

    /** The share of each level; where one was not seen, half a row of each is added. */
    @Override
    default double[] expected(double[] responses, double[] weights) {
        double[] shares = new double[width()];
        double all = 0;
        for (int i = 0; i < responses.length; i++) {
            shares[(int) responses[i]] += weights[i];
            all += weights[i];
        }
        double more = Arrays.stream(shares).anyMatch(count -> count == 0) ? 0.5 : 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = (shares[k] + more) / (all + shares.length * more);
        }
        return shares;
    }

    @Override
    default Metric chosenBy() {
        return Metric.LOG_LOSS;
    }

    @Override
    default double deviance(double[] y, int at, double[] predicted, int from) {
        return -2 * Elementary.log(probability(predicted[from + (int) y[at]]));
    }

    @Override
    default void devianceSlopes(double[] y, int at, double[] predicted, int from, double[] slopes, int to) {
        Arrays.fill(slopes, to, to + width(), 0);
        double of = predicted[from + (int) y[at]];
        slopes[to + (int) y[at]] = of == probability(of) ? -2 / of : 0;
    }

    private static double probability(double predicted) {
        return Math.min(1 - LEAST, Math.max(LEAST, predicted));
    }

    /** A copy of names of levels. */
    static List<String> checked(List<String> levels) {
        if (levels.size() < 2 || new HashSet<>(levels).size() < levels.size()) {
            throw new IllegalArgumentException("levels " + levels + ": two at least, none twice");
        }
        return List.copyOf(levels);
    }
}
