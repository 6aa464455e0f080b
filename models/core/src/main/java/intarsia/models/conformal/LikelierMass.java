package intarsia.models.conformal;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Of levels without an order: the probability of all that are likelier; equally likely ones have the same score.
 *
 * @param levels how many; of two the second's probability is predicted
 */
record LikelierMass(int levels) implements Nonconformity {
    private double probability(double[] predicted, int from, int level) {
        return levels > 2 ? predicted[from + level] : level == 1 ? predicted[from] : 1 - predicted[from];
    }

    private double mass(double[] predicted, int from, int level) {
        double own = probability(predicted, from, level);
        return IntStream.range(0, levels).mapToDouble(k -> probability(predicted, from, k)).filter(p -> p > own).sorted().sum();
    }

    @Override
    public RowScore score(double[] y, int at, double[] predicted, int from, double spread) {
        return RowScore.of(mass(predicted, from, (int) y[at]));
    }

    @Override
    public PredictionSet set(double[] predicted, int from, double spread, ScoreRange range) {
        List<Integer> in = IntStream.range(0, levels).filter(level -> mass(predicted, from, level) <= range.high()).boxed().toList();
        return new PredictionSet.LevelSet(in);
    }
}
