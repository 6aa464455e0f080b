package intarsia.models;

import intarsia.models.data.Observations;

/** A fitted model that predicts. */
public interface Predictor {
    /**
     * For each row, the predicted response of a task: its mean, or the probability of 1 if it is binary.
     *
     * @throws intarsia.models.data.DataException if the rows lack a source that the model needs
     */
    double[] predict(String task, Observations rows);
}
