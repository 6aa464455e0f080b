package intarsia.optim.solve;

import intarsia.linalg.Kernels;
import intarsia.linalg.heap.Loops64;
import intarsia.linalg.heap.ScalarLoops64;

/**
 * Minimizes a smooth function by L-BFGS (Liu &amp; Nocedal 1989; Nocedal &amp; Wright 2006, algorithm 7.5): the search direction is
 * {@code -H g}, where H is the inverse Hessian as the last few changes of the gradient show it, and the step along it satisfies the strong
 * Wolfe conditions. Converges superlinearly in practice near a minimum with positive definite Hessian; finds a local minimum where
 * there are several.
 *
 * <p>Costs {@code 4 memory n} multiplications an iteration besides evaluations, mostly one, and keeps {@code 2 memory n} numbers.
 * Iterations allocate nothing. The same bits on any machine, given an objective with the same bits.
 */
public final class Lbfgs {
    /**
     * When the minimization ends, and what is remembered.
     *
     * @param memory            how many changes of the gradient; at least 1. 5 to 20 are usual
     * @param gradientTolerance ends where no component of the gradient is larger in magnitude; at least 0
     * @param decreaseTolerance ends when a step lowers the value f by no more than this times {@code max(|f|, 1)}; at 0 never
     * @param maxEvaluations    limit of evaluations of the objective; at least 1
     */
    public record Options(int memory, double gradientTolerance, double decreaseTolerance, int maxEvaluations) {
        /** Memory 10, gradient tolerance 1e-6, decrease tolerance 1e-10, 1,000 evaluations. */
        public static final Options DEFAULT = new Options(10, 1e-6, 1e-10, 1000);

        /** Checks all four. */
        public Options {
            if (memory < 1 || maxEvaluations < 1 || !(gradientTolerance >= 0) || !(decreaseTolerance >= 0)) {
                throw new IllegalArgumentException("l-bfgs: memory " + memory + " and maxEvaluations " + maxEvaluations
                        + " must be at least 1, gradientTolerance " + gradientTolerance + " and decreaseTolerance " + decreaseTolerance
                        + " at least 0");
            }
        }

        /** With other tolerances. */
        public Options withTolerances(double gradient, double decrease) {
            return new Options(memory, gradient, decrease, maxEvaluations);
        }

        /** With another limit of evaluations. */
        public Options withMaxEvaluations(int other) {
            return new Options(memory, gradientTolerance, decreaseTolerance, other);
        }
    }

    /** Why a minimization ended. */
    public enum Ending {
        /** Converged: every component of the gradient is within its tolerance. */
        SMALL_GRADIENT,
        /** Converged: the last step lowered the value by no more than its tolerance. */
        SMALL_DECREASE,
        /** The limit of evaluations was reached. */
        EVALUATION_LIMIT,
        /**
         * No step along the negative gradient satisfies the strong Wolfe conditions to rounding: the gradient is wrong, the function is not
         * smooth here or has no minimum, or the tolerances are below its rounding errors.
         */
        LINE_SEARCH_FAILED,
        /** The value or the gradient at the start is not finite. */
        NOT_FINITE;

        /** Whether a tolerance was met. */
        public boolean converged() {
            return this == SMALL_GRADIENT || this == SMALL_DECREASE;
        }
    }

    /**
     * Where a minimization ended: the best point found, whatever the reason.
     *
     * @param point       x [n]
     * @param value       f(x)
     * @param gradient    of f at x [n]
     * @param iterations  steps taken that satisfy the strong Wolfe conditions
     * @param evaluations of the objective
     * @param ending      why it ended
     */
    public record Minimum(double[] point, double value, double[] gradient, int iterations, int evaluations, Ending ending) {}

    /** A change of the gradient this small against the change of the point, as a cosine, is rounding. */
    private static final double LEAST_CURVATURE = 0x1p-52;

