package intarsia.models.dual;

import intarsia.linalg.Precision;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import java.util.Arrays;
import java.util.List;

/** Coefficients as weights of the network, and back. */
final class Heads {
    static final String CENTERS = "centers";

    private Heads() {}

    /**
     * Coefficients as weights.
     *
     * @param widths how long each task's alpha is; what is beyond is padding
     */
    static Weights weights(Coefficients at, List<String> tasks, List<Integer> widths, Precision precision) {
        Weights weights = Weights.NONE;
        for (int r = 0; r < at.tasks(); r++) {
            String head = DualNetwork.head(tasks.get(r));
            weights = weights.and(head + "/own", column(Arrays.copyOf(at.taskSpecific()[r], widths.get(r)), precision))
                    .and(head + "/shared", column(at.shared()[r], precision))
                    .and(head + "/intercept", Tensor.vector(at.intercepts()[r]).to(precision));
        }
        return at.centers().length == 0 ? weights : weights.and(CENTERS, Tensor.matrix(at.centers()).to(precision));
    }

    private static Tensor column(double[] values, Precision precision) {
        return Tensor.of(Shape.of(values.length, 1), values).to(precision);
    }

    /** The coefficients that weights hold. */
    static Coefficients coefficients(Weights weights, List<String> tasks, List<Integer> clusters) {
        double[][] specific = new double[tasks.size()][];
        double[][] shared = new double[tasks.size()][];
        double[] intercepts = new double[tasks.size()];
        for (int r = 0; r < tasks.size(); r++) {
            String head = DualNetwork.head(tasks.get(r));
            specific[r] = weights.get(head + "/own").toDoubles();
            shared[r] = weights.get(head + "/shared").toDoubles();
            intercepts[r] = weights.get(head + "/intercept").at(0);
        }
        double[][] centers = clusters.isEmpty() ? new double[0][] : weights.get(CENTERS).toRows();
        return new Coefficients(specific, intercepts, shared, centers, clusters.stream().mapToInt(Integer::intValue).toArray());
    }
}
