package intarsia.optim.solve;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A proximal Newton step (Lee, Sun &amp; Saunders 2014) of one linear predictor: the minimum of a quadratic model of the loss plus the
 * penalty in some coordinates, and a line search towards it that keeps the objective falling.
 */
final class ProximalNewtonStep {
    private static final double SUFFICIENT = 1e-4;
    private static final int HALVINGS = 40;
    private static final int PASSES = 2000;

    private final SparsePoint point;
    private final int k;
    private final int[] set;
    private final Quadratic quadratic;
    /** The set's positions in the quadratic, and by these what follows. */
    private final int[] at;
    private final double[] l1;
    private final double[] l2;
    private final double[] from;
    private final double[] to;
    private final double[] steps;

    /** Of the k-th linear predictor, in a set of coordinates. */
    ProximalNewtonStep(ScreenedProblem problem, int k, int[] set, GramQuadratic model) {
        this.point = problem.point;
        this.k = k;
        this.set = set;
        double[] falls = point.falls(k);
        if (set.length > Math.min(ProximalNewtonRounds.LARGEST_GRAM, 2 * point.design.rows)) {
            quadratic = new ResidualQuadratic(point.design, set, point.curvatures(k), point.loss.centered(), falls);
            at = IntStream.range(0, set.length).toArray();
        } else {
            at = model.join(set);
            model.start(at, Arrays.stream(set).mapToDouble(j -> point.slopes[k].values[j]).toArray(), SparsePoint.sum(falls));
            quadratic = model;
        }
        int size = Arrays.stream(at).max().orElse(-1) + 1;
        l1 = new double[size];
        l2 = new double[size];
        from = new double[size];
        for (int a = 0; a < set.length; a++) {
            l1[at[a]] = problem.l1[set[a]];
            l2[at[a]] = problem.l2[set[a]];
            from[at[a]] = point.b[k][set[a]];
        }
        to = from.clone();
        steps = new double[size];
    }

    /** Begins the search for the minimum where these steps of all coordinates lead, but for those that would change a sign. */
    void lead(double[] lead) {
        for (int a = 0; a < set.length; a++) {
            double delta = lead[set[a]];
            if (delta != 0 && (from[at[a]] + delta) * from[at[a]] > 0) {
                quadratic.move(at[a], delta);
                to[at[a]] += delta;
            }
        }
    }

    /** Minimizes the model, up to a tolerance of {@link CoordinateDescent}. */
    void minimize(double tolerance) {
        new CoordinateDescent(quadratic, l1, l2, to).minimize(at, tolerance, PASSES);
        for (int position : at) {
            steps[position] = to[position] - from[position];
        }
    }

    /** Goes as far as the objective falls enough; says whether it does, and writes the whole step. */
    boolean search(double[] wholeStep, double[] wholeShift) {
        int n = point.design.rows;
        double[] change = new double[n];
        Arrays.fill(wholeStep, 0);
        for (int a = 0; a < set.length; a++) {
            wholeStep[set[a]] = steps[at[a]];
            if (steps[at[a]] != 0) {
                point.design.addColumn(set[a], steps[at[a]], change);
            }
        }
        boolean intercepts = point.loss.intercepts();
        double shift = intercepts ? quadratic.shift(steps) : 0;
        double before = Duality.penalty(from, l1, l2);
        double promised = Duality.penalty(to, l1, l2) - before;
        double[] falls = point.falls(k);
        for (int i = 0; i < n; i++) {
            promised -= falls[i] * (change[i] + shift);
        }
        double rounding = point.rounding();
        double length = 1;
        for (int halving = 0; halving < HALVINGS && promised < rounding; halving++, length /= 2) {
            double[] nextEta = point.eta().clone();
            for (int i = 0; i < n; i++) {
                nextEta[k * n + i] = Math.fma(length, change[i], nextEta[k * n + i]);
            }
            double[] nextC = point.c().clone();
            if (intercepts) {
                nextC[k] += length * shift;
                wholeShift[k] = shift;
            }
            double[] next = next(length);
            double penalized = Duality.penalty(next, l1, l2) - before;
            if (point.accept(nextEta, nextC, point.value() - penalized + SUFFICIENT * length * Math.min(0, promised) + rounding)) {
                for (int a = 0; a < set.length; a++) {
                    point.b[k][set[a]] = next[at[a]];
                }
                return true;
            }
        }
        return false;
    }

    private double[] next(double length) {
        if (length == 1) {
            // where coordinate descent landed: zeros stay exact
            return to;
        }
        double[] next = from.clone();
        for (int a = 0; a < next.length; a++) {
            next[a] += length * steps[a];
        }
        return next;
    }
}
