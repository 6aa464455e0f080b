package intarsia.models.dual;

import java.util.ArrayList;
import java.util.List;

/**
 * The solutions of a {@link CoefficientProblem} for falling penalty weights, each started from the one before.
 *
 * @param weights   from the one at which tasks share, downward
 * @param solutions one for each
 */
public record CoefficientPath(List<Double> weights, List<CoefficientSolution> solutions) {
    /** Copies the lists. */
    public CoefficientPath {
        weights = List.copyOf(weights);
        solutions = List.copyOf(solutions);
    }

    /** The path of a problem through these weights; the problem's own does not matter. */
    public static CoefficientPath of(CoefficientProblem problem, List<Double> weights) {
        List<CoefficientSolution> solutions = new ArrayList<>();
        for (double weight : weights) {
            CoefficientProblem at = problem.weight(weight);
            solutions.add(solutions.isEmpty() ? at.solve() : at.solve(solutions.getLast().coefficients()));
        }
        return new CoefficientPath(weights, solutions);
    }
}
