package intarsia.optim.solve;

import intarsia.optim.prox.Penalty;

/**
 * Accelerated proximal gradient for a smooth convex f plus a {@link Penalty} (FISTA, Beck &amp; Teboulle 2009), with backtracking,
 * cautiously growing steps, and a restart of the momentum whenever the objective would rise or the step turns against the momentum
 * (O'Donoghue &amp; Candes 2015): the objective never rises, rounding apart.
 *
 * {@snippet class="intarsia.tutorial.LassoTutorial" region="own-loss"}
 */
public final class ProximalGradient {
    private static final double GROW = 1.25;
    private static final double ROUNDING = 1e-14;
    private static final int HALVINGS = 60;

    /**
     * The result of a minimization.
     *
     * @param point      x
     * @param objective  f(x) + penalty(x)
     * @param residual   the norm of a subgradient of the objective at x; 0 at a minimum
     * @param iterations steps taken
     * @param outcome    how it ended
     */
    public record Minimum(double[] point, double objective, double residual, int iterations, SolverOutcome outcome) {}

    private ProximalGradient() {}

    /**
     * Minimizes {@code f + penalty}; stops when the norm of a subgradient at x is no more than the tolerance times the gradient's norm at
     * the start (where that is 0, times 1). One or two evaluations of f a step.
     *
     * @param start where to begin; brought within the penalty's constraints first
     */
    public static Minimum minimize(Objective f, Penalty penalty, double[] start, SolverOptions options) {
        int n = start.length;
        double[] x = penalty.value(start) < Double.POSITIVE_INFINITY ? start.clone() : penalty.prox(start, 1);
        double[] gradient = new double[n];
        double value = f.value(x, gradient);
        double objective = value + penalty.value(x);
        double slope = norm(gradient) > 0 ? norm(gradient) : 1;
        double enough = options.tolerance() * slope;
        double step = 1 / slope;
        double[] y = x;
        double[] gradientAtY = gradient;
        double valueAtY = value;
        double momentum = 1;
        double residual = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < options.maxIterations(); iteration++) {
            double[] ahead = null;
            double[] next = null;
            double[] nextGradient = new double[n];
            double nextValue = Double.POSITIVE_INFINITY;
            for (int halving = 0; halving < HALVINGS; halving++, step /= 2) {
                ahead = ahead(y, gradientAtY, -step);
                next = penalty.prox(ahead, step);
                nextValue = f.value(next, nextGradient);
                if (fits(y, gradientAtY, valueAtY, next, nextGradient, nextValue, step)) {
                    break;
                }
            }
            double nextObjective = nextValue + penalty.value(next);
            double nextResidual = residual(ahead, next, nextGradient, step);
            if (nextResidual <= enough && nextObjective <= objective + ROUNDING * Math.abs(objective)) {
                return new Minimum(next, nextObjective, nextResidual, iteration + 1, SolverOutcome.CONVERGED);
            }
            if (!(nextObjective <= objective + ROUNDING * Math.abs(objective))) {
                if (y == x) {
                    return new Minimum(x, objective, residual, iteration, SolverOutcome.LIMIT_REACHED);
                }
                y = x;
                gradientAtY = gradient;
                valueAtY = value;
                momentum = 1;
                continue;
            }
            residual = nextResidual;
            momentum = against(y, next, x) ? 1 : momentum;
            double nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            double carried = (momentum - 1) / nextMomentum;
            double[] leap = new double[n];
            for (int i = 0; i < n; i++) {
                leap[i] = next[i] + carried * (next[i] - x[i]);
            }
            x = next;
            value = nextValue;
            gradient = nextGradient;
            objective = nextObjective;
            momentum = nextMomentum;
            step *= GROW;
            if (carried == 0) {
                y = x;
                gradientAtY = gradient;
                valueAtY = value;
            } else {
                y = leap;
                gradientAtY = new double[n];
                valueAtY = f.value(y, gradientAtY);
            }
        }
        return new Minimum(x, objective, residual, options.maxIterations(), SolverOutcome.LIMIT_REACHED);
    }

    /**
     * Whether f lies below its quadratic model with curvature 1/step. Near the end the values agree to the last digits and say nothing;
     * then the change of the gradient decides.
     */
    private static boolean fits(double[] y, double[] gradient, double value, double[] next, double[] nextGradient, double nextValue,
            double step) {
        if (!Double.isFinite(nextValue)) {
            return false;
        }
        double linear = 0;
        double squares = 0;
        double turned = 0;
        for (int i = 0; i < y.length; i++) {
            double d = next[i] - y[i];
            linear += gradient[i] * d;
            squares += d * d;
            turned += (nextGradient[i] - gradient[i]) * d;
        }
        double bend = nextValue - value - linear;
        boolean drowned = Math.abs(nextValue - value) <= 1e-10 * Math.abs(value);
        return drowned ? turned <= squares / step : bend <= squares / (2 * step);
    }

    /** The norm of {@code (ahead - x) / step + grad f(x)}, a subgradient of the objective at {@code x = prox(ahead, step)}. */
    private static double residual(double[] ahead, double[] x, double[] gradient, double step) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double s = (ahead[i] - x[i]) / step + gradient[i];
            sum += s * s;
        }
        return Math.sqrt(sum);
    }

    /** Whether the step from y to the next point turns against the way from x to it. */
    private static boolean against(double[] y, double[] next, double[] x) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += (y[i] - next[i]) * (next[i] - x[i]);
        }
        return sum > 0;
    }

    private static double[] ahead(double[] y, double[] direction, double length) {
        double[] to = new double[y.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.fma(length, direction[i], y[i]);
        }
        return to;
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }
}
