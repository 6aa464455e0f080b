package intarsia.optim.solve;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Minimizes {@code loss(X B, c) + sum_jk l1_j |b_jk| + l2_j / 2 b_jk^2}, for one penalty after another, each solution the start of the
 * next.
 *
 * <p>A round takes a proximal Newton step (Lee, Sun &amp; Saunders 2014) for each linear predictor of the rows: the loss as a function of
 * its coefficients is replaced by a quadratic model with one curvature a row, which {@link CoordinateDescent} minimizes with the penalty
 * over the coordinates that are not 0 or break their condition; a line search keeps the objective falling. The model is kept, from penalty
 * to penalty, for as long as the curvatures of the rows are near those it was made with: for ever where the loss is quadratic. How near is
 * near enough falls from round to round, so that the rounds end as Newton's do (keeping models is ours).
 *
 * <p>A solution begins where the last two point to. Where several linear predictors take turns, the limit of their rounds is extrapolated
 * from time to time, and what all coefficients of a column may lose without a change of the loss is taken from them.
 *
 * <p>Slopes are computed for the coordinates that the sequential strong rule (Tibshirani et al. 2012) lets through; once these are solved,
 * all are. Rounds end by the duality gap of all coordinates, bounded as {@link Duality} does it, with all linear predictors' residuals
 * scaled alike.
 *
 * <p>Before each round, intercepts and coordinates without a penalty are checked for a direction along which the loss falls for ever: such
 * as one that is not positive at any 0 nor negative at any 1 of binomial responses. A direction that is one only up to 1e-7 counts once
 * linear predictors are more than 12 away from where they began.
 */
final class ProximalNewton {
    private static final double SUFFICIENT = 1e-4;
    /** The share of loss and null loss below which a gain is lost in rounding. */
    private static final double ROUNDING = 1e-15;
    /** Rounds in which the gap does not halve. */
    private static final int MOST_STALLED = 100;
    /** All slopes are computed anew once the gap is this share of what it was with all of them. */
    private static final double CHECKED = 1e-2;
    private static final int HALVINGS = 40;
    private static final int PASSES = 2000;
    private static final double FAR = 12;
    private static final double LEAST_GAP = 1e-24;
    /** How far solutions are extrapolated, in steps from the one before. */
    private static final double FARTHEST = 2;
    /** Steps of rounds that fall faster need no extrapolation, and its length in steps is limited. */
    private static final double LEAST_FACTOR = 0.1;
    private static final double FARTHEST_LIMIT = 5;
    /** How far curvatures may have moved from those of a model in the first round, and by how much less in each that follows. */
    private static final double DRIFT = 0.25;
    private static final double DRIFT_FALL = 0.25;
    private static final double LEAST_DRIFT = 0.1;
    /** The gap that a round aims at, of that it begins with. */
    private static final double AIM = 1e-2;
    /** Beyond so many columns no Gram matrix is kept. */
    private static final int LARGEST_GRAM = 2048;

    private final SparseLoss loss;
    private final Design design;
    private final int outputs;
    /** B, one linear predictor after the other. */
    private final double[][] b;
    private double[] eta;
    private double[] c;
    private double value;
    private double[] u;
    private double[] v;
    private final double[] begin;
    private final double nullLoss;
    private final double negligible;
    private final GramQuadratic[] models;
    private final Slopes[] slopes;
    /** Whether all coordinates are known to satisfy or break their condition at this point. */
    private boolean checked;
    private double[] lastL1;
    /** The last steps, of coefficients and intercepts. */
    private final double[][] lastStep;
    private double[] lastShift;
    /** The last two solutions. */
    private Solution last;
    private Solution earlier;

    /** Coefficients, linear predictors and c at the penalties' weights. */
    private record Solution(double[] l1, double[] l2, double[][] b, double[] eta, double[] c) {}

    /** Begins at coefficients of 0. */
    ProximalNewton(SparseLoss loss, Design design) {
        this.loss = loss;
        this.design = design;
        this.outputs = loss.outputs();
        this.begin = loss.start();
        this.models = IntStream.range(0, outputs).mapToObj(k -> new GramQuadratic(design, loss.intercepts())).toArray(GramQuadratic[]::new);
        KnownDirections known = new KnownDirections(design);
        this.slopes = IntStream.range(0, outputs).mapToObj(k -> new Slopes(design, known)).toArray(Slopes[]::new);
        this.lastStep = new double[outputs][design.columns];
        this.b = new double[outputs][design.columns];
        this.eta = new double[outputs * design.rows];
        this.c = begin.clone();
        this.u = new double[eta.length];
        this.v = new double[eta.length];
        this.value = loss.evaluate(eta, c, u, v);
        arrive();
        this.nullLoss = loss.fenchelGap(eta, c, 0);
        this.negligible = LEAST_GAP * loss.magnitude();
    }

