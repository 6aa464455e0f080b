package intarsia.models.imputation;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.TriangularSolve;

/**
 * A normal distribution of rows, {@code x ~ N(mu, Sigma)}.
 *
 * @param mean      mu [d]
 * @param precision {@code Sigma^-1} [d x d]
 */
record JointNormal(double[] mean, Tensor precision) {
    /**
     * Some numbers of a row given the others:
     *
     * <pre>
     * x_m | x_o ~ N(mu_m - K_mm^-1 K_mo (x_o - mu_o), K_mm^-1),   K = Sigma^-1
     * </pre>
     *
     * @param slopes {@code -K_mm^-1 K_mo} [m x o]
     * @param lower  L with {@code L L' = K_mm}
     */
    record Conditional(int[] missing, int[] observed, double[] mean, Tensor slopes, Tensor lower) {
        /** The means of rows [n x m], of whole rows [n x d] in which what is missing is not read. */
        Tensor means(double[] rows, int[] which) {
            int d = mean.length;
            int n = which.length;
            double[] known = new double[n * observed.length];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < observed.length; k++) {
                    known[i * observed.length + k] = rows[which[i] * d + observed[k]] - mean[observed[k]];
                }
            }
            Tensor means = observed.length == 0 ? Tensor.zeros(n, missing.length)
                    : Matrices.product(Tensor.of(Shape.of(n, observed.length), known), false, slopes, true);
            for (int k = 0; k < n * missing.length; k++) {
                means.doubles()[k] += mean[missing[k % missing.length]];
            }
            return means;
        }

        /** Deviations from the means, one row of random numbers after the other [n x m]. */
        Tensor deviations(int n, RandomStream random) {
            double[] z = new double[n * missing.length];
            for (int k = 0; k < z.length; k++) {
                z[k] = random.nextGaussian();
            }
            // z L^-1: its rows have covariance (L L')^-1
            return TriangularSolve.right(lower, false, Tensor.of(Shape.of(n, missing.length), z));
        }

        /** {@code K_mm^-1}. */
        Tensor covariance() {
            return new Cholesky(lower).inverse();
        }
    }

    /** The numbers at some places, given those at all others. O(m^2 d). */
    Conditional given(int[] observed, int[] missing) {
        Tensor lower = Cholesky.withJitter(part(missing, missing)).cholesky().lower();
        Tensor slopes = observed.length == 0 ? null : new Cholesky(lower).solve(part(missing, observed));
        for (int k = 0; slopes != null && k < slopes.size(); k++) {
            slopes.doubles()[k] = -slopes.doubles()[k];
        }
        return new Conditional(missing, observed, mean, slopes, lower);
    }

    /**
     * The numbers at some places, given those at some others; all others are left open. The conditional of the marginal.
     */
    JointNormal marginal(int[] kept) {
        Tensor covariance = Cholesky.withJitter(precision).cholesky().inverse();
        double[] means = new double[kept.length];
        double[] part = new double[kept.length * kept.length];
        for (int i = 0; i < kept.length; i++) {
            means[i] = mean[kept[i]];
            for (int j = 0; j < kept.length; j++) {
                part[i * kept.length + j] = covariance.get(kept[i], kept[j]);
            }
        }
        return new JointNormal(means, Cholesky.withJitter(Tensor.of(Shape.of(kept.length, kept.length), part)).cholesky().inverse());
    }

    private Tensor part(int[] rows, int[] columns) {
        double[] part = new double[rows.length * columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                part[i * columns.length + j] = precision.get(rows[i], columns[j]);
            }
        }
        return Tensor.of(Shape.of(rows.length, columns.length), part);
    }
}
