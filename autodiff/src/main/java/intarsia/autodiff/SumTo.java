package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;

/**
 * The sum over one run of neighboring axes, which keep size 1: the adjoint of {@link BroadcastTo}. {@link Node#sumTo} splits a general sum into these.
 */
public record SumTo(Shape shape) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        Shape from = inputs.getFirst().shape();
        if (shape.rank() != from.rank() || !shape.broadcastsTo(from)) {
            throw new ShapeException("sum of " + inputs.getFirst() + " to " + shape + ": an axis must keep its size or become 1");
        }
        return shape;
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        sink.add(0, gradient.broadcastTo(result.input(0).shape()));
    }

    @Override
    public String toString() {
        return "sum";
    }
}
