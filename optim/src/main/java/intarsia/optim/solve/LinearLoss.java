package intarsia.optim.solve;

/**
 * A convex loss of linear predictors eta [q x n], those of all rows one after the other, and free parameters c [m], with what its
 * minimizers need to know of it: {@link DenseLoss} for {@link RidgeNewton}, {@link SparseLoss} for {@link ProximalNewton}.
 */
interface LinearLoss {
    /** q. */
    int outputs();

    /** c to start from, where eta is 0. */
    double[] start();

    /**
     * Whether the loss falls for ever, or stays, along a direction of eta and c that is not flat everywhere: at no row may it rise by more
     * than the slack times the largest number of the direction.
     */
    boolean recedes(double[] eta, double[] c, double slack);

    /** Corrects c where eta loses these numbers [q] at every row: afterwards the loss is what it was. */
    void absorb(double[] shift, double[] c);
}
