package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;

/** Zeros put before and after along an axis: the adjoint of {@link Slice}. */
public record Pad(int axis, int before, int after) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        Shape inner = inputs.getFirst().shape();
        if (before < 0 || after < 0) {
            throw new ShapeException("pad of " + inputs.getFirst() + " by " + before + " and " + after + ": neither may be negative; see slice");
        }
        return inner.with(axis, before + inner.size(axis) + after);
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        sink.add(0, gradient.slice(axis, before, before + result.input(0).shape().size(axis)));
    }

    @Override
    public String toString() {
        return "pad(" + axis + ": " + before + ", " + after + ")";
    }
}
