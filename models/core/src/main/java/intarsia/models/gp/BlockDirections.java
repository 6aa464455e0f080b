package intarsia.models.gp;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import java.util.stream.IntStream;

/**
 * A block's outputs: its leading principal components, each with variance 1 over the rows that have the block.
 *
 * <pre>
 * u = D'(x - mean),   D = (e_1 / sqrt(lambda_1) | e_2 / sqrt(lambda_2) | ...),   (lambda, e) of 1/n sum_i (x_i - mean)(x_i - mean)'
 * </pre>
 *
 * At most {@value #MOST}, and none of a direction in which rows do not vary. O(n p min(n, p)).
 *
 * @param mean       of the p features, as kernels read them
 * @param directions D, p x q
 */
record BlockDirections(Tensor mean, Tensor directions) {
    /** Most outputs of a block. */
    static final int MOST = 3;
    /** Directions with less than this share of the largest variance are rounding. */
    private static final double VANISHING = 1e-10;
    private static final int LEAST_ROWS = 3;

    /** Of the rows that have a block; null where they are too few, or do not vary. */
    static BlockDirections of(SourceRows rows) {
        int n = rows.size();
        int p = rows.width();
        if (n < LEAST_ROWS) {
            return null;
        }
        double[] mean = new double[p];
        for (int k = 0; k < n * p; k++) {
            mean[k % p] += rows.x()[k] / n;
        }
        Tensor x = Tensor.of(Shape.of(n, p), rows.x().clone());
        for (int k = 0; k < n * p; k++) {
            x.doubles()[k] -= mean[k % p];
        }
        boolean wide = p > n;
        SymmetricEigen eigen = SymmetricEigen.of(wide ? Matrices.rowGram(x) : Matrices.gram(x));
        double[] squares = eigen.values().doubles();
        int count = (int) IntStream.range(0, Math.min(MOST, squares.length))
                .filter(k -> squares[0] > 0 && squares[k] > VANISHING * squares[0]).count();
        if (count == 0) {
            return null;
        }
        Tensor leading = Matrices.leadingColumns(eigen.vectors(), count);
        Tensor directions = wide ? Matrices.product(x, true, leading, false) : leading;
        for (int k = 0; k < directions.size(); k++) {
            double square = squares[k % count];
            directions.doubles()[k] *= Math.sqrt(n) / (wide ? square : Math.sqrt(square));
        }
        return new BlockDirections(Tensor.vector(mean), directions);
    }

    int count() {
        return directions.shape().columns();
    }

    /** {@code 1 / sqrt(lambda_k)}. */
    private double norm(int k) {
        double sum = 0;
        for (int j = 0; j < directions.shape().rows(); j++) {
            sum = Math.fma(directions.get(j, k), directions.get(j, k), sum);
        }
        return Math.sqrt(sum);
    }

    /** {@code sqrt(lambda_k / lambda_1)}: what a loading is relative to. */
    double share(int k) {
        return norm(0) / norm(k);
    }

    /** Output k of a row of features that begins at a place. */
    double output(int k, double[] x, int from) {
        double sum = 0;
        for (int j = 0; j < mean.size(); j++) {
            sum = Math.fma(directions.get(j, k), x[from + j] - mean.at(j), sum);
        }
        return sum;
    }

    /** The features that outputs stand for: {@code mean + sum_k u_k sqrt(lambda_k) e_k}. */
    double[] features(double[] outputs, int from) {
        double[] x = mean.toDoubles();
        for (int k = 0; k < count(); k++) {
            double norm = norm(k);
            for (int j = 0; j < x.length; j++) {
                x[j] += outputs[from + k] * directions.get(j, k) / (norm * norm);
            }
        }
        return x;
    }
}
