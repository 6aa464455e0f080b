package intarsia.autodiff;

import intarsia.linalg.Shape;
import java.util.List;

/**
 * What a node computes. An op is one record: its shape rule and its vector-Jacobian product stand in it, and nothing else of it stands anywhere but
 * in the one switch that turns it into commands. Ops are values: equal ops of equal inputs are the same node.
 */
public sealed interface Op permits Input, Parameter, Constant, Map, Zip, Affine, Product, SumTo, BroadcastTo, Reshape, Permute, Concat, Slice, Pad,
        Gather, ScatterAdd, LogSumExp {

    /**
     * The shape of the result.
     *
     * @throws intarsia.linalg.ShapeException naming op, operands and the rule that failed
     */
    Shape shape(List<Node> inputs);

    /**
     * Adds to the sink, for every input, the vector-Jacobian product: the gradient of a scalar with respect to that input, given the gradient with
     * respect to the result. Written in nodes, so that it can be differentiated again. A rule may add a gradient of the result's shape where the
     * input was broadcast; the sink undoes it. An input for which nothing is added has derivative 0.
     */
    void backward(Node result, Node gradient, Sink sink);

    /** Where a rule's results go. */
    interface Sink {
        /** Adds to the gradient of the result's input with this number. */
        void add(int input, Node gradient);
    }
}
