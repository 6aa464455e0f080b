package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.TriangularSolve;
import java.util.Arrays;

/**
 * An output of a block, {@code u_i = g(x_i) + e_i}, {@code g ~ GP(0, k)}, {@code e_i ~ N(0, s)}, given its values in the rows O that have
 * the block. Of the rows M that lack it:
 *
 * <pre>
 * R = K_OO + s I,  alpha = R^-1 u:   E u_M = K_MO alpha,   Cov u_M = K_MM - K_MO R^-1 K_OM + s I
 * log p(u_O) = -1/2 u'alpha - 1/2 log |R| - n_O / 2 log 2 pi
 * </pre>
 *
 * O may be empty. O(n_O^3 + n_O n_M (n_O + n_M)).
 */
final class OutputProcess {
    private static final double LOG_TWO_PI = 1.8378770664093453;

    private final BlockOutput of;
    private final Hyperparameters h;
    private final double noise;
    private final int n;
    private final Cholesky factor;
    private final Tensor alpha;
    private final Tensor half;
    private final double[] mean;
    private final Tensor covariance;
    private final double logDensity;

    /**
     * Given its values.
     *
     * @param h of its process
     * @param k the covariance of all rows, n x n
     */
    OutputProcess(BlockOutput of, Hyperparameters h, double[] k, int n, Pool pool) {
        this.of = of;
        this.h = h;
        this.n = n;
        noise = Responses.LEAST_NOISE + h.noise(0);
        int[] observed = of.observed();
        Tensor r = part(k, n, observed, observed);
        for (int i = 0; i < observed.length; i++) {
            r.doubles()[i * observed.length + i] += noise;
        }
        factor = observed.length == 0 ? new Cholesky(r) : Cholesky.inPlace(r, pool);
        alpha = factor.solve(Tensor.vector(of.values()), pool);
        Tensor cross = part(k, n, observed, of.missing());
        half = cross.size() == 0 ? cross : TriangularSolve.left(factor.lower(), false, cross, pool);
        mean = new double[of.missing().length];
        for (int j = 0; j < mean.length; j++) {
            for (int i = 0; i < observed.length; i++) {
                mean[j] = Math.fma(cross.get(i, j), alpha.at(i), mean[j]);
            }
        }
        covariance = part(k, n, of.missing(), of.missing());
        Tensor known = half.size() == 0 ? null : Matrices.gram(half);
        for (int i = 0; i < covariance.size() && known != null; i++) {
            covariance.doubles()[i] -= known.at(i);
        }
        double density = -0.5 * factor.logDeterminant() - 0.5 * observed.length * LOG_TWO_PI;
        for (int i = 0; i < observed.length; i++) {
            density -= 0.5 * of.values()[i] * alpha.at(i);
        }
        logDensity = density;
    }

