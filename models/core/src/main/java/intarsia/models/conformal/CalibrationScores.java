package intarsia.models.conformal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Scores of a task's rows, each predicted by a model that had not seen it.
 *
 * @param about    what its response is called; empty where that is the only one
 * @param spread   what distances of the task's responses are divided by where the model gives no deviation
 * @param scores   one a row; a row that was held out several times has several
 * @param weights  how much each counts; those of a row add up to its own weight, 1 for most
 * @param censored the places of scores that are lower bounds only
 * @param entries  where each row has entered; empty if all have from the beginning
 */
public record CalibrationScores(String about, double spread, double[] scores, double[] weights, int[] censored, double[] entries) {
    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if they do not fit each other
     */
    public CalibrationScores {
        Objects.requireNonNull(about);
        scores = scores.clone();
        weights = weights.clone();
        censored = censored.clone();
        entries = entries.clone();
        int rows = scores.length;
        if (!(spread > 0 && spread < Double.POSITIVE_INFINITY) || weights.length != rows || entries.length != 0 && entries.length != rows
                || Arrays.stream(censored).anyMatch(row -> row < 0 || row >= rows) || !within(scores, Double.POSITIVE_INFINITY)
                || !within(weights, Double.MAX_VALUE) || !within(entries, Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("calibration scores: spread " + spread + ", " + rows + " scores, " + weights.length
                    + " weights, " + entries.length + " entries; must fit each other, and none be below 0");
        }
    }

    private static boolean within(double[] numbers, double most) {
        return Arrays.stream(numbers).allMatch(number -> number >= 0 && number <= most);
    }

    /** Of a task without calibration rows. */
    static CalibrationScores none(String about, double spread) {
        return new CalibrationScores(about, spread, new double[0], new double[0], new int[0], new double[0]);
    }

    /** In an order that does not depend on that of the rows. */
    static CalibrationScores of(String about, double spread, List<ScoreDistribution.Weighted> rows) {
        List<ScoreDistribution.Weighted> sorted = rows.stream().sorted(ScoreDistribution.Weighted.ORDER).toList();
        double[] entries = sorted.stream().mapToDouble(row -> row.score().entry()).toArray();
        List<Integer> censored = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            if (!sorted.get(i).score().seen()) {
                censored.add(i);
            }
        }
        return new CalibrationScores(about, spread, sorted.stream().mapToDouble(row -> row.score().value()).toArray(),
                sorted.stream().mapToDouble(ScoreDistribution.Weighted::weight).toArray(),
                censored.stream().mapToInt(Integer::intValue).toArray(),
                Arrays.stream(entries).allMatch(entry -> entry == 0) ? new double[0] : entries);
    }

    /** How many rows there are, a row of weight 2 counted twice. */
    double rows() {
        return Arrays.stream(weights).sum();
    }

    /** Its rows, each counting so many times its weight. */
    List<ScoreDistribution.Weighted> times(double factor) {
        boolean[] bound = new boolean[scores.length];
        Arrays.stream(censored).forEach(row -> bound[row] = true);
        List<ScoreDistribution.Weighted> rows = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            rows.add(new ScoreDistribution.Weighted(new RowScore(scores[i], !bound[i], entries.length == 0 ? 0 : entries[i],
                    Double.POSITIVE_INFINITY), factor * weights[i]));
        }
        return rows;
    }
}
