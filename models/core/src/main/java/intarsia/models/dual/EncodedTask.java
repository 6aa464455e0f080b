package intarsia.models.dual;

import intarsia.optim.solve.Family;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What the encoders make of a task's rows, as the coefficients see it: S_r(x) [n x d_S], C(x) [n x d] and responses [n], with the mean loss over rows
 *
 * <pre>
 * L(alpha, b, beta) = (1/n) sum_i loss(y_i, alpha'S_i + beta'C_i + b)
 * </pre>
 *
 * For a Gaussian response L is a quadratic whose second moments are taken once, where that is less work than going through the rows: a value with its
 * slopes then costs O(p^2), p = d_S + d + 1, instead of O(n p).
 */
public final class EncodedTask {
    private final double[][] own;
    private final double[][] shared;
    private final double[] y;
    private final Family family;
    /** Mean of z z' with z = (S, 1, C), of z y, and of y^2; null where rows are gone through. */
    private final double[][] gram;
    private final double[] cross;
    private final double square;

    /**
     * A task's encoded rows; the arrays are kept.
     *
     * @param own    S_r(x) [n x d_S]
     * @param shared C(x) [n x d]
     * @param y      responses [n]
     * @param family of the response
     * @throws IllegalArgumentException if the numbers of rows differ or are 0
     */
    public EncodedTask(double[][] own, double[][] shared, double[] y, Family family) {
        if (y.length == 0 || own.length != y.length || shared.length != y.length) {
            throw new IllegalArgumentException("features of " + own.length + " and " + shared.length + " rows for " + y.length + " responses");
        }
        this.own = own;
        this.shared = shared;
        this.y = y;
        this.family = family;
        int p = own[0].length + 1 + shared[0].length;
        boolean quadratic = family == Family.GAUSSIAN && y.length > p;
        gram = quadratic ? new double[p][p] : null;
        cross = quadratic ? new double[p] : null;
        square = quadratic ? Coefficients.dot(y, y) / y.length : 0;
        if (quadratic) {
            takeMoments();
        }
    }

    private void takeMoments() {
        for (int i = 0; i < y.length; i++) {
            double[] z = joined(own[i], 1, shared[i]);
            for (int a = 0; a < z.length; a++) {
                CoefficientProblem.add(z[a] / y.length, z, gram[a]);
            }
            CoefficientProblem.add(y[i] / y.length, z, cross);
        }
    }

    /** C(x). */
    double[][] shared() {
        return shared;
    }

    /** S_r(x). */
    double[][] own() {
        return own;
    }

    /** The responses. */
    double[] y() {
        return y;
    }

    Family family() {
        return family;
    }

    int rows() {
        return y.length;
    }

    int width() {
        return shared[0].length;
    }

    int ownWidth() {
        return own[0].length;
    }

    /** Some of its rows. */
    EncodedTask only(int[] rows) {
        return new EncodedTask(IntStream.of(rows).mapToObj(i -> own[i]).toArray(double[][]::new),
                IntStream.of(rows).mapToObj(i -> shared[i]).toArray(double[][]::new), IntStream.of(rows).mapToDouble(i -> y[i]).toArray(), family);
    }

    /** L, row by row. */
    double loss(double[] alpha, double intercept, double[] beta) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += family.loss(y[i], eta(i, alpha, intercept, beta));
        }
        return sum / y.length;
    }

    /** Adds the slopes of L by alpha, intercept (one number) and beta; gives L. */
    double slopes(double[] alpha, double intercept, double[] beta, double[] byAlpha, double[] byIntercept, double[] byBeta) {
        return gram == null ? slopesByRow(alpha, intercept, beta, byAlpha, byIntercept, byBeta)
                : slopesByMoments(joined(alpha, intercept, beta), byAlpha, byIntercept, byBeta);
    }

    private double slopesByRow(double[] alpha, double intercept, double[] beta, double[] byAlpha, double[] byIntercept, double[] byBeta) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            double eta = eta(i, alpha, intercept, beta);
            sum += family.loss(y[i], eta);
            double slope = (family.mean(eta) - y[i]) / y.length;
            CoefficientProblem.add(slope, own[i], byAlpha);
            CoefficientProblem.add(slope, shared[i], byBeta);
            byIntercept[0] += slope;
        }
        return sum / y.length;
    }

    /** {@code L = x'Gx / 2 - c'x + m / 2} with slope {@code Gx - c}. */
    private double slopesByMoments(double[] x, double[] byAlpha, double[] byIntercept, double[] byBeta) {
        double[] product = new double[x.length];
        for (int a = 0; a < x.length; a++) {
            CoefficientProblem.add(x[a], gram[a], product);
        }
        double value = square / 2;
        for (int a = 0; a < x.length; a++) {
            value += x[a] * (product[a] / 2 - cross[a]);
            double slope = product[a] - cross[a];
            if (a < byAlpha.length) {
                byAlpha[a] += slope;
            } else if (a == byAlpha.length) {
                byIntercept[0] += slope;
            } else {
                byBeta[a - byAlpha.length - 1] += slope;
            }
        }
        return value;
    }

    private double eta(int i, double[] alpha, double intercept, double[] beta) {
        return Coefficients.dot(own[i], alpha) + Coefficients.dot(shared[i], beta) + intercept;
    }

    private static double[] joined(double[] first, double middle, double[] last) {
        double[] all = Arrays.copyOf(first, first.length + 1 + last.length);
        all[first.length] = middle;
        System.arraycopy(last, 0, all, first.length + 1, last.length);
        return all;
    }
}
