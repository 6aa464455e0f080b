package intarsia.models.net;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Rows of several tasks in one matrix, one task's below the other's: what tasks share is then computed by one product for all of them, and
 * its gradient by one, instead of one for each. A task's part of a matrix is no copy.
 */
public final class RowStack {
    private final Graph graph;
    /** For each task, where its rows begin; then where the last one's end. */
    private final int[] begins;

    private RowStack(Graph graph, int[] begins) {
        this.graph = graph;
        this.begins = begins;
    }

    /** With as many rows of each task as a matrix of it has. */
    public static RowStack of(Graph graph, List<Node> tasks) {
        int[] begins = new int[tasks.size() + 1];
        for (int t = 0; t < tasks.size(); t++) {
            begins[t + 1] = begins[t] + tasks.get(t).shape().size(0);
        }
        return new RowStack(graph, begins);
    }

    /** The matrix of what each task gives, by the task's place. */
    public Node each(IntFunction<Node> task) {
        return graph.concat(0, IntStream.range(0, begins.length - 1).mapToObj(task).toList());
    }

    /**
     * What a perceptron of each task gives for rows of it, as {@link Mlp#apply}: a product for each task in every layer, but activated at
     * once.
     *
     * @param networks as deep and with the same activation for all tasks
     * @param path     of each task's parameters, by its place
     * @param xs       what each task's perceptron reads
     */
    public Node apply(List<Mlp> networks, IntFunction<String> path, List<Node> xs) {
        Mlp first = networks.getFirst();
        Node all = null;
        for (int l = 0; l + 1 < first.sizes().size(); l++) {
            int layer = l;
            Node read = all;
            all = each(t -> Mlp.linear(graph, path.apply(t) + "/" + layer, layer == 0 ? xs.get(t) : rows(read, t),
                    networks.get(t).sizes().get(layer + 1)));
            all = l + 2 < first.sizes().size() || first.lastActivated() ? first.activation().apply(all) : all;
        }
        return all;
    }

    /** A task's rows of such a matrix. */
    public Node rows(Node stacked, int task) {
        return stacked.slice(0, begins[task], begins[task + 1]);
    }
}
