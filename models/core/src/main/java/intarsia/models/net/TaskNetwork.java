package intarsia.models.net;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import java.util.List;
import java.util.stream.IntStream;

/** A network that predicts for one or more tasks, recorded into a graph. */
public interface TaskNetwork {
    /**
     * What a network gives for rows of one task.
     *
     * @param z               the linear predictors, rows x {@link intarsia.models.response.ResponseFamily#predictors}
     * @param representations what it makes of the rows on the way, as its penalty needs them
     */
    record Result(Node z, List<Node> representations) {}

    /** What it gives for rows of a task; x is rows x features. */
    Result apply(Graph graph, int task, Node x);

    /** What it gives for rows of every task, in order: of one after the other, unless a network computes what they share {@link RowStack
     * of all at once}. */
    default List<Result> apply(Graph graph, List<Node> xs) {
        return IntStream.range(0, xs.size()).mapToObj(t -> apply(graph, t, xs.get(t))).toList();
    }

    /** The same with the task's own part left out of the linear predictors; null if the network does not tell. */
    default Node shared(Graph graph, int task, Node x) {
        return null;
    }

    /**
     * A group lasso over rows of weights, {@code weight sum ||row||}, which a proximal step takes after every step of the optimizer.
     *
     * @param weight     not negative; 0 for none
     * @param parameters names of the matrices
     */
    record RowLasso(double weight, List<String> parameters) {
        /** None. */
        public static final RowLasso NONE = new RowLasso(0, List.of());
    }

    /** Its group lasso; none unless a network says otherwise. */
    default RowLasso rowLasso() {
        return RowLasso.NONE;
    }

    /** What is added to the losses, given the results for a batch of every task, in order; 0 unless a network says otherwise. */
    default Node penalty(Graph graph, List<Result> results) {
        return graph.constant(0);
    }
}