    /** Goes to these coefficients of a loss of one linear predictor, if it is finite there; the intercept is that of columns as given. */
    void start(double[] coefficients, double... intercept) {
        double[] nextEta = new double[eta.length];
        double shift = 0;
        for (int j = 0; j < coefficients.length; j++) {
            if (coefficients[j] != 0) {
                design.addColumn(j, coefficients[j], nextEta);
                shift = Math.fma(design.centers[j], coefficients[j], shift);
            }
        }
        double[] nextC = intercept.clone();
        loss.absorb(new double[] {shift}, nextC);
        if (accept(nextEta, nextC, Double.MAX_VALUE)) {
            System.arraycopy(coefficients, 0, b[0], 0, coefficients.length);
        }
    }

    /** Moves to a point if the loss is not above a bound there. */
    private boolean accept(double[] nextEta, double[] nextC, double bound) {
        double[] nextU = new double[eta.length];
        double[] nextV = new double[eta.length];
        double after = loss.evaluate(nextEta, nextC, nextU, nextV);
        if (!(after <= bound)) {
            return false;
        }
        eta = nextEta;
        c = nextC;
        u = nextU;
        v = nextV;
        value = after;
        arrive();
        return true;
    }

    private void arrive() {
        checked = false;
        for (int k = 0; k < outputs; k++) {
            slopes[k].at(ofOutput(u, k));
        }
    }

    /** The largest slope at the point reached. */
    double largestSlope() {
        double largest = 0;
        Slopes.learnAll(slopes);
        for (Slopes of : slopes) {
            for (double slope : of.values) {
                largest = Math.max(largest, Math.abs(slope));
            }
        }
        return largest;
    }

    /** The solution for penalties of each column, from wherever the last one ended. */
    LinearFit fit(double[] l1, double[] l2, SolverOptions options) {
        double enough = options.tolerance() * nullLoss + negligible;
        int[] unthresholded = zeros(l1);
        boolean thresholded = unthresholded.length == 0;
        int[] free = Arrays.stream(unthresholded).filter(j -> l2[j] == 0).toArray();
        // between classes the model has nothing: exact curvatures of each would not make it exact
        double leastDrift = outputs == 1 ? 0 : LEAST_DRIFT;
        checked = false;
        int[][] strong = strong(l1);
        lastL1 = l1;
        double beyond = ratio(l1, l2);
        if (beyond > 0 && !exact()) {
            extrapolate(earlier, beyond, l1, l2);
            beyond = 0;
        }
        strong = recentered(strong, l1, l2);
        double lastGap = Double.POSITIVE_INFINITY;
        double checkedGap = Double.POSITIVE_INFINITY;
        double within = Double.POSITIVE_INFINITY;
        double halvedGap = Double.POSITIVE_INFINITY;
        int stalled = 0;
        double drift = DRIFT;
        Solution first = null;
        Solution second = null;
        for (int round = 0; ; round++, drift *= DRIFT_FALL) {
            double gap = gap(strong, free, l1, l2, enough);
            boolean last = stalled > MOST_STALLED || round >= options.maxIterations();
            if (!checked && (last || gap <= Math.max(enough, CHECKED * checkedGap))) {
                int before = count(strong);
                strong = widened(strong, l1);
                boolean wider = count(strong) > before;
                gap = wider ? gap(strong, free, l1, l2, enough) : gap;
                stalled = wider ? 0 : stalled;
            }
            checkedGap = checked ? gap : checkedGap;
            if (gap <= enough && (round > 0 || gap <= negligible || thresholded)) {
                // without l1 the gap is an estimate, good only after a step over such coordinates at once
                return result(l1, l2, gap, round, SolverOutcome.CONVERGED);
            }
            if (recedes(free, b, c, 0)) {
                return result(l1, l2, Double.POSITIVE_INFINITY, round, SolverOutcome.NO_MINIMUM);
            }
            stalled = gap < halvedGap / 2 ? 0 : stalled + 1;
            halvedGap = gap < halvedGap / 2 ? gap : halvedGap;
            double rounding = ROUNDING * (Math.abs(value) + nullLoss);
            double aim = Math.max(enough, AIM * gap);
            within = Math.max(1e-6 * rounding, Math.min(1e-2 * aim * Math.min(1, aim / (nullLoss + negligible)),
                    gap > lastGap / 2 ? within / 100 : Double.POSITIVE_INFINITY));
            lastGap = gap;
            if (last || !round(strong, l1, l2, within, Math.max(leastDrift, drift), round == 0 ? beyond : 0)) {
                boolean endless = far() && recedes(free, b, c, 1e-7);
                strong = widened(strong, l1);
                return result(l1, l2, endless ? Double.POSITIVE_INFINITY : gap(strong, free, l1, l2, Double.MAX_VALUE), round,
                        endless ? SolverOutcome.NO_MINIMUM : SolverOutcome.LIMIT_REACHED);
            }
            strong = recentered(strong, l1, l2);
            if (outputs > 1) {
                // after two steps from a point that was not itself extrapolated
                double limit = first == null ? 0 : ratio(first, second);
                if (limit > 0) {
                    extrapolate(second, limit, l1, l2);
                    strong = recentered(strong, l1, l2);
                }
                first = limit > 0 ? null : second;
                second = now(l1, l2);
            }
            if (far() && recedes(free, lastStep, lastShift, 1e-7)) {
                return result(l1, l2, Double.POSITIVE_INFINITY, round + 1, SolverOutcome.NO_MINIMUM);
            }
        }
    }

