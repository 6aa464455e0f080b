package intarsia.models.data;

import intarsia.linalg.Engine;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.solve.Family;
import java.util.List;

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

    /** Responses that linear predictions stand for: probabilities of a binary one, else the response's own scale. In place. */
    default double[] respond(double[] linear) {
        Family glm = family().glm();
        Moments response = encoding().response().get(task());
        for (int i = 0; i < linear.length; i++) {
            linear[i] = response.decode(glm.mean(linear[i]));
        }
        return linear;
    }
}
