package intarsia.optim.solve;

import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;

/**
 * The data of a linear model whose response has no one-parameter family, as those of a {@link GlmProblem} have: classes
 * ({@link Multinomial}), ordered levels ({@link CumulativeLogit}), times to an event ({@link Cox})
 * or their intervals ({@link GroupedHazards}). With q linear predictors {@code x_i' B}
 * a row and free parameters c (intercepts, thresholds), {@link #fit} minimizes
 * <pre>  loss(X B, c) + ridge / 2 ||B||^2,</pre>
 * a convex function, by Newton's method. Without weights stated every row has 1/n.
 *
 * <p>Duplicated and constant columns are welcome (the latter get 0), more columns than rows too, with or without ridge: the solution is
 * then found in the {@link RowSpace}, a step costing O(n m^2 q^2 + (m q)^3), m the smaller of rows and columns. Nothing is standardized.
 */
public sealed interface LinearModel permits CumulativeLogit, GroupedHazards, SparseModel {
    /** The rows x_i [n x p]. */
    Tensor predictors();

    /** w [n]; rows of weight 0 count for nothing. */
    double[] weights();

    /**
     * The minimizer.
     *
     * @param ridge   not negative
     * @param options the tolerance is how far the objective may be above its minimum, relative to the weight of all rows; the iterations
     *                are Newton steps
     */
    LinearFit fit(double ridge, SolverOptions options);

    /** Refuses what is not a matrix of finite numbers with a finite, not negative weight a row, not all 0. */
    static void check(String model, Tensor predictors, int responses, double[] weights) {
        if (predictors.shape().rank() != 2 || predictors.shape().rows() < 1) {
            throw new ShapeException(model + ": predictors " + predictors.shape() + ": wants a matrix with at least one row");
        }
        int n = predictors.shape().rows();
        if (responses != n || weights.length != n) {
            throw new ShapeException(model + ": " + responses + " responses and " + weights.length + " weights for " + n + " rows");
        }
        double total = 0;
        for (int i = 0; i < n; i++) {
            if (!(weights[i] >= 0 && weights[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(model + ": weight " + i + " is " + weights[i] + "; must be finite and not negative");
            }
            total += weights[i];
        }
        if (total == 0) {
            throw new IllegalArgumentException(model + ": all " + n + " weights are 0");
        }
        double[] x = predictors.doubles();
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i])) {
                int p = predictors.shape().columns();
                throw new IllegalArgumentException(model + ": predictor " + i % p + " of row " + i / p + " is " + x[i]
                        + "; must be finite");
            }
        }
    }
}
