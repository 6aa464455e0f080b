package intarsia.models.dual;

import intarsia.optim.prox.Penalty;

/**
 * A similarity whose penalty is {@code sum_r lambda_r D(beta_r - beta)}, D convex, with one center beta. The problem is convex in the
 * deviations from the center ({@link CenteredProblem}). One more task is shrunk towards the center that was learned.
 */
interface TowardsCenter extends Similarity {
    /** {@code lambda D}, for deviations of this width. */
    Penalty onDeviation(double lambda, int width);

    @Override
    default int centers(int tasks) {
        return 1;
    }

    @Override
    default double penalty(CoefficientProblem problem, Coefficients at) {
        Penalty unit = onDeviation(1, problem.width());
        double value = 0;
        for (int r = 0; r < at.tasks(); r++) {
            value += CoefficientProblem.times(problem.lambda(r), unit.value(Vectors.minus(at.shared()[r], at.centers()[at.cluster()[r]])));
        }
        return value;
    }

    @Override
    default CoefficientSolution solve(CoefficientProblem problem, Coefficients start) {
        return problem.better(start, new CenteredProblem(problem, new int[problem.tasks().size()], 1, this::onDeviation).solve(start));
    }

    @Override
    default double penalty(TransferProblem problem, Coefficients at) {
        return penalty(problem.alone(), at);
    }

    @Override
    default CoefficientSolution solve(TransferProblem problem, Coefficients start) {
        return problem.better(start, problem.near(start, 0, onDeviation(problem.alone().lambda(0), problem.task().width())));
    }
}