    private final Options options;
    private final Loops64 loops = new ScalarLoops64();
    private final double[] lanes = new double[Kernels.LANES];
    private final LineSearch search;
    private final double[] direction;
    /** The last changes of the point and of the gradient, number i of all at i modulo their length: one more than the memory, to try. */
    private final double[][] steps;
    private final double[][] changes;
    /** {@code step' change} of each, and work space of {@link #direct}. */
    private final double[] products;
    private final double[] weights;
    /** How many changes were ever kept, and how many of the last ones count. */
    private int kept;
    private int known;

    private Lbfgs(Objective f, double[] start, Options options) {
        int n = start.length;
        this.options = options;
        search = new LineSearch(f, start.clone(), loops, options.maxEvaluations());
        direction = new double[n];
        steps = new double[options.memory() + 1][n];
        changes = new double[steps.length][n];
        products = new double[steps.length];
        weights = new double[steps.length];
    }

    /**
     * A local minimum of f.
     *
     * @param start x [n] to begin at; not changed
     */
    public static Minimum minimize(Objective f, double[] start, Options options) {
        return new Lbfgs(f, start, options).minimize();
    }

    private Minimum minimize() {
        int iterations = 0;
        Ending ending = search.begin() ? null : Ending.NOT_FINITE;
        while (ending == null && !(largest(search.gradient()) <= options.gradientTolerance())) {
            double before = search.value();
            direct();
            LineSearch.Result result = search.run(direction, known == 0 ? 1 / Math.sqrt(dot(direction, direction)) : 1);
            if (result == LineSearch.Result.LIMIT) {
                ending = Ending.EVALUATION_LIMIT;
            } else if (result == LineSearch.Result.FAILED) {
                ending = known == 0 ? Ending.LINE_SEARCH_FAILED : null;
                known = 0;
            } else {
                iterations++;
                remember();
                double enough = options.decreaseTolerance() * Math.max(1, Math.max(Math.abs(before), Math.abs(search.value())));
                ending = enough > 0 && before - search.value() <= enough ? Ending.SMALL_DECREASE : null;
            }
        }
        if (ending == null || ending == Ending.SMALL_DECREASE && largest(search.gradient()) <= options.gradientTolerance()) {
            ending = Ending.SMALL_GRADIENT;
        }
        return new Minimum(search.point(), search.value(), search.gradient(), iterations, search.evaluations(), ending);
    }

    /** Sets the direction to {@code -H g} by the two loops over what is remembered; to {@code -g} if that is nothing. */
    private void direct() {
        int n = direction.length;
        double[] gradient = search.gradient();
        for (int i = 0; i < n; i++) {
            direction[i] = -gradient[i];
        }
        for (int k = kept - 1; k >= kept - known; k--) {
            int at = k % steps.length;
            weights[at] = dot(steps[at], direction) / products[at];
            axpy(-weights[at], changes[at], direction);
        }
        if (known > 0) {
            int last = (kept - 1) % steps.length;
            double scale = products[last] / dot(changes[last], changes[last]);
            for (int i = 0; i < n; i++) {
                direction[i] *= scale;
            }
        }
        for (int k = kept - known; k < kept; k++) {
            int at = k % steps.length;
            axpy(weights[at] - dot(changes[at], direction) / products[at], steps[at], direction);
        }
        if (known > 0 && !(dot(direction, gradient) < 0)) {
            // rounding has made H indefinite
            known = 0;
            direct();
        }
    }

    /** Keeps the last step and its change of the gradient, if the curvature along it is positive beyond rounding. */
    private void remember() {
        int at = kept % steps.length;
        search.lastChange(steps[at], changes[at]);
        double product = dot(steps[at], changes[at]);
        double norms = Math.sqrt(dot(steps[at], steps[at])) * Math.sqrt(dot(changes[at], changes[at]));
        if (product > LEAST_CURVATURE * norms && product <= Double.MAX_VALUE) {
            products[at] = product;
            kept++;
            known = Math.min(known + 1, options.memory());
        }
    }

    private double dot(double[] x, double[] y) {
        return loops.dot(x, 0, y, 0, x.length, lanes);
    }

    private static void axpy(double factor, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.fma(factor, x[i], y[i]);
        }
    }

    private static double largest(double[] x) {
        double largest = 0;
        for (double v : x) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }
}
