package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.optim.prox.ElasticNet;
import java.util.ArrayList;
import java.util.List;

/**
 * Linear models with an elastic net, {@code loss(X B, c) + l1 ||B||_1 + l2 / 2 ||B||^2}, as R's glmnet fits them ({@code "multinomial"},
 * ungrouped, and {@code "cox"}, which has Breslow's ties). Each number of B is penalized by itself.
 */
public sealed interface SparseModel extends LinearModel permits Multinomial, Cox {
    /**
     * The minimizer; without l1 that of {@link LinearModel#fit}.
     *
     * @param options the tolerance is the duality gap relative to the loss of the model without columns; the iterations are rounds of
     *                proximal Newton steps, one for each class
     */
    default LinearFit fit(ElasticNet penalty, SolverOptions options) {
        return penalty.l1() == 0 ? fit(penalty.l2(), options) : SparsePath.of(this).fit(penalty, options);
    }

    /**
     * The solutions for falling weights of {@link ElasticNet#of}, each started from the one before.
     *
     * @param l1Share share of the weight that is l1, above 0
     */
    default List<LinearFit> path(double l1Share, double[] weights, SolverOptions options) {
        SparsePath path = SparsePath.of(this);
        List<LinearFit> fits = new ArrayList<>();
        for (double weight : weights) {
            fits.add(path.fit(ElasticNet.of(weight, l1Share), options));
        }
        return fits;
    }

    /** The smallest weight at which every coefficient is 0; the share is taken as at least 0.001, as in {@link Glm#largestWeight}. */
    default double largestWeight(double l1Share) {
        return SparsePath.of(this).largestSlope() / Math.max(l1Share, 1e-3);
    }

    /** Weights from {@link #largestWeight} down to {@code ratio} times it, evenly spaced on a logarithmic scale. */
    default double[] weights(double l1Share, int count, double ratio) {
        if (count < 1 || !(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException("weights: count " + count + " must be at least 1, and ratio " + ratio
                    + " above 0 and at most 1");
        }
        double largest = largestWeight(l1Share);
        double[] weights = new double[count];
        for (int k = 0; k < count; k++) {
            weights[k] = k == 0 ? largest : largest * Elementary.exp(Elementary.log(ratio) * k / (count - 1));
        }
        return weights;
    }
}
