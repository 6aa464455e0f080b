package intarsia.optim.solve;

/**
 * The limit of rounds in which several linear predictors take turns: steps fall by the same factor in the end (Aitken's extrapolation).
 */
final class RoundExtrapolation {
    /** Steps that fall faster need no extrapolation, and its length in steps is limited. */
    private static final double LEAST_FACTOR = 0.1;
    private static final double FARTHEST = 5;

    private final ScreenedProblem problem;
    private final SparsePoint point;
    private SparsePoint.Copy first;
    private SparsePoint.Copy second;

    RoundExtrapolation(ScreenedProblem problem) {
        this.problem = problem;
        this.point = problem.point;
    }

    /** Called after each round; goes to the limit after two steps from a point that was not itself extrapolated. */
    void extrapolate() {
        double ratio = first == null ? 0 : ratio();
        if (ratio > 0) {
            Extrapolation.from(second, ratio, point, problem.l1, problem.l2);
            problem.recenter();
        }
        first = ratio > 0 ? null : second;
        second = point.copy();
    }

    /** How far the limit is beyond the point, in steps from the last point but one to the last; 0 if steps do not fall so. */
    private double ratio() {
        double[] eta = point.eta();
        double along = 0;
        double squares = 0;
        for (int at = 0; at < eta.length; at++) {
            double step = second.eta()[at] - first.eta()[at];
            along = Math.fma(eta[at] - second.eta()[at], step, along);
            squares = Math.fma(step, step, squares);
        }
        double factor = along / squares;
        return factor > LEAST_FACTOR && factor < 1 ? Math.min(FARTHEST, factor / (1 - factor)) : 0;
    }
}
