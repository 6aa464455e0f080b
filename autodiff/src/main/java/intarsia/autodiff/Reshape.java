package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;

/** The same numbers in row-major order under another shape. */
public record Reshape(Shape shape) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        if (inputs.getFirst().shape().size() != shape.size()) {
            throw new ShapeException("reshape of " + inputs.getFirst() + " to " + shape + ": " + inputs.getFirst().shape().size() + " and "
                    + shape.size() + " elements");
        }
        return shape;
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        sink.add(0, gradient.reshape(result.input(0).shape()));
    }

    @Override
    public String toString() {
        return "reshape";
    }
}
