package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;

/** Repeats along axes where the size is 1 or that are lacking in front. */
public record BroadcastTo(Shape shape) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        if (!inputs.getFirst().shape().broadcastsTo(shape)) {
            throw new ShapeException("broadcast of " + inputs.getFirst() + " to " + shape + ": an axis must have the same size, or size 1");
        }
        return shape;
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        sink.add(0, gradient);
    }

    @Override
    public String toString() {
        return "broadcast";
    }
}
