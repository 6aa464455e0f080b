package intarsia.models.net;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;

/** How far linear predictions are from what they should be. */
public enum Loss {
    /** {@code (z - y)^2}. */
    SQUARED_ERROR {
        @Override
        public Node each(Node z, Node y) {
            return z.minus(y).square();
        }
    },
    /** {@code softplus(z) - y z}: the negative log-likelihood of y in [0, 1] under probability sigmoid(z). */
    CROSS_ENTROPY {
        @Override
        public Node each(Node z, Node y) {
            return z.softplus().minus(y.times(z));
        }
    };

    /** The loss of every element. */
    public abstract Node each(Node z, Node y);

    /**
     * The losses of every element of a block whose columns are of both kinds: squared error where a column is continuous, cross-entropy where it is
     * 0/1.
     */
    public static Node mixed(Graph graph, Node z, Node y, boolean[] binary) {
        int count = 0;
        double[] mask = new double[binary.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = binary[i] ? 1 : 0;
            count += binary[i] ? 1 : 0;
        }
        if (count == 0 || count == binary.length) {
            return (count == 0 ? SQUARED_ERROR : CROSS_ENTROPY).each(z, y);
        }
        Node isBinary = graph.constant(Tensor.of(Shape.of(mask.length), mask));
        Node isContinuous = isBinary.affine(-1, 1);
        return SQUARED_ERROR.each(z, y).times(isContinuous).plus(CROSS_ENTROPY.each(z, y).times(isBinary));
    }

    /** Predictions of a mixed block on its own scale: sigmoid where a column is 0/1. */
    public static Node mixedResponse(Graph graph, Node z, boolean[] binary) {
        double[] mask = new double[binary.length];
        boolean any = false;
        for (int i = 0; i < mask.length; i++) {
            mask[i] = binary[i] ? 1 : 0;
            any |= binary[i];
        }
        if (!any) {
            return z;
        }
        Node isBinary = graph.constant(Tensor.of(Shape.of(mask.length), mask));
        return z.times(isBinary.affine(-1, 1)).plus(z.sigmoid().times(isBinary));
    }
}
