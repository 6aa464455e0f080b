package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;

/** The rows of a matrix that {@link Rows} name, in their order; a row may come more than once. */
public record Gather(Rows rows) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        Node table = inputs.getFirst();
        if (table.shape().rank() != 2) {
            throw new ShapeException("gather from " + table + ": must be a matrix");
        }
        return Shape.of(rows.size(), table.shape().size(1));
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        sink.add(0, result.graph().add(new ScatterAdd(rows, result.input(0).shape().size(0)), gradient));
    }

    @Override
    public String toString() {
        return "gather(" + rows.name() + ")";
    }
}
