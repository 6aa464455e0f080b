package intarsia.models.reduction;

import intarsia.models.AdditivePredictor;
import intarsia.models.BoundModel;
import intarsia.models.SharedPredictor;
import intarsia.models.UncertainPredictor;
import intarsia.models.data.Observations;
import java.util.Map;

/**
 * Models of some of the responses each, on an engine: of a task it says what the task's model says.
 *
 * @param model knows which that is
 * @param bound the models, by name
 */
record BoundApart(ApartModel model, Map<String, BoundModel> bound) implements BoundModel, SharedPredictor, UncertainPredictor,
        AdditivePredictor {
    private BoundModel of(String task) {
        return bound.get(model.nameOf(task));
    }

    @Override
    public double[] predict(String task, Observations rows) {
        return of(task).predict(task, rows);
    }

    @Override
    public boolean tellsShared(String task) {
        return of(task) instanceof SharedPredictor tells && tells.tellsShared(task);
    }

    @Override
    public Both predictBoth(String task, Observations rows) {
        if (of(task) instanceof SharedPredictor tells) {
            return tells.predictBoth(task, rows);
        }
        throw new IllegalArgumentException("the model of task '" + task + "' does not tell what is shared");
    }

    @Override
    public boolean tellsUncertainty(String task) {
        return UncertainPredictor.of(of(task), task).isPresent();
    }

    private UncertainPredictor sure(String task) {
        return UncertainPredictor.of(of(task), task).orElseThrow(() -> new IllegalArgumentException("the model of task '" + task
                + "' does not tell how sure it is"));
    }

    @Override
    public Linear linear(String task, Observations rows) {
        return sure(task).linear(task, rows);
    }

    @Override
    public double[] deviations(String task, Observations rows) {
        return sure(task).deviations(task, rows);
    }

    @Override
    public boolean additive(String task) {
        return AdditivePredictor.is(of(task), task);
    }

    @Override
    public void close() {
        bound.values().forEach(BoundModel::close);
    }
}
