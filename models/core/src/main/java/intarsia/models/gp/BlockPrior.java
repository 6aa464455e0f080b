package intarsia.models.gp;

import intarsia.linalg.Pool;
import java.util.ArrayList;
import java.util.List;

/**
 * What blocks as outputs say of the linear predictors before any response is seen. Each output k has a Gaussian process of its own over the
 * anchor, and the response's linear predictor a loading w_k on it: a linear model of coregionalization, of which the latent processes are
 * c, p_t and the g_k.
 *
 * <pre>
 * u_ik = g_k(x_i0) + e_ik,   g_k ~ GP(0, k_k),  e_ik ~ N(0, s_k)
 * eta_i = f_t(x_i) + sum_k w_k u_ik,   f_t as where blocks are absent:  Cov(eta_i, u_jk) = w_k Cov(u_ik, u_jk)
 * log q(y, blocks) = sum_k log p(u_k where observed) + log q(y | blocks)
 * y | blocks:  eta has prior mean sum_k w_k E u_ik  and covariance  K + sum_k w_k^2 Cov(u_k)     (0 where u_k is observed)
 * </pre>
 *
 * So a missing block is a latent variable that the response informs, together with all its other rows; nothing is approximated for normal
 * responses. Loadings and the hyperparameters of all processes are found together, by evidence. With all w_k = 0 it is the process in which
 * missing blocks contribute nothing. The formulation is ours; the linear model of coregionalization is in Alvarez, Rosasco &amp; Lawrence
 * 2012, section 4. O(n^3) an output.
 */
final class BlockPrior {
    private final BlockOutputs blocks;
    private final Covariance covariance;
    private final Pool pool;

    BlockPrior(MultitaskGp.KernelSet kernels, BlockOutputs blocks, Pool pool) {
        this.blocks = blocks;
        this.pool = pool;
        covariance = new Covariance(kernels, blocks.anchors(), blocks.divisors(), 1);
    }

    /** The loading of an output, in standard deviations of its own. */
    static double loading(Hyperparameters h, int k, BlockOutput output) {
        return output.share() * h.values()[h.index().output(k).loading()];
    }

    /** The outputs' processes. */
    List<OutputProcess> at(Hyperparameters h) {
        int n = blocks.anchors().size();
        double[] k = new double[n * n];
        List<OutputProcess> processes = new ArrayList<>();
        for (int output = 0; output < blocks.outputs().size(); output++) {
            Hyperparameters own = h.index().output(output).process(h.values());
            covariance.fill(own, k, pool);
            processes.add(new OutputProcess(blocks.outputs().get(output), own, k, n, pool));
        }
        return processes;
    }

    /** Adds means and covariances of the linear predictors, n and n x n. */
    static void addTo(List<OutputProcess> processes, Hyperparameters h, double[] means, double[] covariance) {
        for (int k = 0; k < processes.size(); k++) {
            processes.get(k).addTo(means, covariance, loading(h, k, processes.get(k).output()));
        }
    }

    /**
     * How much of the variance of a task's linear predictors a source's outputs are expected to make, before any response was seen: with
     * mean m and covariance S of what they add in the task's n rows, {@code 1/n sum_i (S_ii + m_i^2) - 1/n^2 sum_ij (S_ij + m_i m_j)}.
     *
     * @param rows the number of the task's first row, and of that after its last
     * @param n    how many rows have responses
     */
    static double variance(List<OutputProcess> processes, Hyperparameters h, int source, int[] rows, int n) {
        double[] m = new double[n];
        double[] s = new double[n * n];
        for (int k = 0; k < processes.size(); k++) {
            OutputProcess process = processes.get(k);
            if (process.output().source() == source) {
                process.addTo(m, s, loading(h, k, process.output()));
            }
        }
        double squares = 0;
        double mean = 0;
        double between = 0;
        int size = rows[1] - rows[0];
        for (int i = rows[0]; i < rows[1]; i++) {
            squares += (s[i * n + i] + m[i] * m[i]) / size;
            mean += m[i] / size;
            for (int j = rows[0]; j < rows[1]; j++) {
                between += s[i * n + j] / size / size;
            }
        }
        return Math.max(0, squares - between - mean * mean);
    }

    /**
     * Adds the derivatives of log q(y, blocks).
     *
     * @param b      the derivative of log q(y | blocks) by the linear predictors' means
     * @param matrix twice that by their covariance
     */
    void addSlopes(List<OutputProcess> processes, Hyperparameters h, double[] b, Covariance.SymmetricRows matrix, double[] gradient) {
        double[] g = halved(matrix, b.length);
        int n = blocks.anchors().size();
        for (int k = 0; k < processes.size(); k++) {
            OutputProcess process = processes.get(k);
            OutputIndex index = h.index().output(k);
            OutputProcess.Slopes slopes = process.slopes(b, g, loading(h, k, process.output()), pool);
            index.add(covariance.gradient(process.hyperparameters(), (i, to) -> {
                for (int j = 0; j <= i; j++) {
                    to[j] = 2 * slopes.kernels()[i * n + j];
                }
            }, pool), gradient);
            gradient[index.noise()] += slopes.noise();
            gradient[index.loading()] += process.output().share() * slopes.loading();
        }
    }

    private static double[] halved(Covariance.SymmetricRows matrix, int n) {
        double[] g = new double[n * n];
        double[] line = new double[n];
        for (int i = 0; i < n; i++) {
            matrix.write(i, line);
            for (int j = 0; j <= i; j++) {
                g[i * n + j] = 0.5 * line[j];
                g[j * n + i] = 0.5 * line[j];
            }
        }
        return g;
    }
}
