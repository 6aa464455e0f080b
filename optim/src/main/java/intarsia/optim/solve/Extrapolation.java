package intarsia.optim.solve;

/** Goes on as far as coefficients, linear predictors and c went since an earlier point, times a ratio, if that lowers the objective. */
final class Extrapolation {
    private Extrapolation() {}

    /** Coefficients with an l1 weight end at 0 where they would change their sign. */
    static void from(SparsePoint.Copy earlier, double ratio, SparsePoint point, double[] l1, double[] l2) {
        double[] nextEta = beyond(point.eta(), earlier.eta(), ratio);
        double[] nextC = beyond(point.c(), earlier.c(), ratio);
        double[][] next = new double[point.outputs][];
        double penalties = 0;
        for (int k = 0; k < next.length; k++) {
            next[k] = beyond(point.b[k], earlier.b()[k], ratio);
            double[] change = null;
            for (int j = 0; j < next[k].length; j++) {
                if (next[k][j] != 0 && l1[j] > 0 && next[k][j] * point.b[k][j] <= 0) {
                    change = change == null ? new double[point.design.rows] : change;
                    point.design.addColumn(j, -next[k][j], change);
                    next[k][j] = 0;
                }
            }
            for (int i = 0; change != null && i < change.length; i++) {
                nextEta[k * change.length + i] += change[i];
            }
            penalties += Duality.penalty(next[k], l1, l2);
        }
        if (point.accept(nextEta, nextC, point.value() + point.penalty(l1, l2) - penalties)) {
            System.arraycopy(next, 0, point.b, 0, next.length);
        }
    }

    private static double[] beyond(double[] x, double[] before, double ratio) {
        double[] beyond = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            beyond[i] = Math.fma(ratio, x[i] - before[i], x[i]);
        }
        return beyond;
    }
}
