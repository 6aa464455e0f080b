package intarsia.models.dual;

import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Objective;
import intarsia.optim.solve.SolverOutcome;
import intarsia.optim.solve.ProximalGradient;
import intarsia.optim.solve.ProximalGradient.Minimum;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Minimizes {@code f(x) + rest(x)}, where f is the sum of tasks' losses at coefficients that depend on x, by proximal Newton steps (Lee,
 * Sun &amp; Saunders 2014): second-order models of the losses at x, whose cost does not depend on the number of rows, are minimized
 * together with the rest; a line search goes from x towards that minimum. It ends when a subgradient is no longer than the tolerance times
 * f's gradient at 0. At the models' minimum that subgradient follows from theirs:
 *
 * <pre>
 * f'(x) + rest'(x) = f'(x) - model'(x) + (model'(x) + rest'(x))
 * </pre>
 *
 * Losses that are quadratic need no model: f itself is minimized, as it is where the line search finds nothing lower. The objective never
 * rises.
 */
final class LossMinimizer {
    private static final int MOST_STEPS = 30;
    private static final int HALVINGS = 20;
    private static final double SUFFICIENT = 1e-4;

    /** What is varied, and the coefficients it stands for, an affine map. */
    interface Variables {
        /** The coefficients at x. */
        Coefficients coefficients(double[] x);

        /** Adds to the slopes by x what a task's slopes by alpha, intercept and beta make of them: the map's adjoint. */
        void pullBack(int task, double[] byAlpha, double byIntercept, double[] byBeta, double[] gradient);
    }

    /** The convex function that is added to the losses. */
    interface Rest {
        /** Its value. */
        double value(double[] x);

        /** Minimizes it and a smooth convex function, until a subgradient is no longer than enough. */
        Minimum minimize(Objective losses, double[] start, double enough);
    }

    private final List<EncodedTask> tasks;
    private final Variables variables;
    private final Rest rest;
    private final SolverOptions solver;

    LossMinimizer(List<EncodedTask> tasks, Variables variables, Rest rest, SolverOptions solver) {
        this.tasks = tasks;
        this.variables = variables;
        this.rest = rest;
        this.solver = solver;
    }

    /** With a penalty as the rest, by accelerated proximal gradient. */
    LossMinimizer(List<EncodedTask> tasks, Variables variables, Penalty penalty, SolverOptions solver) {
        this(tasks, variables, new Rest() {
            @Override
            public double value(double[] x) {
                return penalty.value(x);
            }

            @Override
            public Minimum minimize(Objective losses, double[] start, double enough) {
                return proximalGradient(losses, penalty, start, enough, solver);
            }
        }, solver);
    }

    /**
     * Accelerated proximal gradient, to an absolute length of a subgradient; where double precision ends it before, there is nothing more
     * to gain.
     */
    static Minimum proximalGradient(Objective f, Penalty penalty, double[] start, double enough, SolverOptions solver) {
        double[] gradient = new double[start.length];
        f.value(start, gradient);
        double atStart = Vectors.norm(gradient);
        double relative = atStart > 0 ? Math.min(1, enough / atStart) : 1;
        Minimum found = ProximalGradient.minimize(f, penalty, start, solver.withTolerance(Math.max(relative, 1e-15)));
        boolean reached = found.outcome() == SolverOutcome.CONVERGED || found.iterations() < solver.maxIterations();
        SolverOutcome outcome = reached ? SolverOutcome.CONVERGED : SolverOutcome.LIMIT_REACHED;
        return new Minimum(found.point(), found.objective(), found.residual(), found.iterations(), outcome);
    }

    /** The minimum, from a start. */
    Minimum minimize(double[] start) {
        Objective exact = smooth(tasks);
        double[] atZero = new double[start.length];
        exact.value(new double[start.length], atZero);
        double enough = solver.tolerance() * Vectors.norm(atZero);
        double[] x = start;
        int iterations = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            List<TaskLoss> models = secondOrder(x);
            if (models.equals(tasks)) {
                break;
            }
            Objective model = smooth(models);
            Minimum found = rest.minimize(model, x, enough / 2);
            iterations += found.iterations();
            double[] next = found.point();
            double[] slope = new double[next.length];
            double[] modeled = new double[next.length];
            double objective = exact.value(next, slope) + rest.value(next);
            model.value(next, modeled);
            double residual = Vectors.distance(slope, modeled) + found.residual();
            if (residual <= enough) {
                return new Minimum(next, objective, residual, iterations, SolverOutcome.CONVERGED);
            }
            double[] lower = search(exact, x, next);
            if (lower == null) {
                break;
            }
            x = lower;
            if (iterations >= solver.maxIterations()) {
                return new Minimum(x, exact.value(x, slope) + rest.value(x), residual, iterations, SolverOutcome.LIMIT_REACHED);
            }
        }
        return rest.minimize(exact, x, enough);
    }

    /**
     * The first of {@code x + (next - x) / 2^k} where the objective is lower by a share of what its slope promises (Armijo); null if there
     * is none.
     */
    private double[] search(Objective exact, double[] x, double[] next) {
        double[] slope = new double[x.length];
        double before = exact.value(x, slope) + rest.value(x);
        double promised = Vectors.dot(slope, Vectors.minus(next, x)) + rest.value(next) - rest.value(x);
        double[] at = next;
        for (double share = 1; share >= Math.scalb(1.0, -HALVINGS); share /= 2) {
            double value = exact.value(at, new double[at.length]) + rest.value(at);
            if (value < before && value <= before + SUFFICIENT * share * promised) {
                return at;
            }
            at = x.clone();
            Vectors.add(share / 2, Vectors.minus(next, x), at);
        }
        return null;
    }

    private List<TaskLoss> secondOrder(double[] x) {
        Coefficients at = variables.coefficients(x);
        List<TaskLoss> models = new ArrayList<>();
        for (int r = 0; r < tasks.size(); r++) {
            models.add(tasks.get(r).secondOrder(at.taskSpecific()[r], at.intercepts()[r], at.shared()[r]));
        }
        return models;
    }

    private Objective smooth(List<? extends TaskLoss> losses) {
        return (x, gradient) -> {
            Arrays.fill(gradient, 0);
            Coefficients at = variables.coefficients(x);
            double value = 0;
            for (int r = 0; r < losses.size(); r++) {
                double[] byAlpha = new double[at.taskSpecific()[r].length];
                double[] byIntercept = new double[1];
                double[] byBeta = new double[at.shared()[r].length];
                value += losses.get(r).slopes(at.taskSpecific()[r], at.intercepts()[r], at.shared()[r], byAlpha, byIntercept, byBeta);
                variables.pullBack(r, byAlpha, byIntercept[0], byBeta, gradient);
            }
            return value;
        };
    }
}
