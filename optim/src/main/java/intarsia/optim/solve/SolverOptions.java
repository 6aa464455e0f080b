package intarsia.optim.solve;

/**
 * When a solver stops.
 *
 * @param tolerance     relative accuracy, as the solver defines it; positive
 * @param maxIterations limit of iterations, as the solver counts them; at least 1
 */
public record SolverOptions(double tolerance, int maxIterations) {
    /** A tolerance of 1e-8, a limit of 10,000. */
    public static final SolverOptions DEFAULT = new SolverOptions(1e-8, 10_000);

    /** Checks both. */
    public SolverOptions {
        if (!(tolerance > 0) || maxIterations < 1) {
            throw new IllegalArgumentException("solver options: tolerance " + tolerance + " must be positive and maxIterations "
                    + maxIterations + " at least 1");
        }
    }

    /** Another tolerance. */
    public SolverOptions withTolerance(double other) {
        return new SolverOptions(other, maxIterations);
    }
}