    private static int[] zeros(double[] x) {
        int[] zeros = new int[x.length];
        int count = 0;
        for (int j = 0; j < x.length; j++) {
            if (x[j] == 0) {
                zeros[count++] = j;
            }
        }
        return Arrays.copyOf(zeros, count);
    }

    /**
     * How far penalties are beyond the last ones, in steps from the last but one to the last, the least of all coefficients that are not 0;
     * 0 if that says nothing of the solution.
     */
    private double ratio(double[] l1, double[] l2) {
        double ratio = Double.POSITIVE_INFINITY;
        for (int j = 0; j < l1.length && earlier != null; j++) {
            boolean zero = true;
            for (double[] of : b) {
                zero &= of[j] == 0;
            }
            if (!zero && l1[j] + l2[j] > 0) {
                ratio = Math.min(ratio, l1[j] > 0 ? ratio(l1[j], last.l1[j], earlier.l1[j]) : ratio(l2[j], last.l2[j], earlier.l2[j]));
            }
        }
        return ratio > 0 && ratio <= FARTHEST ? ratio : 0;
    }

    private Solution now(double[] l1, double[] l2) {
        return new Solution(l1, l2, Arrays.stream(b).map(double[]::clone).toArray(double[][]::new), eta, c.clone());
    }

    /**
     * How far the limit of rounds is beyond the last, in steps from the last but one to the last: one linear predictor after the other,
     * steps fall by the same factor in the end (Aitken's extrapolation). 0 if they do not.
     */
    private double ratio(Solution first, Solution second) {
        double along = 0;
        double squares = 0;
        for (int at = 0; at < eta.length; at++) {
            double step = second.eta[at] - first.eta[at];
            along = Math.fma(eta[at] - second.eta[at], step, along);
            squares = Math.fma(step, step, squares);
        }
        double factor = along / squares;
        return factor > LEAST_FACTOR && factor < 1 ? Math.min(FARTHEST_LIMIT, factor / (1 - factor)) : 0;
    }

    private static double ratio(double now, double last, double earlier) {
        return (now - last) / (last - earlier);
    }

    /** Whether models are the loss itself, up to a constant. */
    private boolean exact() {
        return outputs == 1 && models[0].drift(v) == 0;
    }

