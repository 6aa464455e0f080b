package intarsia.optim.solve;

/**
 * A solution of a {@link GlmProblem}.
 *
 * @param intercept    b_0; 0 without one
 * @param coefficients b [p]
 * @param objective    the value reached, penalty included; infinite, and the gap too, where squares of the response are more than doubles
 *                     hold
 * @param gap          an upper bound on how far the objective is above its minimum, by a dual feasible point. Coefficients without a
 *                     penalty have no such bound; each adds what one exact step along it could still gain
 * @param iterations   proximal Newton steps
 * @param outcome      how it ended; after {@link SolverOutcome#NO_MINIMUM} the coefficients are finite and point where the objective falls
 */
public record GlmFit(double intercept, double[] coefficients, double objective, double gap, int iterations, SolverOutcome outcome) {
    /** How many coefficients are not 0. */
    public int nonzeros() {
        int count = 0;
        for (double b : coefficients) {
            count += b != 0 ? 1 : 0;
        }
        return count;
    }
}
