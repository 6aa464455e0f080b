package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;

/**
 * {@link Coupling.JointSparsity} for Gaussian responses by coordinate descent over the groups, a predictor's coefficients in all
 * individuals being one. With slopes r and curvatures c at all others' values a group's minimum is {@code b_i = r_i / (c_i + weight /
 * rho)}, rho = ||b|| being the root of {@code sum_i (r_i / (c_i rho + weight))^2 = 1}, and 0 if {@code ||r|| <= weight}. Predictors that
 * are nearly dependent, which make accelerated proximal gradient crawl, cost it little. A pass is O(I p q), q the groups that move.
 */
final class GroupCoordinateDescent {
    private static final int ROOT_STEPS = 60;
    private static final double ROOT_TOLERANCE = 1e-14;

    private final double weight;
    /** Of each individual, the Gram matrix of its predictors. */
    private final double[][] gram;
    /** Of each individual, the slopes at b. */
    private final double[][] slopes;
    private final double[][] b;
    private final double size;

    GroupCoordinateDescent(CenteredData data, double weight) {
        int p = data.rowShape().size();
        this.weight = weight;
        gram = new double[data.individuals()][];
        slopes = new double[data.individuals()][p];
        b = new double[data.individuals()][p];
        double squares = 0;
        for (int i = 0; i < gram.length; i++) {
            int from = data.first[i];
            int n = data.first[i + 1] - from;
            double[] rows = Arrays.copyOfRange(data.predictors.doubles(), from * p, (from + n) * p);
            for (int k = 0; k < n * p; k++) {
                rows[k] *= Math.sqrt(data.weights[from + k / p]);
            }
            gram[i] = Matrices.gram(Tensor.of(Shape.of(n, p), rows)).doubles();
            for (int row = 0; row < n; row++) {
                double y = data.y[from + row] * Math.sqrt(data.weights[from + row]);
                squares += y * y;
                for (int j = 0; j < p; j++) {
                    slopes[i][j] = Math.fma(y, rows[row * p + j], slopes[i][j]);
                }
            }
        }
        size = squares;
    }

    /**
     * Passes until none moves the fit of a group by more than the tolerance, relative to the responses; between passes over all groups,
     * passes over those that are not 0. Says whether it came to that end before the limit of passes.
     */
    boolean minimize(SolverOptions options) {
        double most = options.tolerance() * options.tolerance() * size;
        int passes = 0;
        double moved = Double.POSITIVE_INFINITY;
        while (moved > most && passes++ < options.maxIterations()) {
            moved = pass(false);
            for (double active = moved; active > most && passes < options.maxIterations(); passes++) {
                active = pass(true);
            }
        }
        return moved <= most;
    }

    /** B [individuals x p]. */
    double[][] coefficients() {
        return b;
    }

    private double pass(boolean activeOnly) {
        double largest = 0;
        for (int j = 0; j < b[0].length; j++) {
            largest = Math.max(largest, activeOnly && zero(j) ? 0 : move(j));
        }
        return largest;
    }

    private boolean zero(int j) {
        for (double[] individual : b) {
            if (individual[j] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes a group to its minimum; returns how far its fit moved, squared. */
    private double move(int j) {
        int count = b.length;
        int p = b[0].length;
        double[] r = new double[count];
        double[] c = new double[count];
        double norm = 0;
        for (int i = 0; i < count; i++) {
            c[i] = gram[i][j * p + j];
            r[i] = c[i] == 0 ? 0 : Math.fma(c[i], b[i][j], slopes[i][j]);
            norm = Math.fma(r[i], r[i], norm);
        }
        double shrink = Math.sqrt(norm) <= weight ? Double.POSITIVE_INFINITY : weight == 0 ? 0 : weight / root(r, c);
        double moved = 0;
        for (int i = 0; i < count; i++) {
            double target = c[i] == 0 || shrink == Double.POSITIVE_INFINITY ? 0 : r[i] / (c[i] + shrink);
            double delta = target - b[i][j];
            if (delta != 0) {
                b[i][j] = target;
                moved += c[i] * delta * delta;
                double[] slope = slopes[i];
                for (int k = 0; k < p; k++) {
                    slope[k] = Math.fma(-delta, gram[i][j * p + k], slope[k]);
                }
            }
        }
        return moved;
    }

    /** Newton's method on {@code (sum_i (r_i / (c_i rho + weight))^2)^(-1/2) = 1}, nearly linear in rho and never overshooting from 0. */
    private double root(double[] r, double[] c) {
        double rho = 0;
        for (int step = 0; step < ROOT_STEPS; step++) {
            double sum = 0;
            double slope = 0;
            for (int i = 0; i < r.length; i++) {
                double below = c[i] * rho + weight;
                double share = r[i] / below * (r[i] / below);
                sum += share;
                slope += share * c[i] / below;
            }
            double delta = (Math.sqrt(sum) - 1) * sum / slope;
            rho += delta;
            if (Math.abs(delta) <= ROOT_TOLERANCE * rho) {
                break;
            }
        }
        return rho;
    }
}
