package intarsia.models.dual;

import intarsia.optim.solve.SolverOutcome;
import intarsia.optim.solve.ProximalGradient.Minimum;

/**
 * What solving for coefficients gave.
 *
 * @param coefficients the solution
 * @param converged    whether the solver's tolerance was reached, and not its limit of iterations
 */
public record CoefficientSolution(Coefficients coefficients, boolean converged) {
    static CoefficientSolution of(Coefficients coefficients, Minimum minimum) {
        return new CoefficientSolution(coefficients, minimum.outcome() == SolverOutcome.CONVERGED);
    }
}
