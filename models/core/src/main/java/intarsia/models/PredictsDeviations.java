package intarsia.models;

import intarsia.models.data.Observations;
import intarsia.models.data.Task;

/** What knows how far a row's response may be from its prediction. */
public interface PredictsDeviations {
    /** Whether it does for a task: what has a model for each response does where that model does. */
    default boolean tellsDeviations(String task) {
        return true;
    }

    /** The deviations of rows of a task by what may know them; empty where it does not, or the task's responses are no quantities. */
    static double[] of(Predictor predictor, Task task, Observations rows) {
        return task.family().standardized() && predictor instanceof PredictsDeviations by && by.tellsDeviations(task.name())
                ? by.deviations(task.name(), rows) : new double[0];
    }

    /**
     * The standard deviation of each row's response, given the model: noise, and what is not known of the mean. Of quantities only.
     *
     * @throws intarsia.models.data.DataException if there is no such task, its responses are no quantities, or the rows lack a source that
     *                                            the model needs
     */
    double[] deviations(String task, Observations rows);
}
