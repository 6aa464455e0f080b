package intarsia.optim.solve;

import intarsia.linalg.Tensor;

/**
 * A model of a loss around a point, {@code 1/2 sum_i v_i (r_i - m_0 - sum_a x_ia d_a)^2}, in some of the columns, at positions a; the
 * intercept m_0 is always optimal where there is one. This is what coordinate descent needs to know of it. Slopes are those of the
 * decrease, {@code -d/dd_a}.
 */
sealed interface Quadratic permits GramQuadratic, ResidualQuadratic {
    /** The share of the weighted mean square below which a weighted variance is rounding. */
    double CONSTANT = 1e-26;

    /** The second derivative along coordinate a; exactly 0 if the column does not vary where there are weights. */
    double curvature(int a);

    /** The slope of the decrease along coordinate a. */
    double slope(int a);

    /** Moves coordinate a. */
    void move(int a, double delta);

    /** How far the intercept moves while coordinates move by these steps, and the residuals' weighted mean is taken up. */
    double shift(double[] steps);

    /** The second derivatives between these coordinates [k x k]. */
    Tensor hessian(int[] set);
}
