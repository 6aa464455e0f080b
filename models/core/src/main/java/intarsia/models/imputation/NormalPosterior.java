package intarsia.models.imputation;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.TriangularSolve;
import java.util.Arrays;

/**
 * What rows with missing numbers say of the mean and the covariance of a {@link JointNormal}, columns standardized:
 *
 * <pre>
 * x_i ~ N(mu, Sigma),   mu flat,   Sigma with the weight of kappa rows of covariance I,   kappa = 1 + min(n, d^2 / n)
 * Sigma | x ~ IW(max(n - 1 + kappa, d + 2), kappa I + S),   mu | Sigma, x ~ N(mean of x, Sigma / n)      x whole, S its scatter
 * </pre>
 *
 * <p>{@link #mode} is the fixed point of expectation and maximization (Dempster, Laird &amp; Rubin 1977) with {@code (kappa I + S) / (n +
 * kappa)} for Sigma. {@link #draw} takes a turn of data augmentation (Tanner &amp; Wong 1987; Schafer 1997, chapter 5) after the other from
 * there: missing numbers given mu and Sigma, then mu and Sigma given whole rows. The weight of the prior is ours: a row where rows are
 * many, as many rows as there are where columns are more, so that columns may be collinear, or more than rows. Where fewer than {@code d +
 * 2} degrees of freedom are left, the inverse Wishart distribution has d + 2 and the same mean. O(n d m + d^3) a turn, m numbers missing.
 */
final class NormalPosterior {
    private static final int MOST_STEPS = 200;
    private static final double TOLERANCE = 1e-6;

    private final IncompleteRows rows;
    private final int n;
    private final int d;
    private final double kappa;
    private JointNormal mode;

    /** Of standardized rows, one at least. */
    NormalPosterior(IncompleteRows rows) {
        this.rows = rows;
        this.n = rows.size();
        this.d = rows.d();
        this.kappa = 1 + Math.min(n, (double) d * d / n);
    }

    IncompleteRows rows() {
        return rows;
    }

    /** The most probable distribution. */
    JointNormal mode() {
        if (mode == null) {
            mode = expectationMaximization();
        }
        return mode;
    }

    private JointNormal expectationMaximization() {
        double[] x = rows.copy();
        for (int k = 0; k < x.length; k++) {
            x[k] = Double.isNaN(x[k]) ? 0 : x[k];
        }
        JointNormal normal = maximized(x, null);
        double[] before = new double[x.length];
        for (int step = 0; step < MOST_STEPS && !rows.patterns().isEmpty(); step++) {
            System.arraycopy(x, 0, before, 0, x.length);
            Tensor more = Tensor.zeros(d, d);
            for (IncompleteRows.Pattern pattern : rows.patterns()) {
                JointNormal.Conditional conditional = normal.given(pattern.observed(), pattern.missing());
                put(pattern, conditional.means(x, pattern.rows()), x);
                add(pattern, conditional.covariance(), more);
            }
            normal = maximized(x, more);
            double largest = 0;
            for (int k = 0; k < x.length; k++) {
                largest = Math.max(largest, Math.abs(x[k] - before[k]));
            }
            if (largest < TOLERANCE) {
                break;
            }
        }
        return normal;
    }

    private static void put(IncompleteRows.Pattern pattern, Tensor values, double[] x) {
        int m = pattern.missing().length;
        int d = m + pattern.observed().length;
        for (int i = 0; i < pattern.rows().length; i++) {
            for (int k = 0; k < m; k++) {
                x[pattern.rows()[i] * d + pattern.missing()[k]] = values.at(i * m + k);
            }
        }
    }

    /** What missing numbers vary around their means adds to the scatter. */
    private static void add(IncompleteRows.Pattern pattern, Tensor covariance, Tensor to) {
        int[] missing = pattern.missing();
        for (int j = 0; j < missing.length; j++) {
            for (int k = 0; k < missing.length; k++) {
                to.set(to.get(missing[j], missing[k]) + pattern.rows().length * covariance.get(j, k), missing[j], missing[k]);
            }
        }
    }

