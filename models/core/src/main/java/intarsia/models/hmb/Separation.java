package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.models.net.CrossProduct;
import intarsia.models.net.Mlp;
import java.util.List;
import java.util.stream.IntStream;

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
    HSIC,
    /**
     * An adversary that is to tell a row's task by its shared representation, which is learned to mislead it (domain-adversarial training,
     * Ganin and others 2016):
     *
     * <pre>
     * sum_t sum over rows of -log softmax(A(h))_t        minimized over the adversary A, its gradient by h reversed and times gamma
     * </pre>
     *
     * A is a perceptron of two layers as wide as the encoders'. Nothing is said of task-specific representations, nor added where there
     * is one task.
     */
    ADVERSARIAL;

    private static final double TINY = 1e-12;

    /** The parameters of an adversary. */
    static final String ADVERSARY = "adversary";

    /**
     * The terms of all tasks, scalars.
     *
     * @param weight   gamma, positive
     * @param shared   for each task H
     * @param specific for each task K
     * @param width    of an adversary
     */
    List<Node> of(Graph graph, double weight, List<Node> shared, List<Node> specific, int width) {
        return this == ADVERSARIAL ? adversary(graph, weight, shared, width)
                : IntStream.range(0, shared.size()).mapToObj(t -> of(shared.get(t), specific.get(t)).times(weight)).toList();
    }

    private static List<Node> adversary(Graph graph, double weight, List<Node> shared, int width) {
        int tasks = shared.size();
        if (tasks == 1) {
            return List.of();
        }
        Mlp adversary = Mlp.of(shared.getFirst().shape().size(1), width, 2, tasks);
        return IntStream.range(0, tasks).mapToObj(t -> {
            Node z = adversary.apply(graph, ADVERSARY, shared.get(t).gradientTimes(-weight));
            return z.logSumExp().sum().minus(z.slice(1, t, t + 1).sum());
        }).toList();
    }

    /** The term of one task. */
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
