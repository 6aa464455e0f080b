package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.TriangularSolve;

/**
 * The posterior of f for a task that was added: the posterior given the rows of the first tasks is the prior of the new task's rows, X, and
 * these are learned from as any others.
 *
 * <pre>
 * prior of f(X): mean m = k(X)'c, covariance S = k(X, X) - k(X)'D k(X)
 * E f(x) = k(x)'c + e'a,   Var f(x) = k(x, x) - k(x)'D k(x) - e'W^1/2 B^-1 W^1/2 e,   e = k(x, X) - k(x)'D k(X),  B = I + W^1/2 S W^1/2
 * </pre>
 *
 * So for normal responses it is conditioned on all rows exactly, while the first tasks stay as they are.
 */
final class AddedPosterior {
    private final GpPosterior first;
    private final CrossCovariance own;
    private final Hyperparameters hyperparameters;
    private final GpPosterior.Projection rows;
    private final int n;
    private final double[] covariance;
    private double[] a;
    private double[] root;
    private Cholesky factor;

    /**
     * Before anything is learned from the new rows.
     *
     * @param first           the posterior given the first tasks' rows, under these hyperparameters, with C
     * @param kernels         of the covariance
     * @param hyperparameters the new task's among them
     * @param rows            the new rows
     */
    AddedPosterior(GpPosterior first, MultitaskGp.KernelSet kernels, Hyperparameters hyperparameters, TrainingRows rows, Pool pool) {
        this.first = first;
        own = rows.cross(kernels);
        this.hyperparameters = hyperparameters;
        this.rows = first.project(rows.rows());
        n = rows.size();
        covariance = new double[n * n];
        rows.covariance(kernels).fill(hyperparameters, covariance, pool);
        int known = this.rows.known().length / n;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i * n + j] -= GpPosterior.dot(this.rows.known(), i * known, this.rows.known(), j * known, known);
            }
        }
    }

    /** Learns from the new rows' responses; the search begins at an a. */
    Laplace.Mode learn(Responses y, double[] start, Pool pool) {
        Laplace.Mode mode = Laplace.mode(covariance, rows.mean(), y, y.noise(hyperparameters), start, pool);
        a = mode.a();
        root = mode.root();
        factor = mode.factor();
        return mode;
    }

    /** Of other rows of the new task. */
    GpPosterior.Latent at(KernelRows others) {
        GpPosterior.Projection projection = first.project(others);
        CrossCovariance.Of cross = own.of(hyperparameters, others);
        int m = others.size();
        int known = rows.known().length / n;
        double[] mean = projection.mean();
        double[] variance = projection.variance();
        for (int i = 0; i < m; i++) {
            double[] e = new double[n];
            for (int j = 0; j < n; j++) {
                e[j] = cross.covariance()[i * n + j] - GpPosterior.dot(projection.known(), i * known, rows.known(), j * known, known);
            }
            mean[i] += GpPosterior.dot(e, 0, a, 0, n);
            for (int j = 0; j < n; j++) {
                e[j] *= root[j];
            }
            double[] half = TriangularSolve.left(factor.lower(), false, Tensor.of(Shape.of(n), e)).doubles();
            variance[i] = Math.max(0, variance[i] - GpPosterior.dot(projection.known(), i * known, projection.known(), i * known, known)
                    - GpPosterior.dot(half, 0, half, 0, n));
        }
        return new GpPosterior.Latent(mean, variance);
    }
}
