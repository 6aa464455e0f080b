package intarsia.models.gp;

import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.TriangularSolve;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;
import java.util.function.Function;

/**
 * The posterior of f, given rows and what was learned at them:
 *
 * <pre>
 * E f(x) = k(x)'c,   Var f(x) = k(x, x) - k(x)'D k(x),   D = C'C,  C = L^-1 W^1/2 and c = a where L is the factor of B
 * </pre>
 *
 * A row's numbers do not depend on the rows it comes with. Safe for use by several threads.
 */
final class GpPosterior {
    private static final MatMul TRANSPOSED = MatMul.of(false, true);
    private static final int PANEL = 64;

    private final CrossCovariance covariance;
    private final Hyperparameters hyperparameters;
    private final double[] c;
    private final double[] reducer;

    /**
     * With what was learned.
     *
     * @param reducer C, or null if variances are not asked for
     */
    GpPosterior(CrossCovariance covariance, Hyperparameters hyperparameters, double[] c, double[] reducer) {
        this.covariance = covariance;
        this.hyperparameters = hyperparameters;
        this.c = c;
        this.reducer = reducer;
    }

    /** C. */
    double[] reducer() {
        return reducer;
    }

    /** C for a mode. */
    static double[] reducer(Laplace.Mode mode, Pool pool) {
        int n = mode.f().length;
        double[] diagonal = new double[n * n];
        for (int i = 0; i < n; i++) {
            diagonal[i * n + i] = mode.root()[i];
        }
        return TriangularSolve.left(mode.factor().lower(), false, Tensor.of(Shape.of(n, n), diagonal), pool).doubles();
    }

    /**
     * Means and variances of f.
     *
     * @param mean     one a row
     * @param variance one a row; null if not asked for
     */
    record Latent(double[] mean, double[] variance) {}

    /** The same rows and what was learned at them, where another task has been added to the hyperparameters. */
    GpPosterior under(CrossCovariance same, Hyperparameters extended) {
        return new GpPosterior(same, extended, c, reducer);
    }

    /**
     * What the rows learned from say of other rows.
     *
     * @param mean     the mean of f, one a row
     * @param known    {@code C k(x)}, m x n; null without C
     * @param variance {@code k(x, x)}, one a row
     */
    record Projection(double[] mean, double[] known, double[] variance) {}

    Projection project(KernelRows rows) {
        CrossCovariance.Of cross = covariance.of(hyperparameters, rows);
        int m = rows.size();
        double[] mean = new double[m];
        for (int i = 0; i < m; i++) {
            mean[i] = dot(cross.covariance(), i * c.length, c, 0, c.length);
        }
        return new Projection(mean, reducer == null ? null : reduced(cross.covariance(), m), cross.variance());
    }

    /** The mean of the shared part of f, one a row; the whole mean is this and the task-specific part's. */
    double[] shared(KernelRows rows) {
        double[] k = covariance.covariances(hyperparameters, rows, false);
        double[] mean = new double[rows.size()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = dot(k, i * c.length, c, 0, c.length);
        }
        return mean;
    }

    /** {@code C k} for each row k of a matrix m x n. */
    private double[] reduced(double[] k, int m) {
        int n = c.length;
        double[] reduced = new double[m * n];
        if (m > 0) {
            HostProducts.bind(TRANSPOSED, new Block64(k, 0, m, n, n), new Block64(reducer, 0, n, n, n), new Block64(reduced, 0, m, n, n))
                    .run();
        }
        return reduced;
    }

    /** A sum of products in ascending order. */
    static double dot(double[] x, int xo, double[] y, int yo, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum = Math.fma(x[xo + j], y[yo + j], sum);
        }
        return sum;
    }

    /** Of rows. */
    Latent at(KernelRows rows) {
        Projection projection = project(rows);
        double[] variance = reducer == null ? null : projection.variance;
        for (int i = 0; i < rows.size() && reducer != null; i++) {
            variance[i] = Math.max(0, variance[i] - dot(projection.known, i * c.length, projection.known, i * c.length, c.length));
        }
        return new Latent(projection.mean, variance);
    }

    /** Of many rows, side by side on a pool. */
    static Latent inPanels(KernelRows rows, boolean variances, Pool pool, Function<KernelRows, Latent> posterior) {
        int m = rows.size();
        Latent all = new Latent(new double[m], variances ? new double[m] : null);
        pool.run((m + PANEL - 1) / PANEL, panel -> {
            int from = panel * PANEL;
            int to = Math.min(m, from + PANEL);
            Latent part = posterior.apply(rows.range(from, to));
            System.arraycopy(part.mean, 0, all.mean, from, to - from);
            if (variances) {
                System.arraycopy(part.variance, 0, all.variance, from, to - from);
            }
        });
        return all;
    }
}
