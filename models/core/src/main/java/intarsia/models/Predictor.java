package intarsia.models;

import intarsia.models.data.Observations;

/** What predicts responses of rows. A row's prediction does not depend on the other rows. */
public interface Predictor {
    /**
     * For each row, the predicted response of a task: its mean, or the probability of 1 if it is binary.
     *
     * @throws intarsia.models.data.DataException if there is no such task, or the rows lack a source that the model needs
     */
    double[] predict(String task, Observations rows);
}
