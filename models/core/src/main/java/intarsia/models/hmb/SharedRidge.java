package intarsia.models.hmb;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.Matrices;
import intarsia.optim.solve.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ridge regression of several tasks, whose coefficients have a part in common:
 *
 * <pre>
 * minimize over w_c, w_t, b_t   sum_ti loss(y_ti, b_t + x_ti' (w_c + w_t)) + shared / 2 ||w_c||^2 + specific / 2 sum_t ||w_t||^2
 * </pre>
 *
 * A large {@code shared} leaves each task a regression of its own, a large {@code specific} one regression for all. Newton's method from 0,
 * steps that do not descend halved. With the weighted moments {@code H_t = X_t' C X_t} and {@code r_t} of centered rows, and
 * {@code M_t = (H_t + specific I)^-1}, the w_t are eliminated from a step's system (Schur complement; the formulation is ours):
 *
 * <pre>
 * ((shared + T specific) I - specific^2 sum_t M_t) w_c = specific sum_t M_t r_t,     w_c + w_t = M_t (r_t + specific w_c)
 * </pre>
 *
 * So a step costs O(n p^2 + T p^3), and Gaussian responses take one step.
 *
 * @param shared   positive; infinite, as the other, for no coefficients
 * @param specific positive
 */
record SharedRidge(double shared, double specific) {
    /** Intercepts alone. */
    static final SharedRidge NO_COEFFICIENTS = new SharedRidge(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    private static final int MOST_STEPS = 50;
    private static final double TOLERANCE = 1e-12;

    /**
     * A task's rows.
     *
     * @param family of the responses
     * @param x      features, rows x p
     * @param y      responses
     */
    record Rows(Family family, double[] x, double[] y) {}

    /**
     * The minimum.
     *
     * @param shared     w_c
     * @param specific   w_t, task by task
     * @param intercepts b_t
     */
    record Solution(double[] shared, List<double[]> specific, double[] intercepts) {
        /** The linear predictions of a task's rows. */
        double[] linear(int task, double[] x) {
            int p = shared.length;
            double[] own = specific.get(task);
            double[] z = new double[x.length / p];
            for (int i = 0; i < z.length; i++) {
                double sum = intercepts[task];
                for (int f = 0; f < p; f++) {
                    sum = Math.fma(x[i * p + f], shared[f] + own[f], sum);
                }
                z[i] = sum;
            }
            return z;
        }

        /** The same with no coefficients in a task: its own undo the shared ones. */
        Solution atMean(int task, Solution means) {
            List<double[]> own = new ArrayList<>(specific);
            own.set(task, Arrays.stream(shared).map(w -> -w).toArray());
            double[] moved = intercepts.clone();
            moved[task] = means.intercepts[task];
            return new Solution(shared, own, moved);
        }

        /** The losses of a task's rows. */
        double[] losses(int task, Rows rows) {
            double[] z = linear(task, rows.x);
            for (int i = 0; i < z.length; i++) {
                z[i] = rows.family.loss(rows.y[i], z[i]);
            }
            return z;
        }
    }

    /** What it is called, for people. */
    String label() {
        return equals(NO_COEFFICIENTS) ? "no coefficients" : "ridge " + shared + " shared, " + specific + " task-specific";
    }

    /** The minimum for these rows of p features each; p is at least 1. */
    Solution solve(List<Rows> tasks, int p) {
        if (equals(NO_COEFFICIENTS)) {
            Solution means = new SharedRidge(1, 1).solve(tasks.stream().map(task ->
                    new Rows(task.family, new double[task.y.length], task.y)).toList(), 1);
            return new Solution(new double[p], tasks.stream().map(task -> new double[p]).toList(), means.intercepts);
        }
        Solution at = new Solution(new double[p], tasks.stream().map(task -> new double[p]).toList(), new double[tasks.size()]);
        boolean quadratic = tasks.stream().allMatch(task -> task.family == Family.GAUSSIAN);
        double objective = objective(tasks, at);
        for (int step = 0; step < MOST_STEPS; step++) {
            Solution target = newton(tasks, p, at);
            Solution next = target;
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
            if (quadratic || descent <= TOLERANCE * Math.abs(objective)) {
                return at;
            }
        }
        return at;
    }

    private Solution newton(List<Rows> tasks, int p, Solution at) {
        double[] system = new double[p * p];
        double[] right = new double[p];
        List<Tensor> inverses = new ArrayList<>();
        List<double[]> moments = new ArrayList<>();
        double[][] means = new double[tasks.size()][];
        double[] intercepts = new double[tasks.size()];
        for (int t = 0; t < tasks.size(); t++) {
            Centered centered = Centered.of(tasks.get(t), p, at.linear(t, tasks.get(t).x));
            double[] moment = centered.moment;
            double[] hessian = centered.hessian;
            for (int f = 0; f < p; f++) {
                hessian[f * p + f] += specific;
            }
            Tensor inverse = Cholesky.of(Tensor.of(Shape.of(p, p), hessian)).inverse();
            double[] solved = times(inverse, moment);
            double[] numbers = inverse.doubles();
            for (int k = 0; k < system.length; k++) {
                system[k] = Math.fma(-specific * specific, numbers[k], system[k]);
            }
            for (int f = 0; f < p; f++) {
                right[f] = Math.fma(specific, solved[f], right[f]);
            }
            inverses.add(inverse);
            moments.add(moment);
            means[t] = centered.means;
            intercepts[t] = centered.intercept;
        }
        for (int f = 0; f < p; f++) {
            system[f * p + f] += shared + tasks.size() * specific;
        }
        double[] common = Cholesky.of(Tensor.of(Shape.of(p, p), system)).solve(Tensor.vector(right)).toDoubles();
        List<double[]> own = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            double[] pulled = moments.get(t);
            for (int f = 0; f < p; f++) {
                pulled[f] = Math.fma(specific, common[f], pulled[f]);
            }
            double[] all = times(inverses.get(t), pulled);
            for (int f = 0; f < p; f++) {
                intercepts[t] = Math.fma(-means[t][f], all[f], intercepts[t]);
                all[f] -= common[f];
            }
            own.add(all);
        }
        return new Solution(common, own, intercepts);
    }

    /**
     * A task's quadratic model at linear predictions, with the intercept eliminated.
     *
     * @param hessian   {@code sum_i c_i (x_i - m)(x_i - m)'}, p x p
     * @param moment    {@code sum_i (x_i - m) (c_i z_i + y_i - mean_i)}
     * @param means     m, weighted by the curvatures c
     * @param intercept the intercept where all coefficients are 0
     */
    private record Centered(double[] hessian, double[] moment, double[] means, double intercept) {
        static Centered of(Rows rows, int p, double[] z) {
            int n = z.length;
            double[] curvature = new double[n];
            double[] working = new double[n];
            double[] means = new double[p];
            double total = 0;
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double mean = rows.family.mean(z[i]);
                curvature[i] = Math.max(rows.family.curvature(mean), Double.MIN_NORMAL);
                working[i] = curvature[i] * z[i] + rows.y[i] - mean;
                total += curvature[i];
                sum += working[i];
                for (int f = 0; f < p; f++) {
                    means[f] = Math.fma(curvature[i], rows.x[i * p + f], means[f]);
                }
            }
            for (int f = 0; f < p; f++) {
                means[f] /= total;
            }
            double[] scaled = new double[n * p];
            double[] moment = new double[p];
            for (int i = 0; i < n; i++) {
                double root = Math.sqrt(curvature[i]);
                for (int f = 0; f < p; f++) {
                    double centered = rows.x[i * p + f] - means[f];
                    scaled[i * p + f] = root * centered;
                    moment[f] = Math.fma(centered, working[i], moment[f]);
                }
            }
            return new Centered(Matrices.gram(Tensor.of(Shape.of(n, p), scaled)).toDoubles(), moment, means, sum / total);
        }
    }

    private static double[] times(Tensor matrix, double[] vector) {
        return Matrices.product(matrix, Tensor.of(Shape.of(vector.length, 1), vector)).toDoubles();
    }

    private double objective(List<Rows> tasks, Solution at) {
        double value = 0.5 * shared * squares(at.shared);
        for (int t = 0; t < tasks.size(); t++) {
            Rows rows = tasks.get(t);
            double[] z = at.linear(t, rows.x);
            for (int i = 0; i < z.length; i++) {
                value += rows.family.loss(rows.y[i], z[i]);
            }
            value += 0.5 * specific * squares(at.specific.get(t));
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

    private static Solution between(Solution from, Solution to, double share) {
        List<double[]> own = new ArrayList<>();
        for (int t = 0; t < from.specific.size(); t++) {
            own.add(between(from.specific.get(t), to.specific.get(t), share));
        }
        return new Solution(between(from.shared, to.shared, share), own, between(from.intercepts, to.intercepts, share));
    }

    private static double[] between(double[] from, double[] to, double share) {
        double[] between = from.clone();
        for (int f = 0; f < between.length; f++) {
            between[f] = Math.fma(share, to[f] - from[f], between[f]);
        }
        return between;
    }
}
