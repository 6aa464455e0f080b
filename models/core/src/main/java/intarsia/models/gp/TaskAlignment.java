package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.SymmetricEigen;
import java.util.Arrays;

/**
 * How far tasks' responses go together in what kernels see, where a search for loadings begins: the derivative of the marginal likelihood
 * by the tasks' covariance at K = I, pairs of different rows only,
 *
 * <pre>
 * A_tt' = sum over rows i of t, j of t', i != j, of  r_i r_j k(x_i, x_j),   r the responses minus their task's mean
 * L = the leading eigenvectors of A_tt' / sqrt(A_tt A_t't'), times the roots of their eigenvalues
 * </pre>
 */
final class TaskAlignment {
    private final double[][] correlation;

    TaskAlignment(TrainingRows rows, MultitaskGp.KernelSet kernels, Pool pool) {
        int n = rows.size();
        HyperparameterIndex index = rows.index(0);
        double[] values = new double[index.size()];
        for (int s = 0; s < index.sources(); s++) {
            for (KernelKind kind : KernelKind.values()) {
                values[index.weight(Hyperparameters.SPECIFIC, s, kind)] = Double.NEGATIVE_INFINITY;
            }
        }
        for (int part : new int[] {Hyperparameters.SHARED, Hyperparameters.SPECIFIC}) {
            values[index.constant(part)] = Double.NEGATIVE_INFINITY;
        }
        double[] k = new double[n * n];
        rows.covariance(kernels).fill(new Hyperparameters(index, values), k, pool);
        double[] r = residuals(rows.responses(), index.tasks());
        double[][] alignment = new double[index.tasks()][index.tasks()];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                alignment[rows.responses().tasks()[i]][rows.responses().tasks()[j]] += i == j ? 0 : r[i] * r[j] * k[i * n + j];
            }
        }
        correlation = new double[index.tasks()][index.tasks()];
        for (int t = 0; t < correlation.length; t++) {
            for (int other = 0; other < correlation.length; other++) {
                double scale = Math.sqrt(Math.max(0, alignment[t][t]) * Math.max(0, alignment[other][other]));
                correlation[t][other] = t == other ? 1 : scale > 0 ? Math.clamp(alignment[t][other] / scale, -1, 1) : 0;
            }
        }
    }

    /** The slopes of the log-likelihood at 0, around each task's mean: the responses themselves, where these are standardized or 0/1. */
    private static double[] residuals(Responses y, int tasks) {
        double[] mean = new double[tasks];
        int[] count = new int[tasks];
        for (int task : y.tasks()) {
            count[task]++;
        }
        double[] ones = new double[tasks];
        Arrays.fill(ones, 1);
        double[] r = new double[y.size()];
        for (int i = 0; i < r.length; i++) {
            r[i] = y.slope(i, 0, ones);
            mean[y.tasks()[i]] += r[i] / count[y.tasks()[i]];
        }
        for (int i = 0; i < r.length; i++) {
            r[i] -= mean[y.tasks()[i]];
        }
        return r;
    }

    /** Sets the tasks' loadings, the first factor's sum positive. */
    void loadings(HyperparameterIndex index, double[] values) {
        SymmetricEigen eigen = SymmetricEigen.of(Tensor.matrix(correlation));
        for (int r = 0; r < index.rank(); r++) {
            double sum = 0;
            for (int t = 0; t < correlation.length && r < correlation.length; t++) {
                sum += eigen.vectors().get(t, r);
            }
            for (int t = 0; t < correlation.length; t++) {
                values[index.loading(t, r)] = r >= correlation.length ? 0
                        : (sum < 0 ? -1 : 1) * eigen.vectors().get(t, r) * Math.sqrt(Math.max(0, eigen.values().at(r)));
            }
        }
    }
}
