package intarsia.models.tenmtl;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The variance of Gaussian responses' noise over that of their linear predictors, by the marginal likelihood of local regressions (ours):
 *
 * <pre>
 * y_i ~ N(0, s (X_i X_i' / m + rho I)),   rho at the largest likelihood, s at its best for each rho,   m = mean ||x||^2
 * </pre>
 *
 * <p>Responses and rows are centered, so that an individual of n_i rows counts for n_i - 1 numbers; a row's weight says how often it was
 * seen. It does not change with the units of predictors or responses. Cost O(min(n, p)^3 + n p min(n, p)) an individual.
 */
final class NoiseRatio {
    /** The range of rho's binary logarithm that is looked at. */
    private static final int LEAST = -40;
    private static final int MOST = 10;
    private static final int NARROWINGS = 30;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    /** Eigenvalues below this share of the largest are rounding. */
    private static final double NONE = 1e-13;

    private NoiseRatio() {}

    /**
     * X X' / m of an individual.
     *
     * @param values  its eigenvalues above 0
     * @param squares the squared parts of y along their eigenvectors
     * @param rest    the squared part of y along none
     * @param free    how many numbers that part has
     * @param degrees for how many numbers it counts
     */
    record Spectrum(double[] values, double[] squares, double rest, double free, double degrees) {
        /** The squares of y. */
        double norm() {
            return rest + Arrays.stream(squares).sum();
        }

        /** {@code y' (X X' / m + rho I)^-1 y}, and the logarithm of the determinant. */
        double[] at(double rho) {
            double sum = 0;
            double logs = 0;
            for (int k = 0; k < values.length; k++) {
                sum += squares[k] / (values[k] + rho);
                logs += Elementary.log(values[k] + rho);
            }
            return new double[] {sum + rest / rho, logs + free * Elementary.log(rho)};
        }
    }

    /** rho; 1 where responses do not vary, or no individual's weights come to more than one row. */
    static double of(CenteredData data) {
        double scale = data.meanSquaredNorm();
        List<Spectrum> individuals = new ArrayList<>();
        double degrees = 0;
        double norm = 0;
        for (int i = 0; i < data.individuals(); i++) {
            individuals.add(spectrum(data, i, scale));
            degrees += individuals.get(i).degrees;
            norm += individuals.get(i).norm();
        }
        double all = degrees;
        return degrees == 0 || norm == 0 ? 1 : largest(ratios -> Arrays.stream(ratios).map(rho -> {
            double sum = 0;
            double logs = 0;
            for (Spectrum of : individuals) {
                double[] at = of.at(rho);
                sum += at[0];
                logs += at[1];
            }
            return deviance(all, sum, logs);
        }).toArray());
    }

    /** Twice the negative logarithm of the marginal likelihood, constants left out. */
    static double deviance(double degrees, double sum, double logs) {
        return degrees * Elementary.log(sum / degrees) + logs;
    }

    static Spectrum spectrum(CenteredData data, int i, double scale) {
        int n = data.rows(i);
        int p = data.rowShape().size();
        double[] x = new double[n * p];
        double[] y = new double[n];
        double norm = 0;
        for (int row = 0; row < n; row++) {
            double root = Math.sqrt(data.own[data.first[i] + row]);
            y[row] = root * data.y[data.first[i] + row];
            norm += y[row] * y[row];
            for (int j = 0; j < p; j++) {
                x[row * p + j] = root * data.predictors.at((data.first[i] + row) * p + j);
            }
        }
        Tensor rows = Tensor.of(Shape.of(n, p), x);
        Tensor response = Tensor.of(Shape.of(n, 1), y);
        boolean wide = n <= p;
        SymmetricEigen eigen = SymmetricEigen.of(wide ? Matrices.rowGram(rows) : Matrices.gram(rows));
        double[] along = Matrices.product(eigen.vectors(), true, wide ? response : Matrices.product(rows, true, response, false), false)
                .doubles();
        int kept = (int) Arrays.stream(eigen.values().doubles()).filter(value -> value > NONE * eigen.values().at(0)).count();
        kept = Math.min(kept, Math.max(0, (int) Math.ceil(data.totals[i]) - 1));
        double[] values = new double[kept];
        double[] squares = new double[kept];
        double rest = norm;
        for (int k = 0; k < kept; k++) {
            values[k] = eigen.values().at(k) / scale;
            squares[k] = along[k] * along[k] / (wide ? 1 : eigen.values().at(k));
            rest -= squares[k];
        }
        double count = Math.max(0, data.totals[i] - 1);
        return new Spectrum(values, squares, Math.max(0, rest), Math.max(0, count - kept), count);
    }

    /** The rho with the smallest deviance: powers of two, then golden sections. */
    static double largest(UnaryOperator<double[]> deviances) {
        double[] powers = IntStream.rangeClosed(LEAST, MOST).mapToDouble(log -> Math.scalb(1.0, log)).toArray();
        double[] values = deviances.apply(powers);
        int best = LEAST;
        double lowest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < values.length; k++) {
            if (values[k] < lowest) {
                best = LEAST + k;
                lowest = values[k];
            }
        }
        double from = Math.max(LEAST, best - 1);
        double to = Math.min(MOST, best + 1);
        for (int step = 0; step < NARROWINGS; step++) {
            double lower = to - GOLDEN * (to - from);
            double upper = from + GOLDEN * (to - from);
            double[] pair = deviances.apply(new double[] {power(lower), power(upper)});
            if (pair[0] <= pair[1]) {
                to = upper;
            } else {
                from = lower;
            }
        }
        return power((from + to) / 2);
    }

    private static double power(double log) {
        return Elementary.exp(log * Elementary.log(2.0));
    }
}
