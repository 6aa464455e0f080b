package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.Tensor;
import intarsia.models.gp.Laplace.Mode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The log marginal likelihood {@code log q(y | theta)} with its derivatives (Rasmussen &amp; Williams 2006, algorithm 5.1; exact for normal
 * responses). With R = (K + W^-1)^-1 = W^1/2 B^-1 W^1/2, V = (K^-1 + W)^-1, s_i = -1/2 V_ii dW_ii / df_i and u = R W^-1 s:
 *
 * <pre>
 * log q              = -1/2 a'f + log p(y | f) - 1/2 log |B|
 * d log q / d theta  = 1/2 tr(M dK / d theta),   M = a a' + u a' + a u' - R
 * d log q / d log sigma_t^2 = sum over rows i of t:  loss_i / sigma_t^2 - 1/2 B^-1_ii - a_i (s_i - u_i) / W_ii
 * </pre>
 *
 * Where blocks are outputs, {@code log q} is that of responses and blocks, and the linear predictors have a prior mean, by which the
 * derivative is a + u: see {@link BlockPrior}. It keeps three matrices n x n besides products of rows; for use by one thread, which may
 * have a pool.
 */
final class MarginalLikelihood implements LogLikelihood {
    private final Covariance covariance;
    private final Responses y;
    private final Pool pool;
    private final BlockPrior blocks;
    private final double[] k;
    private double[] start;

    MarginalLikelihood(Covariance covariance, Responses y, Pool pool) {
        this(covariance, null, y, pool);
    }

    /** Of rows; with the likelihood of blocks, where these are outputs. */
    MarginalLikelihood(MultitaskGp.KernelSet kernels, TrainingRows rows, Pool pool) {
        this(rows.covariance(kernels), rows.blocks() == null ? null : new BlockPrior(kernels, rows.blocks(), pool), rows.responses(), pool);
    }

    private MarginalLikelihood(Covariance covariance, BlockPrior blocks, Responses y, Pool pool) {
        this.blocks = blocks;
        this.covariance = covariance;
        this.y = y;
        this.pool = pool;
        k = new double[y.size() * y.size()];
        start = new double[y.size()];
    }

    /** The search for the mode begins at this a. */
    MarginalLikelihood from(double[] a) {
        start = a;
        return this;
    }

    /** The mode of f given the responses. The search for it begins at the last one found. */
    Mode mode(Hyperparameters h) {
        return mode(h, outputs(h));
    }

    /** The blocks' outputs; none where blocks are no outputs. */
    List<OutputProcess> outputs(Hyperparameters h) {
        return blocks == null ? List.of() : blocks.at(h);
    }

    /** The mode given the blocks' outputs. */
    Mode mode(Hyperparameters h, List<OutputProcess> outputs) {
        covariance.fill(h, k, pool);
        double[] mean = new double[y.size()];
        BlockPrior.addTo(outputs, h, mean, k);
        Mode mode = Laplace.mode(k, mean, y, y.noise(h), start, pool);
        start = mode.a();
        return mode;
    }

    @Override
    public double value(Hyperparameters h, double[] gradient) {
        List<OutputProcess> outputs = outputs(h);
        Mode mode = mode(h, outputs);
        int n = y.size();
        double[] inverse = mode.factor().inverse(pool).doubles();
        double[] root = mode.root();
        double[] a = mode.a();
        double[] s = new double[n];
        double[] scaled = new double[n];
        boolean implicit = false;
        for (int i = 0; i < n; i++) {
            s[i] = -0.5 * (1 - inverse[i * n + i]) * y.curvatureSlope(i, mode.f()[i], mode.noise()) / mode.w()[i];
            scaled[i] = s[i] / root[i];
            implicit |= s[i] != 0;
        }
        double[] u = new double[n];
        if (implicit) {
            u = mode.factor().solve(Tensor.vector(scaled), pool).doubles();
            for (int i = 0; i < n; i++) {
                u[i] *= root[i];
            }
        }
        double[] v = u;
        Covariance.SymmetricRows matrix = (i, to) -> {
            for (int j = 0; j <= i; j++) {
                to[j] = (a[i] + v[i]) * a[j] + a[i] * v[j] - root[i] * inverse[i * n + j] * root[j];
            }
        };
        double[] ofKernels = covariance.gradient(h, matrix, pool);
        System.arraycopy(ofKernels, 0, gradient, 0, gradient.length);
        boolean[] noisy = y.noisy();
        for (int i = 0; i < n; i++) {
            int t = y.tasks()[i];
            if (noisy[t]) {
                double derivative = y.loss(i, mode.f()[i]) / mode.noise()[t]
                        - 0.5 * (y.weights()[i] - 1 + inverse[i * n + i]) - a[i] * (s[i] - u[i]) / mode.w()[i];
                double byLogarithm = derivative * h.noise(t) / mode.noise()[t];
                gradient[h.index().noise()] += byLogarithm;
                gradient[h.index().noise(t)] += byLogarithm;
            }
        }
        double evidence = mode.logEvidence();
        if (blocks != null) {
            blocks.addSlopes(outputs, h, IntStream.range(0, n).mapToDouble(i -> a[i] + v[i]).toArray(), matrix, gradient);
            for (OutputProcess output : outputs) {
                evidence += output.logDensity();
            }
        }
        return evidence;
    }
}
