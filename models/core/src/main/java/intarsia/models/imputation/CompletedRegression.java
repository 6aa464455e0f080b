package intarsia.models.imputation;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.linalg.decomposition.Matrices;
import intarsia.models.data.Moments;
import intarsia.optim.solve.Family;
import java.util.Arrays;

/**
 * A regression without a penalty, with standard errors: least squares, logistic or Poisson with a log link.
 *
 * <pre>
 * covariance = phi (X' W X)^-1,   W curvatures at the solution,   phi = residual mean square of least squares, else 1
 * </pre>
 *
 * <p>Newton's method (iterated weighted least squares) on columns in units of a power of two near their size. O(n p^2) a step.
 *
 * @param coefficients a number for each column
 * @param variances    their squared standard errors
 * @param freedom      rows less columns
 */
public record CompletedRegression(double[] coefficients, double[] variances, int freedom) {
    private static final int MOST_STEPS = 60;
    private static final double TOLERANCE = 1e-9;

    /**
     * Fits.
     *
     * @param x       n x p, an intercept among its columns if one is wanted
     * @param y       n responses
     * @param offsets added to linear predictors; null for none
     * @return null where there is no unique finite solution: collinear columns, separable classes, no more rows than columns
     */
    public static CompletedRegression of(Family family, Tensor x, double[] y, double[] offsets) {
        int n = x.shape().rows();
        int p = x.shape().columns();
        if (n <= p) {
            return null;
        }
        double[] scale = new double[p];
        Tensor columns = scaled(x, scale);
        Moments response = family == Family.GAUSSIAN ? Moments.of(y) : Moments.NONE;
        double unit = response.constant() ? 1 : response.scale();
        double[] targets = Arrays.stream(y).map(value -> value / unit).toArray();
        double[] beta = new double[p];
        double[] eta = start(family, targets, offsets);
        try {
            for (int step = 0; step < MOST_STEPS; step++) {
                double[] weights = weights(family, eta);
                double[] working = new double[n];
                for (int i = 0; i < n; i++) {
                    double mean = family.mean(eta[i]);
                    working[i] = eta[i] - (offsets == null ? 0 : offsets[i]) + (targets[i] - mean) / weights[i];
                }
                Cholesky normal = Cholesky.of(weighted(columns, weights));
                double[] next = normal.solve(Tensor.vector(products(columns, weights, working))).doubles();
                double[] fitted = Matrices.product(columns, Tensor.of(Shape.of(p, 1), next)).doubles();
                double largest = 0;
                for (int i = 0; i < n; i++) {
                    double now = fitted[i] + (offsets == null ? 0 : offsets[i]);
                    largest = Math.max(largest, Math.abs(now - eta[i]) / (1 + Math.abs(now)));
                    eta[i] = now;
                }
                beta = next;
                if (largest < TOLERANCE) {
                    return solution(family, Cholesky.of(weighted(columns, weights(family, eta))), beta, scale, targets, eta, unit);
                }
            }
        } catch (DecompositionException e) {
            return null;
        }
        return null;
    }

    private static double[] weights(Family family, double[] eta) {
        return Arrays.stream(eta).map(of -> family.curvature(family.mean(of))).toArray();
    }

    private static double[] start(Family family, double[] y, double[] offsets) {
        double[] eta = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            eta[i] = switch (family) {
                case GAUSSIAN -> y[i];
                case BINOMIAL -> Elementary.log((y[i] + 0.5) / (1.5 - y[i]));
                case POISSON -> Elementary.log(y[i] + 0.5);
            };
        }
        return eta;
    }

    private static CompletedRegression solution(Family family, Cholesky normal, double[] beta, double[] scale, double[] y, double[] eta,
            double unit) {
        int p = beta.length;
        Tensor lower = normal.lower();
        double squares = 0;
        for (int i = 0; i < y.length; i++) {
            squares += (y[i] - eta[i]) * (y[i] - eta[i]);
        }
        double phi = family == Family.GAUSSIAN ? squares / (y.length - p) : 1;
        Tensor inverse = normal.inverse();
        double[] coefficients = new double[p];
        double[] variances = new double[p];
        for (int j = 0; j < p; j++) {
            // the share of a column that the others before it leave: collinear but for rounding
            if (!(lower.get(j, j) * lower.get(j, j) * inverse.get(j, j) < 1 / 1e-10) || !Double.isFinite(beta[j])) {
                return null;
            }
            coefficients[j] = beta[j] * unit / scale[j];
            variances[j] = phi * inverse.get(j, j) * (unit / scale[j]) * (unit / scale[j]);
        }
        return new CompletedRegression(coefficients, variances, y.length - p);
    }

    private static Tensor scaled(Tensor x, double[] scale) {
        int n = x.shape().rows();
        int p = x.shape().columns();
        Tensor scaled = x.copy();
        for (int j = 0; j < p; j++) {
            double[] column = new double[n];
            for (int i = 0; i < n; i++) {
                column[i] = x.get(i, j);
            }
            Moments moments = Moments.of(column);
            double size = Math.max(Math.abs(moments.mean()), moments.scale());
            scale[j] = size == 0 ? 1 : Math.scalb(1.0, Math.getExponent(size));
            for (int i = 0; i < n; i++) {
                scaled.set(x.get(i, j) / scale[j], i, j);
            }
        }
        return scaled;
    }

    private static Tensor weighted(Tensor x, double[] weights) {
        int p = x.shape().columns();
        Tensor rows = x.copy();
        for (int k = 0; k < rows.size(); k++) {
            rows.doubles()[k] *= Math.sqrt(weights[k / p]);
        }
        return Matrices.gram(rows);
    }

    private static double[] products(Tensor x, double[] weights, double[] y) {
        int p = x.shape().columns();
        double[] sums = new double[p];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < p; j++) {
                sums[j] += weights[i] * x.get(i, j) * y[i];
            }
        }
        return sums;
    }
}
