package intarsia.models.data;

import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * One individual's rows where predictors are tensors: what a task is to a personal model.
 *
 * @param name       for messages and tables
 * @param predictors X, one tensor for each row [n x p_1 x ... x p_d], d at least 1; of several modalities their numbers [n x P]
 * @param response   y [n]
 * @param weights    how much each row counts [n]
 * @param modalities how a row's numbers divide
 */
public record Individual(String name, Tensor predictors, double[] response, double[] weights, Modalities modalities) {
    /** Rows of one tensor each. */
    public Individual(String name, Tensor predictors, double[] response, double[] weights) {
        this(name, predictors, response, weights, Modalities.one(predictors.shape().without(0)));
    }

    /** Rows of one tensor each that count alike. */
    public Individual(String name, Tensor predictors, double[] response) {
        this(name, predictors, response, DoubleStream.generate(() -> 1).limit(response.length).toArray());
    }

    /**
     * Checks the sizes; the numbers are kept, not copied.
     *
     * @throws ShapeException unless there is a row, a response and a weight for each row, and rows have their modalities' numbers
     */
    public Individual {
        if (predictors.shape().rank() < 2 || predictors.shape().size(0) != response.length || response.length == 0
                || weights.length != response.length
                || predictors.size() == 0) {
            throw new ShapeException("individual " + name + ": predictors " + predictors.shape() + " and " + response.length
                    + " responses; needs predictors [n x p_1 x ...] and n responses, n at least 1");
        }
        if (!modalities.row().equals(predictors.shape().without(0))) {
            throw new ShapeException("individual " + name + ": predictors " + predictors.shape() + " for modalities " + modalities);
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
