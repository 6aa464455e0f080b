package intarsia.models;

import intarsia.models.data.Observations;

/** What knows how far a row's response may be from its prediction. */
public interface PredictsDeviations {
    /**
     * The standard deviation of each row's response, given the model: noise, and what is not known of the mean. Of quantities only.
     *
     * @throws intarsia.models.data.DataException if there is no such task, its responses are no quantities, or the rows lack a source that
     *                                            the model needs
     */
    double[] deviations(String task, Observations rows);
}
