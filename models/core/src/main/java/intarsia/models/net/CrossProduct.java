package intarsia.models.net;

import intarsia.autodiff.Node;

/** Products of the columns of one matrix with those of another. */
public final class CrossProduct {
    private CrossProduct() {}

    /**
     * The sum of all squared products of a column of a with one of b, whichever way is the cheaper with its derivatives, which depends on
     * how many rows m there are:
     *
     * <pre>
     * ||A' B||_F^2 = sum_ij (A A')_ij (B B')_ij,    a is m x p, b is m x q;    6 m p q against 4 m^2 (p + q) multiplications
     * </pre>
     *
     * Both are exact but for rounding, which is relative to {@code ||A||^2 ||B||^2}: the second may be a rounding error below 0 where the
     * columns are orthogonal.
     */
    public static Node squaredNorm(Node a, Node b) {
        long rows = a.shape().size(0);
        long p = a.shape().size(1);
        long q = b.shape().size(1);
        return 2 * rows * (p + q) < 3 * p * q
                ? a.matmul(a.transpose()).times(b.matmul(b.transpose())).sum()
                : a.transpose().matmul(b).square().sum();
    }
}
