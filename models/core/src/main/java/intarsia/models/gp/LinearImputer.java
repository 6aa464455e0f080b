package intarsia.models.gp;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A source's features given the anchor's, as a linear Gaussian model learned from the rows of all tasks that have the source:
 *
 * <pre>
 * x_s | x_0 ~ N(A'x_0 + b, V),   columns of A ~ N(0, tau^2 / lambda I)
 * </pre>
 *
 * lambda maximizes the marginal likelihood of the centered features, tau^2 being at its best, over 53 values between 10 and 10^-12 of the
 * anchor's largest squared singular value; V is the mean square of leave-one-out residuals, so that it holds what rows do not say about A.
 * With more than {@value #MOST_CORRELATED} features only V's diagonal is kept. O(n p_0 min(n, p_0) + n p_s^2).
 *
 * @param coefficients A, then b: {@code (p_0 + 1) x p_s}
 * @param spread       V, {@code p_s x p_s}, or its diagonal
 */
record LinearImputer(Tensor coefficients, Tensor spread) {
    private static final int CANDIDATES = 53;
    /** Directions of the anchor with less than this share of the largest square are rounding. */
    private static final double VANISHING = 1e-13;
    private static final int LEAST_ROWS = 3;
    private static final int MOST_CORRELATED = 500;

    /**
     * Learns from rows.
     *
     * @param anchor n x p_0
     * @param source n x p_s
     */
    static LinearImputer of(Tensor anchor, Tensor source) {
        int n = anchor.shape().rows();
        double[] anchorMean = means(anchor);
        double[] sourceMean = means(source);
        if (n < LEAST_ROWS) {
            return new LinearImputer(coefficients(Tensor.zeros(anchorMean.length, sourceMean.length), anchorMean, sourceMean),
                    sourceMean.length > MOST_CORRELATED ? Tensor.vector(ones(sourceMean.length)) : Matrices.identity(sourceMean.length));
        }
        Tensor x = centered(anchor, anchorMean);
        Tensor y = centered(source, sourceMean);
        boolean wide = anchorMean.length > n;
        SymmetricEigen eigen = SymmetricEigen.of(wide ? Matrices.rowGram(x) : Matrices.gram(x));
        double[] squares = eigen.values().doubles();
        int[] kept = IntStream.range(0, squares.length).filter(k -> squares[k] > VANISHING * squares[0]).toArray();
        double[] values = Arrays.stream(kept).mapToDouble(k -> squares[k]).toArray();
        Tensor basis = Matrices.leadingColumns(eigen.vectors(), kept.length);
        // left singular vectors times singular values
        Tensor scores = wide ? scaled(basis, values, 0.5) : Matrices.product(x, basis);
        Tensor products = Matrices.product(scores, true, y, false);
        double lambda = lambda(values, squares(products), y);
        Tensor inner = products.copy();
        for (int i = 0; i < inner.size(); i++) {
            inner.doubles()[i] /= values[i / sourceMean.length] + lambda;
        }
        Tensor right = wide ? Matrices.product(x, true, scaled(basis, values, -0.5), false) : basis;
        return new LinearImputer(coefficients(Matrices.product(right, inner), anchorMean, sourceMean),
                spread(scores, values, lambda, y, Matrices.product(scores, inner)));
    }

    /** The sum of squares of each row. */
    private static double[] squares(Tensor x) {
        int columns = x.shape().columns();
        double[] squares = new double[x.shape().rows()];
        for (int i = 0; i < x.size(); i++) {
            squares[i / columns] += x.at(i) * x.at(i);
        }
        return squares;
    }

    private static double lambda(double[] values, double[] products, Tensor y) {
        int n = y.shape().rows();
        int outputs = y.shape().columns();
        double total = Arrays.stream(y.doubles()).map(v -> v * v).sum();
        double best = Double.NEGATIVE_INFINITY;
        double lambda = 1;
        for (int c = 0; c < CANDIDATES && values.length > 0 && total > 0; c++) {
            double candidate = values[0] * Elementary.exp(Elementary.log(10.0) * (1 - 0.25 * c));
            double residual = total;
            double evidence = 0;
            for (int k = 0; k < values.length; k++) {
                residual -= products[k] / (values[k] + candidate);
                evidence -= 0.5 * outputs * Elementary.log1p(values[k] / candidate);
            }
            evidence -= 0.5 * n * outputs * Elementary.log(Math.max(residual, total * Double.MIN_NORMAL));
            if (evidence > best) {
                best = evidence;
                lambda = candidate;
            }
        }
        return lambda;
    }

    /** The mean square of leave-one-out residuals: each divided by what its row does not say about itself. */
    private static Tensor spread(Tensor scores, double[] values, double lambda, Tensor y, Tensor fitted) {
        int n = y.shape().rows();
        int outputs = y.shape().columns();
        Tensor residuals = Tensor.zeros(n, outputs);
        for (int i = 0; i < n; i++) {
            double leverage = 1.0 / n;
            for (int k = 0; k < values.length; k++) {
                double score = scores.at(i * values.length + k);
                leverage += score * score / (values[k] + lambda);
            }
            double scale = 1 / (Math.sqrt(n) * Math.max(1 - leverage, 1.0 / n));
            for (int j = i * outputs; j < (i + 1) * outputs; j++) {
                residuals.doubles()[j] = scale * (y.at(j) - fitted.at(j));
            }
        }
        if (outputs <= MOST_CORRELATED) {
            return Matrices.gram(residuals);
        }
        double[] diagonal = new double[outputs];
        for (int k = 0; k < residuals.size(); k++) {
            diagonal[k % outputs] += residuals.at(k) * residuals.at(k);
        }
        return Tensor.vector(diagonal);
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The shape of V for so many features. */
    static Shape spreadShape(int features) {
        return features > MOST_CORRELATED ? Shape.of(features) : Shape.of(features, features);
    }

    /** The variance of a feature. */
    double variance(int feature) {
        return spread.shape().rank() == 1 ? spread.at(feature) : spread.get(feature, feature);
    }

    private static Tensor coefficients(Tensor a, double[] anchorMean, double[] sourceMean) {
        int outputs = sourceMean.length;
        double[] all = Arrays.copyOf(a.doubles(), (anchorMean.length + 1) * outputs);
        System.arraycopy(sourceMean, 0, all, anchorMean.length * outputs, outputs);
        for (int k = 0; k < anchorMean.length; k++) {
            for (int j = 0; j < outputs; j++) {
                all[anchorMean.length * outputs + j] -= anchorMean[k] * all[k * outputs + j];
            }
        }
        return Tensor.of(Shape.of(anchorMean.length + 1, outputs), all);
    }

    private static double[] means(Tensor x) {
        double[] means = new double[x.shape().columns()];
        for (int i = 0; i < x.size(); i++) {
            means[i % means.length] += x.at(i) / x.shape().rows();
        }
        return means;
    }

    private static Tensor centered(Tensor x, double[] means) {
        Tensor centered = x.copy();
        for (int k = 0; k < x.size(); k++) {
            centered.doubles()[k] -= means[k % means.length];
        }
        return centered;
    }

    /** Columns times powers of numbers. */
    private static Tensor scaled(Tensor columns, double[] by, double power) {
        Tensor scaled = columns.copy();
        for (int k = 0; k < scaled.size(); k++) {
            double root = Math.sqrt(by[k % by.length]);
            scaled.doubles()[k] *= power > 0 ? root : 1 / root;
        }
        return scaled;
    }

    /** The means of rows' features, given their anchors', row after row. */
    double[] means(double[] anchors, int rows) {
        int p = coefficients.shape().rows() - 1;
        int outputs = coefficients.shape().columns();
        double[] means = new double[rows * outputs];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(coefficients.doubles(), p * outputs, means, i * outputs, outputs);
        }
        Matrices.multiplyAdd(rows, p, outputs, anchors, 0, coefficients.doubles(), 0, means, 0);
        return means;
    }
}
