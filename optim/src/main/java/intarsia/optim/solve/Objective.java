package intarsia.optim.solve;

/** A function to minimize, with its gradient. */
@FunctionalInterface
public interface Objective {
    /**
     * The value at x; writes the gradient.
     *
     * @param x        the point, not to be changed
     * @param gradient as long as x, to be overwritten
     * @return the value; infinite or NaN where the function is not defined
     */
    double value(double[] x, double[] gradient);
}
