package intarsia.optim.solve;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;

/**
 * Minimizes {@code loss(X B, c) + sum_jk l1_j |b_jk| + l2_j / 2 b_jk^2}, for one penalty after another, each solution the start of the
 * next.
 *
 * <p>A round takes a proximal Newton step (Lee, Sun &amp; Saunders 2014) for each linear predictor of the rows: the loss as a function of
 * its coefficients is replaced by a quadratic model with one curvature a row, which {@link CoordinateDescent} minimizes with the penalty
 * over the coordinates that are not 0 or break their condition; a line search keeps the objective falling ({@link ProximalNewtonStep}). The
 * model is kept, from penalty to penalty, for as long as the curvatures of the rows are near those it was made with: for ever where the
 * loss is quadratic. How near is near enough falls from round to round, so that the rounds end as Newton's do (keeping models is ours).
 *
 * <p>A solution begins where the last two point to ({@link PathExtrapolation}). Where several linear predictors take turns, the limit of
 * their rounds is extrapolated from time to time ({@link RoundExtrapolation}), and what all coefficients of a column may lose without a
 * change of the loss is taken from them ({@link Recentering}).
 *
 * <p>Slopes are computed for the coordinates that the sequential strong rule (Tibshirani et al. 2012) lets through; once these are solved,
 * all are ({@link ScreenedProblem}). Rounds end by the duality gap of all coordinates, bounded as {@link Duality} does it, with all linear
 * predictors' residuals scaled alike.
 *
 * <p>Before each round, intercepts and coordinates without a penalty are checked for a direction along which the loss falls for ever
 * ({@link Recession}).
 */
final class ProximalNewton {
    /** Rounds in which the gap does not halve. */
    private static final int MOST_STALLED = 100;
    /** All slopes are computed anew once the gap is this share of what it was with all of them. */
    private static final double CHECKED = 1e-2;
    /** How far curvatures may have moved from those of a model in the first round, and by how much less in each that follows. */
    private static final double DRIFT = 0.25;
    private static final double DRIFT_FALL = 0.25;
    /** Between classes the model has nothing: exact curvatures of each would not make it exact. */
    private static final double LEAST_DRIFT_OF_SEVERAL = 0.1;
    /** The gap that a round aims at, of that it begins with. */
    private static final double AIM = 1e-2;

    private final SparsePoint point;
    private final ProximalNewtonRounds rounds;
    private final PathExtrapolation path;
    private double[] lastL1;

    /** Begins at coefficients of 0. */
    ProximalNewton(SparseLoss loss, Design design) {
        this.point = new SparsePoint(loss, design);
        this.rounds = new ProximalNewtonRounds(point);
        this.path = new PathExtrapolation(point);
    }

    /** Goes to these coefficients of a loss of one linear predictor, if it is finite there; the intercept is that of columns as given. */
    void start(double[] coefficients, double... intercept) {
        point.start(coefficients, intercept);
    }

    /** The largest slope at the point reached. */
    double largestSlope() {
        double largest = 0;
        Slopes.learnAll(point.slopes);
        for (Slopes of : point.slopes) {
            for (double slope : of.values) {
                largest = Math.max(largest, Math.abs(slope));
            }
        }
        return largest;
    }

    /** The solution for penalties of each column, from wherever the last one ended. */
    LinearFit fit(double[] l1, double[] l2, SolverOptions options) {
        ScreenedProblem problem = new ScreenedProblem(point, l1, l2, lastL1);
        lastL1 = l1;
        double beyond = path.ratio(l1, l2);
        // an exact model goes there itself, and needs no new slopes
        boolean led = beyond > 0 && rounds.exact();
        if (beyond > 0 && !led) {
            path.go(beyond, l1, l2);
        }
        problem.recenter();
        double[] lead = led ? path.lead(beyond) : null;
        return solve(problem, lead, options);
    }

    private LinearFit solve(ScreenedProblem problem, double[] lead, SolverOptions options) {
        Recession recession = new Recession(point, problem.free);
        RoundExtrapolation limit = new RoundExtrapolation(problem);
        boolean several = point.outputs > 1;
        double enough = options.tolerance() * point.nullLoss + point.negligible;
        double lastGap = Double.POSITIVE_INFINITY;
        double checkedGap = Double.POSITIVE_INFINITY;
        double within = Double.POSITIVE_INFINITY;
        double halvedGap = Double.POSITIVE_INFINITY;
        int stalled = 0;
        double drift = DRIFT;
        for (int round = 0; ; round++, drift *= DRIFT_FALL) {
            double gap = problem.gap(enough);
            boolean last = stalled > MOST_STALLED || round >= options.maxIterations();
            if (!problem.checked() && (last || gap <= Math.max(enough, CHECKED * checkedGap)) && problem.check()) {
                gap = problem.gap(enough);
                stalled = 0;
            }
            checkedGap = problem.checked() ? gap : checkedGap;
            if (gap <= enough && (round > 0 || gap <= point.negligible || problem.thresholded)) {
                // without l1 the gap is an estimate, good only after a step over such coordinates at once
                return result(problem, gap, round, SolverOutcome.CONVERGED);
            }
            if (recession.atPoint()) {
                return result(problem, Double.POSITIVE_INFINITY, round, SolverOutcome.NO_MINIMUM);
            }
            stalled = gap < halvedGap / 2 ? 0 : stalled + 1;
            halvedGap = gap < halvedGap / 2 ? gap : halvedGap;
            double aim = Math.max(enough, AIM * gap);
            within = Math.max(1e-6 * point.rounding(), Math.min(1e-2 * aim * Math.min(1, aim / (point.nullLoss + point.negligible)),
                    gap > lastGap / 2 ? within / 100 : Double.POSITIVE_INFINITY));
            lastGap = gap;
            double nearby = several ? Math.max(LEAST_DRIFT_OF_SEVERAL, drift) : drift;
            if (last || !rounds.take(problem, within, nearby, round == 0 ? lead : null)) {
                boolean endless = recession.nearlyAtPoint();
                problem.check();
                return endless ? result(problem, Double.POSITIVE_INFINITY, round, SolverOutcome.NO_MINIMUM)
                        : result(problem, problem.gap(Double.MAX_VALUE), round, SolverOutcome.LIMIT_REACHED);
            }
            problem.recenter();
            if (several) {
                limit.extrapolate();
            }
            if (recession.nearlyAlong(rounds.steps(), rounds.shifts())) {
                return result(problem, Double.POSITIVE_INFINITY, round + 1, SolverOutcome.NO_MINIMUM);
            }
        }
    }

    private LinearFit result(ScreenedProblem problem, double gap, int rounds, SolverOutcome outcome) {
        path.solved(problem.l1, problem.l2);
        Design design = point.design;
        int outputs = point.outputs;
        double[] coefficients = new double[design.columns * outputs];
        double[] shift = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < design.columns; j++) {
                coefficients[j * outputs + k] = point.b[k][j];
                shift[k] = Math.fma(-design.centers[j], point.b[k][j], shift[k]);
            }
        }
        double[] intercepts = point.c().clone();
        point.loss.absorb(shift, intercepts);
        return new LinearFit(Tensor.of(Shape.of(design.columns, outputs), coefficients), intercepts,
                point.value() + point.penalty(problem.l1, problem.l2), gap, rounds, outcome);
    }
}
