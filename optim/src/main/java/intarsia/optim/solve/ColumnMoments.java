package intarsia.optim.solve;

import java.util.Arrays;

/**
 * Weighted first and second moments of the columns of a design.
 *
 * @param totalWeight {@code V = sum_i v_i}
 * @param means       {@code m_j = sum_i v_i x_ij / V}; zeros where no intercept takes them up
 * @param curvatures  {@code sum_i v_i (x_ij - m_j)^2}; exactly 0 for a column that does not vary where the weights are
 */
record ColumnMoments(double totalWeight, double[] means, double[] curvatures) {
    /** The share of the weighted mean square below which a weighted variance is rounding. */
    private static final double CONSTANT = 1e-26;

    static ColumnMoments of(Design design, double[] weights, boolean intercept) {
        double totalWeight = Arrays.stream(weights).sum();
        double[] means = new double[design.columns];
        double[] curvatures = new double[design.columns];
        for (int j = 0; j < design.columns; j++) {
            means[j] = intercept ? design.dot(j, weights) / totalWeight : 0;
            double squares = 0;
            double raw = 0;
            for (int i = 0; i < design.rows; i++) {
                double x = design.column[j][i];
                double centered = x - means[j];
                squares = Math.fma(weights[i] * centered, centered, squares);
                raw = Math.fma(weights[i] * x, x, raw);
            }
            curvatures[j] = squares <= CONSTANT * raw ? 0 : squares;
        }
        return new ColumnMoments(totalWeight, means, curvatures);
    }
}
