package intarsia.models;

import intarsia.models.data.Observations;

/** What tells how sure it is of a linear predictor: an ability of a {@link BoundModel}. */
public interface UncertainPredictor extends Predictor {
    /** Whether it does for a task: what has a model for each response does where that model does. */
    default boolean tellsUncertainty(String task) {
        return true;
    }

    /**
     * The linear predictors of rows, as normal distributions.
     *
     * @param mean      one a row, in the unit of {@link intarsia.models.response.ResponseFamily#linear}, up to a constant of the task
     * @param deviation standard deviation, without noise
     */
    record Linear(double[] mean, double[] deviation) {}

    /** Of rows of a task. */
    Linear linear(String task, Observations rows);
}
