package intarsia.optim.solve;

import java.util.function.UnaryOperator;

/** A loss with slopes and curvatures by row: what {@link ProximalNewton} minimizes with an elastic net. */
interface SparseLoss extends LinearLoss {
    /** Whether c holds an intercept a linear predictor; else it is empty. */
    boolean intercepts();

    /** Whether adding the same numbers to all linear predictors changes nothing. */
    default boolean relative() {
        return false;
    }

    /** Whether moving a linear predictor by the same number at all rows is taken up by an intercept, or does not change the loss. */
    boolean centered();

    /**
     * The value, infinite where the loss is not defined, with the falls {@code u_ki = -d/d eta_ki} [q x n] and curvatures v_ki [q x n] of
     * each linear predictor alone, not less than those of the loss. Intercepts whose best values have a closed form are set to them.
     */
    double evaluate(double[] eta, double[] c, double[] u, double[] v);

    /**
     * What a loss whose second derivatives are {@code X' diag(v) X - Z' Z} has in Z at a point: a function from a column x [n] to its
     * column of Z. Null where there is no Z.
     */
    default UnaryOperator<double[]> between(double[] eta) {
        return null;
    }

    /** What scaling the dual point costs, as {@link Family#fenchelGap}, summed over the rows. */
    double fenchelGap(double[] eta, double[] c, double scale);

    /** The loss of a poor model, roughly: gaps far below it are rounding. */
    double magnitude();
}
