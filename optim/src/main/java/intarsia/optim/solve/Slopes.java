package intarsia.optim.solve;

import java.util.Arrays;

/**
 * The slopes {@code x_j' u} of a linear predictor's coordinates, computed as late as can be. A slope differs from that at an earlier point
 * u' by at most {@code ||x_j|| ||u - u'||}: coordinates that this proves to satisfy their condition are not looked at (in the manner of the
 * safe rules of El Ghaoui, Viallon &amp; Rabbani 2012; the use of many earlier points is ours).
 */
final class Slopes {
    /** How many earlier points are remembered. */
    private static final int POINTS = 32;

    private final Design design;
    private final double[] norms;
    /** The slopes, as they were last computed. */
    final double[] values;
    /** The point at which each was computed, and from which on it was remembered; -1 for never. */
    private final int[] computed;
    private final int[] remembered;
    private final double[][] points = new double[POINTS][];
    private double[] u;
    private int point = -1;

    Slopes(Design design, double[] norms) {
        this.design = design;
        this.norms = norms;
        this.values = new double[design.columns];
        this.computed = new int[design.columns];
        this.remembered = new int[design.columns];
        Arrays.fill(computed, -1);
        Arrays.fill(remembered, -1);
    }

    /** Goes to another point. */
    void at(double[] falls) {
        u = falls;
        point++;
    }

    /** Computes the slopes of a set. */
    void learn(int[] set) {
        for (int j : set) {
            learn(j);
        }
    }

    private void learn(int j) {
        if (computed[j] != point) {
            values[j] = design.dot(j, u);
            computed[j] = point;
        }
    }

    /** Computes all slopes that may be above these thresholds, and remembers the point. */
    void check(double[] thresholds) {
        double[] distances = new double[POINTS];
        for (int r = Math.max(0, point - POINTS + 1); r < point; r++) {
            double[] before = points[r % POINTS];
            double squares = 0;
            for (int i = 0; before != null && i < u.length; i++) {
                squares = Math.fma(u[i] - before[i], u[i] - before[i], squares);
            }
            distances[r % POINTS] = before == null ? Double.POSITIVE_INFINITY : Math.sqrt(squares);
        }
        for (int j = 0; j < values.length; j++) {
            boolean near = remembered[j] >= 0 && remembered[j] > point - POINTS && computed[j] == remembered[j];
            if (!near || Math.abs(values[j]) + norms[j] * distances[remembered[j] % POINTS] > thresholds[j]) {
                learn(j);
                remembered[j] = point;
            }
        }
        points[point % POINTS] = u;
    }
}
