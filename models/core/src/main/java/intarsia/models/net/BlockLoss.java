package intarsia.models.net;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.response.Likelihood;

/**
 * Losses and predictions of a block whose columns are of both kinds: squared error where a column is continuous, cross-entropy where it is
 * 0/1.
 */
public final class BlockLoss {
    private BlockLoss() {}

    /** The loss of every element, rows x columns. */
    public static Node each(Graph graph, Node z, Node y, boolean[] binary) {
        int count = count(binary);
        if (count == 0 || count == binary.length) {
            return (count == 0 ? Likelihood.SQUARED_ERROR : Likelihood.BERNOULLI).loss(z, y);
        }
        Node isBinary = mask(graph, binary);
        return Likelihood.SQUARED_ERROR.loss(z, y).times(isBinary.affine(-1, 1)).plus(Likelihood.BERNOULLI.loss(z, y).times(isBinary));
    }

    /** Predictions on the block's own scale: sigmoid where a column is 0/1. */
    public static Node mean(Graph graph, Node z, boolean[] binary) {
        if (count(binary) == 0) {
            return z;
        }
        Node isBinary = mask(graph, binary);
        return z.times(isBinary.affine(-1, 1)).plus(z.sigmoid().times(isBinary));
    }

    private static int count(boolean[] binary) {
        int count = 0;
        for (boolean b : binary) {
            count += b ? 1 : 0;
        }
        return count;
    }

    /** A row of 1 where a flag is set, else 0. */
    public static Node mask(Graph graph, boolean[] flags) {
        double[] mask = new double[flags.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = flags[i] ? 1 : 0;
        }
        return graph.constant(Tensor.of(Shape.of(mask.length), mask));
    }
}
