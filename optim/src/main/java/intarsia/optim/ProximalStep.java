package intarsia.optim;

import java.util.List;

/**
 * A step after the update: {@code p = prox_{rate * penalty}(p)}. It sets values to exactly 0 or within bounds, which a gradient step
 * cannot. An {@link Optimizer} has at most one, as its last step.
 */
public sealed interface ProximalStep {
    /** The lasso, {@code weight ||p||_1}: each value moves towards 0 by {@code rate * weight}, and stops there. */
    record SoftThreshold(double weight) implements ProximalStep {
        /** Checks that the weight is not negative. */
        public SoftThreshold {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("lasso weight " + weight + ": must not be negative");
            }
        }
    }

    /**
     * The group lasso over rows of matrices, {@code weight sum_rows ||row||} (Yuan &amp; Lin 2006): each row moves towards 0 by
     * {@code rate * weight} in norm, and stops there. Values outside the matrices stay.
     *
     * @param weight   not negative
     * @param matrices where they lie among the values
     */
    record ShrinkRows(double weight, List<Matrix> matrices) implements ProximalStep {
        /** Copies the list, and checks that the weight is not negative. */
        public ShrinkRows {
            matrices = List.copyOf(matrices);
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("group lasso weight " + weight + ": must not be negative");
            }
        }
    }

    /**
     * A matrix among flat values, its rows one after another.
     *
     * @param offset  where it begins
     * @param rows    how many rows it has
     * @param columns how many numbers a row has
     */
    record Matrix(int offset, int rows, int columns) {}

    /** Values below 0 become 0. */
    record NonNegative() implements ProximalStep {}
}
