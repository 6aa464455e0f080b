package intarsia.models.data;

import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * One individual's rows where predictors are tensors: what a task is to a personal model.
 *
 * @param name       for messages and tables
 * @param predictors X, one tensor for each row [n x p_1 x ... x p_d], d at least 1
 * @param response   y [n]
 * @param weights    how much each row counts [n]
 */
public record Individual(String name, Tensor predictors, double[] response, double[] weights) {
    /** Rows that count alike. */
    public Individual(String name, Tensor predictors, double[] response) {
        this(name, predictors, response, DoubleStream.generate(() -> 1).limit(response.length).toArray());
    }

    /**
     * Checks the sizes; the numbers are kept, not copied.
     *
     * @throws ShapeException unless there is a row, and a response and a weight for each row
     */
    public Individual {
        if (predictors.shape().rank() < 2 || predictors.shape().size(0) != response.length || response.length == 0
                || weights.length != response.length
                || predictors.size() == 0) {
            throw new ShapeException("individual " + name + ": predictors " + predictors.shape() + " and " + response.length
                    + " responses; needs predictors [n x p_1 x ...] and n responses, n at least 1");
        }
    }

    /** How much the rows count in all: n where they count alike. */
    public double total() {
        return Arrays.stream(weights).sum();
    }

    /** n. */
    public int rows() {
        return response.length;
    }
}
