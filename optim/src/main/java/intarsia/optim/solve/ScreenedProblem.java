package intarsia.optim.solve;

import java.util.Arrays;

/**
 * The problem for one penalty, in the coordinates that the sequential strong rule (Tibshirani et al. 2012) lets through; all others are 0.
 * Once these are solved, the others' slopes are checked.
 */
final class ScreenedProblem {
    final SparsePoint point;
    final double[] l1;
    final double[] l2;
    /** The coordinates without a penalty. */
    final int[] free;
    /** Whether every coordinate has an l1 weight. */
    final boolean thresholded;
    /** Those let through, of each linear predictor. */
    private int[][] sets;
    /** The moves of the point where all coordinates were last known to satisfy or break their condition; -1 for never. */
    private int checkedAt = -1;

    /**
     * Lets through what is expected to be all that is not 0 at the solution.
     *
     * @param lastL1 of the last solution; null if there is none
     */
    ScreenedProblem(SparsePoint point, double[] l1, double[] l2, double[] lastL1) {
        this.point = point;
        this.l1 = l1;
        this.l2 = l2;
        int[] unthresholded = zeros(l1);
        this.thresholded = unthresholded.length == 0;
        this.free = Arrays.stream(unthresholded).filter(j -> l2[j] == 0).toArray();
        this.sets = strong(lastL1);
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

    private int[][] strong(double[] lastL1) {
        if (lastL1 == null) {
            for (Slopes of : point.slopes) {
                of.check(l1);
            }
        }
        int[][] strong = new int[point.outputs][];
        for (int k = 0; k < strong.length; k++) {
            int[] set = new int[l1.length];
            int count = 0;
            for (int j = 0; j < set.length; j++) {
                double from = lastL1 == null ? l1[j] : Math.min(l1[j], 2 * l1[j] - lastL1[j]);
                if (point.b[k][j] != 0 || l1[j] == 0 || Math.abs(point.slopes[k].values[j]) > from) {
                    set[count++] = j;
                }
            }
            strong[k] = Arrays.copyOf(set, count);
        }
        return strong;
    }

    /** Whether all coordinates are known to satisfy or break their condition at this point. */
    boolean checked() {
        return checkedAt == point.moves();
    }

    /** Lets through all others that break their condition; says whether there are any. */
    boolean check() {
        for (Slopes of : point.slopes) {
            of.check(l1);
        }
        checkedAt = point.moves();
        return widen();
    }

    /** Takes from coefficients what the loss does not depend on. */
    void recenter() {
        if (Recentering.recenter(point, sets, l1, l2)) {
            widen();
        }
    }

    /** Lets through all others that are not 0 or are known to break their condition; says whether there are any. */
    private boolean widen() {
        boolean wider = false;
        for (int k = 0; k < sets.length; k++) {
            int[] set = new int[l1.length];
            int count = 0;
            int next = 0;
            for (int j = 0; j < set.length; j++) {
                boolean in = next < sets[k].length && sets[k][next] == j;
                next += in ? 1 : 0;
                if (in || point.b[k][j] != 0 || Math.abs(point.slopes[k].values[j]) > l1[j]) {
                    set[count++] = j;
                }
            }
            wider |= count > sets[k].length;
            sets[k] = Arrays.copyOf(set, count);
        }
        return wider;
    }

    /** The coordinates that are not 0 or break their condition, and all that the model of a linear predictor knows already. */
    int[] working(int k, GramQuadratic model) {
        point.slopes[k].learn(sets[k]);
        int[] set = new int[sets[k].length];
        int count = 0;
        for (int j : sets[k]) {
            if (point.b[k][j] != 0 || l1[j] == 0 || Math.abs(point.slopes[k].values[j]) > l1[j] || model.has(j)) {
                set[count++] = j;
            }
        }
        return Arrays.copyOf(set, count);
    }

    /** The duality gap if all other coordinates are 0 and satisfy their condition; above {@code enough} only a bound from below. */
    double gap(double enough) {
        Slopes[] slopes = point.slopes;
        double scale = 1;
        Slopes.learn(slopes, sets);
        for (int k = 0; k < sets.length; k++) {
            scale = Duality.scale(sets[k], slopes[k].values, l1, l2, scale);
        }
        double gap = 0;
        for (int k = 0; k < sets.length; k++) {
            gap += Duality.penaltyPart(sets[k], point.b[k], slopes[k].values, l1, l2, scale) + unpenalizedPart(k);
        }
        return scale < 1 && gap <= enough ? gap + point.loss.fenchelGap(point.eta(), point.c(), scale) : gap;
    }

    /** What one exact step along each coordinate without a penalty could gain. */
    private double unpenalizedPart(int k) {
        double[] curvatures = point.curvatures(k);
        double sum = SparsePoint.sum(point.falls(k));
        double part = point.loss.intercepts() ? sum * sum / (2 * SparsePoint.sum(curvatures)) : 0;
        if (free.length > 0) {
            ResidualQuadratic quadratic = new ResidualQuadratic(point.design, free, curvatures, point.loss.centered(), point.falls(k));
            for (int a = 0; a < free.length; a++) {
                double slope = point.slopes[k].values[free[a]];
                part += quadratic.curvature(a) > 0 ? slope * slope / (2 * quadratic.curvature(a)) : 0;
            }
        }
        return part;
    }
}
