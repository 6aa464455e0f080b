package intarsia.models;

import intarsia.models.data.Observations;

/** What predicts responses of rows. A row's prediction does not depend on the other rows. */
public interface Predictor {
    /**
     * The predicted responses of rows of a task, row after row: {@link intarsia.models.response.ResponseFamily#width} numbers each, one for
     * most. They are the mean, the probability of 1 or of each level, the rate of events, the probability to survive each time.
     *
     * @throws intarsia.models.data.DataException if there is no such task, or the rows lack a source that the model needs
     */
    double[] predict(String task, Observations rows);
}
