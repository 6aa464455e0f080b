package intarsia.optim.solve;

import intarsia.linalg.Tensor;

/**
 * A weighted sum of squares {@code 1/2 sum_i v_i (r_i - m_0 - sum_j x_ij d_j)^2} around the current coordinates, with the intercept m_0
 * always optimal: the interface that coordinate descent needs. Slopes are those of the decrease: {@code c_j = -d/dd_j}.
 */
sealed interface Quadratic permits GramQuadratic, ResidualQuadratic, DenseQuadratic {
    /** The cheaper of the two implementations. */
    static Quadratic of(Design design, double[] weights, boolean intercept) {
        return design.columns <= Math.min(design.rows, 4096) ? new GramQuadratic(design, weights, intercept)
                : new ResidualQuadratic(design, weights, intercept);
    }

    /** Sets the current point by its weighted residuals {@code v_i r_i}, before the intercept moves. */
    void start(double[] weightedResidual);

    /** The weighted means, absorbed by the intercept, and curvatures. */
    ColumnMoments moments();

    /** The second derivative along coordinate j; exactly 0 if the column does not vary. */
    double curvature(int j);

    /** The slope of the decrease along coordinate j. */
    double slope(int j);

    /** Moves coordinate j. */
    void move(int j, double delta);

    /** {@code sum_i v_i r_i^2} at the current coordinates, with the optimal intercept. */
    double squaredResidual();

    /** Announces which coordinates will be moved next. */
    void prepare(int[] set);

    /** The second derivatives between these coordinates [k x k]. */
    Tensor hessian(int[] set);
}
