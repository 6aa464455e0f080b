package intarsia.optim.solve;

/** How a solver ended. */
public enum SolverOutcome {
    /** The stopping rule was met. */
    CONVERGED,
    /** The limit of iterations, or of double precision, came first; the result is the best point found. */
    LIMIT_REACHED,
    /** The objective has no minimum: it keeps falling along a direction that no penalty bounds, such as labels that can be separated. */
    NO_MINIMUM
}
