package intarsia.models;

import intarsia.models.data.Observations;

/** What tells how much of a prediction all tasks share: an ability of a {@link BoundModel}. */
public interface SharedPredictor extends Predictor {
    /** Whether it does for a task: a mixture does where one of its models does, what has a model for each response
     * where that model does. */
    default boolean tellsShared(String task) {
        return true;
    }

    /**
     * Predictions of rows, each with its shared part alone.
     *
     * @param whole  as {@link #predict} gives them
     * @param shared what would be predicted with the task's own part left out of the linear predictor, in the same form
     */
    record Both(double[] whole, double[] shared) {}

    /**
     * Predictions, and what is left of them without the task's own part:
     *
     * <pre>
     * regression                nothing is shared: the intercept alone; pooled, everything is
     * MTL-HMB                   what goes through the shared path, the shared head and the shared coefficients
     * dual encoder              what is read from the shared encoder
     * Gaussian process          the posterior mean of the shared function, with the variance of the whole
     * TenMTL, personal models   the mean of the tasks' coefficients
     * a mixture                 the mixture of these; of a model that does not tell, what it predicts where nothing was measured
     * </pre>
     *
     * @throws IllegalArgumentException if it does not tell of the task
     */
    Both predictBoth(String task, Observations rows);
}
