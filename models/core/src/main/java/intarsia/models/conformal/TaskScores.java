package intarsia.models.conformal;

import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Scores and sets of a task's rows.
 *
 * @param family of its responses
 * @param spread what distances are divided by where there are no deviations
 */
record TaskScores(ResponseFamily family, double spread) {
    /** Whether scores of any of these families are in units of a spread. */
    static boolean spread(Collection<ResponseFamily> families) {
        return families.stream().anyMatch(family -> Nonconformity.of(family).spread());
    }

    /**
     * A score for each row.
     *
     * @param deviations standard deviations by the model; empty where it gives none
     */
    List<RowScore> of(double[] responses, double[] predicted, double[] deviations) {
        Nonconformity score = Nonconformity.of(family);
        List<RowScore> scores = new ArrayList<>();
        for (int i = 0; i * family.columns() < responses.length; i++) {
            scores.add(score.score(responses, i * family.columns(), predicted, i * family.width(), spread(deviations, i)));
        }
        return scores;
    }

    /** A set for each row. */
    List<PredictionSet> sets(double[] predicted, double[] deviations, ScoreRange range) {
        Nonconformity score = Nonconformity.of(family);
        List<PredictionSet> sets = new ArrayList<>();
        for (int i = 0; i * family.width() < predicted.length; i++) {
            sets.add(score.set(predicted, i * family.width(), spread(deviations, i), range));
        }
        return sets;
    }

    /** The set of one row. */
    PredictionSet set(double[] predicted, double[] deviation, ScoreRange range) {
        return sets(predicted, deviation, range).getFirst();
    }

    private double spread(double[] deviations, int row) {
        return deviations.length == 0 ? spread : Math.max(deviations[row], Double.MIN_NORMAL);
    }
}
