package intarsia.models;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.models.data.CellNodes;
import intarsia.models.data.DataException;
import intarsia.models.data.Source;
import java.util.Map;

/**
 * A model whose predictions can be recorded into a graph, from cells as they come to what {@link Model#predict} gives. What is recorded
 * holds all learned numbers as constants: it can be differentiated, run by a plan, or written down for another engine.
 */
public interface RecordsPredictions extends Model {
    /**
     * Records the predictions for rows of a task. They are those of {@link #predict} up to rounding. The graph holds the same ops whatever
     * the number of rows, which is the first size of every node that depends on the cells.
     *
     * @param cells of each of {@link #sources}; a source that a row lacks is one without known cells
     * @return rows x {@link intarsia.models.response.ResponseFamily#width}
     * @throws DataException if there is no such task
     */
    Node record(Graph graph, String task, Map<Source, CellNodes> cells);

    /** Whether this one's can: of a model of models, all have to. */
    default boolean recordsPredictions() {
        return true;
    }

    /** Whether a model's predictions can be recorded. */
    static boolean records(Model model) {
        return model instanceof RecordsPredictions records && records.recordsPredictions();
    }

    /**
     * A model as one that records.
     *
     * @throws DataException if it does not
     */
    static RecordsPredictions of(Model model) {
        if (records(model)) {
            return (RecordsPredictions) model;
        }
        throw new DataException("models of kind " + model.state().kind() + " cannot be written as a graph");
    }
}
