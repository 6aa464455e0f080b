package intarsia.models.dual;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.models.net.TaskNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Encoders and coefficients as one network, for the warm-up: coefficients are parameters like any other, those on the shared encoder either one for all tasks or
 * free. Its penalty is that of the objective, so that encoders are not first fitted to what the objective will not have.
 *
 * @param encoders   the encoders
 * @param everything whether all tasks share one beta
 * @param scale      of the penalty: 2 where the network's loss is twice the objective's
 */
record WarmUp(Encoders encoders, boolean everything, double scale) implements TaskNetwork {
    @Override
    public Result apply(Graph graph, int task, Node x) {
        Node own = encoders.own(graph, task, x);
        Node shared = encoders.shared(graph, x);
        Node beta = weight(graph, everything ? "head/shared" : head(task) + "/shared", shared);
        Node intercept = graph.parameter(head(task) + "/intercept", Init.zeros(), 1);
        return new Result(own.matmul(weight(graph, head(task) + "/own", own)).plus(shared.matmul(beta)).plus(intercept), List.of(own, shared));
    }

    @Override
    public Node penalty(Graph graph, List<Result> results) {
        List<Node> terms = new ArrayList<>();
        for (int r = 0; r < results.size(); r++) {
            Node own = results.get(r).representations().get(0);
            terms.add(encoders.orthogonality(own, results.get(r).representations().get(1)));
            terms.add(weight(graph, head(r) + "/own", own).square().sum().times(encoders.options().ridge()));
        }
        terms.add(encoders.decay(graph));
        return graph.sum(terms).times(scale);
    }

    private static Node weight(Graph graph, String name, Node reads) {
        int width = reads.shape().size(1);
        return graph.parameter(name, Init.fanInUniform(width), width, 1);
    }

    private String head(int task) {
        return "head/" + encoders.names().get(task);
    }
}
