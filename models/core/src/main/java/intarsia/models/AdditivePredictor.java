package intarsia.models;

/**
 * What is additive in its columns: a linear predictor is a constant of the task and a number for each cell, which depends on no other cell;
 * a missing cell's is that of the task's mean. An ability of a {@link BoundModel}.
 *
 * <pre>
 * eta(x) = b_t + sum_j f_tj(x_j)
 * </pre>
 */
public interface AdditivePredictor extends Predictor {
    /** Whether it is for a task: what has a model for each response is where that model is. */
    default boolean additive(String task) {
        return true;
    }

    /** Whether what predicts is known to be additive for a task. */
    static boolean is(Predictor predictor, String task) {
        return predictor instanceof AdditivePredictor sum && sum.additive(task);
    }
}
