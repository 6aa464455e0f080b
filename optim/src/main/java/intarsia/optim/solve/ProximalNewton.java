package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Proximal Newton (Lee, Sun &amp; Saunders 2014) for any {@link Family}: at each step the loss is replaced by its quadratic model,
 * minimized with the penalty by {@link CoordinateDescent} over a working set, and a line search keeps the objective falling.
 *
 * <p>Before each step the coordinates without a penalty, including the intercept, are checked for separation of the responses: if the
 * linear predictor they make is not positive at any 0 nor negative at any 1 of binomial responses (and not 0 everywhere, and 0 at every
 * other response), the objective falls along it for ever. A direction that separates only up to 1e-7 counts once the linear predictor is
 * more than 12 away from 0, for counts from the logarithm of their mean.
 */
final class ProximalNewton {
    private static final double LEAST_CURVATURE = 1e-9;
    private static final double SUFFICIENT = 1e-4;
    /** The share of the objective below which a gain is lost in rounding; then a few steps are taken unchecked, and the gap decides. */
    private static final double DROWNED = 1e-12;
    private static final double ROUNDING = 1e-15;
    private static final int MOST_DROWNED = 5;
    private static final int HALVINGS = 40;
    private static final int PASSES = 2000;
    private static final double FAR = 12;
    private static final double LEAST_GAP = 1e-24;

    private final GlmProblem problem;
    private final Family family;
    private final Design design;
    private final double[] w;
    private final double[] l1;
    private final double[] l2;
    private final double[] b;
    /** An ordinary mean: that of counts, else 1. */
    private final double ordinary;
    private double intercept;
    private final double[] eta;
    private double lastIntercept;
    private double[] lastStep;
    private int drownedSteps;

    ProximalNewton(GlmProblem problem, double[] l1, double[] l2, double[] start, double startIntercept) {
        this.problem = problem;
        this.family = problem.family();
        this.design = Design.of(problem);
        this.w = problem.weights();
        this.l1 = l1;
        this.l2 = l2;
        this.ordinary = problem.family() == Family.POISSON && mean(problem) > 0 ? mean(problem) : 1;
        this.b = start.clone();
        this.eta = new double[w.length];
        begin(startIntercept);
        if (!(loss(eta) <= Double.MAX_VALUE)) {
            Arrays.fill(b, 0);
            begin(nullIntercept(problem));
        }
    }

    private void begin(double startIntercept) {
        intercept = problem.intercept() ? startIntercept : 0;
        System.arraycopy(problem.offsets(), 0, eta, 0, eta.length);
        for (int j = 0; j < b.length; j++) {
            if (b[j] != 0) {
                design.addColumn(j, b[j], eta);
                intercept += problem.intercept() ? design.centers[j] * b[j] : 0;
            }
        }
        for (int i = 0; i < eta.length; i++) {
            eta[i] += intercept;
        }
    }

