package intarsia.models.response;

import intarsia.linalg.Elementary;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** What responses that are one of several levels have in common: their codes, and the score of predicted probabilities. */
final class LevelShares {
    private LevelShares() {}

    static List<String> checked(List<String> levels) {
        if (levels.size() < 2 || new HashSet<>(levels).size() < levels.size()) {
            throw new IllegalArgumentException("levels " + levels + ": two at least, none twice");
        }
        return List.copyOf(levels);
    }

    static String problem(double y, List<String> levels) {
        return y >= 0 && y < levels.size() && y == Math.rint(y) ? null
                : Double.isNaN(y) ? "missing" : y + ", which is not the code of one of the levels " + levels;
    }

    /** The share of each level; where one was not seen, half a row of each is added. */
    static double[] of(double[] responses, int levels) {
        double[] shares = new double[levels];
        for (double y : responses) {
            shares[(int) y]++;
        }
        double more = Arrays.stream(shares).anyMatch(count -> count == 0) ? 0.5 : 0;
        for (int k = 0; k < levels; k++) {
            shares[k] = (shares[k] + more) / (responses.length + levels * more);
        }
        return shares;
    }

    static double deviance(double y, double[] predicted, int from) {
        return -2 * Elementary.log(probability(y, predicted, from));
    }

    static void slopes(double y, double[] predicted, int from, double[] slopes, int to, int levels) {
        Arrays.fill(slopes, to, to + levels, 0);
        slopes[to + (int) y] = -2 / probability(y, predicted, from);
    }

    private static double probability(double y, double[] predicted, int from) {
        return Math.min(1 - ResponseFamily.LEAST, Math.max(ResponseFamily.LEAST, predicted[from + (int) y]));
    }
}
