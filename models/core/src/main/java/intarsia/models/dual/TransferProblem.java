package intarsia.models.dual;

import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.ProximalGradient.Minimum;

/**
 * The coefficients of one more task, shrunk towards what the others have learned, which stays as it is; ours:
 *
 * <pre>
 * minimize over alpha, b, beta
 *   (1/n) sum_i loss(y_i, alpha'S_i + beta'C_i + b) + rho ||alpha||^2 + similarity(beta; learned),   lambda = c sqrt(d / n)
 * </pre>
 *
 * Each {@link Similarity} says what it is for one more task; a solution is never worse than the start.
 *
 * @param alone   the problem of the new task as if there were no others
 * @param learned what the others have learned
 */
public record TransferProblem(CoefficientProblem alone, Coefficients learned) implements CoefficientStep {
    /** The new task. */
    EncodedTask task() {
        return alone.tasks().getFirst();
    }

    /** The solution from the first center, or zeros where there is none. */
    @Override
    public CoefficientSolution solve() {
        Coefficients zero = Coefficients.zeros(1, task().taskSpecificWidth(), task().width());
        double[][] beta = learned.centers().length > 0 ? new double[][] {learned.centers()[0].clone()} : zero.shared();
        return solve(at(zero, beta, 0));
    }

    @Override
    public CoefficientSolution solve(Coefficients start) {
        return alone.similarity().solve(this, start);
    }

    /** The whole objective. */
    double objective(Coefficients at) {
        return task().loss(at.taskSpecific()[0], at.intercepts()[0], at.shared()[0]) + penalty(at);
    }

    @Override
    public double penalty(Coefficients at) {
        return alone.ridge() * Vectors.dot(at.taskSpecific()[0], at.taskSpecific()[0]) + alone.similarity().penalty(this, at);
    }

    /** What was found, or the start if that has a smaller objective. */
    CoefficientSolution better(Coefficients start, CoefficientSolution found) {
        return objective(start) < objective(found.coefficients()) ? new CoefficientSolution(start, found.converged()) : found;
    }

    /** The solution with this penalty on the deviation from one of the learned centers. */
    CoefficientSolution near(Coefficients start, int center, Penalty onDeviation) {
        TaskVariables variables = new TaskVariables(1, task().taskSpecificWidth(), learned.centers()[center]);
        Minimum found = new LossMinimizer(alone.tasks(), variables, variables.penalty(alone.ridge(), onDeviation), alone.solver())
                .minimize(variables.pack(start));
        Coefficients at = variables.coefficients(found.point());
        return CoefficientSolution.of(at(at, at.shared(), center), found);
    }

    /** Coefficients with this beta, of a task that belongs to one of the learned centers if there are any. */
    Coefficients at(Coefficients other, double[][] beta, int center) {
        return new Coefficients(other.taskSpecific(), other.intercepts(), beta, learned.centers(),
                learned.centers().length > 0 ? new int[] {center} : new int[0]);
    }
}
