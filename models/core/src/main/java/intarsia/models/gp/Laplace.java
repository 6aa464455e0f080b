package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import java.util.Arrays;

/**
 * Laplace's approximation of the posterior of f at training rows: the mode of {@code log p(y | f) - 1/2 f'K^-1 f} and the curvature there
 * (Rasmussen &amp; Williams 2006, algorithm 3.1). For normal responses it is the posterior itself, found in one step.
 *
 * <pre>
 * W = -d^2 log p(y_i | f_i) / df_i^2,  B = I + W^1/2 K W^1/2,  z = f + W^-1 d log p / df
 * Newton's step:  a = W^1/2 B^-1 W^1/2 z,  f = K a,   halved until the objective does not fall
 * </pre>
 *
 * Where f has a prior mean, f stands here for its deviation from it. All eigenvalues of B are at least 1, so it needs no jitter.
 */
final class Laplace {
    private static final int MOST_STEPS = 60;
    private static final double TOLERANCE = 1e-10;
    private static final int PANEL = Covariance.HEIGHT;

    private final double[] k;
    private final double[] mean;
    private final Responses y;
    private final double[] noise;
    private final Pool pool;
    private final int n;

    private Laplace(double[] k, double[] mean, Responses y, double[] noise, Pool pool) {
        this.k = k;
        this.mean = mean;
        this.y = y;
        this.noise = noise;
        this.pool = pool;
        n = y.size();
    }

    /**
     * The mode.
     *
     * @param f           the linear predictors
     * @param a           {@code K^-1 (f - mean)}, which is also the log-likelihood's derivative
     * @param w           the diagonal of W
     * @param root        its square root
     * @param factor      of B
     * @param noise       for each task the variance of its noise, 1 where there is none
     * @param logEvidence {@code log q(y)}
     */
    record Mode(double[] f, double[] a, double[] w, double[] root, Cholesky factor, double[] noise, double logEvidence) {}

    /**
     * Finds it.
     *
     * @param k     the covariance, n x n, both triangles
     * @param mean  the prior's mean of f
     * @param noise for each task the variance of its noise
     * @param start an a to begin at, if it is better than 0
     */
    static Mode mode(double[] k, double[] mean, Responses y, double[] noise, double[] start, Pool pool) {
        return new Laplace(k, mean, y, noise, pool).mode(start);
    }

    private Mode mode(double[] start) {
        double[] a = new double[n];
        double[] f = mean.clone();
        double objective = objective(f, a);
        double[] begun = predictors(start);
        double there = objective(begun, start);
        if (there > objective) {
            a = start;
            f = begun;
            objective = there;
        }
        double[] w = null;
        double[] root = new double[n];
        Cholesky factor = null;
        boolean last = false;
        for (int step = 0;; step++) {
            double[] slope = new double[n];
            double[] curvature = new double[n];
            double residual = 0;
            double size = 1;
            for (int i = 0; i < n; i++) {
                slope[i] = y.slope(i, f[i], noise);
                curvature[i] = y.curvature(i, f[i], noise);
                residual = Math.max(residual, Math.abs(slope[i] - a[i]));
                size = Math.max(size, Math.abs(a[i]));
            }
            if (!Arrays.equals(w, curvature)) {
                w = curvature;
                root = Arrays.stream(w).map(Math::sqrt).toArray();
                factor = Cholesky.inPlace(Tensor.of(Shape.of(n, n), stabilized(root)), pool);
            } else if (step > 0) {
                // the curvature does not depend on f: one step was exact
                last = true;
            }
            if (last || residual <= TOLERANCE * size || step == MOST_STEPS) {
                break;
            }
            double[] z = new double[n];
            for (int i = 0; i < n; i++) {
                z[i] = root[i] * (f[i] - mean[i] + slope[i] / w[i]);
            }
            double[] next = factor.solve(Tensor.vector(z), pool).doubles();
            for (int i = 0; i < n; i++) {
                next[i] *= root[i];
            }
            double[] nextF = predictors(next);
            double value = objective(nextF, next);
            double least = objective - TOLERANCE * (1 + Math.abs(objective));
            for (double share = 1; !(value >= least) && share > 1e-6; share /= 2) {
                for (int i = 0; i < n; i++) {
                    next[i] = 0.5 * (a[i] + next[i]);
                    nextF[i] = 0.5 * (f[i] + nextF[i]);
                }
                value = objective(nextF, next);
            }
            if (!(value >= least)) {
                break;
            }
            a = next;
            f = nextF;
            objective = value;
        }
        return new Mode(f, a, w, root, factor, noise, objective - 0.5 * factor.logDeterminant());
    }

    /** The lower triangle of B. */
    private double[] stabilized(double[] root) {
        double[] b = new double[n * n];
        pool.run((n + PANEL - 1) / PANEL, panel -> {
            for (int i = panel * PANEL; i < Math.min(n, (panel + 1) * PANEL); i++) {
                for (int j = 0; j <= i; j++) {
                    b[i * n + j] = root[i] * k[i * n + j] * root[j];
                }
                b[i * n + i] += 1;
            }
        });
        return b;
    }

    /** {@code mean + K a}. */
    private double[] predictors(double[] a) {
        double[] f = new double[n];
        pool.run((n + PANEL - 1) / PANEL, panel -> {
            for (int i = panel * PANEL; i < Math.min(n, (panel + 1) * PANEL); i++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum = Math.fma(k[i * n + j], a[j], sum);
                }
                f[i] = mean[i] + sum;
            }
        });
        return f;
    }

    private double objective(double[] f, double[] a) {
        double quadratic = 0;
        for (int i = 0; i < n; i++) {
            quadratic += a[i] * (f[i] - mean[i]);
        }
        return y.logLikelihood(f, noise) - 0.5 * quadratic;
    }
}
