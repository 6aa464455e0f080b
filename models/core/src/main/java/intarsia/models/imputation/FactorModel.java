package intarsia.models.imputation;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.SymmetricEigen;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A normal distribution of rows by few latent factors, learned from rows of which each has some of the numbers:
 *
 * <pre>
 * x = mu + W z + e,   z ~ N(0, I_q),   e_j ~ N(0, psi_j)
 * maximize  sum_i log N(x_i; mu, W W' + Psi, of the numbers that row i has)  -  1/2 sum_j [log psi_j + (1 + ||w_j||^2) / psi_j]
 * </pre>
 *
 * Numbers that no row has together, such as the sources at both ends of a chain of overlaps, are linked by the factors that they share with
 * what lies between: {@code Cov(x_j, x_k) = w_j' w_k}. It is known where what lies between tells all factors. The sum over j is the weight
 * of one row of variance 1 a column, of standardized columns; ours.
 *
 * <p>Maximized by expectation and maximization (Rubin &amp; Thayer 1982, for incomplete rows), from the leading eigenvectors of the
 * covariances of pairs that rows have together, 0 for pairs that none has. q is the smallest number of factors after which Schwarz'
 * criterion rises, at most {@value #MOST}. O(n q (d + q)) a step and pattern of missing numbers besides O(d q^2).
 *
 * @param mean     mu [d]
 * @param loadings W [d x q], row after row
 * @param noise    psi [d]
 * @param objective what is maximized
 */
record FactorModel(double[] mean, double[] loadings, double[] noise, double objective) {
    static final int MOST = 10;
    private static final double WEIGHT = 1;
    private static final int MOST_STEPS = 1000;
    private static final double TOLERANCE = 1e-9;
    private static final double LEAST_NOISE = 0.05;
    private static final double LOG_TWO_PI = 1.8378770664093453;

    /** With as many factors as Schwarz' criterion says. */
    static FactorModel of(IncompleteRows rows) {
        FactorModel best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (int q = 0; q <= MOST && 2 * q < Math.max(1, rows.d()); q++) {
            FactorModel model = of(rows, q);
            double criterion = -2 * model.objective + Elementary.log(Math.max(1, rows.size())) * (rows.d() * q - q * (q - 1) / 2.0);
            if (criterion >= lowest) {
                break;
            }
            best = model;
            lowest = criterion;
        }
        return best;
    }

    /** With so many factors. */
    static FactorModel of(IncompleteRows rows, int q) {
        return of(rows, q, WEIGHT, TOLERANCE, MOST_STEPS);
    }

    /** The same with the weight of so many rows a column, until a step gains less than so much a row, or so many steps are done. */
    static FactorModel of(IncompleteRows rows, int q, double weight, double tolerance, int steps) {
        Climb climb = new Climb(rows, q, weight);
        double before = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < steps; step++) {
            double now = climb.expect();
            if (now - before <= tolerance * rows.size()) {
                break;
            }
            before = now;
            climb.maximize();
        }
        return new FactorModel(climb.mean, climb.loadings, climb.noise, climb.expect());
    }

    /** How many factors. */
    int factors() {
        return mean.length == 0 ? 0 : loadings.length / mean.length;
    }

    /** The distribution of rows. */
    JointNormal normal() {
        int d = mean.length;
        Tensor covariance = Tensor.zeros(d, d);
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < d; k++) {
                covariance.set(covariance(j, k), j, k);
            }
        }
        return new JointNormal(mean, Cholesky.withJitter(covariance).cholesky().inverse());
    }

    /** Of two numbers. */
    double covariance(int j, int k) {
        int q = factors();
        double sum = j == k ? noise[j] : 0;
        for (int f = 0; f < q; f++) {
            sum = Math.fma(loadings[j * q + f], loadings[k * q + f], sum);
        }
        return sum;
    }

    /** Expectation and maximization under way. */
    private static final class Climb {
        private final IncompleteRows rows;
        private final int d;
        private final int q;
        private final double weight;
        private final double[] mean;
        private final double[] loadings;
        private final double[] noise;
        /** For each number, over the rows that have it: E[(1, z)(1, z)'], x E(1, z), x^2, and how many there are. */
        private final double[][] products;
        private final double[][] crossed;
        private final double[] squares;
        private final int[] counts;

        Climb(IncompleteRows rows, int q, double weight) {
            this.weight = weight;
            this.rows = rows;
            this.d = rows.d();
            this.q = q;
            mean = new double[d];
            noise = new double[d];
            loadings = new double[d * q];
            products = new double[d][(q + 1) * (q + 1)];
            crossed = new double[d][q + 1];
            squares = new double[d];
            counts = new int[d];
            begin();
        }

        private void begin() {
            Tensor pairs = Tensor.zeros(d, d);
            Tensor together = Tensor.zeros(d, d);
            int[] seen = new int[d];
            for (int k = 0; k < rows.x().length; k++) {
                if (!Double.isNaN(rows.x()[k])) {
                    mean[k % d] += rows.x()[k];
                    seen[k % d]++;
                }
            }
            for (int j = 0; j < d; j++) {
                mean[j] /= Math.max(1, seen[j]);
            }
            for (int i = 0; i < rows.size(); i++) {
                for (int j = 0; j < d; j++) {
                    double a = rows.x()[i * d + j] - mean[j];
                    for (int k = 0; k <= j && !Double.isNaN(a); k++) {
                        double b = rows.x()[i * d + k] - mean[k];
                        if (!Double.isNaN(b)) {
                            pairs.set(Math.fma(a, b, pairs.get(j, k)), j, k);
                            together.set(together.get(j, k) + 1, j, k);
                        }
                    }
                }
            }
            for (int j = 0; j < d; j++) {
                for (int k = 0; k <= j; k++) {
                    double value = pairs.get(j, k) / Math.max(1, together.get(j, k));
                    pairs.set(value, j, k);
                    pairs.set(value, k, j);
                }
            }
            SymmetricEigen eigen = q == 0 ? null : SymmetricEigen.of(pairs);
            for (int j = 0; j < d; j++) {
                noise[j] = pairs.get(j, j);
                for (int f = 0; f < q; f++) {
                    double loading = Math.sqrt(Math.max(LEAST_NOISE, eigen.values().at(f))) * eigen.vectors().get(j, f);
                    loadings[j * q + f] = loading;
                    noise[j] -= loading * loading;
                }
                noise[j] = Math.max(LEAST_NOISE, noise[j]);
            }
        }

        /** Sums of what is expected of factors; the objective. */
        double expect() {
            for (int j = 0; j < d; j++) {
                Arrays.fill(products[j], 0);
                Arrays.fill(crossed[j], 0);
            }
            Arrays.fill(squares, 0);
            Arrays.fill(counts, 0);
            double objective = 0;
            for (int j = 0; j < d; j++) {
                double prior = 1;
                for (int f = 0; f < q; f++) {
                    prior = Math.fma(loadings[j * q + f], loadings[j * q + f], prior);
                }
                objective -= 0.5 * weight * (Elementary.log(noise[j]) + prior / noise[j]);
            }
            boolean[] whole = new boolean[rows.size()];
            Arrays.fill(whole, true);
            for (IncompleteRows.Pattern pattern : rows.patterns()) {
                objective += expect(pattern.observed(), pattern.rows());
                for (int row : pattern.rows()) {
                    whole[row] = false;
                }
            }
            return objective + expect(IntStream.range(0, d).toArray(), IntStream.range(0, whole.length).filter(i -> whole[i]).toArray());
        }

        /** Of rows that have the same numbers; their log likelihood. */
        private double expect(int[] observed, int[] which) {
            if (which.length == 0 || observed.length == 0) {
                return 0;
            }
            double[] capacitance = new double[q * q];
            double logs = observed.length * LOG_TWO_PI;
            for (int j : observed) {
                logs += Elementary.log(noise[j]);
                for (int f = 0; f < q; f++) {
                    for (int g = 0; g < q; g++) {
                        capacitance[f * q + g] = Math.fma(loadings[j * q + f] / noise[j], loadings[j * q + g], capacitance[f * q + g]);
                    }
                }
            }
            for (int f = 0; f < q; f++) {
                capacitance[f * q + f] += 1;
            }
            Cholesky cholesky = q == 0 ? null : Cholesky.of(Tensor.of(Shape.of(q, q), capacitance));
            double[] variance = q == 0 ? new double[0] : cholesky.inverse().doubles();
            logs += q == 0 ? 0 : cholesky.logDeterminant();
            double[] outer = new double[(q + 1) * (q + 1)];
            double likelihood = 0;
            double[] projected = new double[q];
            double[] z = new double[q + 1];
            z[0] = 1;
            for (int row : which) {
                Arrays.fill(projected, 0);
                double quadratic = 0;
                for (int j : observed) {
                    double residual = rows.x()[row * d + j] - mean[j];
                    double scaled = residual / noise[j];
                    quadratic = Math.fma(residual, scaled, quadratic);
                    for (int f = 0; f < q; f++) {
                        projected[f] = Math.fma(scaled, loadings[j * q + f], projected[f]);
                    }
                }
                for (int f = 0; f < q; f++) {
                    z[f + 1] = 0;
                    for (int g = 0; g < q; g++) {
                        z[f + 1] = Math.fma(variance[f * q + g], projected[g], z[f + 1]);
                    }
                    quadratic -= z[f + 1] * projected[f];
                }
                likelihood -= 0.5 * (logs + quadratic);
                for (int f = 0; f <= q; f++) {
                    for (int g = 0; g <= q; g++) {
                        outer[f * (q + 1) + g] = Math.fma(z[f], z[g], outer[f * (q + 1) + g]);
                    }
                }
                for (int j : observed) {
                    double x = rows.x()[row * d + j];
                    squares[j] = Math.fma(x, x, squares[j]);
                    for (int f = 0; f <= q; f++) {
                        crossed[j][f] = Math.fma(x, z[f], crossed[j][f]);
                    }
                }
            }
            for (int f = 0; f < q; f++) {
                for (int g = 0; g < q; g++) {
                    outer[(f + 1) * (q + 1) + g + 1] += which.length * variance[f * q + g];
                }
            }
            for (int j : observed) {
                counts[j] += which.length;
                for (int k = 0; k < outer.length; k++) {
                    products[j][k] += outer[k];
                }
            }
            return likelihood;
        }

        /** Each number's regression on the factors, a ridge on its loadings. */
        void maximize() {
            for (int j = 0; j < d; j++) {
                if (counts[j] == 0) {
                    continue;
                }
                double[] normal = products[j].clone();
                for (int f = 1; f <= q; f++) {
                    normal[f * (q + 1) + f] += weight;
                }
                double[] solved = Cholesky.of(Tensor.of(Shape.of(q + 1, q + 1), normal))
                        .solve(Tensor.of(Shape.of(q + 1, 1), crossed[j].clone())).doubles();
                double unexplained = squares[j];
                for (int f = 0; f <= q; f++) {
                    unexplained -= solved[f] * crossed[j][f];
                }
                mean[j] = solved[0];
                System.arraycopy(solved, 1, loadings, j * q, q);
                noise[j] = (Math.max(0, unexplained) + weight) / (counts[j] + weight);
            }
        }
    }
}
