package intarsia.models.dual;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.Parameter;
import intarsia.models.net.Mlp;
import intarsia.models.net.TaskNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoders: C reads what all tasks have, S_r all that task r has. Features of a task are ordered with the common ones first.
 *
 * @param options their sizes
 * @param common  how many features all tasks have
 * @param names   the tasks' names
 */
record Encoders(DualEncoderOptions options, int common, List<String> names) implements TaskNetwork {
    /** C(x), n x d. */
    Node shared(Graph graph, Node x) {
        return encode(graph, "shared/encoder", x.slice(1, 0, common), options.shared());
    }

    /** S_r(x), n x d_S. */
    Node own(Graph graph, int task, Node x) {
        return encode(graph, "task/" + names.get(task) + "/encoder", x, options.own());
    }

    private Node encode(Graph graph, String path, Node x, int outputs) {
        return options.depth() == 0 ? x : Mlp.of(x.shape().size(1), options.width(), options.depth(), outputs).apply(graph, path, x);
    }

    /** For the warm-up: coefficients are parameters like any other. */
    @Override
    public Result apply(Graph graph, int task, Node x) {
        Node own = own(graph, task, x);
        Node shared = shared(graph, x);
        String head = "head/" + names.get(task);
        Node alpha = graph.parameter(head + "/own", Init.fanInUniform(own.shape().size(1)), own.shape().size(1), 1);
        Node beta = graph.parameter(head + "/shared", Init.fanInUniform(shared.shape().size(1)), shared.shape().size(1), 1);
        Node intercept = graph.parameter(head + "/intercept", Init.zeros(), 1);
        return new Result(own.matmul(alpha).plus(shared.matmul(beta)).plus(intercept), List.of(own, shared));
    }

    /** {@code mu sum_r R_orth,r + omega / 2 ||encoder weights||^2}. */
    @Override
    public Node penalty(Graph graph, List<Result> results) {
        List<Node> terms = new ArrayList<>();
        for (Result result : results) {
            terms.add(orthogonality(result.representations().get(0), result.representations().get(1)));
        }
        terms.add(decay(graph));
        return graph.sum(terms);
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
            if (((Parameter) node.op()).name().contains("/encoder/") && name.endsWith("/weight")) {
                terms.add(node.square().sum().times(options.decay() / 2));
            }
        });
        return graph.sum(terms);
    }
}
