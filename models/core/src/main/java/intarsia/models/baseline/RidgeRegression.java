package intarsia.models.baseline;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.models.Predictor;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plain logistic regression (binary response) or linear regression (continuous) of each task on the sources it observes, with a small ridge so that
 * the solution is unique:
 *
 * <pre>
 * minimize  sum_i loss(y_i, b + x_i' w) + ridge / 2 ||w||^2
 * </pre>
 *
 * by Newton's method (one step if linear) from 0, halving steps that do not descend, to a gradient below 1e-8 n. Features are standardized; the
 * intercept is not penalized. Learns from training and validation rows, since it needs none to stop by. O(n p^2 + p^3) a step.
 *
 * @param ridge the weight of the ridge; 1 is what common libraries use for logistic regression unless told otherwise
 */
public record RidgeRegression(double ridge) {
    private static final int MOST_STEPS = 100;

    /** With ridge 1. */
    public static final RidgeRegression DEFAULT = new RidgeRegression(1);

    /** Checks that the ridge is positive. */
    public RidgeRegression {
        if (!(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge " + ridge + ": must be positive, else the solution need not be unique");
        }
    }

    /** Fits every task. */
    public Predictor fit(TaskSet data, List<Split> splits) {
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::known).toList(), Encoding.Scaling.STANDARDIZED);
        Map<String, DenseRows> rows = new LinkedHashMap<>();
        Map<String, double[]> coefficients = new LinkedHashMap<>();
        for (int t = 0; t < data.tasks().size(); t++) {
            Task task = data.tasks().get(t);
            DenseRows own = DenseRows.of(task, encoding);
            int[] known = splits.get(t).known();
            double[] y = Arrays.stream(known).mapToDouble(i -> encoding.encodeResponse(task.name(), task.response()[i])).toArray();
            rows.put(task.name(), own);
            coefficients.put(task.name(), solve(own.dense(Observations.of(task, known)), own.width(), y, own.kind() == Task.ResponseKind.BINARY));
        }
        return (task, observations) -> {
            DenseRows own = rows.get(data.task(task).name());
            return own.respond(linear(own.dense(observations), own.width(), coefficients.get(task)));
        };
    }

    /** The coefficients, the intercept last. */
    double[] solve(double[] x, int p, double[] y, boolean logistic) {
        double[] w = new double[p + 1];
        double objective = objective(x, p, y, logistic, w);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[p + 1];
            double[] hessian = new double[(p + 1) * (p + 1)];
            accumulate(x, p, y, logistic, w, gradient, hessian);
            if (Arrays.stream(gradient).map(Math::abs).max().orElse(0) <= 1e-8 * y.length) {
                break;
            }
            double[] direction = Cholesky.of(Tensor.of(Shape.of(p + 1, p + 1), hessian)).solve(Tensor.vector(gradient)).doubles();
            double scale = 1;
            double[] next = moved(w, direction, scale);
            double value = objective(x, p, y, logistic, next);
            while (value > objective && scale > 1e-10) {
                scale /= 2;
                next = moved(w, direction, scale);
                value = objective(x, p, y, logistic, next);
            }
            w = next;
            objective = value;
        }
        return w;
    }

    private void accumulate(double[] x, int p, double[] y, boolean logistic, double[] w, double[] gradient, double[] hessian) {
        double[] z = linear(x, p, w);
        double[] row = new double[p + 1];
        row[p] = 1;
        for (int i = 0; i < y.length; i++) {
            double mean = logistic ? Elementary.sigmoid(z[i]) : z[i];
            double curvature = logistic ? mean * (1 - mean) : 1;
            System.arraycopy(x, i * p, row, 0, p);
            for (int a = 0; a <= p; a++) {
                gradient[a] += (mean - y[i]) * row[a];
                for (int b = 0; b <= a; b++) {
                    hessian[a * (p + 1) + b] += curvature * row[a] * row[b];
                }
            }
        }
        for (int a = 0; a < p; a++) {
            gradient[a] += ridge * w[a];
            hessian[a * (p + 1) + a] += ridge;
        }
        // Separable labels can leave the intercept without curvature.
        hessian[p * (p + 1) + p] += 1e-10;
    }

    private double objective(double[] x, int p, double[] y, boolean logistic, double[] w) {
        double[] z = linear(x, p, w);
        double value = 0;
        for (int i = 0; i < y.length; i++) {
            value += logistic ? Elementary.softplus(z[i]) - y[i] * z[i] : 0.5 * (z[i] - y[i]) * (z[i] - y[i]);
        }
        for (int a = 0; a < p; a++) {
            value += 0.5 * ridge * w[a] * w[a];
        }
        return value;
    }

    private static double[] linear(double[] x, int p, double[] w) {
        double[] z = new double[x.length / p];
        for (int i = 0; i < z.length; i++) {
            double sum = w[p];
            for (int j = 0; j < p; j++) {
                sum += x[i * p + j] * w[j];
            }
            z[i] = sum;
        }
        return z;
    }

    private static double[] moved(double[] w, double[] direction, double scale) {
        double[] next = w.clone();
        for (int a = 0; a < next.length; a++) {
            next[a] -= scale * direction[a];
        }
        return next;
    }
}
