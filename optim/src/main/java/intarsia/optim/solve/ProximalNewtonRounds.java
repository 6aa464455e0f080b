package intarsia.optim.solve;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Rounds of {@link ProximalNewtonStep}s, one linear predictor after the other. Each has a model of its own, kept from round to round and
 * from penalty to penalty for as long as the curvatures of the rows are near those it was made with (ours).
 */
final class ProximalNewtonRounds {
    /** Beyond so many columns no Gram matrix is kept. */
    static final int LARGEST_GRAM = 2048;

    private final SparsePoint point;
    private final GramQuadratic[] models;
    /** The last steps, of coefficients and intercepts. */
    private final double[][] steps;
    private double[] shifts;

    ProximalNewtonRounds(SparsePoint point) {
        this.point = point;
        this.models = IntStream.range(0, point.outputs).mapToObj(k -> new GramQuadratic(point.design, point.loss.intercepts()))
                .toArray(GramQuadratic[]::new);
        this.steps = new double[point.outputs][point.design.columns];
    }

    /** Whether the model is the loss itself, up to a constant. */
    boolean exact() {
        return point.outputs == 1 && models[0].drift(point.curvatures(0)) == 0;
    }

    /**
     * A step of each linear predictor; false if none lowers the objective any more.
     *
     * @param within the tolerance of the models' minima
     * @param drift  how far curvatures may be from those of a model
     * @param lead   where the coefficients of the only linear predictor are expected to go; null if that is not known
     */
    boolean take(ScreenedProblem problem, double within, double drift, double[] lead) {
        boolean moved = false;
        shifts = new double[point.c().length];
        for (int k = 0; k < models.length; k++) {
            UnaryOperator<double[]> between = point.loss.between(point.eta());
            double[] curvatures = point.curvatures(k);
            if (models[k].drift(curvatures) > drift || models[k].count() > LARGEST_GRAM) {
                models[k].begin(curvatures, between);
            }
            ProximalNewtonStep step = new ProximalNewtonStep(problem, k, problem.working(k, models[k]), models[k]);
            if (lead != null) {
                step.lead(lead);
            }
            step.minimize(within);
            moved |= step.search(steps[k], shifts);
        }
        return moved;
    }

    /** The last steps of coefficients [q x p], as long as the models had them. */
    double[][] steps() {
        return steps;
    }

    /** The last steps of intercepts [m]. */
    double[] shifts() {
        return shifts;
    }
}
