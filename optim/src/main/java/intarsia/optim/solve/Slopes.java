package intarsia.optim.solve;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The slopes {@code x_j' u} of a linear predictor's coordinates, computed as late as can be: coordinates that {@link KnownDirections}
 * prove to satisfy their condition are not looked at.
 */
final class Slopes {
    /** The share of the columns from which on all are computed together: a product of four columns takes little longer than one. */
    private static final int SHARE = 4;

    private final Design design;
    private final KnownDirections known;
    /** The slopes, as they were last computed, or bounded. */
    final double[] values;
    /** The point at which each was computed; -1 for never. */
    private final int[] computed;
    private final double[] near;
    /** The last point at which all were. */
    private int complete = -1;
    private double[] u;
    private int point = -1;

    /** Directions may be common to several linear predictors. */
    Slopes(Design design, KnownDirections known) {
        this.design = design;
        this.known = known;
        this.values = new double[design.columns];
        this.computed = new int[design.columns];
        this.near = new double[design.columns];
        Arrays.fill(computed, -1);
    }

    /** Goes to another point. */
    void at(double[] falls) {
        u = falls;
        point++;
    }

    /** Computes the slopes of a set of each linear predictor. */
    static void learn(Slopes[] slopes, int[][] sets) {
        learnAll(IntStream.range(0, sets.length).filter(k -> slopes[k].most(sets[k])).mapToObj(k -> slopes[k]).toArray(Slopes[]::new));
        for (int k = 0; k < sets.length; k++) {
            for (int j : sets[k]) {
                slopes[k].learn(j);
            }
        }
    }

    /** Computes the slopes of a set. */
    void learn(int... set) {
        learn(new Slopes[] {this}, new int[][] {set});
    }

    /** Whether so many of a set are not yet computed that all might as well be. */
    private boolean most(int[] set) {
        int missing = 0;
        for (int j : set) {
            missing += computed[j] == point ? 0 : 1;
        }
        return missing * SHARE > values.length;
    }

    private void learn(int j) {
        if (computed[j] != point) {
            values[j] = design.dot(j, u);
            computed[j] = point;
        }
    }

    /** Computes all slopes of some linear predictors. */
    static void learnAll(Slopes... slopes) {
        Slopes[] missing = Arrays.stream(slopes).filter(of -> of.complete != of.point).toArray(Slopes[]::new);
        if (missing.length == 0) {
            return;
        }
        missing[0].design.multiply(Arrays.stream(missing).map(of -> of.u).toArray(double[][]::new),
                Arrays.stream(missing).map(of -> of.values).toArray(double[][]::new));
        for (Slopes of : missing) {
            Arrays.fill(of.computed, of.point);
            of.complete = of.point;
        }
    }

    /** Computes all slopes that may be above these thresholds. */
    void check(double[] thresholds) {
        if (design.columns <= design.rows) {
            // so few products are not worth saving
            learnAll(this);
            return;
        }
        int[] above = above(thresholds, known.approximate(u, near));
        if (above.length * SHARE > values.length) {
            above = above(thresholds, known.learn(u, near));
        }
        learn(above);
    }

    /** The coordinates not yet computed that may be above their threshold; the others get what is known of them. */
    private int[] above(double[] thresholds, double radius) {
        int[] above = new int[values.length];
        int count = 0;
        for (int j = 0; j < values.length; j++) {
            if (computed[j] != point) {
                if (!(Math.abs(near[j]) + design.norms[j] * radius <= thresholds[j])) {
                    above[count++] = j;
                } else {
                    values[j] = near[j];
                }
            }
        }
        return Arrays.copyOf(above, count);
    }
}