    /**
     * Moves on as the solution did from the last penalty but one to the last, in proportion to the penalties' weights, if that lowers the
     * objective. Coefficients end at 0 where they would change their sign: between the weights at which one becomes or ceases to be 0, the
     * path of a quadratic loss is a straight line.
     */
    private void extrapolate(Solution from, double ratio, double[] l1, double[] l2) {
        double[] nextEta = beyond(eta, from.eta, ratio);
        double[] nextC = beyond(c, from.c, ratio);
        double[][] next = new double[outputs][];
        double penalties = 0;
        for (int k = 0; k < outputs; k++) {
            next[k] = beyond(b[k], from.b[k], ratio);
            double[] change = null;
            for (int j = 0; j < next[k].length; j++) {
                if (next[k][j] != 0 && l1[j] > 0 && next[k][j] * b[k][j] <= 0) {
                    change = change == null ? new double[design.rows] : change;
                    design.addColumn(j, -next[k][j], change);
                    next[k][j] = 0;
                }
            }
            for (int i = 0; change != null && i < change.length; i++) {
                nextEta[k * change.length + i] += change[i];
            }
            penalties += Duality.penalty(next[k], l1, l2);
        }
        if (accept(nextEta, nextC, value + penalty(l1, l2) - penalties)) {
            System.arraycopy(next, 0, b, 0, outputs);
        }
    }