    private static Tensor part(double[] k, int n, int[] rows, int[] columns) {
        double[] part = new double[rows.length * columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                part[i * columns.length + j] = k[rows[i] * n + columns[j]];
            }
        }
        return Tensor.of(Shape.of(rows.length, columns.length), part);
    }

    BlockOutput output() {
        return of;
    }

    Hyperparameters hyperparameters() {
        return h;
    }

    double logDensity() {
        return logDensity;
    }

    /** Adds what the output times w is expected to be, in rows with responses, and its covariance where it is missing. */
    void addTo(double[] means, double[] k, double w) {
        int labelled = means.length;
        for (int i = 0; i < of.observed().length && of.observed()[i] < labelled; i++) {
            means[of.observed()[i]] += w * of.values()[i];
        }
        int[] missing = of.missing();
        for (int i = 0; i < missing.length; i++) {
            means[missing[i]] += w * mean[i];
            for (int j = 0; j < missing.length; j++) {
                k[missing[i] * labelled + missing[j]] += w * w * (covariance.get(i, j) + (i == j ? noise : 0));
            }
        }
    }

    /**
     * Derivatives of {@code sum_i b_i m_i + sum_ij G_ij S_ij + log p(u_O)}, m and S being what {@link #addTo} adds, as numbers b and G.
     *
     * @param kernels Q, n x n, with {@code sum_ij Q_ij dK_ij} the derivative by any hyperparameter of the covariance
     * @param noise   by the noise's logarithm
     * @param loading by w
     */
    record Slopes(double[] kernels, double noise, double loading) {}

    /**
     * The derivatives. With P = K_MO R^-1, beta = w b_M, Gamma = w^2 G_MM and v = P'beta:
     *
     * <pre>
     * Q_MM = Gamma,   Q_MO = 1/2 beta alpha' - Gamma P,
     * Q_OO = P'Gamma P - 1/2 (v alpha' + alpha v') + 1/2 (alpha alpha' - R^-1)
     * </pre>
     *
     * @param b one a row with responses
     * @param g G, both triangles, row after row
     */
    Slopes slopes(double[] b, double[] g, double w, Pool pool) {
        int[] observed = of.observed();
        int[] missing = of.missing();
        Tensor gamma = part(g, b.length, missing, missing);
        double trace = 0;
        double loading = 0;
        for (int i = 0; i < observed.length && observed[i] < b.length; i++) {
            loading += b[observed[i]] * of.values()[i];
        }
        for (int i = 0; i < missing.length; i++) {
            trace += gamma.get(i, i);
            loading += b[missing[i]] * mean[i];
        }
        double inner = 0;
        for (int i = 0; i < gamma.size(); i++) {
            inner += gamma.at(i) * covariance.at(i);
            gamma.doubles()[i] *= w * w;
        }
        loading += 2 * w * (inner + noise * trace);
        double[] q = new double[n * n];
        Tensor p = half.size() == 0 ? half : TriangularSolve.left(factor.lower(), true, half, pool);
        Tensor weighted = Matrices.product(p, gamma);
        Tensor both = Matrices.product(weighted, false, p, true);
        double[] inverse = observed.length == 0 ? new double[0] : factor.inverse(pool).doubles();
        double[] v = new double[observed.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < missing.length; j++) {
                v[i] = Math.fma(p.get(i, j), w * b[missing[j]], v[i]);
            }
        }
        double byNoise = w * w * trace;
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                double one = both.get(i, j) - 0.5 * (v[i] * alpha.at(j) + alpha.at(i) * v[j])
                        + 0.5 * (alpha.at(i) * alpha.at(j) - inverse[i * v.length + j]);
                q[observed[i] * n + observed[j]] = one;
                byNoise += i == j ? one : 0;
            }
            for (int j = 0; j < missing.length; j++) {
                double one = 0.5 * w * b[missing[j]] * alpha.at(i) - weighted.get(i, j);
                q[observed[i] * n + missing[j]] = one;
                q[missing[j] * n + observed[i]] = one;
            }
        }
        for (int i = 0; i < missing.length; i++) {
            for (int j = 0; j < missing.length; j++) {
                q[missing[i] * n + missing[j]] = gamma.get(i, j);
            }
        }
        return new Slopes(q, byNoise * h.noise(0), loading);
    }

    /**
     * The output in other rows.
     *
     * @param mean       one a row
     * @param variance   one a row, the noise in it
     * @param covariance with rows M, rows x n_M
     */
    record Elsewhere(double[] mean, double[] variance, Tensor covariance) {}

    /** In rows of which the covariance with all rows is known. */
    Elsewhere in(CrossCovariance.Of cross) {
        int m = cross.variance().length;
        int[] every = new int[m];
        Arrays.setAll(every, i -> i);
        Tensor known = part(cross.covariance(), n, every, of.observed());
        Tensor rows = known.size() == 0 ? known : TriangularSolve.right(factor.lower(), true, known);
        Tensor missing = part(cross.covariance(), n, every, of.missing());
        Tensor explained = Matrices.product(rows, half);
        for (int i = 0; i < missing.size(); i++) {
            missing.doubles()[i] -= explained.at(i);
        }
        double[] means = new double[m];
        double[] variances = new double[m];
        for (int i = 0; i < m; i++) {
            double sum = 0;
            for (int j = 0; j < of.observed().length; j++) {
                means[i] = Math.fma(known.get(i, j), alpha.at(j), means[i]);
                sum = Math.fma(rows.get(i, j), rows.get(i, j), sum);
            }
            variances[i] = Math.max(0, cross.variance()[i] - sum) + noise;
        }
        return new Elsewhere(means, variances, missing);
    }
}
