package intarsia.optim.solve;

/**
 * Begins a solution where the last two point to: moves on as the solution did from the last penalty but one to the last, in proportion to
 * the penalties' weights. Between the weights at which a coefficient becomes or ceases to be 0, the path of a quadratic loss is a straight
 * line.
 */
final class PathExtrapolation {
    /** How far solutions are extrapolated, in steps from the one before. */
    private static final double FARTHEST = 2;

    private final SparsePoint point;
    private Solution last;
    private Solution earlier;

    private record Solution(double[] l1, double[] l2, SparsePoint.Copy at) {}

    PathExtrapolation(SparsePoint point) {
        this.point = point;
    }

    /** The point is the solution for these weights. */
    void solved(double[] l1, double[] l2) {
        earlier = last;
        last = new Solution(l1, l2, point.copy());
    }

    /**
     * How far weights are beyond the last ones, in steps from the last but one to the last, the least of all coefficients that are not 0;
     * 0 if that says nothing of the solution.
     */
    double ratio(double[] l1, double[] l2) {
        double ratio = Double.POSITIVE_INFINITY;
        for (int j = 0; j < l1.length && earlier != null; j++) {
            boolean zero = true;
            for (double[] of : point.b) {
                zero &= of[j] == 0;
            }
            if (!zero && l1[j] + l2[j] > 0) {
                ratio = Math.min(ratio, l1[j] > 0 ? ratio(l1[j], last.l1[j], earlier.l1[j]) : ratio(l2[j], last.l2[j], earlier.l2[j]));
            }
        }
        return ratio > 0 && ratio <= FARTHEST ? ratio : 0;
    }

    private static double ratio(double now, double last, double earlier) {
        return (now - last) / (last - earlier);
    }

    /** Goes there, if that lowers the objective. */
    void go(double ratio, double[] l1, double[] l2) {
        Extrapolation.from(earlier.at, ratio, point, l1, l2);
    }

    /** How far the coefficients of the only linear predictor would go. */
    double[] lead(double ratio) {
        double[] lead = new double[point.design.columns];
        for (int j = 0; j < lead.length; j++) {
            lead[j] = ratio * (point.b[0][j] - earlier.at.b()[0][j]);
        }
        return lead;
    }
}
