package intarsia.optim.solve;

import intarsia.linalg.Tensor;

/**
 * A weighted sum of squares {@code 1/2 sum_i v_i (r_i - m_0 - sum_j x_ij d_j)^2} seen from where its coordinates stand, with the intercept
 * m_0 always at its best: what coordinate descent needs to know and to change. Slopes are those of the decrease: {@code c_j = -d/dd_j}.
 */
sealed interface Quadratic permits GramQuadratic, ResidualQuadratic {
    /** By the cheaper of the two ways. */
    static Quadratic of(Design design, double[] weights, boolean intercept) {
        return design.columns <= Math.min(design.rows, 4096) ? new GramQuadratic(design, weights, intercept)
                : new ResidualQuadratic(design, weights, intercept);
    }

    /** Stands where the weighted residuals {@code v_i r_i} are these before the intercept moves. */
    void start(double[] weightedResidual);

    /** Weighted means, which the intercept takes up, and curvatures. */
    Moments moments();

    /** The second derivative along coordinate j; exactly 0 if the column does not vary. */
    double curvature(int j);

    /** The slope of the decrease along coordinate j. */
    double slope(int j);

    /** Moves coordinate j. */
    void move(int j, double delta);

    /** {@code sum_i v_i r_i^2} where the coordinates stand, the intercept at its best. */
    double squaredResidual();

    /** Says which coordinates will be moved next. */
    void prepare(int[] set);

    /** The second derivatives between these coordinates [k x k]. */
    Tensor hessian(int[] set);
}
