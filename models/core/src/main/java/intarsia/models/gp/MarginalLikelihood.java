package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.Tensor;
import intarsia.models.gp.Laplace.Mode;

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
 * It keeps three matrices n x n besides products of rows; for use by one thread, which may have a pool.
 */
final class MarginalLikelihood implements LogLikelihood {
    private final Covariance covariance;
    private final Responses y;
    private final Pool pool;
    private final double[] k;
    private double[] start;

    MarginalLikelihood(Covariance covariance, Responses y, Pool pool) {
        this.covariance = covariance;
        this.y = y;
        this.pool = pool;
        k = new double[y.size() * y.size()];
        start = new double[y.size()];
    }

    /** The mode of f given the responses. The search for it begins at the last one found. */
    Mode mode(Hyperparameters h) {
        covariance.fill(h, k, pool);
        Mode mode = Laplace.mode(k, new double[y.size()], y, y.noise(h), start, pool);
        start = mode.a();
        return mode;
    }

    @Override
    public double value(Hyperparameters h, double[] gradient) {
        Mode mode = mode(h);
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
        double[] ofKernels = covariance.gradient(h, (i, to) -> {
            for (int j = 0; j <= i; j++) {
                to[j] = (a[i] + v[i]) * a[j] + a[i] * v[j] - root[i] * inverse[i * n + j] * root[j];
            }
        }, pool);
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
        return mode.logEvidence();
    }
}
