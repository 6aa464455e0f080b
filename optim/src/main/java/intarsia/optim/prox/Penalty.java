package intarsia.optim.prox;

/**
 * A convex penalty of a vector; a matrix is the vector of its rows, one after the other.
 *
 * {@snippet class="intarsia.tutorial.LassoTutorial" region="prox"}
 */
public sealed interface Penalty permits ElasticNet, GroupLasso, TraceNorm, Box, Simplex, Blocks {
    /** f(x); infinite where a constraint does not hold. */
    double value(double[] x);

    /** {@code argmin_x f(x) + ||x - point||^2 / (2 step)}, as a fresh array; {@code step} is positive. */
    double[] prox(double[] point, double step);

    /** No penalty. */
    static Penalty none() {
        return new ElasticNet(0, 0);
    }

    /** {@code weight ||x||_1}. */
    static ElasticNet l1(double weight) {
        return new ElasticNet(weight, 0);
    }

    /** {@code weight / 2 ||x||_2^2}. */
    static ElasticNet ridge(double weight) {
        return new ElasticNet(0, weight);
    }

    /** The constraint that every entry is at least 0. */
    static Box nonnegative() {
        return new Box(0, Double.POSITIVE_INFINITY);
    }

    /** The weight; throws if it is negative or not finite. */
    static double checkWeight(String name, double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + weight + ": must be finite and not negative");
        }
        return weight;
    }
}
