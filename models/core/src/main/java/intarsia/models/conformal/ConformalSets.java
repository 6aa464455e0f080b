package intarsia.models.conformal;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.UncertainPredictor;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;

/** Prediction sets of one level. May be used by several threads at once. */
public final class ConformalSets {
    private final Conformal conformal;
    private final double level;
    private final Map<String, ScoreDistribution> pools;

    ConformalSets(Conformal conformal, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + ": must lie between 0 and 1, such as 0.9");
        }
        this.conformal = conformal;
        this.level = level;
        pools = BorrowedScores.pools(conformal.tasks().values());
    }

    /** The share of responses that sets are to hold. */
    public double level() {
        return level;
    }

    /**
     * Sets of rows of a task.
     *
     * @param bound the model on an engine; its predictions are what sets stand around
     * @throws DataException if there is no such task, or the rows lack a source that the model needs
     */
    public List<PredictionSet> sets(Model model, BoundModel bound, String task, Observations rows) {
        ResponseFamily family = model.response(task);
        return sets(family, task, bound.predict(task, rows), deviations(bound, family, task, rows));
    }

    /** The same with an engine of its own. */
    public List<PredictionSet> sets(Model model, String task, Observations rows) {
        try (Engine engine = Engine.options().precision(model.state().precision()).open(); BoundModel bound = model.bind(engine)) {
            return sets(model, bound, task, rows);
        }
    }

    /**
     * Sets around predictions.
     *
     * @param predicted  what the model predicts of each row
     * @param deviations its standard deviations; empty unless scores are divided by them
     */
    public List<PredictionSet> sets(ResponseFamily family, String task, double[] predicted, double[] deviations) {
        return scores(family, task).sets(predicted, checked(family, deviations, predicted.length / family.width()), range(family, task));
    }

    /** The model's standard deviations where scores are divided by them; else none. */
    public double[] deviations(BoundModel bound, ResponseFamily family, String task, Observations rows) {
        boolean used = conformal.deviations() && Nonconformity.of(family).spread();
        return used ? UncertainPredictor.of(bound, task).map(sure -> sure.deviations(task, rows)).orElse(new double[0]) : new double[0];
    }

    private double[] checked(ResponseFamily family, double[] deviations, int rows) {
        boolean used = conformal.deviations() && Nonconformity.of(family).spread();
        if (used && deviations.length != rows) {
            throw new IllegalArgumentException("scores were divided by the model's deviations: " + deviations.length
                    + " of them for " + rows + " rows");
        }
        return used ? deviations : new double[0];
    }

    TaskScores scores(ResponseFamily family, String task) {
        return new TaskScores(family, scores(task).spread());
    }

    private CalibrationScores scores(String task) {
        CalibrationScores scores = conformal.tasks().get(task);
        if (scores == null) {
            throw new DataException("there are no calibration scores of task '" + task + "', but of "
                    + String.join(", ", conformal.tasks().keySet()));
        }
        return scores;
    }

    /** The scores of responses that belong to sets of a task. */
    public ScoreRange range(ResponseFamily family, String task) {
        boolean twoSided = Nonconformity.of(family).twoSided();
        double tail = twoSided ? (1 - level) / 2 : 1 - level;
        BorrowedScores scores = BorrowedScores.of(ScoreDistribution.of(scores(task).times(1)), pools.get(scores(task).about()), tail);
        return new ScoreRange(twoSided ? scores.lowest(tail) : 0, scores.highest(1 - tail));
    }
}
