package intarsia.models.dual;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.models.net.Mlp;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoders: C reads what all tasks have, S_r all that task r has. Features of a task are ordered with the common ones first.
 *
 * @param options their sizes
 * @param common  how many features all tasks have
 * @param names   the tasks' names
 * @param given   whether C(x) is given, as the last columns of x, and not learned
 */
record Encoders(DualEncoderOptions options, int common, List<String> names, boolean given) {
    /** Both learned. */
    Encoders(DualEncoderOptions options, int common, List<String> names) {
        this(options, common, names, false);
    }

    /** C(x), n x d. */
    Node shared(Graph graph, Node x) {
        return given ? x.slice(1, x.shape().size(1) - width(), x.shape().size(1)) : encode(graph, "shared/encoder", x.slice(1, 0, common), options.shared());
    }

    /** S_r(x), n x d_S. */
    Node own(Graph graph, int task, Node x) {
        Node reads = given ? x.slice(1, 0, x.shape().size(1) - width()) : x;
        return encode(graph, "task/" + names.get(task) + "/encoder", reads, options.own());
    }

    /** d. */
    private int width() {
        return options.depth() == 0 ? common : options.shared();
    }

    private Node encode(Graph graph, String path, Node x, int outputs) {
        return options.depth() == 0 ? x : Mlp.of(x.shape().size(1), options.width(), options.depth(), outputs).apply(graph, path, x);
    }

    /** {@code mu ||S'C||_F^2 / n^2}. */
    Node orthogonality(Node own, Node shared) {
        int n = own.shape().size(0);
        return options.depth() == 0 ? own.graph().constant(0)
                : own.transpose().matmul(shared).square().sum().times(options.orthogonality() / ((double) n * n));
    }

    /** {@code omega / 2 ||weights||^2} over the encoders' weights, not their biases. */
    Node decay(Graph graph) {
        List<Node> terms = new ArrayList<>();
        graph.parameters().forEach((name, node) -> {
            if (((Op.Parameter) node.op()).name().contains("/encoder/") && name.endsWith("/weight")) {
                terms.add(node.square().sum().times(options.decay() / 2));
            }
        });
        return graph.sum(terms);
    }
}
