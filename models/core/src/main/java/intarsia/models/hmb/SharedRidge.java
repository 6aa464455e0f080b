package intarsia.models.hmb;

import intarsia.models.response.Likelihood;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Ridge regression of several tasks, whose coefficients have a part in common:
 *
 * <pre>
 * minimize over w_c, w_t, b_t   sum_ti v_ti loss(y_ti, b_t + x_ti' (w_c + w_t)) + shared / 2 ||w_c||^2 + specific / 2 sum_t ||w_t||^2
 * </pre>
 *
 * A large {@code shared} leaves each task a regression of its own, a large {@code specific} one regression for all. For K classes b_t has K
 * numbers, and w_c and w_t have K columns. Tasks have w_c in common as they have {@link HmbNetwork}'s shared head: all whose responses have
 * one linear predictor, and those whose classes are the same; where rows have several responses, the tasks about the same one.
 *
 * <p>{@link RidgeStep Newton's method}, steps that do not descend halved; Gaussian responses take one step.
 *
 * @param shared   positive; infinite, as the other, for no coefficients
 * @param specific positive
 */
record SharedRidge(double shared, double specific) {
    /** Intercepts alone. */
    static final SharedRidge NO_COEFFICIENTS = new SharedRidge(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    private static final int MOST_STEPS = 50;
    /** The descent, relative to the objective, at which a step is the last one. */
    private static final double TOLERANCE = 1e-12;
    /** The same where losses of other rows are all that is asked for, and errors fall so fast that the step after is of some 1e-10. */
    private static final double COARSE = 1e-5;

    /**
     * A task's rows.
     *
     * @param about  what the response is called where rows have several; else empty
     * @param family of the responses
     * @param x      features, rows x p
     * @param y      responses as they are learned, rows x {@link ResponseFamily#learned}
     * @param v      how much each row counts
     */
    record Rows(String about, ResponseFamily family, double[][] x, double[] y, double[] v) {
        /** Rows of the only response that count alike. */
        Rows(ResponseFamily family, double[][] x, double[] y) {
            this("", family, x, y, DoubleStream.generate(() -> 1).limit(y.length / family.learned()).toArray());
        }

        /** What tasks must have in common to share coefficients. */
        Object alike() {
            return !about.isEmpty() ? about : predictors() == 1 ? 1 : family;
        }

        int count() {
            return y.length / family.learned();
        }

        int predictors() {
            return family.predictors();
        }
    }

    /**
     * The minimum, of one task.
     *
     * @param shared     w_c, p x linear predictors
     * @param specific   w_t, p x linear predictors
     * @param intercepts b_t
     */
    record Solution(double[] shared, double[] specific, double[] intercepts) {
        private static Solution zero(int p, int predictors) {
            return new Solution(new double[p * predictors], new double[p * predictors], new double[predictors]);
        }

        /** The linear predictors of rows. */
        double[] linear(double[][] x) {
            int predictors = intercepts.length;
            int p = shared.length / predictors;
            int rows = x.length;
            double[] eta = new double[rows * predictors];
            int together = predictors == 1 ? linearOfFour(x, eta) : 0;
            for (int i = together; i < rows; i++) {
                for (int k = 0; k < predictors; k++) {
                    double sum = intercepts[k];
                    for (int f = 0; f < p; f++) {
                        sum = Math.fma(x[i][f], shared[f * predictors + k] + specific[f * predictors + k], sum);
                    }
                    eta[i * predictors + k] = sum;
                }
            }
            return eta;
        }

        /** Four rows at once, each summed in the order of its features: one alone waits for every addition. How many rows that were. */
        private int linearOfFour(double[][] x, double[] eta) {
            int p = shared.length;
            double[] w = new double[p];
            Arrays.setAll(w, f -> shared[f] + specific[f]);
            int rows = eta.length / 4 * 4;
            for (int i = 0; i < rows; i += 4) {
                double[] first = x[i];
                double[] second = x[i + 1];
                double[] third = x[i + 2];
                double[] fourth = x[i + 3];
                double a = intercepts[0];
                double b = a;
                double c = a;
                double d = a;
                for (int f = 0; f < p; f++) {
                    a = Math.fma(first[f], w[f], a);
                    b = Math.fma(second[f], w[f], b);
                    c = Math.fma(third[f], w[f], c);
                    d = Math.fma(fourth[f], w[f], d);
                }
                eta[i] = a;
                eta[i + 1] = b;
                eta[i + 2] = c;
                eta[i + 3] = d;
            }
            return rows;
        }

        /** The same with no coefficients: the task's own undo the shared ones. */
        Solution atMean(Solution means) {
            return new Solution(shared, Arrays.stream(shared).map(w -> -w).toArray(), means.intercepts);
        }

        /** The losses of rows, not weighted. */
        double[] losses(Rows rows) {
            Likelihood likelihood = rows.family.likelihood();
            double[] eta = linear(rows.x);
            double[] losses = new double[rows.count()];
            for (int i = 0; i < losses.length; i++) {
                losses[i] = likelihood.loss(rows.y, i * rows.family.learned(), eta, i * rows.predictors(), rows.predictors());
            }
            return losses;
        }

        private Solution towards(Solution to, double share) {
            return new Solution(between(shared, to.shared, share), between(specific, to.specific, share),
                    between(intercepts, to.intercepts, share));
        }
    }

    /** What it is called, for people. */
    String label() {
        return equals(NO_COEFFICIENTS) ? "no coefficients" : "ridge " + shared + " shared, " + specific + " task-specific";
    }

    /** The minimum for these rows of p features each, task by task; p is at least 1. */
    List<Solution> solve(List<Rows> tasks, int p) {
        return solve(tasks, p, tasks.stream().map(task -> Solution.zero(p, task.predictors())).toList(), false);
    }

    /** A point near the minimum, for losses of other rows to choose by, from another one: the nearer that is, the fewer steps it takes. */
    List<Solution> near(List<Rows> tasks, int p, List<Solution> from) {
        return solve(tasks, p, from, true);
    }

    private List<Solution> solve(List<Rows> tasks, int p, List<Solution> from, boolean near) {
        if (equals(NO_COEFFICIENTS)) {
            List<Rows> bare = tasks.stream().map(task -> new Rows(task.about, task.family, new double[task.count()][1], task.y, task.v))
                    .toList();
            return new SharedRidge(1, 1).solve(bare, 1).stream().map(of -> new Solution(new double[p * of.intercepts.length],
                    new double[p * of.intercepts.length], of.intercepts)).toList();
        }
        Map<Object, List<Integer>> alike = new LinkedHashMap<>();
        IntStream.range(0, tasks.size()).forEach(t -> alike.computeIfAbsent(tasks.get(t).alike(), kind -> new ArrayList<>()).add(t));
        List<Solution> solutions = new ArrayList<>(Collections.nCopies(tasks.size(), null));
        for (List<Integer> numbers : alike.values()) {
            List<Solution> of = solveAlike(numbers.stream().map(tasks::get).toList(), p, numbers.stream().map(from::get).toList(),
                    near);
            IntStream.range(0, numbers.size()).forEach(i -> solutions.set(numbers.get(i), of.get(i)));
        }
        return solutions;
    }

    private List<Solution> solveAlike(List<Rows> tasks, int p, List<Solution> from, boolean near) {
        List<Solution> at = from;
        double tolerance = near && tasks.getFirst().predictors() == 1 ? COARSE : TOLERANCE; // of several, errors only halve
        boolean quadratic = tasks.stream().allMatch(task -> task.family.likelihood() == Likelihood.SQUARED_ERROR);
        double objective = objective(tasks, at);
        for (int step = 0; step < MOST_STEPS; step++) {
            List<Solution> target = RidgeStep.of(this, tasks, p, at);
            List<Solution> next = target;
            double value = objective(tasks, next);
            for (double share = 0.5; !(value <= objective) && share > 1e-10; share /= 2) {
                next = between(at, target, share);
                value = objective(tasks, next);
            }
            if (!(value <= objective)) {
                return at;
            }
            double descent = objective - value;
            at = next;
            objective = value;
            if (quadratic || descent <= tolerance * Math.abs(objective)) {
                return at;
            }
        }
        return at;
    }

    private double objective(List<Rows> tasks, List<Solution> at) {
        double value = 0.5 * shared * squares(at.getFirst().shared);
        for (int t = 0; t < tasks.size(); t++) {
            double[] losses = at.get(t).losses(tasks.get(t));
            for (int i = 0; i < losses.length; i++) {
                value += tasks.get(t).v[i] * losses[i];
            }
            value += 0.5 * specific * squares(at.get(t).specific);
        }
        return value;
    }

    private static double squares(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum = Math.fma(number, number, sum);
        }
        return sum;
    }

    private static List<Solution> between(List<Solution> from, List<Solution> to, double share) {
        return IntStream.range(0, from.size()).mapToObj(t -> from.get(t).towards(to.get(t), share)).toList();
    }

    private static double[] between(double[] from, double[] to, double share) {
        double[] between = from.clone();
        for (int f = 0; f < between.length; f++) {
            between[f] = Math.fma(share, to[f] - from[f], between[f]);
        }
        return between;
    }
}
