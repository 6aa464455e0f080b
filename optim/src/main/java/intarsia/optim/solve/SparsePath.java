package intarsia.optim.solve;

import intarsia.optim.prox.ElasticNet;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The solver of a {@link SparseModel}, which keeps what one solution has in common with the next.
 *
 * @param newton the solver of its loss
 * @param back   what makes a solution one of the model
 */
record SparsePath(ProximalNewton newton, int columns, UnaryOperator<LinearFit> back) {
    /** Started from coefficients of 0. */
    static SparsePath of(SparseModel model) {
        Design design = Design.of(model.predictors(), model.weights(), true);
        return switch (model) {
            case Cox cox -> new SparsePath(new ProximalNewton(cox.loss(), design), design.columns, fit -> fit);
            case Multinomial all -> {
                int[] seen = all.seen();
                yield new SparsePath(new ProximalNewton(all.ofClasses(seen).loss(), design), design.columns,
                        fit -> all.expanded(fit, seen));
            }
        };
    }

    LinearFit fit(ElasticNet penalty, SolverOptions options) {
        return back.apply(newton.fit(uniform(penalty.l1()), uniform(penalty.l2()), options));
    }

    double largestSlope() {
        return newton.largestSlope();
    }

    private double[] uniform(double weight) {
        double[] uniform = new double[columns];
        Arrays.fill(uniform, weight);
        return uniform;
    }
}
