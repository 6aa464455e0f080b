package intarsia.models;

import intarsia.linalg.Engine;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a fit gives: values only, so that it can be written down and read back. Immutable. */
public interface Model extends Predictor {
    /** What it was fitted for, in the order of their names: each task's name with what is known of its response. */
    Map<String, ResponseFamily> responses();

    /** The sources that it reads of some task. */
    List<Source> sources();

    /** The sources without which a row of any task cannot be predicted. */
    List<Source> requiredSources();

    /**
     * The model on an engine, its plans compiled once: for predicting often.
     *
     * @return closable, before the engine is; its predictions have the same bits as this model's
     */
    BoundModel bind(Engine engine);

    /** All values, for saving. */
    ModelState state();

    /** What was chosen for it by tuning or given by options, name by name, for people. */
    Map<String, String> hyperparameters();

    /** What becomes of a single cell that is missing in a row with others of its source, for people: a sentence without its full stop. */
    default String missingCells() {
        return "the task's mean stands in";
    }

    /** The same of several models, of which any may be asked. */
    static String missingCells(Stream<? extends Model> models) {
        return models.map(Model::missingCells).distinct().sorted().collect(Collectors.joining(", or "));
    }

    /** What it says of tasks and columns beyond predictions, as tables and matrices; the data are those it was fitted on. */
    default List<Finding> findings(TaskSet data) {
        return List.of();
    }

    /** The names of its tasks. */
    default List<String> tasks() {
        return List.copyOf(responses().keySet());
    }

    /**
     * What is known of a task's response.
     *
     * @throws DataException if there is no such task
     */
    default ResponseFamily response(String task) {
        ResponseFamily response = responses().get(task);
        if (response == null) {
            throw new DataException("no task '" + task + "'; the model has " + String.join(", ", tasks()));
        }
        return response;
    }

    /** Predicts a batch of rows with an engine of its own, at the precision of the weights; {@link #bind} for more than a few calls. */
    @Override
    default double[] predict(String task, Observations rows) {
        try (Engine engine = Engine.options().precision(state().precision()).open(); BoundModel bound = bind(engine)) {
            return bound.predict(task, rows);
        }
    }
}
