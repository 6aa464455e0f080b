package intarsia.models.net;

import intarsia.autodiff.Node;
import java.util.List;

/** Products of the columns of one matrix with those of another. */
public final class CrossProduct {
    private CrossProduct() {}

    /** The sum of all squared products of a column of a with one of b; see {@link #squaredNorms}. */
    public static Node squaredNorm(Node a, Node b) {
        return squaredNorms(a, List.of(b));
    }

    /**
     * The sum of all squared products of a column of a with one of any b, whichever way is the cheaper with its derivatives, which depends
     * on how many rows m there are:
     *
     * <pre>
     * sum_t ||A' B_t||_F^2 = sum_ij (A A')_ij (sum_t B_t B_t')_ij,    a is m x p, all b together m x q;
     *                                                               3 m p q against 2 m^2 (p + q) multiplications
     * </pre>
     *
     * Both are exact but for rounding, which is relative to {@code ||A||^2 ||B||^2}: the second may be a rounding error below 0 where the
     * columns are orthogonal.
     */
    public static Node squaredNorms(Node a, List<Node> bs) {
        long rows = a.shape().size(0);
        long p = a.shape().size(1);
        long q = bs.stream().mapToLong(b -> b.shape().size(1)).sum();
        return 2 * rows * (p + q) < 3 * p * q
                ? a.matmul(a.transpose()).times(a.graph().sum(bs.stream().map(b -> b.matmul(b.transpose())).toList())).sum()
                : a.graph().sum(bs.stream().map(b -> a.transpose().matmul(b).square().sum()).toList());
    }
}
