package intarsia.optim.solve;

/**
 * The duality gap of a generalized linear model with an elastic net. With slopes {@code c = -X' grad loss}, the dual point
 * {@code -s grad loss} is feasible for the largest scale s in [0, 1] with {@code s |c_j| <= l1_j} wherever l2_j = 0; the gap is then
 * <pre>  loss part(s) + sum_j h_j(b_j) - s b_j c_j + h_j*(s c_j),   h_j(b) = l1_j |b| + l2_j / 2 b^2,</pre>
 * each term at least 0 by Fenchel and Young, and the loss part 0 at s = 1. An unpenalized coordinate adds {@code c_j^2 / (2 curvature_j)}
 * instead.
 */
final class Duality {
    private Duality() {}

    /** The largest feasible scale, not above one given; other coordinates than those of the set are feasible. */
    static double scale(int[] set, double[] slopes, double[] l1, double[] l2, double most) {
        double scale = most;
        for (int j : set) {
            double magnitude = Math.abs(slopes[j]);
            if (l2[j] == 0 && l1[j] > 0 && magnitude * scale > l1[j]) {
                scale = l1[j] / magnitude;
            }
        }
        return scale;
    }

    /** The part of the penalized coordinates of a set. */
    static double penaltyPart(int[] set, double[] b, double[] slopes, double[] l1, double[] l2, double scale) {
        double gap = 0;
        for (int j : set) {
            if (l1[j] == 0 && l2[j] == 0) {
                continue;
            }
            double c = scale * slopes[j];
            double over = Math.max(0, Math.abs(c) - l1[j]);
            double conjugate = l2[j] > 0 ? over * over / (2 * l2[j]) : 0;
            gap += Math.max(0, l1[j] * Math.abs(b[j]) + l2[j] / 2 * b[j] * b[j] - b[j] * c + conjugate);
        }
        return gap;
    }

    /** The penalty's value. */
    static double penalty(double[] b, double[] l1, double[] l2) {
        double sum = 0;
        for (int j = 0; j < b.length; j++) {
            sum += b[j] == 0 ? 0 : l1[j] * Math.abs(b[j]) + l2[j] / 2 * b[j] * b[j];
        }
        return sum;
    }
}
