package intarsia.optim.solve;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;

/**
 * A solution of a {@link LinearModel}.
 *
 * @param coefficients B [p x q]
 * @param intercepts   c: an intercept a class, summing to 0, of {@link Multinomial}; the increasing thresholds of {@link CumulativeLogit};
 *                     the log hazards of {@link GroupedHazards}, stratum after stratum;
 *                     none of {@link Cox}
 * @param objective    the value reached, penalty included
 * @param gap          how far the objective is above its minimum: after Newton steps an estimate, half of the last step's decrement; with
 *                     an l1 penalty a bound, as in {@link GlmFit#gap}
 * @param iterations   Newton steps
 * @param outcome      how it ended; after {@link SolverOutcome#NO_MINIMUM} the numbers are finite and point where the objective falls
 */
public record LinearFit(Tensor coefficients, double[] intercepts, double objective, double gap, int iterations, SolverOutcome outcome) {
    /** The linear predictors {@code X B} of rows [n x p], without intercepts [n x q]. */
    public Tensor predictors(Tensor rows) {
        return coefficients.size() == 0 ? Tensor.zeros(rows.shape().rows(), coefficients.shape().columns())
                : Matrices.product(rows, coefficients);
    }
}
