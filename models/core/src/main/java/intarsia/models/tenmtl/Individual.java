package intarsia.models.tenmtl;

import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;

/**
 * One individual's rows.
 *
 * @param name       for messages and tables
 * @param predictors X, one tensor a row [n x p_1 x ... x p_d], d at least 1
 * @param response   y [n]
 */
public record Individual(String name, Tensor predictors, double[] response) {
    /** Checks the sizes; the numbers are kept, not copied. */
    public Individual {
        if (predictors.shape().rank() < 2 || predictors.shape().size(0) != response.length || response.length == 0
                || predictors.size() == 0) {
            throw new ShapeException("individual " + name + ": predictors " + predictors.shape() + " and " + response.length
                    + " responses; wants predictors [n x p_1 x ...] and n responses, n at least 1");
        }
    }

    /** n. */
    public int rows() {
        return response.length;
    }
}
