package intarsia.optim.solve;

import java.util.Arrays;

/**
 * Where linear predictors matter only relative to each other, a number may be taken from all coefficients of a column: the one that leaves
 * the least penalty. Coordinate by coordinate that takes many small steps (Friedman, Hastie &amp; Tibshirani 2010, section 4.1).
 */
final class Recentering {
    private Recentering() {}

    /** Recenters the columns with a coefficient that is not 0 within the sets of each linear predictor; says whether any moved. */
    static boolean recenter(SparsePoint point, int[][] sets, double[] l1, double[] l2) {
        double[] common = new double[point.design.rows];
        boolean moved = false;
        for (int k = 0; k < point.outputs && point.loss.relative(); k++) {
            for (int j : sets[k]) {
                double center = point.b[k][j] == 0 || l1[j] + l2[j] == 0 ? 0 : cheapest(point.b, j, l1[j], l2[j]);
                if (center != 0) {
                    moved = true;
                    point.design.addColumn(j, -center, common);
                    for (double[] of : point.b) {
                        of[j] -= center;
                    }
                }
            }
        }
        if (moved) {
            point.addToAll(common);
        }
        return moved;
    }

    /**
     * The minimizer of {@code sum_k l1 |b_k - z| + l2 / 2 (b_k - z)^2}: the median of all b_k and of the points
     * {@code mean + l1 (K - 2 m) / (K l2)}, m from 0 to K; without l2 the median of all b_k, the nearest to 0 if there are several.
     */
    private static double cheapest(double[][] b, int j, double l1, double l2) {
        int outputs = b.length;
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
}