    /** The intercept where all else is 0, of counts {@code log(sum_i w_i y_i / sum_i w_i exp(o_i))}; 0 where there is none to compute. */
    static double nullIntercept(GlmProblem problem) {
        if (problem.family() != Family.POISSON || !problem.intercept() || mean(problem) == 0) {
            return 0;
        }
        double[] w = problem.weights();
        double[] o = problem.offsets();
        double total = Arrays.stream(w).sum();
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < w.length; i++) {
            highest = w[i] > 0 ? Math.max(highest, o[i]) : highest;
        }
        double exposed = 0;
        for (int i = 0; i < w.length; i++) {
            exposed += w[i] > 0 ? w[i] / total * Elementary.exp(o[i] - highest) : 0;
        }
        return Elementary.log(mean(problem) / exposed) - highest;
    }

    private static double mean(GlmProblem problem) {
        double total = Arrays.stream(problem.weights()).sum();
        double mean = 0;
        for (int i = 0; i < problem.rows(); i++) {
            mean += problem.weights()[i] / total * problem.response()[i];
        }
        return mean;
    }

    /** The loss of the null model: of counts with its intercept, else at the offsets. */
    private double nullLoss() {
        double shift = nullIntercept(problem);
        return loss(Arrays.stream(problem.offsets()).map(o -> o + shift).toArray());
    }

    GlmFit fit(SolverOptions options) {
        double negligible = LEAST_GAP * ordinary * Arrays.stream(w).sum();
        double enough = options.tolerance() * nullLoss() + negligible;
        double[] u = new double[w.length];
        double[] v = new double[w.length];
        double within = Double.POSITIVE_INFINITY;
        for (int step = 0; ; step++) {
            profileIntercept();
            linearize(u, v);
            double[] slopes = design.dots(u);
            ColumnMoments moments = ColumnMoments.of(design, v, problem.intercept());
            double total = problem.intercept() ? Arrays.stream(u).sum() : 0;
            double gap = gap(slopes, moments, total);
            // without l1 the gap is an estimate, good only after a step over such coordinates at once
            if (gap <= enough && (step > 0 || gap <= negligible || Arrays.stream(l1).allMatch(l -> l > 0))) {
                return result(gap, step, SolverOutcome.CONVERGED);
            }
            if (separates(intercept, b, 0)) {
                return result(Double.POSITIVE_INFINITY, step, SolverOutcome.NO_MINIMUM);
            }
            // the model is solved ever more exactly, so that the steps end as Newton's do
            within = Math.min(1e-6 * gap, within / 100);
            if (step >= options.maxIterations() || !improve(u, v, slopes, total / moments.totalWeight(), within)) {
                boolean endless = far() && separates(intercept, b, 1e-7);
                return result(endless ? Double.POSITIVE_INFINITY : gap, step, endless ? SolverOutcome.NO_MINIMUM
                        : SolverOutcome.LIMIT_REACHED);
            }
            if (far() && separates(lastIntercept, lastStep, 1e-7)) {
                return result(Double.POSITIVE_INFINITY, step + 1, SolverOutcome.NO_MINIMUM);
            }
        }
    }

    /** Counts have their best intercept in closed form; with it the residuals are a dual point. */
    private void profileIntercept() {
        if (family != Family.POISSON || !problem.intercept() || mean(problem) == 0) {
            return;
        }
        double total = Arrays.stream(w).sum();
        double fitted = 0;
        for (int i = 0; i < w.length; i++) {
            fitted += w[i] / total * family.mean(eta[i]);
        }
        double shift = Elementary.log(ordinary / fitted);
        intercept += shift;
        for (int i = 0; i < w.length; i++) {
            eta[i] += shift;
        }
    }

    /** The weighted slopes {@code u_i = w_i (y_i - mean_i)} and curvatures {@code v_i} at the linear predictor. */
    private void linearize(double[] u, double[] v) {
        for (int i = 0; i < w.length; i++) {
            double mean = family.mean(eta[i]);
            u[i] = w[i] * (problem.response()[i] - mean);
            v[i] = w[i] * Math.max(LEAST_CURVATURE * ordinary, family.curvature(mean));
        }
    }

    private double gap(double[] slopes, ColumnMoments moments, double total) {
        double scale = Duality.scale(slopes, l1, l2);
        double lossPart = 0;
        for (int i = 0; scale < 1 && i < w.length; i++) {
            lossPart += w[i] * family.fenchelGap(problem.response()[i], eta[i], scale);
        }
        return lossPart + total * total / (2 * moments.totalWeight())
                + Duality.penaltyPart(b, slopes, moments.curvatures(), l1, l2, scale);
    }

    /** One Newton step; false if no step lowers the objective any more. */
    private boolean improve(double[] u, double[] v, double[] slopes, double interceptStep, double tolerance) {
        int[] set = IntStream.range(0, b.length).filter(j -> b[j] != 0 || l1[j] == 0 || Math.abs(slopes[j]) > l1[j]).toArray();
        Design part = design.gather(set);
        Quadratic quadratic = Quadratic.of(part, v, problem.intercept());
        quadratic.start(u);
        double[] to = pick(b, set);
        int[] every = IntStream.range(0, set.length).toArray();
        new CoordinateDescent(quadratic, pick(l1, set), pick(l2, set), to).minimize(every, tolerance, PASSES);

        double[] step = new double[b.length];
        double moved = interceptStep;
        double[] change = new double[w.length];
        for (int k = 0; k < set.length; k++) {
            step[set[k]] = to[k] - b[set[k]];
            if (step[set[k]] != 0) {
                moved -= quadratic.moments().means()[k] * step[set[k]];
                part.addColumn(k, step[set[k]], change);
            }
        }
        double promised = 0;
        for (int i = 0; i < w.length; i++) {
            change[i] += moved;
            promised -= u[i] * change[i];
        }
        promised += Duality.penalty(moved(step, 1), l1, l2) - Duality.penalty(b, l1, l2);
        lastIntercept = moved;
        lastStep = step;
        double before = loss(eta) + Duality.penalty(b, l1, l2);
        double length = 1;
        for (int halving = 0; halving < HALVINGS && promised < ROUNDING * before; halving++, length /= 2) {
            double[] nextEta = new double[w.length];
            for (int i = 0; i < w.length; i++) {
                nextEta[i] = eta[i] + length * change[i];
            }
            double[] next = moved(step, length);
            double after = loss(nextEta) + Duality.penalty(next, l1, l2);
            boolean drowned = -promised < DROWNED * before && drownedSteps < MOST_DROWNED;
            if (drowned ? after <= before + ROUNDING * before : after < before && after <= before + SUFFICIENT * length * promised) {
                drownedSteps += drowned ? 1 : 0;
                System.arraycopy(nextEta, 0, eta, 0, eta.length);
                System.arraycopy(next, 0, b, 0, b.length);
                intercept += length * moved;
                return true;
            }
        }
        return false;
    }

    private double[] moved(double[] step, double length) {
        double[] next = b.clone();
        for (int j = 0; j < next.length; j++) {
            // a whole step lands where coordinate descent did: zeros stay exact
            next[j] += length * step[j];
        }
        return next;
    }

    /** Whether an intercept and the unpenalized part of these coefficients separate the responses. */
    private boolean separates(double direction, double[] coefficients, double slack) {
        double[] t = new double[w.length];
        for (int j = 0; j < b.length; j++) {
            if (l1[j] == 0 && l2[j] == 0 && coefficients[j] != 0) {
                design.addColumn(j, coefficients[j], t);
            }
        }
        for (int i = 0; i < t.length; i++) {
            t[i] = w[i] == 0 ? 0 : t[i] + direction;
        }
        double largest = largest(t);
        if (largest == 0) {
            return false;
        }
        for (int i = 0; i < t.length; i++) {
            if (w[i] > 0 && family.ascent(problem.response()[i], t[i]) > slack * largest) {
                return false;
            }
        }
        return true;
    }

    private boolean far() {
        double center = Elementary.log(ordinary);
        return Arrays.stream(eta).anyMatch(z -> Math.abs(z - center) > FAR);
    }

    private double loss(double[] at) {
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            sum += w[i] == 0 ? 0 : w[i] * family.loss(problem.response()[i], at[i]);
        }
        return sum;
    }

    private GlmFit result(double gap, int steps, SolverOutcome outcome) {
        double uncentered = intercept;
        for (int j = 0; j < b.length; j++) {
            uncentered -= design.centers[j] * b[j];
        }
        return new GlmFit(uncentered, b.clone(), loss(eta) + Duality.penalty(b, l1, l2), gap, steps, outcome);
    }

    private static double[] pick(double[] from, int[] set) {
        return Arrays.stream(set).mapToDouble(j -> from[j]).toArray();
    }

    private static double largest(double[] x) {
        return Arrays.stream(x).map(Math::abs).max().orElse(0);
    }
}
