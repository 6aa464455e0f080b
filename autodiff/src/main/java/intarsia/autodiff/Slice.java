package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;

/** The entries {@code from} (inclusive) to {@code to} (exclusive) along an axis. */
public record Slice(int axis, int from, int to) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        Shape whole = inputs.getFirst().shape();
        if (from < 0 || to < from || to > whole.size(axis)) {
            throw new ShapeException("slice " + from + " to " + to + " of " + inputs.getFirst() + " along axis " + axis + ": it has size "
                    + whole.size(axis));
        }
        return whole.with(axis, to - from);
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        sink.add(0, gradient.pad(axis, from, result.input(0).shape().size(axis) - to));
    }

    @Override
    public String toString() {
        return "slice(" + axis + ": " + from + ".." + to + ")";
    }
}
