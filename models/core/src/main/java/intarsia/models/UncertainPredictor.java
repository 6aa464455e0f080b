package intarsia.models;

import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import java.util.Optional;

/** What tells how sure it is of a linear predictor, and how far a quantity may be from it: an ability of a {@link BoundModel}. */
public interface UncertainPredictor extends Predictor {
    /** Whether it does for a task: what has a model for each response does where that model does. */
    default boolean tellsUncertainty(String task) {
        return true;
    }

    /** What predicts, where it tells of a task. */
    static Optional<UncertainPredictor> of(Predictor predictor, String task) {
        return predictor instanceof UncertainPredictor sure && sure.tellsUncertainty(task) ? Optional.of(sure) : Optional.empty();
    }

    /** The deviations of rows of a task by what may know them; empty where it does not, or the task's responses are no quantities. */
    static double[] deviations(Predictor predictor, Task task, Observations rows) {
        return task.family().standardized() ? of(predictor, task.name()).map(sure -> sure.deviations(task.name(), rows))
                .orElse(new double[0]) : new double[0];
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

    /**
     * The standard deviation of each row's response, given the model: noise, and what is not known of the mean. Of quantities only.
     *
     * @throws intarsia.models.data.DataException if there is no such task, its responses are no quantities, or the rows lack a source that
     *                                            the model needs
     */
    double[] deviations(String task, Observations rows);
}
