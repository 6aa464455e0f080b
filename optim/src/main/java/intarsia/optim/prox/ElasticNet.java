package intarsia.optim.prox;

/**
 * {@code l1 ||x||_1 + l2 / 2 ||x||_2^2} (Zou &amp; Hastie 2005): the lasso if l2 is 0, ridge if l1 is 0. Its prox is soft thresholding,
 * then shrinking.
 *
 * @param l1 weight of the sum of magnitudes, not negative
 * @param l2 weight of half the sum of squares, not negative
 */
public record ElasticNet(double l1, double l2) implements Penalty {
    /** Checks the weights. */
    public ElasticNet {
        Penalty.checkWeight("l1", l1);
        Penalty.checkWeight("l2", l2);
    }

    /** A total weight of which a share is l1: {@code weight (share ||x||_1 + (1 - share) / 2 ||x||^2)}. */
    public static ElasticNet of(double weight, double l1Share) {
        if (!(l1Share >= 0 && l1Share <= 1)) {
            throw new IllegalArgumentException("l1 share " + l1Share + ": must be from 0 to 1");
        }
        return new ElasticNet(weight * l1Share, weight * (1 - l1Share));
    }

    @Override
    public double value(double[] x) {
        double magnitudes = 0;
        double squares = 0;
        for (double v : x) {
            magnitudes += Math.abs(v);
            squares = Math.fma(v, v, squares);
        }
        return l1 * magnitudes + l2 / 2 * squares;
    }

    @Override
    public double[] prox(double[] point, double step) {
        double[] x = new double[point.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = softThreshold(point[i], step * l1) / (1 + step * l2);
        }
        return x;
    }

    /** {@code sign(v) max(|v| - threshold, 0)}. */
    public static double softThreshold(double v, double threshold) {
        return v > threshold ? v - threshold : v < -threshold ? v + threshold : 0;
    }
}
