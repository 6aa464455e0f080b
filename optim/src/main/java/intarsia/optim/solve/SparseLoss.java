package intarsia.optim.solve;

/** A loss that {@link BlockDescent} minimizes with an elastic net, one linear predictor of the rows after the other. */
interface SparseLoss extends LinearLoss {
    /** Whether c holds an intercept a linear predictor; else the loss does not change where all rows' linear predictors move alike. */
    boolean intercepts();

    /**
     * Writes the falls {@code u_ik = -d/d eta_ik} and curvatures v_ik, not less than those of the loss, for all rows [n] and one linear
     * predictor k.
     */
    void linearize(double[] eta, double[] c, int k, double[] u, double[] v);

    /** What scaling the dual point costs, as {@link Family#fenchelGap}, summed over the rows. */
    double fenchelGap(double[] eta, double[] c, double scale);
}