    private static double[] beyond(double[] x, double[] before, double ratio) {
        double[] beyond = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            beyond[i] = Math.fma(ratio, x[i] - before[i], x[i]);
        }
        return beyond;
    }

    private static int count(int[][] sets) {
        return Arrays.stream(sets).mapToInt(set -> set.length).sum();
    }

    /** The coordinates that are expected to be all that are not 0 at the solution. */
    private int[][] strong(double[] l1) {
        if (lastL1 == null) {
            for (Slopes of : slopes) {
                of.check(l1);
            }
        }
        int[][] strong = new int[outputs][];
        for (int k = 0; k < outputs; k++) {
            int[] set = new int[design.columns];
            int count = 0;
            for (int j = 0; j < set.length; j++) {
                double from = lastL1 == null ? l1[j] : Math.min(l1[j], 2 * l1[j] - lastL1[j]);
                if (b[k][j] != 0 || l1[j] == 0 || Math.abs(slopes[k].values[j]) > from) {
                    set[count++] = j;
                }
            }
            strong[k] = Arrays.copyOf(set, count);
        }
        return strong;
    }

    /** The same and all others that break their condition. */
    private int[][] widened(int[][] strong, double[] l1) {
        for (Slopes of : slopes) {
            of.check(l1);
        }
        checked = true;
        return with(strong, l1);
    }

    /** The same and all others that are not 0 or are known to break their condition. */
    private int[][] with(int[][] strong, double[] l1) {
        int[][] widened = new int[outputs][];
        for (int k = 0; k < outputs; k++) {
            int[] set = new int[design.columns];
            int count = 0;
            int next = 0;
            for (int j = 0; j < set.length; j++) {
                boolean in = next < strong[k].length && strong[k][next] == j;
                next += in ? 1 : 0;
                if (in || b[k][j] != 0 || Math.abs(slopes[k].values[j]) > l1[j]) {
                    set[count++] = j;
                }
            }
            widened[k] = Arrays.copyOf(set, count);
        }
        return widened;
    }

    /**
     * Where linear predictors matter only relative to each other, a number may be taken from all coefficients of a column: the one that
     * leaves the least penalty. Coordinate by coordinate that takes many small steps (Friedman, Hastie &amp; Tibshirani 2010, section 4.1).
     */
    private int[][] recentered(int[][] strong, double[] l1, double[] l2) {
        double[] common = new double[design.rows];
        boolean moved = false;
        for (int k = 0; k < outputs && loss.relative(); k++) {
            for (int j : strong[k]) {
                double center = b[k][j] == 0 || l1[j] + l2[j] == 0 ? 0 : cheapest(j, l1[j], l2[j]);
                if (center != 0) {
                    moved = true;
                    design.addColumn(j, -center, common);
                    for (double[] of : b) {
                        of[j] -= center;
                    }
                }
            }
        }
        if (!moved) {
            return strong;
        }
        eta = eta.clone();
        for (int at = 0; at < eta.length; at++) {
            eta[at] += common[at % common.length];
        }
        return with(strong, l1);
    }

    /**
     * The minimizer of {@code sum_k l1 |b_k - z| + l2 / 2 (b_k - z)^2}: the median of all b_k and of the points
     * {@code mean + l1 (K - 2 m) / (K l2)}, m from 0 to K; without l2 the median of all b_k, the nearest to 0 if there are several.
     */
    private double cheapest(int j, double l1, double l2) {
        double[] candidates = new double[2 * outputs + 1];
        double mean = 0;
        for (int k = 0; k < outputs; k++) {
            candidates[k] = b[k][j];
            mean += b[k][j] / outputs;
        }
        for (int m = 0; m <= outputs; m++) {
            int excess = outputs - 2 * m;
            candidates[outputs + m] = l2 > 0 ? mean + l1 * excess / (outputs * l2) : excess == 0 ? 0 : excess / 0.0;
        }
        Arrays.sort(candidates);
        return candidates[outputs];
    }

    private double[] ofOutput(double[] all, int k) {
        return outputs == 1 ? all : Arrays.copyOfRange(all, k * design.rows, (k + 1) * design.rows);
    }

    /** The duality gap if all other coordinates are 0 and satisfy their condition; above {@code enough} only a bound from below. */
    private double gap(int[][] sets, int[] free, double[] l1, double[] l2, double enough) {
        double scale = 1;
        Slopes.learn(slopes, sets);
        for (int k = 0; k < outputs; k++) {
            scale = Duality.scale(sets[k], slopes[k].values, l1, l2, scale);
        }
        double gap = 0;
        for (int k = 0; k < outputs; k++) {
            gap += Duality.penaltyPart(sets[k], b[k], slopes[k].values, l1, l2, scale) + unpenalizedPart(k, free);
        }
        return scale < 1 && gap <= enough ? gap + loss.fenchelGap(eta, c, scale) : gap;
    }

    /** What one exact step along each coordinate without a penalty could gain. */
    private double unpenalizedPart(int k, int[] free) {
        double[] curvatures = ofOutput(v, k);
        double sum = sum(ofOutput(u, k));
        double part = loss.intercepts() ? sum * sum / (2 * sum(curvatures)) : 0;
        if (free.length > 0) {
            ResidualQuadratic quadratic = new ResidualQuadratic(design, free, curvatures, loss.centered(), ofOutput(u, k));
            for (int a = 0; a < free.length; a++) {
                double slope = slopes[k].values[free[a]];
                part += quadratic.curvature(a) > 0 ? slope * slope / (2 * quadratic.curvature(a)) : 0;
            }
        }
        return part;
    }

    /** A step of each linear predictor; false if none lowers the objective any more. */
    private boolean round(int[][] strong, double[] l1, double[] l2, double within, double drift, double beyond) {
        boolean moved = false;
        lastShift = new double[c.length];
        for (int k = 0; k < outputs; k++) {
            UnaryOperator<double[]> between = loss.between(eta);
            double[] curvatures = ofOutput(v, k);
            if (models[k].drift(curvatures) > drift || models[k].count() > LARGEST_GRAM) {
                models[k].begin(curvatures, between);
            }
            slopes[k].learn(strong[k]);
            moved |= step(k, working(k, strong[k], l1), l1, l2, within, beyond);
        }
        return moved;
    }

    /** The coordinates of a set that are not 0 or break their condition, and all that the model knows already. */
    private int[] working(int k, int[] strong, double[] l1) {
        int[] set = new int[strong.length];
        int count = 0;
        for (int j : strong) {
            if (b[k][j] != 0 || l1[j] == 0 || Math.abs(slopes[k].values[j]) > l1[j] || models[k].has(j)) {
                set[count++] = j;
            }
        }
        return Arrays.copyOf(set, count);
    }

    private boolean step(int k, int[] set, double[] l1, double[] l2, double within, double beyond) {
        int n = design.rows;
        double[] fall = ofOutput(u, k);
        double[] curvatures = ofOutput(v, k);
        double[] slopesOfSet = pick(slopes[k].values, set);
        Quadratic quadratic;
        int[] at;
        if (set.length > Math.min(LARGEST_GRAM, 2 * n)) {
            quadratic = new ResidualQuadratic(design, set, curvatures, loss.centered(), fall);
            at = IntStream.range(0, set.length).toArray();
        } else {
            at = models[k].join(set);
            models[k].start(at, slopesOfSet, sum(fall));
            quadratic = models[k];
        }
        int size = Arrays.stream(at).max().orElse(-1) + 1;
        double[] partL1 = new double[size];
        double[] partL2 = new double[size];
        double[] to = new double[size];
        for (int a = 0; a < set.length; a++) {
            partL1[at[a]] = l1[set[a]];
            partL2[at[a]] = l2[set[a]];
            to[at[a]] = b[k][set[a]];
        }
        double[] from = to.clone();
        for (int a = 0; a < set.length && beyond > 0; a++) {
            double delta = beyond * (b[k][set[a]] - earlier.b[k][set[a]]);
            if (delta != 0 && (from[at[a]] + delta) * from[at[a]] > 0) {
                quadratic.move(at[a], delta);
                to[at[a]] += delta;
            }
        }
        new CoordinateDescent(quadratic, partL1, partL2, to).minimize(at, within, PASSES);

        double[] steps = new double[size];
        double[] change = new double[n];
        for (int a = 0; a < set.length; a++) {
            steps[at[a]] = to[at[a]] - from[at[a]];
            if (steps[at[a]] != 0) {
                design.addColumn(set[a], steps[at[a]], change);
            }
        }
        double shift = loss.intercepts() ? quadratic.shift(steps) : 0;
        double before = Duality.penalty(from, partL1, partL2);
        double promised = Duality.penalty(to, partL1, partL2) - before;
        for (int i = 0; i < n; i++) {
            promised -= fall[i] * (change[i] + shift);
        }
        Arrays.fill(lastStep[k], 0);
        for (int a = 0; a < set.length; a++) {
            lastStep[k][set[a]] = steps[at[a]];
        }
        double rounding = ROUNDING * (Math.abs(value) + nullLoss);
        double length = 1;
        for (int halving = 0; halving < HALVINGS && promised < rounding; halving++, length /= 2) {
            double[] nextEta = eta.clone();
            for (int i = 0; i < n; i++) {
                nextEta[k * n + i] = Math.fma(length, change[i], nextEta[k * n + i]);
            }
            double[] nextC = c.clone();
            if (loss.intercepts()) {
                nextC[k] += length * shift;
                lastShift[k] = shift;
            }
            double[] next = from.clone();
            for (int a = 0; a < size; a++) {
                // a whole step lands where coordinate descent did: zeros stay exact
                next[a] = length == 1 ? to[a] : next[a] + length * steps[a];
            }
            double penalized = Duality.penalty(next, partL1, partL2) - before;
            if (accept(nextEta, nextC, value - penalized + SUFFICIENT * length * Math.min(0, promised) + rounding)) {
                for (int a = 0; a < set.length; a++) {
                    b[k][set[a]] = next[at[a]];
                }
                return true;
            }
        }
        return false;
    }

    /** Whether the loss falls for ever along intercepts and the coordinates without a penalty. */
    private boolean recedes(int[] free, double[][] coefficients, double[] intercepts, double slack) {
        if (free.length == 0 && !loss.intercepts()) {
            return false;
        }
        double[] direction = new double[eta.length];
        for (int k = 0; k < outputs && free.length > 0; k++) {
            double[] part = new double[design.rows];
            for (int j : free) {
                if (coefficients[k][j] != 0) {
                    design.addColumn(j, coefficients[k][j], part);
                }
            }
            System.arraycopy(part, 0, direction, k * part.length, part.length);
        }
        return loss.recedes(direction, intercepts, slack);
    }

    /** Whether some linear predictor is far from where it began. */
    private boolean far() {
        for (int at = 0; at < eta.length; at++) {
            int k = at / design.rows;
            if (Math.abs(loss.intercepts() ? eta[at] + c[k] - begin[k] : eta[at]) > FAR) {
                return true;
            }
        }
        return false;
    }

    private double penalty(double[] l1, double[] l2) {
        double sum = 0;
        for (double[] coefficients : b) {
            sum += Duality.penalty(coefficients, l1, l2);
        }
        return sum;
    }

    private LinearFit result(double[] l1, double[] l2, double gap, int rounds, SolverOutcome outcome) {
        earlier = last;
        last = now(l1, l2);
        double[] coefficients = new double[design.columns * outputs];
        double[] shift = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < design.columns; j++) {
                coefficients[j * outputs + k] = b[k][j];
                shift[k] = Math.fma(-design.centers[j], b[k][j], shift[k]);
            }
        }
        double[] intercepts = c.clone();
        loss.absorb(shift, intercepts);
        return new LinearFit(Tensor.of(Shape.of(design.columns, outputs), coefficients), intercepts, value + penalty(l1, l2), gap, rounds,
                outcome);
    }

    private static double[] pick(double[] from, int[] set) {
        return Arrays.stream(set).mapToDouble(j -> from[j]).toArray();
    }

    private static double sum(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value;
        }
        return sum;
    }
}
