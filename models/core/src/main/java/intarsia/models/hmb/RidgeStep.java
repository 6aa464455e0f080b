package intarsia.models.hmb;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step of {@link SharedRidge}: the minimum of the quadratic model of the losses at linear predictors. With the weighted moments
 * {@code H_t = X_t' C X_t} and {@code r_t} of centered rows, and {@code M_t = (H_t + specific I)^-1}, the w_t are eliminated from the
 * system (Schur complement; the formulation is ours):
 *
 * <pre>
 * ((shared + T specific) I - specific^2 sum_t M_t) w_c = specific sum_t M_t r_t,     w_c + w_t = M_t (r_t + specific w_c)
 * </pre>
 *
 * <p>So a step costs O(n p^2 + T p^3). Of K classes each has a system of its own: the curvatures of
 * {@link intarsia.models.response.Likelihood#expand} bound the Hessian by a diagonal. What all classes have in common is then taken out,
 * which leaves predictions as they are and makes coefficients smaller. The error falls by a half or more a step, also ours.
 */
final class RidgeStep {
    private final SharedRidge ridge;
    private final List<SharedRidge.Rows> tasks;
    private final int p;
    private final List<Expansion> expansions;

    private RidgeStep(SharedRidge ridge, List<SharedRidge.Rows> tasks, int p, List<Expansion> expansions) {
        this.ridge = ridge;
        this.tasks = tasks;
        this.p = p;
        this.expansions = expansions;
    }

    /** The step's target for tasks that share coefficients. */
    static List<SharedRidge.Solution> of(SharedRidge ridge, List<SharedRidge.Rows> tasks, int p, List<SharedRidge.Solution> at) {
        List<Expansion> expansions = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            expansions.add(Expansion.of(tasks.get(t), at.get(t).linear(tasks.get(t).x())));
        }
        RidgeStep step = new RidgeStep(ridge, tasks, p, expansions);
        int predictors = tasks.getFirst().predictors();
        double[] shared = new double[p * predictors];
        List<SharedRidge.Solution> target = tasks.stream().map(task -> new SharedRidge.Solution(shared, new double[p * predictors],
                new double[predictors])).toList();
        for (int k = 0; k < predictors; k++) {
            step.solve(k, target);
        }
        if (predictors > 1) {
            center(shared, predictors);
            target.forEach(task -> {
                center(task.specific(), predictors);
                center(task.intercepts(), predictors);
            });
        }
        return target;
    }

    /** Every row of a matrix with the mean 0. */
    private static void center(double[] matrix, int columns) {
        for (int from = 0; from < matrix.length; from += columns) {
            double mean = Arrays.stream(matrix, from, from + columns).sum() / columns;
            for (int k = from; k < from + columns; k++) {
                matrix[k] -= mean;
            }
        }
    }

    /** Writes the minimum for one of the linear predictors. */
    private void solve(int k, List<SharedRidge.Solution> target) {
        double specific = ridge.specific();
        double[] system = new double[p * p];
        double[] right = new double[p];
        List<Tensor> inverses = new ArrayList<>();
        List<Centered> centered = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            Centered of = expansions.get(t).centered(k, tasks.get(t).x(), p);
            double[] hessian = of.hessian;
            for (int f = 0; f < p; f++) {
                hessian[f * p + f] += specific;
            }
            Tensor inverse = Cholesky.of(Tensor.of(Shape.of(p, p), hessian)).inverse();
            double[] solved = times(inverse, of.moment);
            double[] numbers = inverse.doubles();
            for (int i = 0; i < system.length; i++) {
                system[i] = Math.fma(-specific * specific, numbers[i], system[i]);
            }
            for (int f = 0; f < p; f++) {
                right[f] = Math.fma(specific, solved[f], right[f]);
            }
            inverses.add(inverse);
            centered.add(of);
        }
        for (int f = 0; f < p; f++) {
            system[f * p + f] += ridge.shared() + tasks.size() * specific;
        }
        double[] common = Cholesky.of(Tensor.of(Shape.of(p, p), system)).solve(Tensor.vector(right)).toDoubles();
        for (int t = 0; t < tasks.size(); t++) {
            double[] pulled = centered.get(t).moment;
            for (int f = 0; f < p; f++) {
                pulled[f] = Math.fma(specific, common[f], pulled[f]);
            }
            double[] all = times(inverses.get(t), pulled);
            double intercept = centered.get(t).intercept;
            int predictors = target.get(t).intercepts().length;
            for (int f = 0; f < p; f++) {
                intercept = Math.fma(-centered.get(t).means[f], all[f], intercept);
                target.get(t).shared()[f * predictors + k] = common[f];
                target.get(t).specific()[f * predictors + k] = all[f] - common[f];
            }
            target.get(t).intercepts()[k] = intercept;
        }
    }

    private static double[] times(Tensor matrix, double[] vector) {
        return Matrices.product(matrix, Tensor.of(Shape.of(vector.length, 1), vector)).toDoubles();
    }

    /**
     * A task's losses to second order, each number rows x linear predictors.
     *
     * @param predictors how many linear predictors a row has
     * @param curvatures c, above 0, times how much each row counts
     * @param working    {@code c eta - slope}
     */
    private record Expansion(int predictors, double[] curvatures, double[] working) {
        static Expansion of(SharedRidge.Rows rows, double[] eta) {
            double[] slopes = new double[eta.length];
            double[] curvatures = new double[eta.length];
            int predictors = rows.predictors();
            for (int i = 0; i < rows.count(); i++) {
                rows.family().likelihood().expand(rows.y(), i * rows.family().learned(), eta, i * predictors, predictors, slopes,
                        curvatures);
            }
            for (int i = 0; i < eta.length; i++) {
                double weight = rows.v()[i / predictors];
                curvatures[i] = weight * Math.max(curvatures[i], Double.MIN_NORMAL);
                slopes[i] = curvatures[i] * eta[i] - weight * slopes[i];
            }
            return new Expansion(predictors, curvatures, slopes);
        }

        /** Of one of the linear predictors, with the intercept eliminated. */
        Centered centered(int k, double[][] x, int p) {
            int n = curvatures.length / predictors;
            double[] means = new double[p];
            double total = 0;
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double curvature = curvatures[i * predictors + k];
                total += curvature;
                sum += working[i * predictors + k];
                double[] row = x[i];
                for (int f = 0; f < p; f++) {
                    means[f] = Math.fma(curvature, row[f], means[f]);
                }
            }
            for (int f = 0; f < p; f++) {
                means[f] /= total;
            }
            double[] scaled = new double[n * p];
            double[] moment = new double[p];
            for (int i = 0; i < n; i++) {
                double root = Math.sqrt(curvatures[i * predictors + k]);
                double work = working[i * predictors + k];
                double[] row = x[i];
                for (int f = 0; f < p; f++) {
                    moment[f] = Math.fma(row[f] - means[f], work, moment[f]);
                }
                for (int f = 0; f < p; f++) {
                    scaled[i * p + f] = root * (row[f] - means[f]);
                }
            }
            return new Centered(Matrices.gram(Tensor.of(Shape.of(n, p), scaled)).toDoubles(), moment, means, sum / total);
        }
    }

    /**
     * The quadratic model of a linear predictor's losses, with the intercept eliminated.
     *
     * @param hessian   {@code sum_i c_i (x_i - m)(x_i - m)'}, p x p
     * @param moment    {@code sum_i (x_i - m) (c_i eta_i - slope_i)}
     * @param means     m, weighted by the curvatures c
     * @param intercept the intercept where all coefficients are 0
     */
    private record Centered(double[] hessian, double[] moment, double[] means, double intercept) {}
}