    private double[] means(double[] x) {
        double[] means = new double[d];
        for (int k = 0; k < x.length; k++) {
            means[k % d] += x[k];
        }
        for (int j = 0; j < d; j++) {
            means[j] /= n;
        }
        return means;
    }

    /** {@code kappa I + S}. */
    private Tensor scatter(double[] x, double[] means) {
        double[] centered = x.clone();
        for (int k = 0; k < x.length; k++) {
            centered[k] -= means[k % d];
        }
        Tensor scatter = Matrices.gram(Tensor.of(Shape.of(n, d), centered));
        for (int j = 0; j < d; j++) {
            scatter.set(scatter.get(j, j) + kappa, j, j);
        }
        return scatter;
    }

    private JointNormal maximized(double[] x, Tensor more) {
        double[] means = means(x);
        Tensor scatter = scatter(x, means);
        for (int k = 0; k < scatter.size(); k++) {
            scatter.doubles()[k] = (scatter.at(k) + (more == null ? 0 : more.at(k))) / (n + kappa);
        }
        return new JointNormal(means, Cholesky.of(scatter).inverse());
    }

    /**
     * A draw of mean and covariance, after so many turns from the mode.
     *
     * @param turns one at least
     */
    JointNormal draw(RandomStream random, int turns) {
        JointNormal normal = mode();
        double[] x = rows.copy();
        for (int turn = 0; turn < turns; turn++) {
            for (IncompleteRows.Pattern pattern : rows.patterns()) {
                JointNormal.Conditional conditional = normal.given(pattern.observed(), pattern.missing());
                Tensor values = conditional.means(x, pattern.rows());
                Tensor deviations = conditional.deviations(pattern.rows().length, random);
                for (int k = 0; k < values.size(); k++) {
                    values.doubles()[k] += deviations.at(k);
                }
                put(pattern, values, x);
            }
            normal = drawn(x, random);
        }
        return normal;
    }

    /**
     * Of whole rows. With {@code kappa I + S = L L'} and A A' a Wishart matrix of covariance I (Bartlett 1933), the precision is
     * {@code T T'} for {@code T = L'^-1 A}.
     */
    private JointNormal drawn(double[] x, RandomStream random) {
        double[] means = means(x);
        Tensor lower = Cholesky.of(scatter(x, means)).lower();
        double freedom = n - 1 + kappa;
        double taken = Math.max(freedom, d + 2.0);
        Tensor a = Tensor.zeros(d, d);
        // too few degrees of freedom: the same mean S / freedom from d + 2, where the mean is the scale itself
        double shrunk = taken > freedom ? freedom : 1;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                a.set(Math.sqrt(shrunk) * random.nextGaussian(), i, j);
            }
            a.set(Math.sqrt(shrunk * RandomVariates.chiSquare(taken - i, random)), i, i);
        }
        Tensor root = TriangularSolve.left(lower, true, a);
        double[] z = new double[d];
        for (int i = 0; i < d; i++) {
            z[i] = random.nextGaussian() / Math.sqrt(n);
        }
        // Sigma = L A'^-1 A^-1 L'
        double[] deviation = product(lower, TriangularSolve.left(a, true, Tensor.vector(z)).doubles());
        for (int i = 0; i < d; i++) {
            means[i] += deviation[i];
        }
        return new JointNormal(means, Matrices.rowGram(root));
    }

    private static double[] product(Tensor lower, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j <= i; j++) {
                product[i] = Math.fma(lower.get(i, j), vector[j], product[i]);
            }
        }
        return product;
    }

    @Override
    public String toString() {
        return n + " rows of " + d + " numbers, prior of " + kappa + " rows, missing "
                + Arrays.stream(rows.x()).filter(Double::isNaN).count();
    }
}
