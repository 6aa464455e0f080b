package intarsia.models.gp;

import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.TriangularSolve;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;
import intarsia.models.gp.InducingLaplace.Mode;

/**
 * The log q of {@link InducingLaplace} with its derivatives, the inducing rows u being fixed. With a, W, v, T, L and B from there:
 *
 * <pre>
 * s_i   = -1/2 dW_ii / df_i (T_i B^-1 T_i' + rest_i),  p = B^-1 T's,  u_i = s_i - W_ii T_i p        s is 0 for normal responses
 * alpha = L^-T v,   beta = L^-T p
 * d log q = tr(G' dK_fu) - 1/2 tr(X dK_uu) - 1/2 sum_i W_ii dk_ii
 * G_i   = alpha (a_i + u_i) + beta a_i + W_ii L^-T (I - B^-1) T_i'
 * X     = alpha alpha' + beta alpha' + alpha beta' + L^-T (B - 2 I + B^-1) L^-1
 * d log q / d log sigma_t^2 = sum over rows i of t:  loss_i / sigma_t^2 - 1/2 + 1/2 W_ii (T_i B^-1 T_i' + rest_i) - a_i T_i p
 * </pre>
 *
 * All derivatives are exact, that of the jitter included. Each reading of all rows costs O(n m^2): two beyond those of the mode. For use by
 * one thread, which may have a pool.
 */
final class CollapsedBound implements LogLikelihood {
    private final MultitaskGp.KernelSet kernels;
    private final TrainingRows inducing;
    private final TrainingRows rows;
    private final Responses y;
    private final Pool pool;
    private double[] start;

    /**
     * Of rows.
     *
     * @param inducing some of them
     */
    CollapsedBound(MultitaskGp.KernelSet kernels, TrainingRows inducing, TrainingRows rows, Pool pool) {
        this.kernels = kernels;
        this.inducing = inducing;
        this.rows = rows;
        this.pool = pool;
        y = rows.responses();
        start = new double[inducing.size()];
    }

    InducingProjection projection(Hyperparameters h) {
        return new InducingProjection(kernels, inducing, rows.rows(), h, pool);
    }

    /** The mode. The search for it begins at the last one found. */
    Mode mode(InducingProjection projection, Hyperparameters h) {
        Mode mode = InducingLaplace.mode(projection, y, y.noise(h), start, pool);
        start = mode.v();
        return mode;
    }

    @Override
    public double value(Hyperparameters h, double[] gradient) {
        InducingProjection projection = projection(h);
        Mode mode = mode(projection, h);
        System.arraycopy(new Derivatives(projection, mode, h).all(), 0, gradient, 0, gradient.length);
        return mode.logEvidence();
    }

    /** The derivatives at a mode. */
    private final class Derivatives {
        private final InducingProjection projection;
        private final Mode mode;
        private final Hyperparameters h;
        private final int m;
        private final double[] variance = new double[y.size()];
        private final Tensor inverse;
        private final double[] p;
        private final double[] alpha;
        private final double[] beta;
        private final double[] right;

        Derivatives(InducingProjection projection, Mode mode, Hyperparameters h) {
            this.projection = projection;
            this.mode = mode;
            this.h = h;
            m = projection.size();
            inverse = mode.factor().inverse(pool);
            double[] weighted = new double[m];
            projection.panels(this::weighted, part -> {
                for (int j = 0; j < m; j++) {
                    weighted[j] += part[j];
                }
            });
            p = mode.factor().solve(Tensor.vector(weighted), pool).doubles();
            alpha = mode.coefficients(projection, pool);
            beta = TriangularSolve.left(projection.lower(), true, Tensor.vector(p), pool).doubles();
            right = TriangularSolve.right(projection.lower(), false, combined(1, 0, -1), pool).doubles();
        }

        /** {@code i I + b B + c B^-1}. */
        private Tensor combined(double i, double b, double c) {
            double[] sum = new double[m * m];
            for (int k = 0; k < sum.length; k++) {
                sum[k] = (k % (m + 1) == 0 ? i : 0) + b * mode.b().at(k) + c * inverse.at(k);
            }
            return Tensor.of(Shape.of(m, m), sum);
        }

