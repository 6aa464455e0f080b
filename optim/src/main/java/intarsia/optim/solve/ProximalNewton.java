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

    /** Begins at coefficients of 0. */
    ProximalNewton(SparseLoss loss, Design design) {
        this.loss = loss;
        this.design = design;
        this.outputs = loss.outputs();
        this.begin = loss.start();
        this.models = IntStream.range(0, outputs).mapToObj(k -> new GramQuadratic(design, loss.intercepts())).toArray(GramQuadratic[]::new);
        double[] norms = design.norms();
        this.slopes = IntStream.range(0, outputs).mapToObj(k -> new Slopes(design, norms)).toArray(Slopes[]::new);
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
        for (Slopes of : slopes) {
            of.check(new double[design.columns]);
            for (double slope : of.values) {
                largest = Math.max(largest, Math.abs(slope));
            }
        }
        return largest;
    }

    /** The solution for penalties of each column, from wherever the last one ended. */
    LinearFit fit(double[] l1, double[] l2, SolverOptions options) {
        double enough = options.tolerance() * nullLoss + negligible;
        boolean thresholded = Arrays.stream(l1).allMatch(l -> l > 0);
        int[] free = IntStream.range(0, design.columns).filter(j -> l1[j] == 0 && l2[j] == 0).toArray();
        // between classes the model has nothing: exact curvatures of each would not make it exact
        double leastDrift = outputs == 1 ? 0 : LEAST_DRIFT;
        checked = false;
        int[][] strong = strong(l1);
        lastL1 = l1;
        double lastGap = Double.POSITIVE_INFINITY;
        double checkedGap = Double.POSITIVE_INFINITY;
        double within = Double.POSITIVE_INFINITY;
        double halvedGap = Double.POSITIVE_INFINITY;
        int stalled = 0;
        double drift = DRIFT;
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
            if (last || !round(strong, l1, l2, within, Math.max(leastDrift, drift))) {
                boolean endless = far() && recedes(free, b, c, 1e-7);
                strong = widened(strong, l1);
                return result(l1, l2, endless ? Double.POSITIVE_INFINITY : gap(strong, free, l1, l2, Double.MAX_VALUE), round,
                        endless ? SolverOutcome.NO_MINIMUM : SolverOutcome.LIMIT_REACHED);
            }
            if (far() && recedes(free, lastStep, lastShift, 1e-7)) {
                return result(l1, l2, Double.POSITIVE_INFINITY, round + 1, SolverOutcome.NO_MINIMUM);
            }
        }
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
        int[][] widened = new int[outputs][];
        for (int k = 0; k < outputs; k++) {
            int[] set = new int[design.columns];
            int count = 0;
            int next = 0;
            for (int j = 0; j < set.length; j++) {
                boolean in = next < strong[k].length && strong[k][next] == j;
                next += in ? 1 : 0;
                if (in || Math.abs(slopes[k].values[j]) > l1[j]) {
                    set[count++] = j;
                }
            }
            widened[k] = Arrays.copyOf(set, count);
        }
        return widened;
    }

    private double[] ofOutput(double[] all, int k) {
        return outputs == 1 ? all : Arrays.copyOfRange(all, k * design.rows, (k + 1) * design.rows);
    }

    /** The duality gap if all other coordinates are 0 and satisfy their condition; above {@code enough} only a bound from below. */
    private double gap(int[][] sets, int[] free, double[] l1, double[] l2, double enough) {
        double scale = 1;
        for (int k = 0; k < outputs; k++) {
            slopes[k].learn(sets[k]);
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
    private boolean round(int[][] strong, double[] l1, double[] l2, double within, double drift) {
        boolean moved = false;
        lastShift = new double[c.length];
        for (int k = 0; k < outputs; k++) {
            double[] coefficients = b[k];
            double[] s = slopes[k].values;
            int[] set = Arrays.stream(strong[k]).filter(j -> coefficients[j] != 0 || l1[j] == 0 || Math.abs(s[j]) > l1[j]).toArray();
            slopes[k].learn(set);
            moved |= step(k, set, l1, l2, within, drift);
        }
        return moved;
    }

    private boolean step(int k, int[] set, double[] l1, double[] l2, double within, double drift) {
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
            GramQuadratic model = models[k];
            UnaryOperator<double[]> between = loss.between(eta);
            if (model.drift(curvatures) > drift || model.count() > LARGEST_GRAM) {
                model.begin(curvatures, between);
            }
            at = model.join(set);
            model.start(at, slopesOfSet, sum(fall));
            quadratic = model;
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
