package intarsia.models.dual;

import intarsia.optim.solve.SolverOptions;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The coefficients given the encoders; ours, as {@link DualEncoder} says:
 *
 * <pre>
 * minimize over alpha, b, beta_r, centers
 *   sum_r (1/n_r) sum_i loss(y_ri, alpha_r'S_ri + beta_r'C_ri + b_r) + rho sum_r ||alpha_r||^2 + similarity(beta_1, ..., beta_R)
 * </pre>
 *
 * with loss (y - eta)^2 / 2 or the logistic one. Each {@link Similarity} says how it is solved; whatever it is, a solution is never worse
 * than the start.
 *
 * @param tasks      encoded data, one entry a task
 * @param similarity what it costs to differ
 * @param weight     c of {@code lambda_r = c sqrt(d / n_r)}, not negative; infinite for coefficients that are shared
 * @param ridge      rho, not negative
 * @param solver     when to stop
 */
public record CoefficientProblem(List<EncodedTask> tasks, Similarity similarity, double weight, double ridge, SolverOptions solver)
        implements CoefficientStep {
    /** Copies the list and checks the weights. */
    public CoefficientProblem {
        tasks = List.copyOf(tasks);
        if (!(weight >= 0) || !(ridge >= 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("penalty weight " + weight + " and ridge " + ridge + ": must not be negative");
        }
    }

    /** The same problem with another penalty weight. */
    public CoefficientProblem weight(double other) {
        return new CoefficientProblem(tasks, similarity, other, ridge, solver);
    }

    /** The same problem with another similarity and penalty weight. */
    CoefficientProblem similarity(Similarity other, double itsWeight) {
        return new CoefficientProblem(tasks, other, itsWeight, ridge, solver);
    }

    /** lambda_r. */
    public double lambda(int task) {
        return weight == 0 ? 0 : weight * unit(task);
    }

    /** {@code sqrt(d / n_r)}: lambda_r at penalty weight 1. */
    double unit(int task) {
        return Math.sqrt((double) width() / tasks.get(task).rows());
    }

    /** The solution from zeros. */
    @Override
    public CoefficientSolution solve() {
        return solve(Coefficients.zeros(tasks.size(), taskSpecificWidth(), width()));
    }

    /** The solution from a start, which it is no worse than. */
    @Override
    public CoefficientSolution solve(Coefficients start) {
        return similarity.solve(this, start);
    }

    /** The whole objective. */
    public double objective(Coefficients at) {
        double value = penalty(at);
        for (int r = 0; r < tasks.size(); r++) {
            value += tasks.get(r).loss(at.taskSpecific()[r], at.intercepts()[r], at.shared()[r]);
        }
        return value;
    }

    /** The part of the objective that does not depend on the encoders: {@code rho sum_r ||alpha_r||^2 + similarity}. */
    @Override
    public double penalty(Coefficients at) {
        double value = 0;
        for (double[] alpha : at.taskSpecific()) {
            value += ridge * Vectors.dot(alpha, alpha);
        }
        return value + similarity.penalty(this, at);
    }

    /** The penalty weight from which on tasks share; infinite where there is none. */
    public double largestWeight() {
        return similarity.largestWeight(this);
    }

    /** Where a path of penalty weights begins. */
    public double pathStart() {
        return similarity.pathStart(this);
    }

    /** Each task's slopes of its loss by beta_r, g_r [R x d], at the solution that shares. */
    double[][] slopesWhereShared() {
        Coefficients at = weight(Double.POSITIVE_INFINITY).solve().coefficients();
        double[][] slopes = new double[tasks.size()][width()];
        for (int r = 0; r < tasks.size(); r++) {
            tasks.get(r).slopes(at.taskSpecific()[r], at.intercepts()[r], at.shared()[r], new double[taskSpecificWidth()], new double[1],
                    slopes[r]);
        }
        return slopes;
    }

    /**
     * {@code max_r norm(g_r) / sqrt(d / n_r)} at the solution that shares: no task gains by deviating from the center at this penalty
     * weight.
     */
    double largestSlope(ToDoubleFunction<double[]> norm) {
        double[][] slopes = slopesWhereShared();
        double largest = 0;
        for (int r = 0; r < slopes.length; r++) {
            largest = Math.max(largest, norm.applyAsDouble(slopes[r]) / unit(r));
        }
        return largest;
    }

    /** What was found, or the start if that has as many centers and a smaller objective. */
    CoefficientSolution better(Coefficients start, CoefficientSolution found) {
        boolean comparable = start.centers().length == found.coefficients().centers().length;
        return comparable && objective(start) < objective(found.coefficients())
                ? new CoefficientSolution(start, found.converged()) : found;
    }

    int width() {
        return tasks.getFirst().width();
    }

    int taskSpecificWidth() {
        return tasks.getFirst().taskSpecificWidth();
    }

    /** A product in which nothing times however much is nothing. */
    static double times(double weight, double amount) {
        return weight == 0 || amount == 0 ? 0 : weight * amount;
    }
}