        /** A panel's part of {@code T's}; sets its rows' variances. */
        private double[] weighted(InducingProjection.Panel panel) {
            double[] t = panel.t();
            double[] half = TriangularSolve.right(mode.factor().lower(), true, Tensor.of(Shape.of(panel.size(), m), t)).doubles();
            double[] sum = new double[m];
            for (int i = 0; i < panel.size(); i++) {
                int row = panel.first() + i;
                variance[row] = GpPosterior.dot(half, i * m, half, i * m, m) + panel.rest()[i];
                double s = s(row, f(panel, i));
                for (int j = 0; j < m && s != 0; j++) {
                    sum[j] = Math.fma(s, t[i * m + j], sum[j]);
                }
            }
            return sum;
        }

        private double f(InducingProjection.Panel panel, int i) {
            return GpPosterior.dot(panel.t(), i * m, mode.v(), 0, m);
        }

        private double s(int row, double f) {
            return -0.5 * variance[row] * y.curvatureSlope(row, f, mode.noise());
        }

        double[] all() {
            GradientSums sums = new GradientSums(inducing.divisors().length, h.index().tasks(), 0, h.index().tasks());
            double[] gradient = new double[h.index().size()];
            projection.panels(this::rectangular, part -> {
                sums.add(part.sums);
                for (int t = 0; t < part.noise.length; t++) {
                    gradient[h.index().noise()] += part.noise[t];
                    gradient[h.index().noise(t)] += part.noise[t];
                }
            });
            double[] ofRows = projection.inducing().gradient(h, sums);
            double[] ofInducing = square();
            for (int k = 0; k < gradient.length; k++) {
                gradient[k] += ofRows[k] + ofInducing[k];
            }
            return gradient;
        }

        /**
         * A panel's part.
         *
         * @param sums  of K_fu and k_ii
         * @param noise for each task, by the logarithm of its noise beyond the least
         */
        private record Part(GradientSums sums, double[] noise) {}

        private Part rectangular(InducingProjection.Panel panel) {
            int size = panel.size();
            double[] g = new double[size * m];
            HostProducts.bind(MatMul.PLAIN, new Block64(panel.t(), 0, size, m, m), new Block64(right, 0, m, m, m),
                    new Block64(g, 0, size, m, m)).run();
            double[] d = new double[size];
            double[] ofNoise = new double[h.index().tasks()];
            boolean[] noisy = h.index().noisy();
            for (int i = 0; i < size; i++) {
                int row = panel.first() + i;
                int task = y.tasks()[row];
                double f = f(panel, i);
                double a = y.slope(row, f, mode.noise());
                double w = y.curvature(row, f, mode.noise());
                double implicit = GpPosterior.dot(panel.t(), i * m, p, 0, m);
                double u = s(row, f) - w * implicit;
                d[i] = -0.5 * w;
                for (int j = 0; j < m; j++) {
                    g[i * m + j] = w * g[i * m + j] + alpha[j] * (a + u) + beta[j] * a;
                }
                if (noisy[task]) {
                    double derivative = y.loss(row, f) / mode.noise()[task] - 0.5 * y.weights()[row] + 0.5 * w * variance[row]
                            - a * implicit;
                    ofNoise[task] += derivative * h.noise(task) / mode.noise()[task];
                }
            }
            return new Part(projection.inducing().sums(h, projection.of(panel), g, d), ofNoise);
        }

        /** The part of K_uu. */
        private double[] square() {
            Tensor half = TriangularSolve.left(projection.lower(), true, combined(-2, 1, 1), pool);
            double[] x = TriangularSolve.right(projection.lower(), false, half, pool).doubles();
            return inducing.covariance(kernels).gradient(h, (i, to) -> {
                for (int j = 0; j <= i; j++) {
                    to[j] = -x[i * m + j] - (alpha[i] + beta[i]) * alpha[j] - alpha[i] * beta[j];
                }
                to[i] *= 1 + InducingProjection.JITTER;
            }, pool);
        }
    }
}
