package intarsia.models.hmb;

import intarsia.autodiff.Node;
import intarsia.models.net.CrossProduct;

/** What keeps shared representations H and task-specific ones K, m rows each, apart. */
public enum Separation {
    /** {@code ||H'K||_F^2}: the paper's R_orth. */
    ORTHOGONALITY,
    /**
     * The Hilbert-Schmidt independence criterion (Gretton et al. 2005), m times, which sees dependence of any form:
     *
     * <pre>
     * 1/m sum_ij (C A C)_ij B_ij,   C = I - 1/m 1 1',   A_ij = exp(-||h_i - h_j||^2 / mean of all such),  B alike of K
     * </pre>
     *
     * Kernels do not depend on scale, so that small representations are no way out. 4 m^2 (p + q) multiplications.
     */
    HSIC;

    private static final double TINY = 1e-12;

    /** The term, a scalar. */
    Node of(Node shared, Node specific) {
        return this == ORTHOGONALITY ? CrossProduct.squaredNorm(shared, specific) : independence(shared, specific);
    }

    private static Node independence(Node h, Node k) {
        int m = h.shape().size(0);
        Node a = kernel(h, m);
        Node rows = a.mean(1);
        Node centered = a.minus(rows.reshape(m, 1)).minus(rows.reshape(1, m)).plus(a.mean());
        return centered.times(kernel(k, m)).sum().times(1.0 / Math.max(1, m));
    }

    private static Node kernel(Node x, int m) {
        Node squares = x.square().sum(1);
        Node distances = squares.reshape(m, 1).plus(squares.reshape(1, m)).minus(x.matmul(x.transpose()).times(2));
        return distances.times(distances.mean().plus(TINY).reciprocal()).negate().exp();
    }
}
