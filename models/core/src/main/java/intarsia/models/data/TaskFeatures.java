package intarsia.models.data;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;

/** What a network reads of one task's rows, and what its linear predictions stand for. */
public interface TaskFeatures {
    /** The task's name. */
    String task();

    /** What is known of its response. */
    ResponseFamily family();

    /** The way from raw cells to features. */
    FeatureEncoding encoding();

    /** The sources that are read, in the order of their features. */
    List<Source> sources();

    /** How many features a row has. */
    default int width() {
        return sources().stream().mapToInt(encoding()::width).sum();
    }

    /**
     * What makes these features of rows, with all names looked up and all plans compiled once.
     *
     * @param engine what computes where features have to be computed; it stays open longer
     */
    RowEncoder bind(Engine engine);

    /**
     * Records these features of rows, {@code rows x width}.
     *
     * @param cells of each source
     */
    Node record(Graph graph, Map<Source, CellNodes> cells);

    /** Records predictions that linear predictors stand for. */
    default Node respond(Node linear) {
        return encoding().response().get(task()).respond(family(), linear);
    }

    /** Predictions that linear predictors stand for, row after row. */
    default double[] respond(double[] linear) {
        return encoding().response().get(task()).respond(family(), linear);
    }
}
