package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;

/** Tensors put one after another along an axis. */
public record Concat(int axis) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        Shape first = inputs.getFirst().shape();
        int total = 0;
        for (Node node : inputs) {
            if (node.shape().rank() != first.rank() || !node.shape().with(axis, first.size(axis)).equals(first)) {
                throw new ShapeException("concat " + inputs + " along axis " + axis + ": all other sizes must be equal");
            }
            total += node.shape().size(axis);
        }
        return first.with(axis, total);
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        int from = 0;
        for (int i = 0; i < result.inputs().size(); i++) {
            int to = from + result.input(i).shape().size(axis);
            sink.add(i, gradient.slice(axis, from, to));
            from = to;
        }
    }

    @Override
    public String toString() {
        return "concat(" + axis + ")";
    }
}
